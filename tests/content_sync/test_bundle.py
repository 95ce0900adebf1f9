"""A bundle on a stick and off it: what is on it, what a device takes, and what each channel is told."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.domain.errors import Broken, Refused
from content_sync.net import stick as stick_module
from content_sync.wire.listing import is_safe, parse_listing
from tests.content_sync import sticks
from tests.content_sync.sticks import Kiosk, enrolled, files_of, logical, write
from tests.content_sync.world import County, HandClock, bodies

first = bodies(a="冬季取暖补贴", b="春季造林")


@pytest.fixture
def county(tmp_path: Path) -> County:
    """Two channels with an edition each, and a third one."""
    county = County(tmp_path / "county", "qinghe", "liuhe", "baihe")
    county.publish("qinghe", first)
    county.publish("liuhe", bodies("liuhe", x="防汛"))
    return county


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def test_a_stick_brings_what_the_network_brings(county: County, stick: Path, tmp_path: Path) -> None:
    """A device that took sticks holds the same rows in the same order as one on the network, over three editions."""
    kiosk, online = enrolled(county, tmp_path / "k1"), county.device(tmp_path / "online")
    second, third = {**first, **bodies(c="夏季防汛")}, bodies(b="春季造林二", c="夏季防汛")
    for items, gone in ((first, ()), (second, ()), (third, ("a",))):
        county.publish("qinghe", items, gone)
        write(county, stick)
        assert kiosk.take(stick).refused == {}
        online.step(force=True)
    online.close()
    brought, fetched = (logical(tmp_path / name) for name in ("k1", "online"))
    assert brought == fetched
    assert any("春季造林二" in line for line in brought)


def test_taken_then_known_then_old(county: County, stick: Path, tmp_path: Path) -> None:
    """A stick is taken once; again it is known; after a newer one it is old, which is said and is no alarm."""
    kiosk = enrolled(county, tmp_path / "k1", "qinghe", "liuhe")
    write(county, stick)
    assert kiosk.take(stick).channels == {"qinghe": (0, 1), "liuhe": (0, 1)}
    assert kiosk.take(stick).channels == {"qinghe": (1, 1), "liuhe": (1, 1)}
    county.publish("qinghe", bodies(c="夏季防汛"))
    county.publisher.resign(hours=0)
    write(county, newer := tmp_path / "newer")
    assert kiosk.take(newer).channels == {"qinghe": (1, 2), "liuhe": (1, 1)}
    again = kiosk.take(stick)
    assert again.channels == {"liuhe": (1, 1)}, "the same edition, signed earlier, is on the screen already"
    assert list(again.refused) == ["qinghe"]
    assert "older (edition 1" in again.refused["qinghe"]
    assert "Nothing to do" in again.refused["qinghe"]
    assert kiosk.editions() == {"qinghe": 2, "liuhe": 1}
    assert _problems(kiosk) == {}


def test_an_expired_stick_says_who_must_write_a_new_one(county: County, stick: Path, tmp_path: Path) -> None:
    """A newer edition on a stick that lay about for three months is not taken; the sentence names the remedy."""
    kiosk = enrolled(county, tmp_path / "k1", "qinghe")
    write(county, stick)
    kiosk.take(stick)
    county.publish("qinghe", bodies(c="夏季防汛"))
    write(county, late := tmp_path / "late")
    for _ in range(5):  # the device lives on meanwhile: a clock that runs is no clock that jumps
        kiosk.clock.pass_time(days=20)
        kiosk.take(stick)
    done = kiosk.take(late)
    assert done.channels == {}
    assert "have the county office write a new one" in done.refused["qinghe"].lower()
    assert kiosk.editions() == {"qinghe": 1}
    county.publisher.resign(hours=0)
    write(county, late)
    assert kiosk.take(late).channels == {"qinghe": (1, 2)}


def test_only_followed_channels_are_copied(county: County, stick: Path, tmp_path: Path) -> None:
    """What the device does not follow is not read at all; what the stick lacks is named and stays as it is."""
    kiosk = enrolled(county, tmp_path / "k1", "qinghe", "baihe")
    write(county, stick, "qinghe", "liuhe")
    for path in files_of(stick):
        if "liuhe" in path.parts:
            path.unlink()
    done = kiosk.take(stick)
    assert (done.channels, done.refused, done.absent) == ({"qinghe": (0, 1)}, {}, ("baihe",))


def test_a_channel_the_county_does_not_know_is_named(county: County, stick: Path, tmp_path: Path) -> None:
    """A channel on the stick that the directory on it does not name is refused; the other is taken."""
    write(county, stick, "qinghe", "liuhe")
    stranger = County(tmp_path / "other", "stranger", own_keys=True)
    [tree] = (stick / "gongkailan").glob("*/repo")
    stranger.repo.joinpath("stranger").rename(tree / "stranger")
    sticks.list_anew(stick)
    done = enrolled(county, tmp_path / "k1", "qinghe", "stranger").take(stick)
    assert done.channels == {"qinghe": (0, 1)}
    assert "not in the county's directory" in done.refused["stranger"]


def test_another_countys_stick_is_told_at_once(county: County, stick: Path, tmp_path: Path) -> None:
    """Nothing is copied from it and no record goes onto it; two counties share a stick without harm."""
    other = County(tmp_path / "other", "qinghe", own_keys=True)
    other.publish("qinghe", bodies(z="别的县"))
    write(other, stick)
    kiosk = enrolled(county, tmp_path / "k1", "qinghe")
    done = kiosk.take(stick)
    assert "another county" in done.refused["qinghe"]
    assert (done.channels, kiosk.editions()) == ({}, {})
    write(county, stick)
    assert kiosk.take(stick).channels == {"qinghe": (0, 1)}
    assert enrolled(other, tmp_path / "k2", "qinghe").take(stick).channels == {"qinghe": (0, 1)}


def test_another_countys_stick_under_our_name(county: County, stick: Path, tmp_path: Path) -> None:
    """Whoever renames the bundle gains nothing: the first root in it is not the pinned one."""
    other = County(tmp_path / "other", "qinghe", own_keys=True)
    name = write(county, tmp_path / "ours").name
    write(other, stick)
    [bundle] = (stick / "gongkailan").iterdir()
    bundle.rename(bundle.with_name(name))
    done = enrolled(county, tmp_path / "k1", "qinghe").take(stick)
    assert "another county" in done.refused["qinghe"]
    assert done.channels == {}


def test_a_stick_holds_what_the_newest_state_needs(county: County, stick: Path) -> None:
    """Every current file once, all roots, no older version, nothing else; and a listing that says so."""
    for number in range(3):
        county.publish("qinghe", bodies(a=f"第{number}稿"))
    for _ in range(13):  # root is renewed at half its life
        county.clock.pass_time(days=30)
        county.publisher.resign()
    written = write(county, stick, "qinghe")
    [bundle] = (stick / "gongkailan").iterdir()
    listing = parse_listing((bundle / "listing.txt").read_bytes())
    there = {str(path.relative_to(bundle / "repo")) for path in (bundle / "repo").rglob("*") if path.is_file()}
    assert {one.path for one in listing.files} == there
    assert (written.name, written.files, written.bytes) == (bundle.name, len(there), sum(map(_length, listing.files)))
    names = sorted(path.rpartition("/")[2] for path in there if path.startswith("qinghe/"))
    ends = [name.partition(".")[2] if name[0].isdigit() or len(name) > 60 else name for name in names]
    assert {end: ends.count(end) for end in ends} == {
        "root.json": 2,
        "snapshot.json": 1,
        "targets.json": 1,
        "withdrawal.json": 1,
        "timestamp.json": 1,
        "edition": 1,
        "withdrawn.json": 1,
        "zst": 1,
        "delta": 3,
    }
    assert all(is_safe(path) for path in there)


def _length(one: object) -> int:
    return one.length  # type: ignore[attr-defined,no-any-return]


def test_any_of_its_folders_may_be_named(county: County, stick: Path, tmp_path: Path) -> None:
    """The mount point, our folder and the bundle itself all lead to the same bundle."""
    name = write(county, stick).name
    for number, path in enumerate((stick, stick / "gongkailan", stick / "gongkailan" / name)):
        assert enrolled(county, tmp_path / f"k{number}", "qinghe").take(path).channels == {"qinghe": (0, 1)}


def test_a_newer_bundle_takes_the_place_of_the_older(county: County, stick: Path) -> None:
    """One bundle of a county stays, whatever else lies on the stick stays, and the number grows."""
    (stick / "photo.jpg").write_bytes(b"x")
    names = [write(county, stick).name for _ in range(3)]
    assert names == sorted(set(names))
    assert [path.name for path in (stick / "gongkailan").iterdir()] == [names[-1]]
    assert (stick / "photo.jpg").exists()


def test_a_stick_that_cannot_be_used_has_one_sentence(county: County, tmp_path: Path) -> None:
    """A stick that is not there, a file, an empty stick: each says what to do; nothing is made."""
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "absent", tmp_path / "file"):
        with pytest.raises(Refused, match="plug the stick in"):
            write_to(county, path)
        with pytest.raises(Refused, match="plug the stick in"):
            enrolled(county, tmp_path / "k1").take(path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refused, match="display-server bundle"):
        enrolled(county, tmp_path / "k1").take(tmp_path / "empty")
    (tmp_path / "empty" / "gongkailan").mkdir()
    with pytest.raises(Refused, match="holds no bundle"):
        enrolled(county, tmp_path / "k1").take(tmp_path / "empty")


def write_to(county: County, path: Path) -> None:
    """As `write`, without making the stick."""
    sticks.write_bundle(path, county.repo, ["qinghe"], county.clock.now(), sticks.silent)


def test_a_full_stick_is_known_before_anything_is_written(
    county: County, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence says how much is free and how much is needed; not even an empty folder is made."""
    monkeypatch.setattr(stick_module.StickFolder, "room", lambda _: (limits.stick_room_bytes_min, 4096))
    with pytest.raises(Refused, match="Nothing was written"):
        write(county, stick)
    assert list(stick.iterdir()) == []


