"""content.db: the editions a device holds, and the attached files beside it. The agent writes them, screens only read.

Every method is one snapshot or one transaction of `storage.connection`. On a full disk only two things still happen:
what is withdrawn is hidden, and a note of the agent to itself (a fact, a problem) is dropped without a word.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from content_sync.domain import limits
from content_sync.domain.county import County
from content_sync.domain.disclosure.items import Item
from content_sync.domain.edition import Edition
from content_sync.domain.holding import Use
from content_sync.domain.uptime import Kept
from content_sync.storage import (
    content_advance,
    content_apply,
    content_attached,
    content_channels,
    content_epoch,
    content_find,
    content_hide,
    content_letters,
    content_read,
    content_schema,
    content_scrub,
    content_verify,
    content_write,
    facts,
)
from content_sync.storage.blobs import BlobFolder
from content_sync.storage.connection import Connection
from content_sync.storage.content_channels import Held
from content_sync.storage.content_epoch import Epoch
from content_sync.storage.content_find import Found
from content_sync.storage.content_verify import Verified
from content_sync.storage.faults import Damaged, Full
from content_sync.storage.lexicon import lexicon
from content_sync.storage.rows import Row
from content_sync.storage.spare import Spare
from content_sync.wire.county import read_county

__all__ = ["ContentStore", "Damaged", "Found", "Full", "Held", "Hit", "Row", "Verified"]
Hit = Row  # a search result is a row


class ContentStore:
    """The store at `path`. `readonly` never creates the file and reads a missing one as empty."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        def opened() -> Connection:
            return Connection(path, content_schema.migrations, busy_ms=limits.content_busy_ms, readonly=readonly)

        self._spare = Spare(path)
        try:
            self._connection = opened()
        except Full:
            self._spare.give_away()
            self._connection = opened()
        if not readonly:
            self._spare.lay_by()
        self.blobs = BlobFolder(path.parent)
        self._names = content_letters.Names()

    def held(self) -> dict[str, Held]:
        """What is held of every followed channel."""
        with self._connection.read() as db:
            return content_channels.held(db) if db is not None else {}

    def county(self) -> County | None:
        """The county facts, None before the first directory sync."""
        with self._connection.read() as db:
            data = facts.get(db, "county") if db is not None else None
        return read_county(data) if data else None

    def floor(self) -> datetime | None:
        """The later of the newest signed time and the last kept one; the clock is never believed to be earlier."""
        with self._connection.read() as db:
            return facts.reached(db) if db is not None else None

    def kept_time(self) -> Kept | None:
        """The instant that was believed last (pull.timekeeping)."""
        with self._connection.read() as db:
            return facts.kept_time(db) if db is not None else None

    def keep_time(self, kept: Kept) -> None:
        """Keep such an instant; it never goes back."""
        with suppress(Full), self._connection.write() as db:
            facts.keep_time(db, kept)

    def rows(
        self, now: datetime, *, kind: str = "", channel: str = "", section: str = "", topic: str = "", node: str = ""
    ) -> list[Row]:
        """Items due now, newest dated first."""
        with self._connection.read() as db:
            if db is None:
                return []
            return content_read.rows(db, now, kind=kind, channel=channel, section=section, topic=topic, node=node)

    def item(self, item_id: str, now: datetime) -> tuple[Item, str] | None:
        """One item to draw with its body's hash; None when damaged, withdrawn or not due."""
        with self._connection.read() as db:
            return content_read.item(db, item_id, now) if db is not None else None

    def attached(self, item_id: str, sha256: str, now: datetime) -> Path | None:
        """The file of an attachment to draw, its bytes verified; None when it is not here or not to be shown."""
        found = self.item(item_id, now)
        wanted = (one for one in found[0].attachments if one.sha256 == sha256) if found else ()
        return next((self.blobs.verified(one.blob) for one in wanted), None)

    def uses(self) -> list[Use]:
        """Every attachment of every held item, due or not, the newest dated item first."""
        with self._connection.read() as db:
            return content_attached.uses(db) if db is not None else []

    def names_blob(self, sha256: str) -> bool:
        """Whether any held item names this file."""
        with self._connection.read() as db:
            return db is not None and content_attached.names(db, sha256)

    def find(self, query: str, now: datetime, limit: int = 20) -> Found:
        """Items that answer a question in people's own words, and those that nearly do; best first."""
        with self._connection.read() as db:
            return content_find.find(db, query, now, limit, lexicon()) if db is not None else Found()

    def search(self, query: str, now: datetime, limit: int = 20) -> list[Row]:
        """Only the items that answer all of it."""
        return list(self.find(query, now, limit).hits)

    def characters(
        self, letter: str, now: datetime, *, query: str = "", befores: Sequence[str] = ()
    ) -> tuple[tuple[str, ...], int]:
        """The characters this letter stands for in names of items due now, and how many of them follow.

        Only of items that `query` finds. First stand those that follow directly after the first of the characters and
        letters `befores` that any does, then all others; each most used first.
        """
        with self._connection.read() as db:
            if db is None:
                return (), 0
            return content_letters.characters(db, self._names, letter, now, query, befores)

    def standing(self, now: datetime, *, befores: Sequence[str] = ()) -> tuple[frozenset[str], frozenset[str]]:
        """The characters in names of items due now, and those that follow the first of `befores` that any does."""
        with self._connection.read() as db:
            if db is None:
                return frozenset(), frozenset()
            return content_letters.standing(db, self._names, now, befores)

    def epoch(self, now: datetime) -> Epoch:
        """Another value when other items, or other texts of them, are to be shown."""
        with self._connection.read() as db:
            return content_epoch.epoch(db, now) if db is not None else ()

    def data_version(self) -> int:
        """Another number when another process committed."""
        return self._connection.data_version()

    def problems(self) -> dict[str, str]:
        """The sentence of each channel's last failure."""
        with self._connection.read() as db:
            return dict(db.execute("SELECT channel, sentence FROM problems").fetchall()) if db is not None else {}

    def verify(self) -> Verified:
        """Bodies, roots and the search table; changes nothing."""
        if self._connection.readonly:
            with self._connection.read() as db:
                return content_verify.verify(db, may_write=False) if db is not None else Verified(0, ())
        with self._connection.write() as db:  # FTS checks itself by a write that changes nothing
            return content_verify.verify(db, may_write=True)

    def sound(self, channel: str) -> bool:
        """Whether the channel's bodies, rows and root are what was signed."""
        with self._connection.read() as db:
            return db is None or content_verify.channel_is_sound(db, channel)

    def knows_withdrawn(self, channel: str) -> bool:
        """Whether the ids that a channel withdrew are those that were written."""
        with self._connection.read() as db:
            return db is None or content_channels.are_ids_sound(db, channel)

    def fact(self, name: str) -> str:
        """A note of the agent to itself, empty when never written."""
        with self._connection.read() as db:
            return (facts.get(db, name) or b"").decode() if db is not None else ""

    def put_fact(self, name: str, value: str) -> None:
        """Write such a note."""
        with suppress(Full), self._connection.write() as db:
            facts.put(db, name, value.encode())

    def follow(self, channels: Sequence[str]) -> None:
        """Hold exactly these channels; another one's items leave the device."""
        if set(self.held()) == set(channels):
            return
        with self._connection.write() as db:
            for channel in set(content_channels.held(db)) - set(channels):
                content_hide.leave(db, channel)
            db.conn.executemany("INSERT OR IGNORE INTO channels (channel) VALUES (?)", [(c,) for c in channels])
        self.scrub()

    def apply(self, edition: Edition, as_of: str, bodies: Mapping[str, bytes], withdrawn: Sequence[str]) -> int:
        """Show this edition from now on, or raise Unverified and change nothing. Returns the number of changes."""
        with self._connection.write() as db:
            changes = content_apply.apply(db, edition, as_of, bodies, withdrawn)
        self.scrub()
        return changes

    def advance(self, edition: Edition, as_of: str, deltas: Sequence[bytes], withdrawn: Sequence[str]) -> int:
        """Show this edition from now on, made of the stored one by deltas; Misfit or Unverified change nothing."""
        with self._connection.write() as db:
            changes = content_advance.advance(db, edition, as_of, deltas, withdrawn)
        self.scrub()
        return changes

    def hide(self, channel: str, ids: Sequence[str]) -> int:
        """Take withdrawn items off the screens now and for ever, also on a full disk. Returns how many were on them."""
        try:
            hidden = self._hide(content_hide.hide, channel, ids)
        except Full:
            self._spare.give_away()
            try:
                hidden = self._hide(content_hide.hide, channel, ids)
            except Full:
                hidden = self._hide(content_hide.keep_away, channel, ids)
        self.scrub()
        return hidden

    def note_as_of(self, channel: str, as_of: str) -> None:
        """What is held was signed as true at `as_of`; also moves the clock's floor."""
        with self._connection.write() as db:
            held = content_channels.of(db, channel)
            if held.root:
                content_channels.put(db, replace(held, as_of=facts.newest(held.as_of, as_of)))
            facts.raise_floor(db, channel, as_of)

    def put_county(self, data: bytes) -> None:
        """Keep the verified bytes of `county.json`; BadInput when they cannot be read."""
        read_county(data)
        with self._connection.write() as db:
            facts.put(db, "county", data)

    def put_problem(self, channel: str, sentence: str, at: datetime) -> None:
        """Remember why a channel could not be updated; an empty sentence forgets it."""
        if self.problems().get(channel, "") == sentence:
            return
        with suppress(Full), self._connection.write() as db:
            db.execute("DELETE FROM problems WHERE channel = ?", [channel])
            if sentence:
                db.execute("INSERT INTO problems VALUES (?, ?, ?)", [channel, sentence, at.isoformat()])

    def reindex(self) -> None:
        """Build what is searched anew from the bodies."""
        with self._connection.write() as db:
            content_write.derive_anew(db)

    def scrub(self, *, thorough: bool = False) -> bool:
        """Remove the files that went with items, make deleted text unreadable, keep the log short.

        `thorough` also does what may wait for the daily check. False when something is left to do.
        """
        self._spare.lay_by()
        return content_scrub.scrub(self._connection, self.blobs, thorough=thorough)

    def make_room(self) -> bool:
        """Give away the room kept for a withdrawal on a full disk; False when there is none."""
        return self._spare.give_away()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _hide(self, how: Callable[[Database, str, Sequence[str]], int], channel: str, ids: Sequence[str]) -> int:
        with self._connection.write() as db:
            return how(db, channel, ids)
