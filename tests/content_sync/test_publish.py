"""Publishing: numbers, withdrawals, what stays in the tree, and doing it again after a cut."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import zstandard

from content_sync import durable
from content_sync.domain import limits
from content_sync.domain.errors import Refused
from content_sync.waiting import Waiting
from tests.content_sync.world import County, bodies, start

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


def _texts(county: County) -> str:
    """All text of the packs that lie in the tree."""
    raw = b""
    for path in (county.repo / "qinghe" / "packs").iterdir():
        data = path.read_bytes()
        raw += zstandard.ZstdDecompressor().decompress(data) if path.suffix == ".zst" else data
    return raw.decode(errors="replace")


def test_withdrawn_text_leaves_the_tree(county: County) -> None:
    """A withdrawal drops every pack and delta that may hold the text, also one that was made in advance."""
    county.publish("qinghe", {**first, **bodies(c="夏季防汛")})
    county.complete("qinghe")
    assert "冬季取暖补贴" in _texts(county)
    county.publish("qinghe", {"b": first["b"], **bodies(c="夏季防汛")}, ("a",))
    assert "冬季取暖补贴" not in _texts(county)
    county.complete("qinghe")
    assert "冬季取暖补贴" not in _texts(county)


def test_text_withdrawn_before_its_edition_leaves_the_tree(county: County, tmp_path: Path) -> None:
    """Hidden first, while no edition could be signed; the next edition then drops every file that holds the text."""
    Waiting(county.repo, tmp_path / "keys", "qinghe", county.clock).hide(["a"])
    assert "冬季取暖补贴" in _texts(county)
    county.publish("qinghe", {"b": first["b"]}, ("a",))
    assert "冬季取暖补贴" not in _texts(county)


def test_what_a_reader_is_just_fetching_stays(county: County) -> None:
    """Files that the edition before named stay for one edition more; older ones that nothing names go."""
    packs = county.repo / "qinghe" / "packs"
    for number in range(2, 6):
        before = {path.name for path in packs.iterdir()}
        county.publish("qinghe", bodies(a=f"第{number}期", b="春季造林"))
        assert before & {path.name for path in packs.iterdir()}
        county.complete("qinghe")
    named = len(list(packs.iterdir()))
    for number in range(6, 12):
        county.publish("qinghe", bodies(a=f"第{number}期", b="春季造林"))
        county.complete("qinghe")
    assert len(list(packs.iterdir())) <= 2 * named + 12


def test_a_step_costs_its_change_only(county: County, tmp_path: Path) -> None:
    """A device one edition behind fetches a delta; the base pack stays the same file."""
    many = bodies(**{f"n-{number}": f"第{number}号公告" for number in range(200)})
    county.publish("qinghe", many)
    device = county.device(tmp_path / "device")
    device.step()
    [base] = (path.name for path in (county.repo / "qinghe" / "packs").glob("*.zst"))
    county.publish("qinghe", {**many, **bodies(**{"n-7": "第7号公告（更正）"})})
    assert county.publisher.newest("qinghe").bytes < 120
    assert [path.name for path in (county.repo / "qinghe" / "packs").glob("*.zst")] == [base]
    assert device.step(force=True).failures == []
    assert device.store.item("n-7", start) is not None
    assert device.store.held()["qinghe"].number == 3
    assert device.store.verify().bad == ()


def test_a_newcomer_has_a_way_at_every_moment(county: County, tmp_path: Path) -> None:
    """Before and after the merged deltas are made, a device that holds nothing gets the newest edition."""
    for number in range(2, 9):
        county.publish(
            "qinghe", bodies(**{"a": f"第{number}期", f"new-{number}": "新"}), ("gone",) if number == 5 else ()
        )
        device = county.device(tmp_path / f"early-{number}")
        assert device.step().failures == []
        if number % 3 == 0:
            assert county.complete("qinghe")
            assert not county.complete("qinghe")
        late = county.device(tmp_path / f"late-{number}")
        assert late.step().failures == []
        assert late.store.held()["qinghe"].number == device.store.held()["qinghe"].number == number
        assert late.store.rows(start) == device.store.rows(start)


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
