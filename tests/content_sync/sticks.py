"""A county that writes sticks, devices without a network that take them, and what can be done to a stick between."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from content_sync import durable
from content_sync.agent.device import Device
from content_sync.agent.sticks import Imported, import_stick
from content_sync.bundle import finding, places
from content_sync.bundle.writing import Written, write_bundle
from content_sync.domain.errors import Refused, Unverified
from content_sync.domain.ids import directory_channel, fingerprint
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from content_sync.trust.verifying import pin
from content_sync.wire import canonical, sealed, shapes
from content_sync.wire.listing import listing_bytes, parse_listing
from tests.content_sync.world import County, HandClock

records_seed = b"R" * 32


def silent(_what: str, _done: int, _of: int) -> None:
    """A report nobody hears."""


def write(county: County, out: Path, *channels: str) -> Written:
    """A bundle of these channels, or of all, onto the stick `out`."""
    out.mkdir(exist_ok=True)
    return write_bundle(out, county.repo, channels or tuple(county.numbers), county.clock.now(), silent)


def open_for_records(county: County) -> None:
    """The county's server says for whom records are sealed."""
    county.publisher.put_records_key(sealed.public_half(records_seed))


def enrolled(county: County, folder: Path, *channels: str, clock: HandClock | None = None) -> "Kiosk":
    """A device that was enrolled once, under the name of its folder, and has had no network since."""
    pin(folder / "trust" / directory_channel, county.publisher.directory_root())
    device = Device("http://127.0.0.1:1", folder.name, "t", "hall", "touch", channels or tuple(county.numbers))
    durable.write(folder / "device.json", canonical.dump(shapes.to_plain(device)), mode=0o600)
    durable.write(folder / "key.bin", hashlib.sha256(folder.name.encode()).digest(), mode=0o600)
    return Kiosk(folder, clock or county.clock)


@dataclass
class Kiosk:
    """A device folder and its clock."""

    folder: Path
    clock: HandClock

    @property
    def public_key(self) -> bytes:
        """As the server knows it."""
        return sealed.public_half((self.folder / "key.bin").read_bytes())

    def take(self, stick: Path, read: Callable[[], None] = lambda: None) -> Imported:
        """Plug the stick in."""
        return import_stick(self.folder, stick, self.clock, silent, read)

    def editions(self) -> dict[str, int]:
        """What is on the screen."""
        store = ContentStore(self.folder / "content.db", readonly=True)
        held = {name: one.number for name, one in store.held().items()}
        store.close()
        return held

    def desk(self) -> DeskStore:
        """The desk of this device."""
        return DeskStore(self.folder / "desk.db")


def whole(stick: Path, directory_root: bytes) -> str:
    """The bundle a device would take, every file of it as listed; empty when there is none."""
    try:
        with closing(places.opened(stick)) as base:
            name, listing = finding.newest(base, fingerprint(directory_root))
    except (Refused, Unverified):
        return ""
    for one in listing.files:
        assert _sha(stick / "gongkailan" / name / "repo" / one.path) == one.sha256, one.path
    return name


def files_of(stick: Path) -> list[Path]:
    """Every file of the bundle, the listing too."""
    return sorted(path for path in (stick / "gongkailan").glob("*-*/**/*") if path.is_file())


def relist(stick: Path, change: Callable[[bytes], bytes]) -> None:
    """Change the text of the listing and give it a right checksum again: the listing is not what protects."""
    [path] = (stick / "gongkailan").glob("*/listing.txt")
    text = change(path.read_bytes().rpartition(b"end ")[0])
    path.write_bytes(text + f"end {hashlib.sha256(text).hexdigest()}\n".encode())


def list_anew(stick: Path) -> None:
    """A listing that tells the truth about the files as they are now, whoever changed them."""
    [path] = (stick / "gongkailan").glob("*/listing.txt")
    tree, old = path.parent / "repo", parse_listing(path.read_bytes())
    files = [type(old.files[0])(str(p.relative_to(tree)), p.stat().st_size, _sha(p)) for p in _plain(tree)]
    path.write_bytes(listing_bytes(type(old)(old.made, old.county, tuple(files))))


def _plain(tree: Path) -> list[Path]:
    return sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def logical(folder: Path) -> list[str]:
    """Everything content.db says, every row of every table in its order, but for notes on the device's own days."""
    with sqlite3.connect(folder / "content.db") as db:
        lines = list(db.iterdump())
    db.close()
    own = (
        'INSERT INTO "_sqlite_migrations"',
        'INSERT INTO "facts" VALUES(\'believed',
        'INSERT INTO "facts" VALUES(\'refreshed:',
    )
    return [line for line in lines if not line.startswith(own)]
