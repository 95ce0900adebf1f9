"""Applying an edition inside one transaction.

1. A number never goes down; the same number with another root is refused (promise 1).
2. Withdrawn ids are obeyed first and for ever: a body whose id was ever withdrawn is proved by the root like the
   others, and then only its hash is kept (promise 3).
3. Only what differs is written: a body by its bytes, a row also when its seal is broken, so applying the same edition
   again repairs it.
4. At the end the root is computed from the stored bodies (promise 4); unless it and the count are the signed ones,
   everything is undone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from content_sync.domain import limits
from content_sync.domain.edition import Edition, body_hash, older, root_of_hashes
from content_sync.domain.errors import Unverified
from content_sync.storage import content_channels, content_hide, content_write, facts
from content_sync.storage.content_channels import Held
from content_sync.storage.rows import seal_of


@dataclass(frozen=True)
class _Stored:
    n: int
    body: bytes
    sound: bool


def apply(db: Database, edition: Edition, as_of: str, bodies: Mapping[str, bytes], withdrawn: Sequence[str]) -> int:
    """Make the stored state of the channel this edition; returns how many items were written or removed."""
    channel = edition.channel
    check_number(db, edition)
    content_hide.leave_strangers(db)
    content_hide.hide(db, channel, withdrawn)  # rule 2
    gone = content_hide.withdrawn_ids(db, channel)
    visible = {item: body for item, body in bodies.items() if item not in gone}
    stored = _stored(db, channel)
    removed = [old.n for item, old in stored.items() if item not in visible]
    changed = [item for item, body in visible.items() if not _is_stored(stored.get(item), body)]
    content_hide.delete(db, [*removed, *(stored[item].n for item in changed if item in stored)])
    content_hide.keep_hashes(db, channel, {item: body_hash(bodies[item]) for item in gone & bodies.keys()})
    content_write.write(db, channel, (visible[item] for item in changed))  # rule 3
    settle(db, edition, as_of)
    return len(removed) + len(changed)


def settle(db: Database, edition: Edition, as_of: str) -> None:
    """What is stored is this edition (rule 4), signed as true at `as_of`; Unverified when it is not."""
    channel = edition.channel
    if stored_root(db, channel) != (edition.root, edition.items):
        raise Unverified(f"{channel}: edition {edition.number} is not what was signed; nothing was changed.")
    newest = facts.newest(content_channels.of(db, channel).as_of, as_of)
    content_channels.put(db, Held(channel, edition.number, newest, edition.time, edition.items, edition.root))
    facts.raise_floor(db, channel, as_of)


def stored_root(db: Database, channel: str) -> tuple[str, int]:
    """The root and the count of what is stored, from the bodies themselves (rule 4)."""
    hashes = dict(db.execute("SELECT id, hash FROM hidden WHERE channel = ?", [channel]).fetchall())
    for item, body in db.execute("SELECT id, CAST(body AS BLOB) FROM items WHERE channel = ?", [channel]):
        hashes[item] = body_hash(body)
    return root_of_hashes(hashes), len(hashes)


def check_number(db: Database, edition: Edition) -> None:
    """Rule 1."""
    held = content_channels.of(db, edition.channel)
    number, root = held.number, held.root
    if edition.number < number:  # rule 1
        raise older(edition, number)
    if root and edition.number == number and edition.root != root:
        raise Unverified(
            f"{edition.channel}: a second, different edition {number} was offered; its publisher must publish the next."
        )
    if edition.items > limits.edition_items_max:
        raise Unverified(f"{edition.channel}: edition {edition.number} has more than {limits.edition_items_max} items.")


def _stored(db: Database, channel: str) -> dict[str, _Stored]:
    query = "SELECT id, n, CAST(body AS BLOB), row, seal FROM items WHERE channel = ?"
    found = db.execute(query, [channel])
    return {item: _Stored(n, body, seal_of(str(row)) == seal) for item, n, body, row, seal in found}


def _is_stored(old: _Stored | None, body: bytes) -> bool:
    return old is not None and old.sound and old.body == body
