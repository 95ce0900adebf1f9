"""What stands in the form of a new item before anybody typed; the author sees every default and can change it."""

from datetime import datetime

from content_sync.domain.disclosure import catalogue
from content_sync.domain.disclosure.items import Kind
from display_server.authoring.forms.fields import Form
from display_server.database.content import Channel

timings: dict[Kind, str] = {
    "guide": "perennial",
    "notice": "ad_hoc",
    "document": "ad_hoc",
    "ledger": "financial",
    "answer": "ad_hoc",
    "emergency": "ad_hoc",
}


def blank(kind: Kind, place: Channel, now: datetime) -> Form:
    """The form of a new item of a channel."""
    values = {
        "node": catalogue.default_node(place.unit.level, kind),
        "openness": "proactive",
        "visibility": "public",
        "timing": timings[kind],
        "dated": now.date().isoformat(),
        "shown_from": now.isoformat()[: len("2026-11-23T09:00")],
        "source": place.unit.name,
        "responsible": place.unit.leader,
        "level": "yellow",
        "status": "done",
        "visits": "1",
        "handler.name": place.unit.name,
        "handler.phone": place.unit.phone,
    }
    return Form(kind, values)
