"""Whether a server's folder is whole: what `check` says.

1. The audit log is an unbroken chain (promise 16); the first broken record is named. Cases are what it says of them.
2. The database file is sound.
3. Of every channel, the published tree holds the edition the database says, and the bodies the database holds give the
   root that was signed (promise 4); every pack has the bytes its name says, and a device would take the whole tree.
4. Keys are readable by the server's user only; a key that must be here and is not is a problem.
5. Attached files are where texts and trees name them, with their bytes (check_files).
6. What waits for people is no problem but told: signatures past half their life, editions that wait to be signed, a
   channel that was adopted and is not mirrored yet.
7. On a relay what is mirrored is judged like what is published here; what the last round refused of the upstream is
   named, a line that is down is not: the relay is whole without it.
8. Of every day and letter each number is a ticket or has a reason to be none (HAL-15, queue.voids). A number of a
   kiosk's own series that later ones passed over may still arrive: it is told. The same holds of the papers of windows
   (cases.numbering), where nothing may be passed over, and of a panel's codes (cases.panels).
"""

import hashlib
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from content_sync.domain.edition import root_of
from content_sync.domain.errors import GongkailanError
from content_sync.domain.ids import directory_channel
from display_server.cases import numbering, panels
from display_server.config import Config
from display_server.database import audit, content, mirrored
from display_server.database.engine import Database
from display_server.database.tables.content import published, versions
from display_server.database.tables.core import channels
from display_server.desk.adopting import is_foreign
from display_server.desk.check_files import file_faults
from display_server.desk.check_keys import is_waiting, key_faults, unmirrored, waiting
from display_server.desk.check_tree import tree_faults
from display_server.queue import voids
from display_server.supervision import checking


@dataclass(frozen=True)
class Report:
    """What was looked at and every problem found, each in one sentence."""

    audit_records: int
    channels: int
    packs: int
    blobs: int
    problems: tuple[str, ...]
    waits: tuple[str, ...] = ()


def examine(db: Database) -> Report:
    """Look at everything; repair nothing."""
    with db.read() as connection:
        names = list(connection.execute(select(channels.c.id).order_by(channels.c.id)).scalars())
        others = [one.channel for one in mirrored.every(connection) if one.as_of]
        records = audit.length(connection)
        waits = [*unmirrored(db.config, names), *waiting(db, connection, names), *voids.missing_of_series(connection)]
        problems = [audit.first_fault(connection), _database_fault(connection), *voids.faults(connection)]
        bad_files, blobs = file_faults(db.config, connection, [*names, *others])
        problems += [_channel_fault(db, connection, name) for name in names if not is_foreign(db.config, name)]
        problems += mirrored.problems(connection).values()  # rule 7
        problems += [*numbering.faults(connection), *checking.faults(connection), *panels.faults(connection)]
    bad_packs, packs = _bad_packs(db.config)
    there = [name for name in names if not is_foreign(db.config, name) or (db.config.repo / name).is_dir()]
    trees = _tree_faults(db.config, there, others)
    problems += [*bad_packs, *bad_files, *trees, _key_fault(db.config)]
    lost, worn = key_faults(db.config)
    found = tuple(problem for problem in (*problems, *lost) if problem)
    return Report(records, len(names) + len(others), packs, blobs, found, (*waits, *worn))


def _database_fault(connection: Connection) -> str:
    found = connection.execute(text("PRAGMA integrity_check(1)")).scalar_one()  # rule 2
    return "" if found == "ok" else f"The database is damaged ({found}): restore a backup."


def _channel_fault(db: Database, connection: Connection, channel: str) -> str:
    from content_sync.publish import Publisher

    try:
        tree = Publisher(db.config.repo, db.config.keys, db.config.clock).newest(channel)
    except (GongkailanError, OSError) as error:
        return f"Channel {channel}: its published tree cannot be read ({error})."
    begun = content.waiting_edition(connection, channel)
    if begun and not is_waiting(db, channel, begun):
        return f"Channel {channel}: edition {begun} was cut off; the next `serve` or `publish` finishes it."
    number, _, _ = content.newest_edition(connection, channel)
    if tree.number != number:  # rule 3
        return f"Channel {channel}: the tree is at edition {tree.number}, the database at {number}."
    if number and _root(connection, channel) != tree.root:
        return f"Channel {channel}: the database's texts are not the ones that were signed in edition {number}."
    return ""


def _root(connection: Connection, channel: str) -> str:
    rows = connection.execute(
        select(published.c.item, versions.c.body)
        .join(versions, (versions.c.item == published.c.item) & (versions.c.version == published.c.version))
        .where(published.c.channel == channel)
    )
    return root_of({row.item: row.body for row in rows})


def _tree_faults(config: Config, own: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    if config.is_relay and not (config.repo / directory_channel / "metadata" / "timestamp.json").exists():
        return iter(())  # before its first round a relay has nothing to judge
    return tree_faults(config.repo, [*own, *others], config.clock.now(), own if config.is_relay else ())


def _bad_packs(config: Config) -> tuple[list[str], int]:
    packs = sorted(config.repo.glob("*/packs/*.*"))
    bad = [pack for pack in packs if hashlib.sha256(pack.read_bytes()).hexdigest() != pack.stem]
    return [f"The pack {pack.relative_to(config.repo)} is damaged: restore a backup." for pack in bad], len(packs)


def _key_fault(config: Config) -> str:
    mode = stat.S_IMODE(config.keys.stat().st_mode)
    return (
        f"{config.keys} can be read by others (mode {mode:o}): run chmod 700 on it." if mode & 0o077 else ""
    )  # rule 4
