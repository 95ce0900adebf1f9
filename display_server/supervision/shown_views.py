"""What exactly did a board show at a minute (B6.3, OFF-06, promise 17): the item and its hash, or that nobody knows.

1. The answer is what the device logged when it drew. For a minute it did not log the answer is that nobody knows.
2. An item is named by the title of the version that has the hash shown; the hash is what counts, and is shown whole.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row, select

from content_sync.clock import place
from content_sync.domain.county import Site
from content_sync.domain.errors import BadInput
from display_server.database.instants import text_of
from display_server.database.tables.content import versions
from display_server.devices import behind, queries, service
from display_server.supervision.hall_views import watched
from display_server.web.current import database, signed_in

blueprint = Blueprint("shown", __name__, template_folder="templates")


@dataclass(frozen=True)
class Shown:
    """One item on the glass: on which picture, its hash, from when until when, and what it says by this server."""

    screen: str
    item: str
    hash: str
    started: str
    ended: str
    title: str
    version: int


@blueprint.get("/hall/<site>/shown")
@signed_in
def page(site: str) -> ResponseReturnValue:
    """The question, and its answer when one was asked."""
    device, at = request.args.get("device", ""), request.args.get("at", "")
    with database().read() as connection:
        found = watched(connection, site)
        devices = _devices(connection, found)
        if device and device not in devices:
            raise BadInput(f"这个大厅没有设备 {device}。")
        rows = queries.shown_at(connection, device, _instant(at)) if device and at else []
        shown = [Shown(*_place(row), *_text(connection, row.item, row.hash)) for row in rows]
    usual = database().config.clock.now().astimezone(place) - timedelta(days=1)
    return render_template(
        "hall/shown.html",
        site=found,
        devices=devices,
        device=device,
        at=at or f"{usual:%Y-%m-%dT%H:%M}",
        asked=bool(device and at),
        shown=shown,
    )


def _devices(connection: Connection, site: Site) -> dict[str, str]:
    """Every device of the hall with a screen, by id or way."""
    rows = [(row.id, row) for row in queries.every(connection)]
    rows += [(row.way, row) for row in behind.every(connection)]
    return {
        name: f"{name}（{service.kinds.get(row.kind, row.kind)}）"
        for name, row in rows
        if row.site == site.id and row.kind != "relay"
    }


def _place(row: Row[Any]) -> tuple[str, str, str, str, str]:
    return row.screen, row.item, row.hash if row.item else "", row.started[11:19], row.ended[11:19]


def _text(connection: Connection, item: str, digest: str) -> tuple[str, int]:
    """Title and number of the version with this hash; nothing when this server never had it (rule 2).

    Without an item: why there was none.
    """
    if not item:
        return queries.without_item.get(digest, ""), 0
    asked = select(versions.c.title, versions.c.version).where(versions.c.item == item, versions.c.hash == digest)
    row = connection.execute(asked).first()
    return (row.title, row.version) if row else ("", 0)


def _instant(text: str) -> str:
    try:
        asked = datetime.fromisoformat(text)
        return text_of(asked if asked.tzinfo else asked.replace(tzinfo=place))
    except (ValueError, OverflowError) as error:
        raise BadInput(f"{text[:30]} 不是时间，请写成 2026-11-23T10:32 的样子。") from error
