"""Publishing: numbers, withdrawals, what stays in the tree, and doing it again after a cut."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from content_sync import durable
from content_sync.domain import limits
from content_sync.domain.errors import Refused
from tests.content_sync.world import County, bodies

first = bodies(a="冬季取暖补贴", b="春季造林")


@pytest.fixture
def county(tmp_path: Path) -> County:
    """A county with one channel on edition 1."""
    county = County(tmp_path, "qinghe")
    county.publish("qinghe", first)
    return county


def test_numbers_follow_each_other(county: County) -> None:
    """Only the next number is published; the same edition again is the same publication."""
    with pytest.raises(Refused):
        county.publisher.publish("qinghe", 3, first, ())
    again = county.publisher.publish("qinghe", 1, first, ())
    assert again == county.publisher.newest("qinghe")
    with pytest.raises(Refused):
        county.publisher.publish("qinghe", 1, {}, ())


def test_a_withdrawn_id_is_refused_for_ever(county: County) -> None:
    """What was withdrawn once cannot be published again, also editions later."""
    county.publish("qinghe", {"b": first["b"]}, ("a",))
    county.publish("qinghe", {"b": first["b"]})
    with pytest.raises(Refused, match="a"):
        county.publisher.publish("qinghe", 4, first, ())


def test_withdrawn_text_leaves_the_tree(county: County) -> None:
    """The pack before stays for readers that are half-way, unless it holds withdrawn text."""
    packs = county.repo / "qinghe" / "packs"
    county.publish("qinghe", {**first, **bodies(c="夏季防汛")})
    assert len(list(packs.iterdir())) == 2
    county.publish("qinghe", {"b": first["b"]}, ("a",))
    assert len(list(packs.iterdir())) == 1
    county.publish("qinghe", {"b": first["b"], **bodies(c="夏季防汛")})
    assert len(list(packs.iterdir())) == 2


def test_keys_are_their_owners_alone(county: County, tmp_path: Path) -> None:
    """Every key file is 0600, and no channel shares a key with another or with the directory."""
    county.publisher.create_channel("liuhe")
    keys = list((tmp_path / "keys").rglob("*.key"))
    assert {path.stat().st_mode & 0o777 for path in keys} == {0o600}
    assert len({path.read_bytes() for path in keys}) == len(keys)


@pytest.mark.parametrize("cut", range(1, 9))
def test_a_cut_publication_is_done_again(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    """Wherever publishing stops, devices keep the edition before; doing it again gives them the next one."""
    device = county.device(tmp_path / "device")
    written, real = iter(range(1, 100)), durable.write

    def dying(path: Path, data: bytes, mode: int = 0o644) -> None:
        if next(written) >= cut:
            raise OSError("power cut")
        real(path, data, mode)

    monkeypatch.setattr(durable, "write", dying)
    second = bodies(c="夏季防汛")
    try:
        county.publish("qinghe", second, ("a",))
        finished = True
    except OSError:
        finished = False
    monkeypatch.undo()
    device.step(force=True)
    assert device.store.held()["qinghe"].number == 1 + finished
    if not finished:
        county.numbers["qinghe"] = 1
        county.publish("qinghe", second, ("a",))
    assert device.step(force=True).failures == []
    assert device.store.held()["qinghe"].number == 2
    assert device.store.verify().bad == ()


def test_resigning_keeps_the_number_and_renews_the_root(county: County, tmp_path: Path) -> None:
    """What is old is signed again: as_of moves, the edition stays; root is renewed at its half-life."""
    device = county.device(tmp_path / "device")
    device.step()
    assert county.publisher.resign() == []
    shutil.copytree(county.repo / "qinghe", county.repo / "relayed")
    county.clock.pass_time(hours=limits.refresh_hours_max + 1)
    assert county.publisher.resign() == ["_directory", "qinghe"]
    assert device.step().failures == []
    held = device.store.held()["qinghe"]
    assert (held.number, held.as_of) == (1, county.clock.now().isoformat(timespec="seconds"))
    for _ in range(40):
        county.clock.pass_time(days=20)
        county.publisher.resign()
        assert device.step().failures == []
    assert (county.repo / "qinghe" / "metadata" / "2.root.json").exists()
    assert county.clock.now() - device.store.floor() < timedelta(days=1)
