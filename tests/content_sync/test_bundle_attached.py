"""Attached files on a stick: checked with everything else, fetched by need, and never in the way of the texts."""

from contextlib import closing
from pathlib import Path

import pytest

from content_sync.agent.attached import budget_of
from content_sync.agent.device import read_device
from content_sync.domain import limits
from content_sync.domain.errors import Refused
from content_sync.net import stick as stick_module
from content_sync.storage.content import ContentStore
from tests.content_sync import sticks
from tests.content_sync.attaching import attachment, body, file, put
from tests.content_sync.pulling import PulledOut
from tests.content_sync.sticks import Kiosk, enrolled, files_of, write
from tests.content_sync.world import County

_photos = [file("bridge", 100_000), file("road", 200_000), file("school", 50_000)]


@pytest.fixture
def county(tmp_path: Path) -> County:
    """A channel whose two items have three photos."""
    county = County(tmp_path / "county", "qinghe")
    put(county, "qinghe", *_photos)
    county.publish("qinghe", {"a": body("a", *_photos[:2]), "b": body("b", _photos[2])})
    return county


@pytest.fixture
def stick(county: County, tmp_path: Path) -> Path:
    """A stick with them."""
    write(county, tmp_path / "stick")
    return tmp_path / "stick"


def _held(kiosk: Kiosk) -> set[int]:
    """Lengths of the files that a screen would get."""
    with closing(ContentStore(kiosk.folder / "content.db", readonly=True)) as store:
        found = (store.blobs.verified(attachment(photo).blob) for photo in _photos)
        return {path.stat().st_size for path in found if path is not None}


def test_photos_come_with_their_texts(county: County, stick: Path, tmp_path: Path) -> None:
    """A device without a network has the texts and every file they name; the second time nothing is copied again."""
    kiosk = enrolled(county, tmp_path / "k1")
    done = kiosk.take(stick)
    assert (done.channels, done.files.fetched, done.files.bytes) == ({"qinghe": (0, 1)}, 3, 350_000)
    assert _held(kiosk) == {100_000, 200_000, 50_000}
    assert kiosk.take(stick).files.fetched == 0
    assert not (kiosk.folder / "stick").exists()


def test_one_wrong_byte_in_a_photo_refuses_the_channel(county: County, stick: Path, tmp_path: Path) -> None:
    """An attached file belongs to its channel like every other file of the bundle."""
    for path in (path for path in files_of(stick) if path.parent.name == "blobs"):
        sound = path.read_bytes()
        path.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
        kiosk = enrolled(county, tmp_path / f"k-{path.name[:8]}")
        assert list(kiosk.take(stick).refused) == ["qinghe"]
        assert kiosk.editions() == {"qinghe": 0}
        path.write_bytes(sound)


def test_the_stick_pulled_out_between_two_photos(
    county: County, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it is pulled out, texts and files are whole or not there; the next visit brings the rest."""
    partly, many = 0, 10_000
    with monkeypatch.context() as patched:
        whole = PulledOut(patched, many)
        enrolled(county, tmp_path / "k0").take(stick)
        steps = many - whole.left
    for cut in range(steps - 60, steps, 5):
        kiosk = enrolled(county, tmp_path / f"k{cut}")
        with monkeypatch.context() as patched:
            PulledOut(patched, cut)
            done = kiosk.take(stick)
        held = _held(kiosk)
        assert held <= {100_000, 200_000, 50_000}
        assert kiosk.editions() == {"qinghe": 1} or not held
        partly += kiosk.editions() == {"qinghe": 1} and len(held) < 3 and "pulled out" in " ".join(done.faults())
        kiosk.take(stick)
        assert (kiosk.editions(), _held(kiosk)) == ({"qinghe": 1}, {100_000, 200_000, 50_000})
    assert partly, "no cut came while files were fetched: the numbers of this test no longer fit"


def test_a_small_stick_takes_the_texts_alone(
    county: County, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where files do not fit, the sentence names the way out; without them the texts are as good."""
    room = limits.stick_room_bytes_min + 300_000
    monkeypatch.setattr(stick_module.StickFolder, "room", lambda _: (room, 512))
    with pytest.raises(Refused, match="--texts-only"):
        write(county, stick)
    sticks.write_bundle(stick, county.repo, ["qinghe"], county.clock.now(), sticks.silent, texts_only=True)
    kiosk = enrolled(county, tmp_path / "k1")
    done = kiosk.take(stick)
    assert (done.channels, done.files.fetched, done.faults()) == ({"qinghe": (0, 1)}, 0, [])
    with closing(ContentStore(kiosk.folder / "content.db", readonly=True)) as store:
        assert store.problems() == {}


def test_a_withdrawn_photo_is_on_no_new_stick(county: County, stick: Path, tmp_path: Path) -> None:
    """What left the tree leaves the next bundle, and the device wipes it with the item."""
    kiosk = enrolled(county, tmp_path / "k1")
    kiosk.take(stick)
    (county.repo / "qinghe" / "blobs" / attachment(_photos[2]).sha256).unlink()
    county.publish("qinghe", {"a": body("a", *_photos[:2])}, ("b",))
    write(county, stick)
    assert len([path for path in files_of(stick) if path.parent.name == "blobs"]) == 2
    kiosk.take(stick)
    assert _held(kiosk) == {100_000, 200_000}


def test_texts_do_not_wait_for_room_for_photos(county: County, stick: Path, tmp_path: Path) -> None:
    """A device that may hold no files takes the texts and leaves the files on the stick."""
    kiosk = enrolled(county, tmp_path / "k1")
    device = kiosk.folder / "device.json"
    device.write_text(device.read_text().replace('"touch"', '"led"'))
    assert budget_of(read_device(kiosk.folder)) == 0
    done = kiosk.take(stick)
    assert (done.channels, done.files.fetched, _held(kiosk)) == ({"qinghe": (0, 1)}, 0, set())


def test_what_the_listing_does_not_name_is_not_there(county: County, stick: Path, tmp_path: Path) -> None:
    """A file that lies on the stick unlisted is not read, and a stick that lacks one is no trouble to tell of."""
    name = b"blobs/" + attachment(_photos[0]).sha256.encode()
    sticks.relist(stick, lambda text: b"".join(line for line in text.splitlines(keepends=True) if name not in line))
    kiosk = enrolled(county, tmp_path / "k1")
    done = kiosk.take(stick)
    assert (done.channels, done.files.fetched, done.faults()) == ({"qinghe": (0, 1)}, 2, [])
    assert _held(kiosk) == {200_000, 50_000}
    with closing(ContentStore(kiosk.folder / "content.db", readonly=True)) as store:
        assert store.problems() == {}
