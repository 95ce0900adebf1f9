"""Opening a sealed application in the request of somebody who handles it, and nowhere else (promise 12).

1. Whoever handles or supervises applications of the unit may open it. Every opening is in the audit log, with who and
   why; what it holds is in no log, no list and no table.
2. On a server without the records key nothing opens: it says so.
"""

from typing import Any

from sqlalchemy import Row

from content_sync.domain.cases.askings import Asking
from content_sync.domain.errors import Refused, Unverified
from content_sync.wire import applications as seals
from display_server.access import Actor, check
from display_server.database import audit, instants
from display_server.database.engine import Database
from display_server.desk import records_key


def opened(db: Database, actor: Actor, row: Row[Any], why: str) -> Asking:
    """The application's words; `why` is a short word for the log. Raises Refused with a sentence for its handler."""
    check(actor, "apply", row.unit)
    if row.forgotten_at:
        raise Refused(f"{row.forgotten_at[:10]} 到了保存期限，申请人和申请内容已经删去；编号、经过和文书还在。")
    try:
        asking = seals.unseal(row.sealed, records_key.seed(db.config))
    except Unverified as error:
        raise Refused(
            "这份申请打不开：可能已损坏，或者不是封给本县的。请按回执号等申请人来问，当面重新登记。"
        ) from error
    with db.write() as connection:
        now = instants.text_of(db.config.clock.now())
        audit.append(connection, now, actor.name, actor.via, "application.read", f"application-{row.number}", why)
    return asking
