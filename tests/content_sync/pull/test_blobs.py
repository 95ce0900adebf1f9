"""Attached files on a device: fetched after the texts, resumed, verified, bounded, gone with what named them."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.domain.disclosure.attachments import Blob
from content_sync.domain.errors import Unreachable
from content_sync.net.folder import FolderFetcher
from content_sync.pull.blobs import Blobs, blobs_name
from content_sync.pull.step import Puller
from content_sync.storage.blobs import BlobFolder
from tests.content_sync.attaching import attachment, body, file, put
from tests.content_sync.world import County, HandClock, start

_photo, _form, _other = file("photo"), file("form", 300_000), file("other")


class Line:
    """ports.Fetcher over the tree: each connection lasts for so many bytes; what was asked for is kept."""

    def __init__(self, repo: Path, lasts: int = 1 << 40) -> None:
        self.inner, self.lasts = FolderFetcher(repo), lasts
        self.asked: list[tuple[str, int]] = []
        self.sent, self.dead = 0, False

    def fetch(self, path: str, bytes_max: int) -> bytes:
        return self.inner.fetch(path, bytes_max)

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        self.asked.append((path, start))
        if self.dead:
            raise Unreachable("no line")
        left = self.lasts
        for data in self.inner.stream(path, start, bytes_max):
            self.sent += len(data[:left])
            yield data[:left]
            left -= len(data)
            if left <= 0:
                raise Unreachable("cut")


class Device:
    """One device folder, its texts and its files."""

    def __init__(self, county: County, folder: Path, **named: object) -> None:
        self.folder, self.line, self.clock = folder, Line(county.repo), HandClock(county.clock.at)
        self.texts: Puller = county.device(folder, clock=self.clock)
        facts = {"free": lambda _: 1 << 40, **named}
        self.files = Blobs(folder, self.line, self.clock, **facts)  # type: ignore[arg-type]

    def step(self, **wishes: float) -> str:
        """Texts, then files; why not all of them. `wishes` are seconds by hash."""
        self.texts.step()
        found = self.files.step(self.texts.store, {name[1:]: timedelta(seconds=age) for name, age in wishes.items()})
        return found.sentence

    def held(self) -> set[str]:
        """The names of the files here."""
        return set(BlobFolder(self.folder).held())

    def shown(self, item: str, data: bytes) -> bytes | None:
        """What a screen draws of an attachment."""
        path = self.texts.store.attached(item, attachment(data).sha256, self.clock.now())
        return None if path is None else path.read_bytes()


@pytest.fixture
def county(tmp_path: Path) -> County:
    """A channel with two items and three files, and a channel that has none yet."""
    county = County(tmp_path, "qinghe", "liuhe")
    put(county, "qinghe", _photo, _form, _other)
    county.publish("qinghe", {"a": body("a", _photo, _form), "b": body("b", _other)})
    county.publish("liuhe", {"x": body("x", channel="liuhe")})
    return county


@pytest.fixture
def device(county: County, tmp_path: Path) -> Device:
    """A device that has taken nothing yet."""
    return Device(county, tmp_path / "device")


def _names(*files: bytes) -> set[str]:
    return {attachment(data).sha256 for data in files}


def test_files_come_after_the_texts_and_not_twice(device: Device) -> None:
    """An item is on show at once; its files follow, are drawn byte for byte, and are never asked for again."""
    device.texts.step()
    assert device.texts.store.item("a", start) is not None
    assert device.shown("a", _photo) is None
    assert device.step() == ""
    assert device.held() == _names(_photo, _form, _other)
    assert (device.shown("a", _form), device.shown("b", _other)) == (_form, _other)
    assert device.shown("b", _photo) is None
    asked = len(device.line.asked)
    assert asked == 3
    assert device.step() == ""
    assert len(device.line.asked) == asked


def test_a_line_cut_every_few_bytes_wastes_none(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often it breaks, every byte comes once; another process goes on where the first one stopped."""
    monkeypatch.setattr(limits, "spool_progress_bytes_min", 1 << 30)
    device.line.lasts = 7_000
    steps = 0
    while device.step():
        steps += 1
        device.files = Blobs(device.folder, device.line, device.clock, free=lambda _: 1 << 40)
    assert steps > 10
    assert device.line.sent == len(_photo + _form + _other)
    assert device.shown("a", _form) == _form


