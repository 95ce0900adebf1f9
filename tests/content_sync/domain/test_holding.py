"""Which attached files a device holds: by need, never over its budget, and nothing needed leaves for less."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from content_sync.domain import limits
from content_sync.domain.disclosure.attachments import Blob
from content_sync.domain.holding import Needed, Use, lacking, leaving, order, room, shown
from content_sync.storage.rows import micros
from tests.content_sync.world import start

_names = [f"{number:064x}" for number in range(12)]
_day = timedelta(days=1)


def _use(number: int, starts: int = -1, ends: int | None = None, channel: str = "qinghe", length: int = 10) -> Use:
    """A file of an item that begins and ends so many days from now."""
    end = None if ends is None else micros(start + ends * _day)
    return Use(Blob(_names[number], length), channel, micros(start + starts * _day), end)


def _numbers(needed: tuple[Needed, ...]) -> list[int]:
    return [_names.index(one.blob.sha256) for one in needed]


def test_the_order_of_need() -> None:
    """Asked for lately, the last first; on show as they are dated; coming, the soonest first; over."""
    uses = [_use(0, -9, -1), _use(1), _use(2, 5), _use(3, 2), _use(4), _use(5), _use(6, -9, -1)]
    wishes = {_names[5]: timedelta(hours=3), _names[6]: timedelta(hours=1)}
    needed = order(uses, wishes, start)
    assert _numbers(needed) == [6, 5, 1, 4, 3, 2, 0]
    assert [one.asked for one in needed] == [*[True] * 6, False]


def test_a_wish_is_forgotten() -> None:
    """Three days after a screen asked last, its file stands where its item puts it."""
    old = timedelta(hours=limits.blob_wish_hours, seconds=1)
    assert _numbers(order([_use(0), _use(1)], {_names[1]: old}, start)) == [0, 1]


def test_a_file_of_several_items_stands_at_its_best_use() -> None:
    """One photo in a notice that is over and in one on show, of two channels: needed, and to be had from both."""
    uses = [_use(0, -9, -1), _use(1), _use(0, -1, None, "liuhe")]
    [first, second] = order(uses, {}, start)
    assert (first.blob, second.blob) == (_use(1).blob, _use(0).blob)
    assert (second.channels, second.asked) == (("qinghe", "liuhe"), True)


def test_the_moment_of_a_beginning_and_of_an_end_count() -> None:
    """An item is on show from its first moment, and over at its last."""
    assert _numbers(order([_use(0, -9, 0), _use(1, 0)], {}, start)) == [1, 0]


def test_what_does_not_fit_is_passed_over() -> None:
    """A file larger than what is left stops no smaller one behind it."""
    uses = [_use(0), _use(1, length=95), _use(2)]
    wanted = lacking(order(uses, {}, start), {}, (), 100)
    assert _numbers(wanted) == [0, 2]
    assert lacking(order(uses, {}, start), {}, (), 9) == ()


def test_what_is_over_is_fetched_only_when_asked_for() -> None:
    """Nobody spends a village's line on photos that no screen shows any more."""
    uses = [_use(0, -9, -1)]
    assert lacking(order(uses, {}, start), {}, (), 100) == ()
    assert _numbers(lacking(order(uses, {_names[0]: timedelta()}, start), {}, (), 100)) == [0]


def test_the_least_needed_makes_room() -> None:
    """Files that no item names go first, then what is over, then the oldest; never what is needed more."""
    uses = [_use(0), _use(1), _use(2), _use(3, -9, -1)]
    needed, held = order(uses, {}, start), {_names[number]: 10 for number in (1, 2, 3, 7)}
    coming = _use(0).blob
    assert leaving(needed, held, (), 50, coming) == ()
    assert leaving(needed, held, (), 40, coming) == (_names[7],)
    assert leaving(needed, held, (), 30, coming) == (_names[7], _names[3])
    assert leaving(needed, held, (), 10, coming) == (_names[7], _names[3], _names[2], _names[1])
    assert leaving(needed, held, (), 9, coming) is None
    assert leaving(needed, held, (), 30, _use(2).blob) == (_names[7], _names[3])
    assert leaving(needed, {_names[0]: 10, _names[1]: 10}, (), 20, _use(2).blob) is None


