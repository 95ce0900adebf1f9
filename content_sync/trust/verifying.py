"""The device's side of one TUF repository.

1. A refresh works on a copy of the trusted metadata. Only what was verified to the end becomes the device's own, file
   by file, each durable (tuf itself never fsyncs), the timestamp last. A refused refresh leaves nothing behind, so a
   channel poisoned once recovers by itself.
2. The first root is pinned in `pinned.root.json`; after that only TUF's root rotation changes what is trusted.
3. Time is the caller's. `reference_time` is private in tuf 7.0.1, which has no other way to be told the time; it is
   set in this one place, and the version is pinned.
4. Every failure is Unverified with a sentence that says who must act (Older: mostly an honest old stick), or
   Unreachable.
5. A target is fetched by its hash and checked by length and hash before anybody sees it.
6. Only keys tell TUF whose metadata it is. So the timestamp says it too (older trees do not): else, where two channels
   carelessly share an online key, the version numbers of one would lock out the other.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tuf.api import exceptions
from tuf.api.exceptions import DownloadError, DownloadHTTPError, ExpiredMetadataError, RepositoryError
from tuf.api.metadata import Snapshot, TargetFile, Targets, Timestamp
from tuf.ngclient import Updater
from tuf.ngclient.fetcher import FetcherInterface

from content_sync import durable
from content_sync.domain import limits
from content_sync.domain.errors import Unverified
from content_sync.ports import Fetcher

pinned_name = "pinned.root.json"
_timestamp_name = "timestamp.json"
_not_found = 404


class Expired(Unverified):
    """Metadata whose time is over: updates stop, the display does not."""


class Older(Unverified):
    """What is offered is older than what is held."""


@dataclass(frozen=True)
class Described:
    """A target as it is signed."""

    name: str
    sha256: str
    custom: Mapping[str, Any]
    target: TargetFile


class Trusted:
    """A verified state of one repository, not yet kept."""

    def __init__(self, channel: str, updater: Updater, fetcher: Fetcher, staged: Path, kept: Path) -> None:
        self.channel = channel
        self._updater, self._fetcher, self._staged, self._kept = updater, fetcher, staged, kept
        ours = updater._trusted_set.timestamp.unrecognized_fields  # noqa: SLF001  # the verified timestamp has no other door
        if ours.get("channel", channel) != channel:  # rule 6
            raise Unverified(
                f"{channel}: another channel's repository stands in its place; its publisher or relay must mend it."
            )
        self.as_of = _instant(channel, ours.get("as_of"))

    def find(self, name: str) -> Described | None:
        """What is signed of a target, None when there is none."""
        with _sentences(self.channel):
            found = self._updater.get_targetinfo(name)
        if found is None:
            return None
        custom = found.custom if isinstance(found.custom, dict) else {}
        return Described(name, found.hashes.get("sha256", ""), custom, found)

    def read(self, described: Described, bytes_max: int) -> bytes:
        """The bytes of a target (rule 5)."""
        if not described.sha256 or described.target.length > bytes_max:
            raise Unverified(
                f"{self.channel}: {described.name} is signed longer than {bytes_max} bytes or without a hash; "
                "its publisher must sign another."
            )
        path = f"{self.channel}/targets/{described.sha256}.{described.name}"
        with _sentences(self.channel):
            data = self._fetcher.fetch(path, described.target.length)
            described.target.verify_length_and_hashes(data)
        return data

    def everything(self) -> tuple[Path, list[str]]:
        """The folder with all metadata of this state as it was downloaded, and the targets roles that are verified."""
        with _sentences(self.channel):
            delegations = self._updater._trusted_set.targets.delegations  # noqa: SLF001  # loaded by the refresh
            roles = list((delegations and delegations.roles) or ())
            for role in roles:
                self._updater._load_targets(role, Targets.type)  # noqa: SLF001  # what get_targetinfo does, by name
        return self._staged, [Targets.type, *roles]

    def keep(self) -> None:
        """Make this state the one that nothing older may replace (rule 1)."""
        files = [path for path in self._staged.rglob("*.json") if not path.is_symlink()]
        for path in sorted(files, key=lambda path: path.name == _timestamp_name):
            kept = self._kept / path.relative_to(self._staged)
            data = path.read_bytes()
            if not kept.exists() or kept.read_bytes() != data:
                durable.write(kept, data)


def pin(kept: Path, root: bytes) -> None:
    """Trust this first root from now on (rule 2); a second pin is ignored."""
    if not (kept / pinned_name).exists():
        durable.write(kept / pinned_name, root)


def is_pinned(kept: Path) -> bool:
    """Whether a first root is trusted already."""
    return (kept / pinned_name).exists()


def held_root(kept: Path) -> tuple[int, bytes]:
    """The newest root that is trusted, with its version; version 0 when none is."""
    found = [(int(path.name.split(".")[0]), path) for path in (kept / "root_history").glob("*.root.json")]
    if not found and not is_pinned(kept):
        return 0, b""
    version, path = max(found, default=(1, kept / pinned_name))
    return version, path.read_bytes()


def held_versions(kept: Path, *roles: str) -> tuple[int, ...]:
    """The versions of these roles' metadata that were verified last, 0 for what is not there."""
    versions = []
    for role in roles:
        try:
            versions.append(int(json.loads((kept / f"{role}.json").read_bytes())["signed"]["version"]))
        except (FileNotFoundError, ValueError, KeyError, TypeError):  # told as nothing held, and fetched anew
            versions.append(0)
    return tuple(versions)