def test_a_hint_sets_a_transfer_down(county: County, tmp_path: Path) -> None:
    """When there is something new to ask for, the file waits; nothing failed, and what came is kept."""
    looks = iter([False, False, True])
    device = Device(county, tmp_path / "hinted", set_down=lambda: next(looks, False))
    assert device.step() == ""
    assert device.held() == _names(_photo)
    device.step()
    assert (f"qinghe/blobs/{attachment(_form).sha256}", limits.chunk_bytes) in device.line.asked
    assert device.held() == _names(_photo, _form, _other)


def test_what_screens_ask_for_comes_first(device: Device) -> None:
    """By need: the file of a picture that somebody opened is fetched before those that nobody looks at."""
    device.step(**{f"_{attachment(_other).sha256}": 1})
    assert device.line.asked[0][0].endswith(attachment(_other).sha256)


@pytest.mark.parametrize("lie", [_photo[:-1] + b"?", _photo[:-1], _photo + b"?", b""])
def test_a_lie_is_never_drawn_and_stops_no_other(county: County, device: Device, lie: bytes) -> None:
    """A flipped byte, a byte less or more: refused by name, the other files come, and the honest one later."""
    place = county.repo / "qinghe" / "blobs" / attachment(_photo).sha256
    place.unlink()
    place.write_bytes(lie)
    assert attachment(_photo).sha256 in device.step()
    assert device.held() == _names(_form, _other)
    assert device.shown("a", _photo) is None
    assert attachment(_photo).sha256 in device.texts.store.problems()[blobs_name]
    asked = len(device.line.asked)
    assert device.step()
    assert len(device.line.asked) == asked  # it is left alone for a while
    device.clock.pass_time(hours=limits.blob_refused_hours)
    place.write_bytes(_photo)
    assert device.step() == ""
    assert device.shown("a", _photo) == _photo
    assert blobs_name not in device.texts.store.problems()


def test_a_lying_length_is_nobodys_file(county: County, device: Device) -> None:
    """An item that says another length than the file has gets no file; an honest item with the same one does."""
    lying = body("a", attachments=(attachment(_photo, length=7),))
    county.publish("qinghe", {"a": lying, "b": body("b", _photo)})
    assert attachment(_photo).sha256 in device.step()
    assert (device.shown("a", _photo), device.shown("b", _photo)) == (None, _photo)
    asked = len(device.line.asked)
    assert device.step() == ""
    assert (len(device.line.asked), device.held()) == (asked, _names(_photo))


def test_a_file_that_is_not_there_yet_is_asked_for_again(county: County, device: Device) -> None:
    """A relay may have the texts before the files: soon enough, and not at every step."""
    place = county.repo / "qinghe" / "blobs" / attachment(_photo).sha256
    place.unlink()
    assert "lacks" in device.step()
    asked = len(device.line.asked)
    put(county, "qinghe", _photo)
    device.step()
    assert len(device.line.asked) == asked
    device.clock.pass_time(minutes=limits.blob_missing_minutes)
    assert device.step() == ""


def test_a_tree_that_lacks_everything_is_not_asked_for_everything(county: County, device: Device) -> None:
    """10,000 missing files cost a few questions a step, not 10,000."""
    many = {f"i{number}": body(f"i{number}", str(number).encode()) for number in range(50)}
    county.publish("qinghe", many)
    assert "lacks" in device.step()
    assert len(device.line.asked) == limits.blob_failures_max


def test_a_dead_line_costs_one_question(device: Device) -> None:
    """Who does not answer is not asked for the next file; what is held stays and is shown."""
    device.step()
    device.files._files.drop(attachment(_photo).sha256)
    device.files._files.drop(attachment(_form).sha256)
    device.line.dead = True
    device.line.asked.clear()
    assert device.step() == "no line"
    assert len({path for path, _ in device.line.asked}) == 1
    assert device.shown("b", _other) == _other


def test_a_withdrawn_file_goes_with_its_item(county: County, device: Device) -> None:
    """In the same step as the item, before any download, whatever happens to the rest; the others stay."""
    device.step()
    open_file = (device.folder / "blobs" / attachment(_photo).sha256).open("rb")
    county.publish("qinghe", {"b": body("b", _other)}, ("a",))
    for path in (county.repo / "qinghe" / "packs").iterdir():
        path.unlink()
    device.texts.step()
    assert device.texts.store.held()["qinghe"].number == 1
    assert device.held() == _names(_other)
    assert open_file.read() == bytes(len(_photo))  # overwritten, not only without a name
    open_file.close()


