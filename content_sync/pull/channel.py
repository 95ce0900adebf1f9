"""One channel, from its signed state to its items on screen.

1. Withdrawn ids are obeyed before and whatever happens to the rest (promise 3).
2. Then the verified metadata is kept, so that nothing older is ever taken, and only then items are fetched.
3. The edition that is held already is not fetched again, unless what is stored was found damaged.
4. Anything that does not prove itself changes nothing (promise 2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content_sync.domain import limits
from content_sync.domain.edition import Edition, older
from content_sync.domain.errors import BadInput, Unverified
from content_sync.domain.ids import is_id
from content_sync.ports import Fetcher
from content_sync.pull.arriving import Arriving
from content_sync.pull.clocking import Time, credible
from content_sync.pull.fresh import newest
from content_sync.pull.texts import Texts
from content_sync.storage.content import ContentStore
from content_sync.trust.verifying import Described, Trusted
from content_sync.wire import canonical
from content_sync.wire.editions import parse_custom

edition_target = "edition"
withdrawn_target = "withdrawn.json"


@dataclass(frozen=True)
class Channel:
    """Where a channel's trust and content are kept, and where its tree is."""

    name: str
    trust: Path
    store: ContentStore
    fetcher: Fetcher
    files: Arriving

    def take(self, time: Time, *, damaged: bool) -> int:
        """Take the newest edition; returns its number. Raises Unverified, Unreachable."""
        seen = self.store.held()[self.name].as_of
        with newest(self.trust, self.name, self.fetcher, time, seen) as trusted:
            return self._take(trusted, self._as_of(trusted, time), damaged=damaged)

    def _as_of(self, trusted: Trusted, time: Time) -> str:
        """As of when the state is true; what is past belief says nothing new (pull.clocking rule 4)."""
        floor = self.store.floor()
        if floor is None or credible(trusted.as_of, time, floor):
            return trusted.as_of.isoformat()
        return self.store.held()[self.name].as_of or floor.isoformat()

    def _take(self, trusted: Trusted, as_of: str, *, damaged: bool) -> int:
        withdrawn = self._hide(trusted)  # rule 1
        trusted.keep()  # rule 2
        described = trusted.find(edition_target)
        if described is None:
            raise Unverified(f"{self.name} has a signed state without an edition; its publisher must publish again.")
        edition, held = _edition(self.name, described), self.store.held()[self.name]
        if (edition.number, edition.root) == (held.number, held.root) and not damaged:  # rule 3
            self.store.note_as_of(self.name, as_of)
            return edition.number
        if edition.number < held.number:
            raise older(edition, held.number)
        whole = held.number if held.root and not damaged else None
        Texts(edition, trusted, described, self.files.bring).bring(self.store, as_of, withdrawn, whole)
        return edition.number

    def _hide(self, trusted: Trusted) -> Sequence[str]:
        described = trusted.find(withdrawn_target)
        if described is None:
            return ()
        if described.sha256 == self.store.fact(f"withdrawn:{self.name}") and self.store.knows_withdrawn(self.name):
            return ()
        ids = _ids(self.name, trusted.read(described, limits.directory_bytes_max))
        self.store.hide(self.name, ids)
        self.files.done(self.name)  # a pack on its way may hold them; withdrawing made the packs anew
        self.store.put_fact(f"withdrawn:{self.name}", described.sha256)
        return ids


def _edition(channel: str, described: Described) -> Edition:
    try:
        return parse_custom(channel, dict(described.custom))
    except BadInput as error:
        raise Unverified(
            f"{channel}: its signed edition cannot be read: {error} Its publisher must sign another."
        ) from error


def _ids(channel: str, data: bytes) -> list[str]:
    try:
        ids: Any = canonical.load(data, withdrawn_target)
    except BadInput as error:
        raise Unverified(
            f"{channel}: its signed list of withdrawn items cannot be read: {error} Its publisher must sign another."
        ) from error
    if not isinstance(ids, list) or len(ids) > limits.withdrawn_ids_max or not all(is_id(item) for item in ids):
        raise Unverified(
            f"{channel}: its signed list of withdrawn items is no list of ids; its publisher must sign another."
        )
    return ids