@contextmanager
def refreshed(kept: Path, channel: str, fetcher: Fetcher, now: datetime) -> Iterator[Trusted]:
    """The newest state of `<channel>/` below the fetcher's tree, verified at `now` against what is kept in `kept`."""
    staged = kept.with_name(f".{kept.name}.new")
    shutil.rmtree(staged, ignore_errors=True)
    try:
        _copy(kept, staged)
        with _sentences(channel):
            updater = Updater(
                metadata_dir=str(staged),
                metadata_base_url=f"{channel}/metadata",
                fetcher=_Adapter(fetcher),
                bootstrap=(kept / pinned_name).read_bytes(),
            )
            updater._trusted_set.reference_time = now.astimezone(UTC)  # noqa: SLF001  # rule 3
            with _older(channel, updater):
                updater.refresh()
        yield Trusted(channel, updater, fetcher, staged, kept)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _copy(kept: Path, staged: Path) -> None:
    """As shutil.copytree, but a full disk is an OSError that says so, not a list of texts."""
    staged.mkdir()
    for path in kept.iterdir():
        if path.is_dir():
            _copy(path, staged / path.name)
        else:
            shutil.copy2(path, staged / path.name, follow_symlinks=False)


class _Adapter(FetcherInterface):
    """ports.Fetcher as tuf wants it; our errors pass through tuf unchanged."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def download_bytes(self, url: str, max_length: int) -> bytes:
        try:
            return self._fetcher.fetch(url, max_length)
        except FileNotFoundError as error:
            raise DownloadHTTPError(f"{url} is not there", _not_found) from error
        except Unverified as error:
            raise Unverified(f"{url} cannot be taken: {error} Its publisher or relay must mend it.") from error

    def _fetch(self, url: str) -> Iterator[bytes]:
        yield self.download_bytes(url, limits.metadata_bytes_max)


@contextmanager
def _older(channel: str, updater: Updater) -> Iterator[None]:
    """Rule 4: the held timestamp is trusted already, and the one that came was refused for its version."""
    try:
        yield
    except exceptions.BadVersionNumberError as error:
        roles = updater._trusted_set  # noqa: SLF001  # how far the refresh came has no other door
        if Timestamp.type in roles and Snapshot.type not in roles:
            raise Older(
                f"{channel}: what is offered is older than what this device has ({error}). Nothing was changed; take a "
                "newer stick, or see why the relay or server stands still."
            ) from error
        raise


@contextmanager
def _sentences(channel: str) -> Iterator[None]:
    """Rule 4."""
    try:
        yield
    except ExpiredMetadataError as error:
        raise Expired(
            f"{channel}: {error} by this device's clock. Its publisher must sign it again (display-server serve does), "
            "or the clock is wrong. The screen keeps what it has."
        ) from error
    except (DownloadError, FileNotFoundError) as error:
        raise Unverified(
            f"{channel}: the tree is incomplete ({error}). Its publisher or relay must mend it."
        ) from error
    except (RepositoryError, ValueError) as error:
        raise Unverified(
            f"{channel}: not what its publisher signed ({str(error) or type(error).__name__}). Nothing was changed; "
            "its publisher or relay must mend it."
        ) from error


def _instant(channel: str, text: object) -> datetime:
    try:
        instant = datetime.fromisoformat(text if isinstance(text, str) else "")
    except ValueError:
        instant = datetime.min  # noqa: DTZ901  # has no zone, refused below
    if instant.tzinfo is None:
        raise Unverified(
            f"{channel}: its timestamp does not say as of when it is true; its publisher must sign it again."
        )
    return instant