def test_half_of_a_withdrawn_file_goes_too(county: County, device: Device) -> None:
    """What had come of it when it was withdrawn is not left in the spool."""
    device.line.lasts = 20_000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "spool_progress_bytes_min", 1 << 30)
        device.step()
    [part] = (device.folder / "blob-spool").glob("*/*.part")
    county.publish("qinghe", {"b": body("b", _other)}, ("a",))
    device.texts.step()
    assert not part.exists()


def test_a_file_of_two_items_stays_for_the_other(county: County, device: Device) -> None:
    """Withdrawing one of them hides nothing of the other; the last one takes the file along."""
    put(county, "liuhe", _photo)
    county.publish("liuhe", {"x": body("x", _photo, channel="liuhe"), "y": body("y", _photo, channel="liuhe")})
    device.step()
    county.publish("qinghe", {"b": body("b", _other)}, ("a",))
    device.step()
    assert (device.shown("x", _photo), device.shown("y", _photo)) == (_photo, _photo)
    county.publish("liuhe", {"x": body("x", _photo, channel="liuhe")}, ("y",))
    device.step()
    assert device.shown("x", _photo) == _photo
    county.publish("liuhe", {}, ("x",))
    device.step()
    assert device.held() == _names(_other)


def test_a_file_of_two_channels_comes_from_whichever_has_it(county: County, device: Device) -> None:
    """One channel's tree lacks it or lies about it: the other one's is as good, since the hash is the file."""
    place = put(county, "liuhe", _photo)
    county.publish("liuhe", {"x": body("x", _photo, channel="liuhe")})
    (county.repo / "qinghe" / "blobs" / attachment(_photo).sha256).unlink()
    assert device.step() == ""
    assert device.shown("a", _photo) == _photo
    assert device.line.inner.fetch(f"liuhe/blobs/{place.name}", 10_000) == _photo


def test_an_edit_that_drops_a_file_drops_it_here(county: County, device: Device) -> None:
    """A photo that was taken off an item is no more to be read than one of a withdrawn item."""
    device.step()
    county.publish("qinghe", {"a": body("a", _form), "b": body("b", _other)})
    device.step()
    assert device.held() == _names(_form, _other)


def test_a_channel_that_is_followed_no_more_takes_its_files_along(county: County, device: Device) -> None:
    """Another device now: what only that channel named leaves."""
    device.step()
    device.texts.close()
    county.device(device.folder, "liuhe")
    assert device.held() == set()


def test_the_budget_is_kept(county: County, tmp_path: Path) -> None:
    """The newest files that fit are held; when a newer item needs room, the oldest leaves, and never what is shown."""
    device = Device(county, tmp_path / "small", budget=1_500)
    items = {f"i{day}": body(f"i{day}", file(f"i{day}", 500), dated=f"2026-11-0{day}") for day in range(1, 8)}
    put(county, "qinghe", *(file(f"i{day}", 500) for day in range(1, 8)))
    county.publish("qinghe", dict(list(items.items())[:4]))
    device.step()
    assert device.held() == _names(*(file(f"i{day}", 500) for day in (2, 3, 4)))
    county.publish("qinghe", dict(list(items.items())[:6]))
    oldest = attachment(file("i2", 500)).sha256
    device.step(**{f"_{oldest}": 10})
    assert device.held() == _names(*(file(f"i{day}", 500) for day in (2, 5, 6)))
    county.publish("qinghe", items)
    device.step()
    assert device.held() == _names(*(file(f"i{day}", 500) for day in (5, 6, 7)))


def test_a_full_disk_takes_the_least_needed(county: County, tmp_path: Path) -> None:
    """Files make way before the two stores starve; and nothing is fetched while there is no room."""
    free = [1 << 40]
    device = Device(county, tmp_path / "full", free=lambda _: free[0])
    device.step()
    free[0] = limits.blob_free_bytes_min - 5_000
    device.step()
    assert device.held() == _names(_photo)
    free[0] = 0
    device.step()
    assert device.held() == set()
    asked = len(device.line.asked)
    assert device.step() == ""
    assert len(device.line.asked) == asked


def test_a_flipped_byte_on_disk_is_never_drawn_and_is_mended(device: Device) -> None:
    """Every reading process looks at the bytes; the daily look drops the file and it is fetched again."""
    device.step()
    path = device.folder / "blobs" / attachment(_photo).sha256
    assert device.shown("a", _photo) == _photo
    path.write_bytes(_photo[:-1] + b"?")
    assert device.shown("a", _photo) is None
    device.step()
    assert device.shown("a", _photo) is None
    device.clock.pass_time(hours=limits.refresh_hours_max)
    device.step()
    assert device.shown("a", _photo) == _photo


