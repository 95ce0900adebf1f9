import sqlite3
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_sync.domain import text
from content_sync.domain.folding import simplified, traditional

pairs = [pair for pair in zip(traditional, simplified, strict=True) if "\u4e00" <= pair[0] <= "\u9fff"]
to_traditional = str.maketrans({plain: old for old, plain in pairs})
common = "政务公开办事指南身份证社会保险国务院发展"
han = st.text(
    st.one_of(st.sampled_from(common), st.sampled_from([c for p in pairs for c in p])), min_size=1, max_size=40
)


def found(query: str, *, title: str = "", initials: str = "") -> bool:
    """Whether a table holding one title finds it."""
    table = sqlite3.connect(":memory:")
    try:
        table.execute("CREATE VIRTUAL TABLE t USING fts5(title, aliases, text, initials, tokenize='unicode61')")
        row = (text.index_tokens(title), "", "", text.initials_tokens((initials,)))
        table.execute("INSERT INTO t VALUES (?, ?, ?, ?)", row)
        expression = text.match_expression(query)
        return bool(expression and table.execute("SELECT 1 FROM t WHERE t MATCH ?", (expression,)).fetchone())
    finally:
        table.close()


@settings(deadline=None)
@given(han, st.data())
def test_any_piece_of_a_text_finds_it_in_either_script(title, data):
    """Any one to six characters of a text find it, typed in Simplified or in Traditional."""
    start = data.draw(st.integers(0, len(title) - 1))
    piece = title[start : start + data.draw(st.integers(1, 6))]
    assert found(piece, title=title)
    assert found(piece.translate(to_traditional), title=title)
    assert found(piece, title=title.translate(to_traditional))


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(st.characters()), st.text('"*:()^-+ANDORNTE{}\x00\ud800字a1', max_size=30)))
def test_nothing_typed_makes_the_search_fail(query):
    """Whatever is typed, the full-text engine accepts the expression made of it."""
    assert found(query, title="办理身份证") in (True, False)


@pytest.mark.parametrize(
    ("query", "hit"),
    [
        ("sfz", True),
        ("SFZ", True),
        ("ｂｌｓｆｚ", True),
        ("sf", True),
        ("fzs", False),
        ("sfz 身份", True),
        ("sfz 驾照", False),
        ("证身", False),
        ("身証", False),
        ("身份証", True),
        ("", False),
        ("——", False),
    ],
)
def test_initials_and_terms_must_all_match(query, hit):
    """Letters match a run of pinyin initials; all terms of a query must match, in their own order."""
    assert found(query, title="办理身份证", initials="blsfz") is hit


@pytest.mark.parametrize(
    ("typed", "written"), [("著力", "着力"), ("瞭解", "了解"), ("複蓋", "覆盖"), ("二〇一", "二〇一一年")]
)
def test_variants_that_single_characters_leave_apart_still_meet(typed, written):
    """Variants that need a phrase to convert are folded together for search."""
    assert found(typed, title=written)


@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from("aé\u0301\u0338<=ｶﾞ各\u1100\u1161カ\u3099ﬁ，證著ẞİ①㍿")), max_size=12
    )
)
def test_folding_looks_at_few_characters_and_folds_all(written):
    """The short way of folding gives what folding every character gives."""
    whole = unicodedata.normalize("NFKC", written).casefold()
    assert text.fold(written) == "".join(text._folds.get(char, char) for char in whole)
