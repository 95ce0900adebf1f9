"""Records of a device, each counted exactly once (promise 10, OFF-03).

1. A record is stored under its own id in the transaction that counts it; one that is there already is accepted again
   and changes nothing. A batch is one transaction: what was answered “accepted” is on the disk.
2. A device sends its own records only; an id that another device used is refused, never taken for a repetition.
3. What is refused is undone alone; the rest of its batch stands. It may be sent again and is judged again.
4. Of heartbeats only the newest is kept, so nothing has to be remembered of the others.
5. What a relay passes up from behind it is filed (desk.filing). On a relay what was counted or filed then waits to be
   passed up (devices.passing), in the same transaction.
6. No record speaks of the future: a device whose clock runs ahead claims nothing beyond the moment it arrived.
7. Why a printed ticket goes first is told to the hall's queue alone, which forgets it when the day is over: it is
   neither stored nor passed up with the record.
8. A record made while the device's clock was doubtful says so in its body and is kept with it. A display record of that
   kind tells of no minute: what was on the board then nobody knows (promise 17).
9. Reports, applications and sheets, also a panel's, have tables of their own (desk.saying), and no second copy here.
   That a panel's sheet was refused stays known.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.records import Record
from content_sync.wire import canonical
from display_server.cases import panels
from display_server.database import instants
from display_server.database.engine import Database
from display_server.database.tables.devices import devices
from display_server.database.tables.records import display_log, records
from display_server.desk import filing, finishing, paneling, saying
from display_server.devices import passing
from display_server.devices.queries import Device
from display_server.queue import handing_in
from display_server.queue import queries as queue

_hash_chars = 64


@dataclass(frozen=True)
class Received:
    """Ids that need not be sent again, and refused ones with a reason each."""

    accepted: list[str]
    refused: list[tuple[str, str]]


def receive(db: Database, device: Device, batch: Iterable[Record | tuple[str, str]]) -> Received:
    """Count every record of a parsed batch; a pair is one that was refused before, with its reason."""
    received = Received([], [])
    with db.write() as connection:
        for part in batch:
            if not isinstance(part, Record):
                received.refused.append(part)
                continue
            try:
                with _alone(connection):  # rule 3
                    _count(db, connection, device, part)
                received.accepted.append(part.id)
            except Refused as error:
                received.refused.append((part.id, str(error)))
                if isinstance(error, paneling.NotCounted):
                    panels.note_refused(connection, error.poll, error.box)
    return received


def _count(db: Database, connection: Connection, device: Device, record: Record) -> None:
    passed = filing.is_behind(device, record)
    if record.device != device.id and not passed:  # rule 2
        raise Refused(f"This record is of device {record.device}, not of {device.id}.")
    known = connection.execute(select(records.c.device).where(records.c.id == record.id)).scalar()
    if known == record.device:  # rule 1
        return
    if known is not None:
        raise Refused("Another device sent a record with this id.")  # rule 2
    now = instants.text_of(db.config.clock.now())
    made_at = min(now, instants.parsed(record.made_at, "made_at"))  # rule 6
    if record.kind == "heartbeat":
        (filing.note_health if passed else _beat)(db, connection, record, made_at)
        return
    if passed:
        _file(db, connection, device, record)
    else:
        _counting[record.kind](db, connection, device, record)
    record = _without_reason(record)
    told = record.kind in saying.kept_apart  # rule 9
    told = told or (record.kind == "display" and not _is_doubtful(record))  # then it stands in the display log
    body = "" if told else canonical.dump(dict(record.body)).decode()
    values = {"id": record.id, "device": record.device, "kind": record.kind, "made_at": made_at, "received_at": now}
    connection.execute(records.insert().values(**values, body=body))
    if db.config.is_relay:  # rule 5
        passing.add(connection, record, {} if passed else _place(connection, device, record))


def _without_reason(record: Record) -> Record:
    if record.kind != "ticket":
        return record
    kept = {name: value for name, value in record.body.items() if name not in {"claim", "priority"}}
    return replace(record, body=kept)  # rule 7


def _file(db: Database, connection: Connection, device: Device, record: Record) -> None:
    if record.kind == "rating":
        filing.add_rating(db, connection, device, record)
    elif record.kind == "display":
        _display(db, connection, device, record)
    elif record.kind in saying.kept_apart:
        saying.take(db, connection, filing.place_of(db, connection, device, record), record)


def _place(connection: Connection, device: Device, record: Record) -> dict[str, str | int]:
    """What the servers above need to know of a record beside itself: its hall, and of a rating service and day."""
    if record.kind in saying.kinds:
        return vars(saying.place_of(connection, device))
    rated = queue.by_id(connection, str(record.body.get("ticket"))) if record.kind == "rating" else None
    of_ticket = {"service": rated.service, "day": rated.day} if rated else {}
    return {"site": device.site, **of_ticket}


def _ticket(db: Database, connection: Connection, device: Device, record: Record) -> None:
    handing_in.hand_in(db, connection, device.id, record.body)


def _rating(db: Database, connection: Connection, device: Device, record: Record) -> None:
    finishing.rate(db, connection, device.site, record.id, record.body)


def _saying(db: Database, connection: Connection, device: Device, record: Record) -> None:
    saying.take(db, connection, saying.place_of(connection, device), record)


def _display(db: Database, connection: Connection, _device: Device, record: Record) -> None:
    body, now = record.body, instants.text_of(db.config.clock.now())
    started, ended = (min(now, instants.parsed(body.get(name), name)) for name in ("start", "end"))  # rule 6
    names = {name: str(body.get(name, "")) for name in ("screen", "item", "hash")}
    if ended < started or any(len(text) > _hash_chars for text in names.values()):
        raise BadInput("A display record has screen, item, hash, start and an end that is not before it.")
    values = {"record": record.id, "device": record.device, "started": started, "ended": ended, **names}
    if not _is_doubtful(record):  # rule 8
        connection.execute(display_log.insert().values(**values))


def _beat(db: Database, connection: Connection, record: Record, made_at: str) -> None:
    now, kept = instants.text_of(db.config.clock.now()), devices.c.heartbeat_at
    made_at, body = min(made_at, now), canonical.dump(dict(record.body)).decode()  # rule 6
    newer = (devices.c.id == record.device, (kept < made_at) | (kept > now))  # rule 4
    connection.execute(devices.update().where(*newer).values(heartbeat_at=made_at, heartbeat=body))


def _is_doubtful(record: Record) -> bool:
    return record.body.get("clock") == "doubtful"


_counting: dict[str, Callable[[Database, Connection, Device, Record], None]] = {
    "ticket": _ticket,
    "rating": _rating,
    "display": _display,
    **dict.fromkeys(saying.kinds, _saying),
}


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    connection.exec_driver_sql("SAVEPOINT record")
    try:
        yield
    except BaseException:
        connection.exec_driver_sql("ROLLBACK TO record")
        connection.exec_driver_sql("RELEASE record")
        raise
    connection.exec_driver_sql("RELEASE record")