def test_a_file_cut_short_is_fetched_again_at_once(device: Device) -> None:
    """A length needs no hashing: half a file is none."""
    device.step()
    (device.folder / "blobs" / attachment(_photo).sha256).write_bytes(_photo[:10])
    device.step()
    assert device.shown("a", _photo) == _photo


@pytest.mark.parametrize("kind", ["link", "pipe", "folder", "second name", "stranger"])
def test_what_is_no_plain_file_is_not_followed(device: Device, tmp_path: Path, kind: str) -> None:
    """A link, a pipe or a folder under a hash is never read or written through, and makes way for the file."""
    device.step()
    secret = tmp_path / "secret"
    secret.write_bytes(_photo)
    path = device.folder / "blobs" / attachment(_photo).sha256
    path.unlink()
    if kind == "link":
        path.symlink_to(secret)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        (path / "below").mkdir(parents=True)
    elif kind == "second name":
        os.link(secret, path)
    else:
        secret.rename(path.with_name("..odd"))
        secret.write_bytes(_photo)
    assert device.shown("a", _photo) == (_photo if kind == "second name" else None)
    device.clock.pass_time(hours=limits.refresh_hours_max)
    device.step()
    assert device.shown("a", _photo) == _photo
    assert device.held() == _names(_photo, _form, _other)
    assert not (device.folder / "blobs" / "..odd").exists()
    device.texts.store.hide("qinghe", ["a"])
    assert secret.read_bytes() == _photo
    assert not path.exists()


def test_a_store_built_anew_keeps_the_files(county: County, device: Device) -> None:
    """A store that was lost costs its texts again, not the photos; what was withdrawn meanwhile does not stay."""
    device.step()
    county.publish("qinghe", {"a": body("a", _photo, _form)}, ("b",))
    device.texts.close()
    (device.folder / "content.db").write_bytes(b"rubbish" * 1000)
    asked = len(device.line.asked)
    device.texts = county.device(device.folder, clock=device.clock)
    device.step()
    assert len(device.line.asked) == asked
    assert device.held() == _names(_photo, _form)


def test_files_stay_while_a_channel_is_not_whole(county: County, device: Device) -> None:
    """In a store that is being built anew nobody knows yet whose a file is; it is asked for nothing and keeps."""
    device.step()
    device.texts.close()
    (device.folder / "content.db").unlink()
    (county.repo / "qinghe" / "metadata" / "timestamp.json").rename(county.repo / "kept")
    device.texts = county.device(device.folder, clock=device.clock)
    device.step()
    assert device.held() == _names(_photo, _form, _other)
    (county.repo / "kept").rename(county.repo / "qinghe" / "metadata" / "timestamp.json")
    asked = len(device.line.asked)
    device.step()
    assert len(device.line.asked) == asked


def test_two_processes_do_not_write_into_each_others_file(device: Device) -> None:
    """While one works on the files, another one leaves them to it."""
    device.texts.step()
    with device.files._alone():
        assert device.step() == ""
        assert device.line.asked == []
    device.step()
    assert device.held() == _names(_photo, _form, _other)


def test_a_withdrawal_that_comes_between_is_obeyed(county: County, device: Device) -> None:
    """A stick withdraws the item while its file is on its way: the file does not stay when it arrives."""
    device.texts.step()
    store = device.texts.store
    inner = device.line.inner.stream

    def withdrawing(path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        yield from inner(path, start, bytes_max)
        store.hide("qinghe", ["a"])

    device.line.inner.stream = withdrawing  # type: ignore[method-assign]
    device.files.step(store, {})
    assert device.held() <= _names(_other)
    assert Blob(attachment(_photo).sha256, len(_photo)) not in {use.blob for use in store.uses()}


def test_ten_thousand_files(county: County, device: Device) -> None:
    """A channel full of photos: held within the budget, counted, and the next step asks for nothing."""
    photos = [str(number).encode() * 3 for number in range(10_000)]
    put(county, "qinghe", *photos)
    county.publish("qinghe", {f"i{number}": body(f"i{number}", data) for number, data in enumerate(photos)})
    device.files = Blobs(device.folder, device.line, device.clock, budget=2_000, free=lambda _: 1 << 40)
    assert device.step() == ""
    sizes = BlobFolder(device.folder).held()
    assert 1_985 < sum(sizes.values()) <= 2_000
    asked = len(device.line.asked)
    assert device.step() == ""
    assert len(device.line.asked) == asked
    assert len(device.texts.store.uses()) == 10_000
