"""What the bell says of an enquiry: where, since when, in whose hands, and its story in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from content_sync.clock import place
from content_sync.domain.county import Site
from content_sync.domain.hall import enquiries as rules

_at_desk = "当面询问"


@dataclass(frozen=True)
class Bell:
    """An enquiry as the pages show it; `waited` are whole minutes until somebody came, or until now."""

    id: str
    hall: str
    where: str
    about: str
    at: str
    waited: int
    rings: bool
    late: bool
    state: str
    owner: str
    holder: str
    outcome: str
    closed: str


def bells(halls: Mapping[str, Site], rows: Iterable[Row[Any]], now: datetime) -> list[Bell]:
    """The rows as pages show them."""
    return [_bell(halls[row.site], row, now.astimezone(place)) for row in rows]


def story(event: Row[Any], names: Mapping[str, str]) -> tuple[str, str, str]:
    """When, who, and what happened, of a record of the audit log."""
    who = names.get(event.actor, event.actor)
    words = {
        "help.ask": "按下“找人帮忙”" if event.via == "device" else _at_desk,
        "help.take": f"应答，成为首问人（{event.detail}）",
        "help.hand": f"转交给 {names.get(event.detail, event.detail)}",
        "help.close": f"了结：{rules.outcomes.get(event.detail, event.detail)}",
    }
    return event.at[11:19], "大厅设备 " + who if event.via == "device" else who, words.get(event.action, event.action)


def _bell(site: Site, row: Row[Any], now: datetime) -> Bell:
    opened = datetime.fromisoformat(row.opened_at)
    until = datetime.fromisoformat(row.taken_at) if row.taken_at else now
    today = row.opened_at >= now.date().isoformat()
    return Bell(
        id=row.id,
        hall=site.name,
        where=row.device or _at_desk,
        about=row.place,
        at=row.opened_at[11:16] if today else row.opened_at[5:16].replace("T", " "),
        waited=max(0, int((until - opened).total_seconds() // 60)),
        rings=row.state == "waiting" and today,
        late=rules.is_late(row.state, opened, now, site.rules.help_minutes),
        state=rules.states[row.state],
        owner=row.owner_name,
        holder=row.holder_name,
        outcome=rules.outcomes.get(row.outcome, ""),
        closed=row.closed_at[11:16],
    )
