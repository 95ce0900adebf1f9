"""A key pressed twice does its work once (GUI-05): also a double click, a form sent again, an answer that got lost.

1. A window's page carries the number of the last step taken at that window, as it was when the page was made.
2. A step asked from a page is taken only when the window is still where that page was. The comparison stands in the
   transaction of the step: of two equal requests at once one finds the other's step.
3. When the last step is the very one asked for, it has been done: there is nothing to say. Otherwise something else
   happened meanwhile: nothing is done, and the clerk is told to look again.
"""

from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain.errors import Refused
from display_server.database.tables.queue import queue_events as log

_left_by_next = frozenset({"called", "finished"})  # `finished`: and then nobody waited


class DoneAlready(Refused):
    """The step was taken by the same key a moment ago (rule 3)."""


def last_step(connection: Connection, site: str, day: str, window: str) -> Row[Any] | None:
    """The last step taken at a window today, as the log has it (rule 1)."""
    asked = select(log).where(log.c.site == site, log.c.day == day, log.c.window == window, log.c.window != "")
    return connection.execute(asked.order_by(log.c.seq.desc()).limit(1)).first()


def refuse(
    connection: Connection, site: str, day: str, window: str, seen: int | None, kind: str, ticket: str = ""
) -> None:
    """Refuse a step asked from a page that saw step `seen` (0: none yet); a caller without a page passes None (rule 2).

    `kind` is `next` for the call of whoever is next, otherwise the step with `ticket`.
    """
    last = last_step(connection, site, day, window)
    if seen is None or seen == (last.seq if last else 0):
        return
    if last and (last.kind in _left_by_next if kind == "next" else (last.kind, last.ticket) == (kind, ticket)):
        raise DoneAlready("这一步刚才已经办过了。")
    raise Refused("您点的时候，这个窗口的情况已经变了，所以没有照办。请看清现在的号码再点。")
