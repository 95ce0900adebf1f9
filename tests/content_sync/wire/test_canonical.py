"""Canonical bytes: what has none is refused in a sentence."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain.errors import BadInput
from content_sync.wire import canonical


@pytest.mark.parametrize("value", [1.5, {"a": {1, 2}}, b"bytes"])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    """Fractions, sets and bytes are named, not written somehow."""
    with pytest.raises(BadInput, match="no canonical form"):
        canonical.dump(value)


def test_deep_nesting_is_refused_like_any_bad_input() -> None:
    """What can just be read but not written any more ends in a sentence, not in a fault of the program."""
    value: list[object] = []
    for _ in range(5_000):
        value = [value]
    with pytest.raises(BadInput, match="too deeply"):
        canonical.dump(value)


_text = st.text(
    st.one_of(st.characters(), st.sampled_from('n\n\x0f"\\e\u0301\u0307\u0338<é各\u1100\u1161')), max_size=6
)
_value = st.recursive(
    st.none() | st.booleans() | st.integers() | _text,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(_text, part, max_size=3),
)


def _is_canonical(data: bytes) -> bool:
    """The definition: reading and writing gives the same bytes."""
    try:
        return canonical.dump(canonical.load(data, "x")) == data
    except (BadInput, UnicodeEncodeError):
        return False


@given(_value, st.booleans(), st.booleans())
def test_canonical_bytes_are_those_that_come_back(value: object, escaped: bool, ordered: bool) -> None:
    """What is read as canonical is exactly what writing gives, whatever accents, escapes and orders it holds."""
    data = json.dumps(value, ensure_ascii=escaped, sort_keys=ordered, separators=(",", ":"))
    for one in (data.encode(errors="surrogatepass"), _safely(value)):
        try:
            assert canonical.load_canonical(one, "x") == canonical.load(one, "x")
        except BadInput:
            assert not _is_canonical(one)
        else:
            assert _is_canonical(one)


def _safely(value: object) -> bytes:
    try:
        return canonical.dump(value)
    except UnicodeEncodeError:  # half a character has no bytes
        return b""


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'"\\ud800"',
        b'"\\u00e9"',
        b'"\\/"',
        b'"e\xcc\x81"',
        b"1.0",
        b"1e3",
        b"-0",
        b"NaN",
        b" 1",
        b"\xef\xbb\xbf1",
        b"[" * 100_000,
        b"1" * 5_000,
    ],
)
def test_every_other_form_of_a_value_is_refused(data: bytes) -> None:
    """Doubled keys, another order, needless escapes, loose accents, fractions, blanks: each in a sentence."""
    with pytest.raises(BadInput):
        canonical.load_canonical(data, "x")


def test_an_accent_after_a_line_break_is_canonical() -> None:
    """Escapes end in letters an accent could join; the text they stand for keeps its one form all the same."""
    for text in ("\n\u0301", "\x0f\u0307", '"\u0301'):
        assert canonical.load_canonical(canonical.dump(text), "x") == text
