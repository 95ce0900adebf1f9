"""Maps of halls (GUI-04): what is refused, and ways that a person can walk."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain.county import Site
from content_sync.domain.hall import floors
from content_sync.domain.hall.floors import Floor, Plan, Spot, Standing
from tests.kiosk import county

_room = Floor("1", "一楼", 100, 60, (Spot("window", "户口", 0, 0, 20, 20, "w1"), Spot("door", "门", 40, 50, 20, 10)))
_plan = Plan((_room,), (Standing("1", 50, 40),))


def _with(spot: Spot) -> Plan:
    return replace(_plan, floors=(replace(_room, spots=(*_room.spots, spot)),))


_bad = {
    "off the floor": _with(Spot("room", "库", 90, 0, 20, 10)),
    "upside down": _with(Spot("room", "库", 60, 0, 0, 10)),
    "without a name": _with(Spot("room", "", 60, 0, 10, 10)),
    "over another": _with(Spot("room", "库", 10, 10, 20, 20)),
    "a window that is not there": _with(Spot("window", "九", 60, 0, 10, 10, "w9")),
    "a window twice": _with(Spot("window", "户口", 60, 0, 10, 10, "w1")),
    "a room that claims a window": _with(Spot("room", "库", 60, 0, 10, 10, "w1")),
    "a kiosk on no floor": replace(_plan, kiosks=(Standing("7", 1, 1),)),
    "a kiosk in a window": replace(_plan, kiosks=(Standing("1", 10, 10),)),
    "a kiosk twice": replace(_plan, kiosks=(Standing("1", 50, 40), Standing("1", 60, 40))),
    "a floor twice": replace(_plan, floors=(_room, _room)),
    "a floor of no size": replace(_plan, floors=(replace(_room, width=0),)),
    "a floor as large as a county": replace(_plan, floors=(replace(_room, width=9_999_999),)),
}


@pytest.mark.parametrize("name", _bad)
def test_a_map_that_cannot_be_is_refused_in_one_sentence(name: str) -> None:
    """Rules 1 and 2."""
    assert floors.fault(_bad[name], ["w1"]).endswith("。")


def test_the_demonstration_halls_have_good_maps_with_every_window() -> None:
    """Each window is on the map, and there is a way to it from the kiosk."""
    for site in county.county().sites:
        assert floors.fault(Plan(site.floors, site.kiosks), [window.id for window in site.windows]) == ""
        for window in site.windows:
            assert _walk(site, window.id), window.id


def _walk(site: Site, window: str) -> tuple[floors.Point, ...]:
    found, here = floors.spot_of(site.floors, window), floors.standing_of(site.kiosks, "")
    assert found
    assert here
    floor, spot = found
    if floor.id == here.floor:
        return floors.way(floor, (here.x, here.y), spot)
    stairs = floors.stairs_of(floor)
    assert stairs
    return floors.way(floor, floors.beside(floor, stairs), spot)


def test_a_kiosk_with_a_place_of_its_own_stands_there() -> None:
    """The others stand where every kiosk does; without either, nobody knows."""
    every, own = Standing("1", 1, 1), Standing("2", 5, 5, "touch-2")
    assert floors.standing_of((every, own), "touch-2") == own
    assert floors.standing_of((every, own), "touch-1") == every
    assert floors.standing_of((own,), "touch-1") is None


@given(st.integers(0, 240), st.integers(0, 200), st.integers(0, 11))
def test_a_way_goes_along_the_axes_through_nothing(x: int, y: int, number: int) -> None:
    """From wherever one may stand: straight pieces, none of them through a window, a room or a wall."""
    floor = county.county().sites[0].floors[0]
    solid = [spot for spot in floor.spots if spot.kind != "area"]
    goal = floor.spots[number % len(floor.spots)]
    if any(s.x - 6 <= x <= s.x + s.w + 6 and s.y - 6 <= y <= s.y + s.h + 6 for s in solid):
        return
    walked = floors.way(floor, (x, y), goal)
    assert walked
    for (x1, y1), (x2, y2) in pairwise(walked):
        assert x1 == x2 or y1 == y2
        for s in solid:
            crosses = max(min(x1, x2), s.x) <= min(max(x1, x2), s.x + s.w)
            assert not (crosses and max(min(y1, y2), s.y) <= min(max(y1, y2), s.y + s.h)), s.name
