"""Pages of applications for information: the list, one application, its letters, and writing one down."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from content_sync.domain import profiles
from content_sync.domain.cases import applications as rules
from content_sync.domain.cases import askings, channels, clocks, letters, replies
from content_sync.domain.cases.askings import Asking
from content_sync.domain.errors import Refused
from content_sync.domain.ids import is_id, spelled
from display_server.access import check
from display_server.cases import applying, receipts, reports
from display_server.cases.readings import Readings
from display_server.database import county as kept
from display_server.database import sites
from display_server.desk import applications, redacted, unsealing
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("applications", __name__, template_folder="templates")
_id_bytes = 16
_names = {
    "states": rules.states,
    "channels": channels.every,
    "kinds": askings.kinds,
    "forms": askings.forms,
    "signals": clocks.signal_words,
    "titles": letters.titles,
    "causes": rules.causes,
}


@blueprint.get("/applications")
@signed_in
def listing() -> ResponseReturnValue:
    """Every application of this account's units; nothing of who asks for what."""
    rows = applications.listed(database(), actor())
    with database().read() as connection:
        readings = Readings(database(), connection)
        read = {row.number: readings.of_application(row) for row in rows}
    facts = {"rows": rows, "read": read, "may_write": actor().may("apply.step")}
    return render_template("applications/listing.html", **facts, **_names)


@blueprint.get("/applications/new")
@signed_in
def new() -> ResponseReturnValue:
    """The form for somebody who applies in person or by letter."""
    channel = "oral" if request.args.get("oral") else "window"
    return _form({"form": "print", "channel": channel}, "")


@blueprint.post("/applications/new")
@signed_in
def write() -> ResponseReturnValue:
    """Take it in; what was typed stays on the page when it is refused."""
    names = ("id", "site", "channel", "kind", "name", "id_proof", "contact", "form", "text")
    given = {name: request.form.get(name, "") for name in names}
    check(actor(), "apply.step")
    try:
        plain = {name: given[name] for name in names[3:]}
        if given["channel"] == "oral" and request.form.get("read") != "yes":  # typed for somebody: it is read to them
            applications.check_written(given["channel"], plain)
            return render_template("applications/read.html", given=given, **_names)
        number = applications.write_down(database(), actor(), given["id"], given["site"], given["channel"], plain)
    except Refused as error:
        return _form(given, str(error)), 403
    return redirect(url_for("applications.detail", number=number), 303)


@blueprint.post("/applications/again")
@signed_in
def again() -> ResponseReturnValue:
    """The form as it was filled in: something was not what the applicant said."""
    return _form(request.form.to_dict(), "")


@blueprint.get("/applications/<number>")
@signed_in
def detail(number: str) -> ResponseReturnValue:
    """One application, still sealed."""
    return page(number)


@blueprint.post("/applications/<number>/open")
@signed_in
def open_(number: str) -> ResponseReturnValue:
    """The same page with what is asked for; the opening is in the audit log."""
    row = applications.visible(database(), actor(), number)
    try:
        return page(number, asking=unsealing.opened(database(), actor(), row, "page"))
    except Refused as error:
        return page(number, str(error)), 403


@blueprint.post("/applications/<number>/letters/<int:seq>")
@signed_in
def letter(number: str, seq: int) -> ResponseReturnValue:
    """A letter to print, with the applicant's name."""
    row = applications.visible(database(), actor(), number)
    found = next((one for one in applications.letters_of(database(), number) if one.seq == seq), None)
    if found is None:
        raise Refused("没有这份文书。")
    asking = unsealing.opened(database(), actor(), row, "letter")
    with database().read() as connection:
        office = next((unit.name for unit in kept.county(connection).units if unit.id == row.unit), row.unit)
    return render_template("applications/letter.html", row=row, letter=found, name=asking.name, office=office, **_names)


@blueprint.get("/applications/<number>/receipt")
@signed_in
def receipt(number: str) -> ResponseReturnValue:
    """The receipt, on paper: number, days and whom to ask; nothing of who asks for what."""
    row = applications.visible(database(), actor(), number)
    with database().read() as connection:
        site = sites.site(connection, row.site) if row.site else None
    facts = {
        "row": row,
        "site": site,
        "title": "政府信息公开申请",
        "back": url_for("applications.detail", number=number),
    }
    return render_template(
        "cases/slip.html", has_digits=bool(row.last4), ended=row.state not in ("applied", "accepted"), **facts
    )


@blueprint.post("/applications/<number>/<step>")
@signed_in
def act(number: str, step: str) -> ResponseReturnValue:
    """One step; what was written stays on the page when it is refused."""
    try:
        applications.step(database(), actor(), number, step, request.form)
    except Refused as error:
        return page(number, str(error)), 403
    return redirect(url_for("applications.detail", number=number), 303)


def page(number: str, message: str = "", asking: Asking | None = None) -> str:
    """One application, with a sentence for whoever was refused a step."""
    row = applications.visible(database(), actor(), number)
    app = applying.parsed(row.detail)
    profile = profiles.every[app.profile]
    offered = {one.id: (one, replies.fields_of(one)) for one in replies.of_profile(profile).values()}
    with database().read() as connection:
        read = Readings(database(), connection).of_application(row)
        clashes = receipts.is_clashing(connection, row.receipt, with_reports=reports.may_see(actor(), row.unit))
    facts: dict[str, Any] = {
        "row": row,
        "app": app,
        "read": read,
        "asking": asking,
        "letters": applications.letters_of(database(), number),
        "clashes": clashes,
        "files": redacted.listed(database(), number),
        "offered": offered,
        "replies": replies.kinds,
        "longer": profile.extension,
        "may": actor().may("apply.step", row.unit),
        "written": request.form,
    }
    return render_template("applications/detail.html", message=message, **facts, **_names)


def _form(given: dict[str, str], message: str) -> str:
    check(actor(), "apply.step")
    halls = _halls()
    if not halls:
        raise Refused("您的账号还没有可以登记的大厅，请联系系统管理员。")
    if not is_id(given.get("id")):
        given = {**given, "id": spelled(database().config.ids.random(_id_bytes))}
    facts = {"given": given, "halls": halls, "by_hand": channels.by_hand}
    return render_template("applications/new.html", message=message, **facts, **_names)


def _halls() -> dict[str, str]:
    with database().read() as connection:
        return {site.id: site.name for site in sites.every(connection) if actor().may("apply.step", site.unit)}