def test_a_full_device_is_known_before_anything_is_copied(
    county: County, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The device says what it lacks and keeps what it has."""
    write(county, stick)
    kiosk = enrolled(county, tmp_path / "k1")
    with monkeypatch.context() as patched:
        patched.setattr("shutil.disk_usage", lambda _: type("usage", (), {"free": limits.spool_room_bytes_min}))
        with pytest.raises(Broken, match="Free some space"):
            kiosk.take(stick)
    assert not (kiosk.folder / "stick").exists()
    assert kiosk.take(stick).refused == {}


def test_the_bundle_of_a_relay_is_as_long_good_as_it_was_signed_for(county: County, stick: Path) -> None:
    """What is written says until when devices take it: the first expiry of anything in it."""
    written = write(county, stick, "qinghe")
    until = written.states["qinghe"].until
    assert until - county.clock.now() <= timedelta(days=limits.timestamp_days)
    assert until - county.clock.now() > timedelta(days=limits.timestamp_days - 1)


def test_a_stick_repairs_a_damaged_store(county: County, stick: Path, tmp_path: Path) -> None:
    """A device whose store was destroyed is whole again after the next stick, also when it is the same stick."""
    kiosk = enrolled(county, tmp_path / "k1", "qinghe")
    write(county, stick)
    kiosk.take(stick)
    whole = _items(kiosk)
    (kiosk.folder / "content.db").write_bytes(b"rubbish" * 999)
    assert kiosk.take(stick).refused == {}
    assert _items(kiosk) == whole != []


def test_the_stick_may_go_when_it_is_read(county: County, stick: Path, tmp_path: Path) -> None:
    """When the device says that it has read the stick, the stick is needed no more: the edition is taken without it."""
    write(county, stick)
    kiosk = enrolled(county, tmp_path / "k1", "qinghe")
    done = kiosk.take(stick, read=lambda: stick.rename(tmp_path / "pocket"))
    assert done.channels == {"qinghe": (0, 1)}
    assert not (kiosk.folder / "stick").exists()


def test_what_is_not_in_use_stays_out(county: County, stick: Path, tmp_path: Path) -> None:
    """The wish of a device that runs beside: a second import at the same time is told to wait."""
    write(county, stick)
    kiosk = enrolled(county, tmp_path / "k1", "qinghe")

    def second() -> None:
        with pytest.raises(Broken, match="Another stick"):
            kiosk.take(stick)

    assert kiosk.take(stick, read=second).channels == {"qinghe": (0, 1)}


def test_the_agents_own_clock_is_no_stick(county: County, stick: Path, tmp_path: Path) -> None:
    """A device whose clock fell back to 2000 takes a stick all the same, and shows nothing that ended."""
    write(county, stick)
    kiosk = enrolled(county, tmp_path / "k1", "qinghe", clock=HandClock(county.clock.now()))
    kiosk.take(stick)
    kiosk.clock.at -= timedelta(days=9_000)
    county.publish("qinghe", bodies(c="夏季防汛"))
    write(county, stick)
    assert kiosk.take(stick).channels == {"qinghe": (1, 2)}


def test_a_stick_is_plain_and_readable(county: County, stick: Path) -> None:
    """Whoever mounts the stick can read every file of it, and none may be run."""
    write(county, stick)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files_of(stick)} == {0o644}


def _items(kiosk: Kiosk) -> list[str]:
    return [line for line in logical(kiosk.folder) if line.startswith('INSERT INTO "items"')]


def _problems(kiosk: Kiosk) -> dict[str, str]:
    store = sticks.ContentStore(kiosk.folder / "content.db", readonly=True)
    found = store.problems()
    store.close()
    return found
