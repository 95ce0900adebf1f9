"""Reading characters drawn for the tests, with the real shapes and, where it is installed, Debian's recogniser."""

import random
from collections.abc import Callable

import pytest

from content_sync.domain.cases.handwriting import Stroke
from kiosk.devices import hand, zinnia
from kiosk.flow.hand import known, side, ways
from tests.kiosk.devices import written

Strokes = tuple[Stroke, ...]
_nothing = frozenset[str]()


@pytest.fixture(scope="module")
def shapes() -> hand.Hand:
    """By shape alone, as on a machine without Debian's recogniser."""
    found = hand.find()
    assert found is not None
    return hand.Hand(found._shapes, None)


@pytest.fixture(scope="module")
def second() -> zinnia.Zinnia:
    """Debian's recogniser."""
    try:
        return zinnia.Zinnia()
    except OSError as error:
        pytest.skip(f"Debian's recogniser is not installed (libzinnia0, tegaki-zinnia-simplified-chinese): {error}")


def _reached(read: Callable[[Strokes], tuple[str, ...]], how: Callable[[Strokes], Strokes]) -> tuple[int, int]:
    """How many of twenty come first, and how many stand among the nine that are offered."""
    found = {char: read(how(strokes)) for char, strokes in written.characters.items()}
    return sum(f[:1] == (char,) for char, f in found.items()), sum(char in f[:9] for char, f in found.items())


_by_shape = {  # first, among nine; of 20
    "plain": (lambda strokes: strokes, 13, 19),
    "two joined": (written.first_joined, 12, 17),
    "all joined by two": (written.joined, 9, 17),
    "backwards": (written.backwards, 13, 19),
    "small in a corner": (written.in_a_corner, 13, 18),
    "narrow and leaning": (written.leaning, 10, 15),
}


@pytest.mark.parametrize("how", _by_shape)
def test_most_are_offered_however_they_were_written(shapes: hand.Hand, how: str) -> None:
    """Joined, backwards, small, leaning: by shape alone nearly all stand among the nine."""
    change, first, offered = _by_shape[how]
    found = _reached(lambda strokes: shapes.read(written.sheet(strokes), _nothing, _nothing), change)
    assert found[0] >= first, found
    assert found[1] >= offered, found


def test_a_shape_is_read_as_it_was_packed_and_its_rough_numbers_are_sums_of_four_cells() -> None:
    """Also of the darkest shape there is: no sum runs over into its neighbour."""
    chance, cells = random.Random(5), range(side * side * ways)
    for shape in (bytes([15] * len(cells)), *(bytes(chance.randrange(16) for _ in cells) for _ in range(20))):
        assert hand._unpacked(hand.packed(shape)) == shape
        at = {(n // ways // side, n // ways % side, n % ways): shape[n] for n in cells}
        assert list(known("", shape).rough) == [
            sum(at[2 * row + y, 2 * column + x, way] for y in (0, 1) for x in (0, 1))
            for row in range(side // 2)
            for column in range(side // 2)
            for way in range(ways)
        ]


def test_two_recognisers_know_more_than_one(shapes: hand.Hand, second: zinnia.Zinnia) -> None:
    """Neat writing comes first nearly always; where the order of strokes misleads one, the other still offers it."""
    both = hand.Hand(shapes._shapes, second)
    assert both.kinds == "both"
    first, offered = _reached(lambda s: both.read(written.sheet(s), _nothing, _nothing), lambda s: s)
    assert first >= 18
    assert offered == 20
    assert _reached(lambda s: both.read(written.sheet(s), _nothing, _nothing), written.joined)[1] >= 17
    alone = hand.Hand([], second)
    assert _reached(lambda s: alone.read(written.sheet(s), _nothing, _nothing), lambda s: s)[0] >= 14


def test_order_and_direction_change_nothing_at_all(shapes: hand.Hand) -> None:
    """The same ink in another order is the same shape."""
    chance = random.Random(3)
    for strokes in written.characters.values():
        mixed = [stroke[:: chance.choice((1, -1))] for stroke in strokes]
        chance.shuffle(mixed)
        one, other = (shapes.read(written.sheet(tuple(s)), _nothing, _nothing)[:9] for s in (strokes, mixed))
        assert one == other


def test_what_stands_in_names_here_goes_first(shapes: hand.Hand) -> None:
    """What leads somewhere before its twin that does not; what follows the characters before, first of all."""
    ink = written.sheet(written.characters["土"])
    assert shapes.read(ink, _nothing, _nothing)[0] == "土"
    twin = shapes.read(ink, _nothing, _nothing)[1]
    assert shapes.read(ink, frozenset(twin), _nothing)[0] == twin
    assert shapes.read(ink, frozenset({"土", twin}), _nothing)[0] == "土"
    assert shapes.read(ink, frozenset({"土", twin}), frozenset(twin))[0] == twin


@pytest.mark.parametrize("strokes", [(), (((5, 5),),), (((0, 0), (0, 0)), ((600, 600),)), (((1, 1), (599, 1)),)])
def test_any_ink_is_read_without_a_fault(shapes: hand.Hand, strokes: Strokes) -> None:
    """Nothing, a dot, two dots far apart, a line: a list, empty only without ink."""
    assert bool(shapes.read(written.sheet(strokes), _nothing, _nothing)) == bool(strokes)


def test_a_machine_without_either_has_no_key(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No shapes, or shapes cut short, and no library: there is no recogniser, and nothing fails."""
    whole = hand.assets.path(hand.shapes_file).read_bytes()
    monkeypatch.setattr(zinnia, "_library", "libnothing-at-all.so")
    for data in (None, b"", whole[: len(whole) // 2], whole.partition(b"\n")[0] + b"\nx"):
        path = tmp_path / "shapes"
        path.unlink(missing_ok=True)
        if data is not None:
            path.write_bytes(data)
        monkeypatch.setattr(hand.assets, "path", lambda _, path=path: path)
        assert hand.find() is None


def test_the_model_is_missing(tmp_path) -> None:
    """The library without its model is none."""
    with pytest.raises(OSError):
        zinnia.Zinnia(tmp_path / "none.model")
