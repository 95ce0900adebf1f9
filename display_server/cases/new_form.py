"""What the form of a new case offers: the hall, its guides, the questions and materials of the one chosen.

1. A ticket names the hall and the service; guides of that service stand first. Without a ticket the clerk's seat does.
2. The id of the case is made with the form, so that a form sent twice makes one case (cases.accepting).
3. The clerk is asked the guide's own questions (disclosure.which), one after the other, by links.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from content_sync.domain import limits
from content_sync.domain.county import Site
from content_sync.domain.disclosure import which
from content_sync.domain.disclosure.guides import Limit
from content_sync.domain.errors import Refused
from content_sync.domain.hall.handling import Kind
from content_sync.domain.ids import spelled
from display_server.access import Actor
from display_server.cases import guides
from display_server.cases.accepting import Registration
from display_server.database import county as kept
from display_server.database import sites
from display_server.database.engine import Database
from display_server.database.tables.queue import seats, tickets


def blank(db: Database, asked: Mapping[str, str]) -> Registration:
    """The form before anything was filled in, for what the address names (rule 2)."""
    site, item, ticket, situation = (asked.get(name, "") for name in ("site", "item", "ticket", "situation"))
    made = spelled(db.config.ids.random(limits.ticket_id_bytes))
    return Registration(made, site, item, "promised", "", "", ticket=ticket, situation=situation)


def choices(db: Database, connection: Connection, actor: Actor, form: Registration, words: str) -> dict[str, Any]:
    """Everything the page needs (rule 1); `words` stand in a name of the guide that is looked for.

    Raises Refused when this account has no hall, or the guide is not there.
    """
    ticket = connection.execute(select(tickets).where(tickets.c.id == form.ticket)).first() if form.ticket else None
    seat = connection.execute(select(seats).where(seats.c.account == actor.name)).first()
    halls = [site for site in sites.every(connection) if actor.may("call", site.unit)]
    named = form.site or (ticket.site if ticket else seat.site if seat else "")
    site = next((one for one in halls if one.id == named), halls[0] if halls else None)
    if site is None:
        raise Refused("您的账号还没有可以受理的大厅，请联系系统管理员。")
    found: dict[str, Any] = {"site": site, "halls": halls, "ticket": ticket, "item": None, "offered": []}
    if not form.item:
        offered = _sorted(guides.offered(db, connection, site), ticket.service if ticket else "", words)
        return found | {"offered": offered[: limits.guides_shown_max], "more": len(offered) - limits.guides_shown_max}
    item, guide = guides.guide_of(db, connection, site, form.item)
    answers = which.clear(guide, which.answers_of(form.situation))
    question, case = which.following(guide, answers), which.case_of(guide, answers)
    units = {unit.id: unit.name for unit in kept.county(connection).units if unit.id != site.unit}
    return found | {
        "item": item,
        "guide": guide,
        "question": question,
        "answers": {one.id: which.text_of((*answers, one.id)) for one in question.answers} if question else {},
        "case": "、".join(case.labels),
        "materials": [(one.name, guides.pieces(one), one.note) for one in case.materials],
        "usual": usual_kind(case.limits),
        "windows": {one.id: f"{one.number}号 {one.name}" for one in site.windows},
        "my_window": form.window or _window(site, seat),
        "units": units,
    }


def usual_kind(found: Sequence[Limit]) -> Kind:
    """The type that the limits of the answered case promise: on the spot, or within a limit."""
    promised = [limit for limit in found if limit.kind == "promised"] or found
    return "instant" if promised and promised[0].unit == "instant" else "promised"


def _window(site: Site, seat: Any) -> str:
    return str(seat.window) if seat is not None and seat.site == site.id else ""


def _sorted(found: list[guides.Offer], service: str, words: str) -> list[tuple[guides.Offer, bool]]:
    """Guides that are called so, with whether they belong to the ticket's service, those first."""
    marked = [(one, bool(service) and one.service == service) for one in found if one.is_called(words)]
    return sorted(marked, key=lambda pair: not pair[1])
