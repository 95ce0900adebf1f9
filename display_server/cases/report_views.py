"""The supervisor's pages of reports that something public is untrue or missing (SUP-07)."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from content_sync.domain.errors import BadInput, Refused
from display_server.cases import reports
from display_server.database import county as kept
from display_server.database.tables.content import items, published
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("reports", __name__, template_folder="templates")


@blueprint.get("/reports")
@signed_in
def listing() -> ResponseReturnValue:
    """Every report this account may see."""
    rows = reports.listed(database(), actor())
    today = database().config.clock.now().date().isoformat()
    return render_template("reports/listing.html", rows=rows, today=today, units=_units(), **_words)


@blueprint.get("/reports/<number>")
@signed_in
def detail(number: str) -> ResponseReturnValue:
    """One report."""
    return page(number)


@blueprint.post("/reports/<number>/<step>")
@signed_in
def act(number: str, step: str) -> ResponseReturnValue:
    """One step; what was written stays on the page when it is refused."""
    form, db, who = request.form, database(), actor()
    try:
        match step:
            case "take":
                reports.take(db, who, number)
            case "find":
                reports.find(db, who, number, *(form.get(name, "") for name in ("finding", "reasons", "result")))
            case "close":
                reports.close(db, who, number)
            case _:
                raise BadInput("没有这一步。")
    except Refused as error:
        return page(number, str(error)), 403
    return redirect(url_for("reports.detail", number=number), 303)


def page(number: str, message: str = "") -> str:
    """The page of one report; what was written stays on it."""
    row = reports.visible(database(), actor(), number)
    with database().read() as connection:
        title = connection.execute(select(items.c.title).where(items.c.id == row.item)).scalar() or ""
        is_public = connection.execute(select(published.c.item).where(published.c.item == row.result_item)).scalar()
        pictures = reports.pictures_of(connection, number)
    facts = {"title": title, "is_public": bool(is_public), "written": request.form, "units": _units()}
    facts["pictures"] = pictures
    return render_template("reports/detail.html", row=row, message=message, **facts, **_words)


def _units() -> dict[str, str]:
    with database().read() as connection:
        return {unit.id: unit.name for unit in kept.county(connection).units}


_words = {"claims": reports.claims, "states": reports.states, "findings": reports.findings}
