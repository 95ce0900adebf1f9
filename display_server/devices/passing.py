"""Records on their way from a relay to its upstream, each exactly once (promise 10).

1. A record waits from the transaction that counted it here until the upstream said that it took it, or why not.
2. A refused one stays on file with the reason; which wait again: domain.records rule 4.
3. It names its device as it is known here; on its way up the relay's own name goes before it: relay/…/device.
4. Heartbeats do not wait: of them only the newest says anything (devices.behind).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, select

from content_sync.domain import limits
from content_sync.domain.records import Record, waiting_again
from content_sync.wire import canonical
from content_sync.wire.records import plain_record
from display_server.database import county
from display_server.database.tables.relaying import passing

_waited_again = "waited_again"


def add(connection: Connection, record: Record, more: Mapping[str, str | int]) -> None:
    """Let a record that was just counted wait; `more` is what the servers above need to file it."""
    told = replace(record, body={**record.body, **more})
    data = canonical.dump(plain_record(told)).decode()
    connection.execute(passing.insert().values(record=record.id, data=data))


def batch(connection: Connection, relay: str) -> list[bytes]:
    """The oldest waiting records, as the upstream of relay `relay` reads them, within the bounds of one request."""
    rows = select(passing.c.data).where(passing.c.refused == "").order_by(passing.c.seq)
    found, size = list[bytes](), len("[]")
    for text in connection.execute(rows.limit(limits.record_batch_max)).scalars():
        plain = canonical.load(text.encode(), "passing")
        data = canonical.dump({**plain, "device": f"{relay}/{plain['device']}"})
        size += len(data) + len(",")
        if size > limits.request_bytes_max:
            break
        found.append(data)
    return found


def settle(connection: Connection, accepted: Iterable[str], refused: Iterable[tuple[str, str]]) -> int:
    """Drop what was taken and mark what was refused (rules 1 and 2); how many wait no longer."""
    done = 0
    for record in accepted:
        done += connection.execute(passing.delete().where(passing.c.record == record)).rowcount
    for record, reason in refused:
        wanted = (passing.c.record == record, passing.c.refused == "")
        done += connection.execute(passing.update().where(*wanted).values(refused=reason or "?")).rowcount
    return done


def unknown_above(connection: Connection, day: str) -> tuple[str, ...]:
    """Records whose kind the upstream did not know, unless they waited again on this day already (rule 2)."""
    return waiting_again(refused(connection), county.setting(connection, _waited_again), day)


def wait_again(connection: Connection, records: Sequence[str], day: str) -> None:
    """Let these wait once more; on this day no others."""
    county.put_setting(connection, _waited_again, day)
    for record in records:
        connection.execute(passing.update().where(passing.c.record == record).values(refused=""))


def waiting(connection: Connection) -> int:
    """How many records wait."""
    return int(connection.execute(select(func.count()).where(passing.c.refused == "")).scalar_one())


def refused(connection: Connection) -> dict[str, str]:
    """What the upstream did not take, with its reasons."""
    rows = connection.execute(select(passing.c.record, passing.c.refused).where(passing.c.refused != ""))
    return {row.record: row.refused for row in rows}
