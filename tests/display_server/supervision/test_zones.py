"""HAL-12: a zone without a live kiosk or board is told, by its name."""

from dataclasses import replace

import pytest

from content_sync.domain.county import Site
from content_sync.domain.hall.floors import Floor, Standing
from display_server.devices.service import kinds
from display_server.supervision.machines import Machine, lacking

_site = Site("hall", "qinghe", "大厅", "0000-1234567", floors=(Floor("1", "一楼", 20, 10), Floor("2", "二楼", 20, 10)))
_devices = {"k1": ("touch", "1"), "b1": ("lcd", "1"), "k2": ("touch", "2"), "b2": ("led", "2")}
_mapped = replace(_site, kiosks=tuple(Standing(floor, 1, 1, name) for name, (_, floor) in _devices.items()))


def _machines(*dead: str) -> list[Machine]:
    return [
        Machine(name, kinds[kind], "", "", "", "", "", "", (), is_live=name not in dead)
        for name, (kind, _) in _devices.items()
    ]


@pytest.mark.parametrize(
    ("dead", "told"),
    [
        ((), []),
        (("k2",), ["二楼没有一台能用的触摸查询机"]),
        (("b1",), ["一楼没有一块能用的显示屏"]),
        (("k1", "b2"), ["一楼没有一台能用的触摸查询机", "二楼没有一块能用的显示屏"]),
    ],
)
def test_each_floor_of_the_map_is_a_zone(dead: tuple[str, ...], told: list[str]) -> None:
    """A kiosk downstairs helps nobody upstairs: what a floor lacks is said with its name."""
    assert lacking(_machines(*dead), _mapped) == told


def test_a_hall_without_a_map_is_one_zone() -> None:
    """One live kiosk and one live board anywhere are enough where no map says where they stand."""
    assert lacking(_machines("k1", "b2"), _site) == []
    assert lacking(_machines("k1", "k2"), _site) == ["没有一台能用的触摸查询机"]
