"""The form for what came by phone, on a visit or by letter."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from content_sync.domain.cases import channels, complaints
from content_sync.domain.errors import Refused
from content_sync.domain.ids import is_id, spelled
from display_server.access import check
from display_server.cases import by_hand
from display_server.cases.by_hand import Written
from display_server.database import sites
from display_server.web.current import actor, database, signed_in
from display_server.web.spoken import spoken

blueprint = Blueprint("by_hand", __name__, template_folder="templates")
_id_bytes = 16
_fields = ("id", "site", "channel", "about", "text", "contact")


@blueprint.get("/cases/new")
@signed_in
def new() -> ResponseReturnValue:
    """The empty form."""
    return _form(Written("", "", "phone", "window", ""), "")


@blueprint.post("/cases/new")
@signed_in
def write() -> ResponseReturnValue:
    """Write it down; what was typed stays on the page when it is refused."""
    given = {name: request.form.get(name, "") for name in _fields}
    try:
        if (
            given["channel"] == "oral" and request.form.get("read") != "yes"
        ):  # what is written for somebody is read to them
            by_hand.check_written(Written(**given))
            return _read(given)
        number = by_hand.write_down(database(), actor(), Written(**given))
    except Refused as error:
        return _form(Written(**given), str(error)), 403
    return redirect(url_for("cases.detail", number=number), 303)


@blueprint.post("/cases/again")
@signed_in
def again() -> ResponseReturnValue:
    """The form as it was filled in: something was not what was said."""
    return _form(Written(**{name: request.form.get(name, "") for name in _fields}), "")


def _read(given: dict[str, str]) -> str:
    check(actor(), "call")
    facts = {"abouts": {one: spoken(one, "opinion") for one in complaints.abouts}, "given": given}
    return render_template("cases/read.html", **facts)


def _form(written: Written, message: str) -> str:
    check(actor(), "call")
    with database().read() as connection:
        halls = {site.id: site.name for site in sites.every(connection) if actor().may("call", site.unit)}
    if not halls:
        raise Refused("您的账号还没有可以登记的大厅，请联系系统管理员。")
    if not is_id(written.id):
        written = replace(written, id=spelled(database().config.ids.random(_id_bytes)))
    facts = {
        "halls": halls,
        "channels": channels.by_hand,
        "abouts": {one: spoken(one, "opinion") for one in complaints.abouts},
    }
    return render_template("cases/by_hand.html", written=written, message=message, **facts)
