"""Why a repository on a stick was not taken, in words for whoever carries sticks.

1. An old stick is no attack: a state that proves itself from the first root, at its own time, and is no newer than what
   is held, is called by what it is. Nothing of it is taken, and nothing of this check is kept.
2. An honest newer state whose time is over needs a new export; the sentence says by whom.
3. Everything else is as the verification said.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from content_sync.current import edition_target
from content_sync.domain import limits
from content_sync.domain.errors import BadInput, GongkailanError
from content_sync.domain.ids import directory_channel
from content_sync.net.folder import FolderFetcher
from content_sync.trust.state import timestamp_path
from content_sync.trust.verifying import Expired, Trusted, pin, pinned_name, refreshed
from content_sync.wire.editions import parse_custom

nothing_to_do = "Nothing to do."
too_old = "is too old to be taken"


@dataclass(frozen=True)
class Stated:
    """What an honest state says of itself: its edition's number (0 for the directory), as of when."""

    number: int
    as_of: datetime


@dataclass(frozen=True)
class Judge:
    """Of a tree in a spool, by a device that keeps its roots in `trust` and believes it is `now`."""

    tree: Path
    trust: Path
    now: datetime

    def channel(self, name: str, number: int, as_of: str, sentence: str) -> str:
        """Why a channel was not taken that is held at this edition, empty when the very same is held already."""
        found = self._stated(name)
        if found is None:
            return sentence
        if found.number < number:  # rule 1
            return (
                f"{name}: this bundle is older (edition {found.number}, as of {found.as_of:%Y-%m-%d}) than what is on "
                f"the screen (edition {number}). {nothing_to_do}"
            )
        if found.number == number and as_of and found.as_of <= datetime.fromisoformat(as_of):
            return ""
        return self._over(name, found) or sentence

    def directory(self, as_of: str, sentence: str) -> str:
        """The same of the county's directory."""
        found = self._stated(directory_channel)
        if found is None:
            return sentence
        if as_of and found.as_of <= datetime.fromisoformat(as_of):
            return ""
        return self._over(directory_channel, found) or sentence

    def _stated(self, name: str) -> Stated | None:
        """What the repository says of itself, proved from its first root alone; None when it does not prove itself."""
        fetcher = FolderFetcher(self.tree)
        try:
            own_time = _own_time(fetcher.fetch(f"{name}/{timestamp_path}", limits.metadata_bytes_max))
            with self._proved(name, own_time) as trusted:
                edition = trusted.find(edition_target)
                number = parse_custom(name, dict(edition.custom)).number if edition is not None else 0
                return Stated(number, trusted.as_of)
        except (GongkailanError, OSError):
            return None

    def _over(self, name: str, found: Stated) -> str:
        """Rule 2."""
        try:
            with self._proved(name, self.now):
                return ""
        except Expired:
            return (
                f"{name}: this bundle {too_old}, it was true as of {found.as_of:%Y-%m-%d}. Have the "
                "county office write a new one (display-server bundle); if today is not "
                f"{self.now:%Y-%m-%d}, set this device's clock."
            )
        except (GongkailanError, OSError):
            return ""

    @contextmanager
    def _proved(self, name: str, at: datetime) -> Iterator[Trusted]:
        """The repository verified from its first root, as if it were met for the first time; nothing of it is kept."""
        trial = self.tree.with_name("trial")
        try:
            pin(trial / name, (self.trust / name / pinned_name).read_bytes())
            with refreshed(trial / name, name, FolderFetcher(self.tree), at) as trusted:
                yield trusted
        finally:
            shutil.rmtree(trial, ignore_errors=True)


def _own_time(timestamp: bytes) -> datetime:
    """The time a timestamp claims; believed only as the time at which the rest must prove itself."""
    try:
        found = datetime.fromisoformat(json.loads(timestamp)["signed"]["as_of"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadInput(f"no time can be read from it ({error})") from error
    if found.tzinfo is None:
        raise BadInput("its time has no zone")
    return found
