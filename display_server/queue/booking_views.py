"""`/bookings`: who arranged a time today; checking in at a window, and reading a list in.

1. Clerks check in, managers bring lists. The page shows codes and times; whoever they belong to it does not know.
2. A form sent twice checks in once: it carries the press it stands for.
3. The manager sees which bookings stand on a day off, because a table was added since: somebody must be told.
"""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from content_sync.domain import limits
from content_sync.domain.county import Site
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall.bookings import states
from content_sync.domain.hall.claims import checked_claim, claims
from content_sync.domain.ids import spelled
from display_server.access import Actor, check
from display_server.database import sites
from display_server.queue import bookings, log
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("bookings", __name__, url_prefix="/bookings", template_folder="templates")


@blueprint.get("")
@signed_in
def halls() -> ResponseReturnValue:
    """Every hall whose bookings this account may see; with one, its page at once."""
    with database().read() as connection:
        found = [site for site in sites.every(connection) if _may(actor(), site)]
    if not found:
        check(actor(), "call")
    if len(found) == 1:
        return redirect(url_for("bookings.page", site=found[0].id))
    return render_template("queue/booking_halls.html", sites=found)


@blueprint.get("/<site>")
@signed_in
def page(site: str) -> ResponseReturnValue:
    """Today's bookings of a hall."""
    _, today = log.stamp(database())
    with database().read() as connection:
        found = _seen(connection, site)
        rows = bookings.listed(connection, found.id, today)
        may_bring = actor().may("hall", found.unit)
        off = bookings.on_days_off(database().config, connection, found, today) if may_bring else []  # rule 3
    return render_template(
        "queue/bookings.html",
        site=found,
        day=today,
        rows=rows,
        names={one.id: one.name for one in found.services},
        states=states,
        claims=claims,
        press=spelled(database().config.ids.random(limits.ticket_id_bytes)),  # rule 2
        may_bring=may_bring,
        off=off[: limits.bookings_off_shown_max],
        off_count=len(off),
    )


@blueprint.post("/<site>/checkin")
@signed_in
def checkin(site: str) -> ResponseReturnValue:
    """Check one booking in."""
    form = request.form
    try:
        claim = checked_claim(form.get("claim", ""))
        given = bookings.check_in_at_desk(database(), actor(), site, form.get("code", ""), form.get("press", ""), claim)
    except Refused as error:
        flash(str(error))
    else:
        flash(f"已报到：{given.number}，前面还有 {given.ahead} 位。请把号码告诉办事人。", "told")
    return redirect(url_for("bookings.page", site=site), 303)


@blueprint.post("/<site>/bring")
@signed_in
def bring(site: str) -> ResponseReturnValue:
    """Read a list in, and say what became of its lines."""
    sent = request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise BadInput("请先选一个文件。")
        lines = bookings.lines_of(sent.stream.read(limits.bookings_bytes_max + 1), sent.filename)
        done = bookings.bring(database(), actor(), site, lines)
    except Refused as error:
        flash(str(error))
    else:
        flash(f"新增或更改 {done.created} 个预约，{done.kept} 个没有变化。", "told")
        for line, reason in done.refused[: limits.calls_shown_max]:
            flash(f"第 {line} 行没有收：{reason}")
    return redirect(url_for("bookings.page", site=site), 303)


def _may(who: Actor, site: Site) -> bool:
    return who.may("call", site.unit) or who.may("hall", site.unit)


def _seen(connection: Connection, site_id: str) -> Site:
    found = sites.site(connection, site_id)
    if not _may(actor(), found):
        check(actor(), "call", found.unit)
    return found
