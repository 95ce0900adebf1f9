"""Deltas: whatever became of an edition, the delta makes it, and it fits nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain.edition import root_of
from content_sync.domain.errors import Unverified
from content_sync.wire import deltas
from tests.content_sync.world import bodies

_names = st.sampled_from([f"i{n:02d}" for n in range(12)])
_editions = st.dictionaries(_names, st.sampled_from(["冬季取暖补贴", "春季造林", "夏季防汛", "秋季征兵"]), max_size=12)


def _difference(old: dict[str, bytes], new: dict[str, bytes]) -> dict[str, bytes | None]:
    return {item: old.get(item) for item in old.keys() | new.keys() if old.get(item) != new.get(item)}


@given(_editions, _editions, st.sets(_names))
def test_a_delta_makes_the_new_edition_of_the_old(old: dict[str, str], new: dict[str, str], more: set[str]) -> None:
    """For any two editions; items named without having changed do no harm."""
    before, after = bodies(**old), bodies(**new)
    named = {**{item: before.get(item) for item in more}, **_difference(before, after)}
    assert deltas.applied(before, deltas.encode(named, after)) == after


@given(_editions, _editions, _editions)
def test_a_delta_on_another_edition_is_found_out(
    old: dict[str, str], new: dict[str, str], other: dict[str, str]
) -> None:
    """Applied to anything else it fails, or the root tells."""
    before, after, wrong = bodies(**old), bodies(**new), bodies(**other)
    data = deltas.encode(_difference(before, after), after)
    try:
        made = deltas.applied(wrong, data)
    except Unverified:
        return
    assert made == after or root_of(made) != root_of(after)


def test_removed_text_is_in_no_delta() -> None:
    """Of an item that leaves, a delta holds its place and nothing else."""
    before = bodies(a="冬季取暖补贴", b="春季造林", c="夏季防汛")
    data = deltas.encode({"b": before["b"]}, {item: before[item] for item in "ac"})
    assert len(data) == 3


def test_one_edit_among_many_costs_what_changed() -> None:
    """Among ten thousand items, one corrected number costs less than a hundred bytes."""
    before = bodies(**{f"n{number:05d}": f"第{number}号通知，办公室电话0000-{number:07d}" for number in range(10_000)})
    after = {**before, **bodies(n05000="第5000号通知，办公室电话0000-7654321")}
    assert len(deltas.encode({"n05000": before["n05000"]}, after)) < 60


def test_an_edit_takes_its_words_from_the_rows_beside_it() -> None:
    """A sentence that other items of the kind hold costs an edit a reference, not its characters."""
    known = "凡持有本县户籍且家庭人均月收入低于最低生活保障标准的居民均可向户籍所在地提出申请"
    before = bodies(**{f"n{number:05d}": f"第{number}号通知，{known}" for number in range(40)}, n00099="另行通知")
    after = {**before, **bodies(n00099=f"另行通知，{known}")}
    assert len(deltas.encode({"n00099": before["n00099"]}, after)) < len(known.encode()) / 2


_lying = {
    "nothing at all": b"",
    "a form that is not known": b"\x07\x00",
    "a row that is not there": b"\x01\x01" + bytes([9 << 2]),
    "a run beyond the last row": b"\x01\x01\x02\x63",
    "a mark that means nothing": b"\x01\x01\x03",
    "more rows than it has": b"\x01\x05\x00",
    "a number without an end": b"\x01" + b"\xff" * 40,
    "text that is no frame": b"\x01\x00garbage",
    "a frame that breaks off": deltas.encode({"z": None}, bodies(z="新"))[:-8],
}


@pytest.mark.parametrize("story", _lying)
def test_a_delta_that_lies_is_refused(story: str) -> None:
    """Bytes that are no delta give an error with a sentence, in bounded time and room."""
    with pytest.raises(Unverified):
        deltas.applied(bodies(a="冬季取暖补贴"), _lying[story])


def test_a_bomb_is_stopped_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much a frame unpacks to, reading ends at the bound."""
    from content_sync.domain import limits
    from content_sync.wire.compression import squeezed

    monkeypatch.setattr(limits, "delta_raw_bytes_max", 1_000)
    with pytest.raises(Unverified, match="longer"):
        deltas.applied({}, b"\x01\x00" + squeezed(b"0" * 10_000_000, b"", 3))
