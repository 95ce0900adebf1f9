"""The paper of a case: acceptance notice, the list of everything missing, or the return with its remedy (HAL-02).

1. The date on it is the clock's own; where no table lets it be counted the paper says so and names no date.
2. Its code leads to the public page where phones reach this server. Elsewhere it carries number, date and phone itself.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from content_sync.domain import limits
from content_sync.domain.cases.clocks import units
from content_sync.domain.hall.handling import Kind, kinds
from display_server.cases.readings import Readings
from display_server.cases.slips import slip_of
from display_server.database import county, sites
from display_server.database.engine import Database
from display_server.web.codes import Code, code_of

_titles: dict[Kind, str] = {"supplement": "一次性补正告知书", "returned": "退回通知书"}


@dataclass(frozen=True)
class Paper:
    """`promise`: the promised day in words; `limit`: how it was counted; `link`: the public address, or empty."""

    title: str
    hall: str
    promise: str
    limit: str
    link: str
    code: Code


def paper_of(db: Database, connection: Connection, row: Row[Any]) -> Paper:
    """The paper of a case as it stands."""
    site, due = sites.site(connection, row.site), Readings(db, connection).due_of(row)
    promise = f"{due.day.year}年{due.day.month}月{due.day.day}日" if due.day else due.why
    limit = "当场办结" if row.limit_unit == "instant" else f"{row.amount}{units[row.limit_unit]}"
    public = county.setting(connection, "public_url").rstrip("/")
    link = f"{public}/n/{row.number}-{row.id}" if public and not db.config.is_relay else ""  # rule 2
    told = f"{site.name} {kinds[row.kind]} {row.number} {promise} {slip_of(row.detail).phone}"
    title = _titles.get(row.kind, "受理通知书")
    return Paper(title, site.name, promise, limit, link, code_of(link or _short(told)))


def _short(text: str) -> str:
    while len(text.encode()) > limits.qr_bytes_max:
        text = text[:-1]
    return text
