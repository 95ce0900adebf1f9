"""An item that is opened in the editor and saved again is the same item."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from content_sync import assets
from content_sync.clock import place
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.ledgers import Column, Ledger, Row
from content_sync.domain.errors import BadInput
from content_sync.wire import shapes
from content_sync.wire.items import item_from_plain
from display_server.authoring.forms import lines, table
from display_server.authoring.forms.fields import Form, form_of, plain_of
from display_server.authoring.forms.request import sent, with_empty_rows
from tests.display_server import texts

_demo = sorted(assets.path("demo/items").rglob("*.json"))


def posted(form: Form) -> MultiDict[str, str]:
    """What a browser sends for a form that nobody changed."""
    pairs = list(form.values.items()) + [("topics", topic) for topic in form.topics]
    for group, found in with_empty_rows(form).rows.items():
        pairs += [(f"{group}.{n}.{name}", text) for n, fields in enumerate(found) for name, text in fields.items()]
    return MultiDict(pairs)


@pytest.mark.parametrize("path", _demo, ids=lambda path: path.stem)
def test_opening_and_saving_changes_nothing(path: Path) -> None:
    """Every demonstration item survives the form, with empty rows and all."""
    plain = json.loads(path.read_text("utf-8"))
    plain.pop("version", None)  # submission's own
    item = item_from_plain(plain)
    form = sent(item.kind, posted(form_of(item, place)))
    kept = {name: plain[name] for name in ("id", "channel", "unit")}
    again = item_from_plain({**plain_of(form, plain, place), **kept})
    assert shapes.to_plain(again) == shapes.to_plain(item)


_text = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1)


@given(st.lists(st.tuples(st.sampled_from(["h1", "h2", "p", "li"]), st.sampled_from(["", "# ", "- ", "\\"]), _text)))
def test_blocks_survive_the_text_box(parts: list[tuple[str, str, str]]) -> None:
    """Also a paragraph that begins like a marker."""
    blocks = tuple(Block(style, mark + text if style == "p" else text) for style, mark, text in parts)  # type: ignore[arg-type]  # four styles
    assert lines.blocks_of(lines.text_of(blocks)) == [{"style": b.style, "text": b.text} for b in blocks]


@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.none() | st.integers(-(10**11), 10**11), st.none() | st.integers(0, 10**6)),
        min_size=1,
    )
)
def test_accounts_survive_the_text_box(found: list[tuple[int, int | None, int | None]]) -> None:
    """Levels, negative amounts, blanks and counts come back to the fen."""
    columns = (Column("金额", "money"), Column("户数", "number"))
    rows = tuple(Row(level, f"第{n}项", (fen, count)) for n, (level, fen, count) in enumerate(found))
    columns_again, rows_again = table.table_of(table.text_of(Ledger("十月", columns, rows, ("何",))))
    assert columns_again == [shapes.to_plain(column) for column in columns]
    assert rows_again == [shapes.to_plain(row) for row in rows]


@pytest.mark.parametrize("text", ["1.234", "一百", "1e3", "12.3.4", "--1", "1-2"])
def test_money_that_cannot_be_read_is_named(text: str) -> None:
    """Row and column stand in the sentence; nothing is guessed."""
    with pytest.raises(BadInput, match="第1行“修路”的“金额”"):
        table.table_of(f"项目\t金额[元]\n修路\t{text}")


_wrong = [
    ({"materials.0.name": "证", "materials.0.originals": "两"}, "“要带的材料”第1行的“原件份数”"),
    ({"materials.0.name": "证", "materials.0.situations": "没有的"}, "情形和回答里没有"),
    ({"limits.1.amount": "5"}, "“办理时限”第2行没有选“哪种”"),
    ({"visits": "几次"}, "跑几次"),
    ({"shown_from": "明天"}, "不是一个时间"),
]


@pytest.mark.parametrize(("fields", "sentence"), _wrong)
def test_what_cannot_be_saved_is_told_by_its_place(fields: dict[str, str], sentence: str) -> None:
    """One sentence says where to look."""
    form = posted(form_of(item_from_plain({**texts.plain("guide"), "id": "a", "channel": "q", "unit": "q"}), place))
    for name, text in fields.items():
        form[name] = text
    with pytest.raises(BadInput, match=sentence):
        plain_of(sent("guide", form), {}, place)
