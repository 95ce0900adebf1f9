"""How calls for help were answered in some days, in one sentence (GUI-06)."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from content_sync.domain.hall.statistics import percentile
from display_server.database.tables.records import enquiries
from display_server.supervision.figures import minutes


def sentence(connection: Connection, site: str, first: str, last: str) -> str:
    """Calls of these local days from devices; who asked a clerk in person waited for nobody and is left out."""
    day = func.substr(enquiries.c.opened_at, 1, 10)
    asked = select(enquiries.c.opened_at, enquiries.c.taken_at).where(
        enquiries.c.site == site, enquiries.c.device != ""
    )
    rows = connection.execute(asked.where(day >= first, day <= last)).all()
    waits = sorted(_seconds(row.opened_at, row.taken_at) for row in rows if row.taken_at)
    if not rows:
        return "这些天没有人按铃求助。"
    alone = f"，{len(rows) - len(waits)} 次没有人应答" if len(waits) < len(rows) else ""
    if not waits:
        return f"求助 {len(rows)} 次{alone}。"
    middle, longest = minutes(percentile(waits, 50)), minutes(waits[-1])
    return f"求助 {len(rows)} 次，应答用时中位数 {middle} 分，最久 {longest} 分{alone}。"


def _seconds(since: str, until: str) -> float:
    return (datetime.fromisoformat(until) - datetime.fromisoformat(since)).total_seconds()