def test_what_is_on_screen_stays() -> None:
    """It leaves neither for a file that is needed more nor when the disk fills up."""
    needed, held = order([_use(0), _use(1)], {}, start), {_names[1]: 10}
    assert leaving(needed, held, {_names[1]}, 15, _use(0).blob) is None
    assert leaving(needed, held, {_names[1]}, 0) == ()
    assert lacking(needed, held, {_names[1]}, 15) == ()
    recent = timedelta(seconds=limits.blob_shown_seconds)
    assert shown({_names[0]: recent, _names[1]: recent + timedelta(microseconds=1)}) == {_names[0]}


def test_a_filling_disk_takes_room_away() -> None:
    """The budget, or what keeps the disk's last bytes for the stores, whichever is less; never below nothing."""
    free = limits.blob_free_bytes_min
    assert room({"a": 70}, free, 100) == 70
    assert room({"a": 70}, free + 1_000, 100) == 100
    assert room({"a": 70}, 0, 100) == 0


_uses = st.lists(
    st.builds(
        _use,
        st.integers(0, 11),
        st.integers(-9, 9),
        st.none() | st.integers(-8, 9),
        st.sampled_from(["qinghe", "liuhe"]),
        st.integers(1, 60),
    ),
    max_size=20,
    unique_by=lambda use: use.blob.sha256,
)
_wishes = st.dictionaries(st.sampled_from(_names), st.integers(0, 90).map(lambda hours: timedelta(hours=hours)))
_held = st.sets(st.sampled_from(_names))


def _whole(uses: list[Use], held: set[str]) -> dict[str, int]:
    """Files in their right length; what no item names any more has some length."""
    return dict.fromkeys(held, 30) | {use.blob.sha256: use.blob.length for use in uses if use.blob.sha256 in held}


@settings(deadline=None)
@given(_uses, _wishes, _held, st.integers(0, 200))
def test_the_budget_is_kept_whatever_arrives(uses: list[Use], wishes: dict, held: set, budget: int) -> None:
    """Every lacking file arrives in turn: the budget is kept but for what is on screen, and each finds its room."""
    needed, on_screen, held = order(uses, wishes, start), shown(wishes), _whole(uses, held)
    for name in leaving(needed, held, on_screen, budget) or ():
        del held[name]
    pinned = sum(length for name, length in held.items() if name in on_screen)
    assert sum(held.values()) <= max(budget, pinned)
    rounds = 0
    while wanted := lacking(needed, held, on_screen, budget):
        rounds += 1
        for one in wanted:
            gone = leaving(needed, held, on_screen, budget, one.blob)
            assert gone is not None
            for name in gone:
                del held[name]
            held[one.blob.sha256] = one.blob.length
            assert sum(held.values()) <= budget
    assert rounds <= len(_names)  # it comes to rest: nothing is fetched again and again for what was let go


@settings(deadline=None)
@given(_uses, _wishes, _held, st.integers(0, 200))
def test_nothing_leaves_for_what_is_needed_less(uses: list[Use], wishes: dict, held: set, budget: int) -> None:
    """For any file that comes, and for a smaller budget: what left was needed less than whatever could have gone."""
    needed, on_screen, held = order(uses, wishes, start), shown(wishes), _whole(uses, held)
    place = {one.blob.sha256: number for number, one in enumerate(needed)}
    for coming in (None, *(one.blob for one in needed)):
        gone = leaving(needed, held, on_screen, budget, coming) or ()
        assert not on_screen & set(gone)
        places = [place.get(name, 99) for name in gone]
        stay = [place.get(name, 99) for name in held if name not in gone and name not in on_screen]
        assert all(more >= less for more, less in pairwise(places))
        assert not gone or max([*stay, -1 if coming is None else place[coming.sha256]], default=-1) <= min(places)


@settings(deadline=None)
@given(_uses, _wishes)
def test_wished_goes_before_unasked(uses: list[Use], wishes: dict) -> None:
    """No file that nobody asked for stands before one that a screen asked for within its time."""
    fresh = timedelta(hours=limits.blob_wish_hours)
    flags = [wishes.get(one.blob.sha256, 2 * fresh) <= fresh for one in order(uses, wishes, start)]
    assert flags == sorted(flags, reverse=True)
