"""`/boards`: hide the content of a hall's boards with one press; show it again after a look at it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from content_sync.domain.errors import Refused
from display_server.access import check
from display_server.database import sites
from display_server.queue import blanking
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("blanking", __name__, url_prefix="/boards", template_folder="templates")
reasons = ("内容有误", "内容不该公开", "屏幕被人动过", "正在核对")


@blueprint.get("")
@signed_in
def listing() -> ResponseReturnValue:
    """Every hall this account may blank, and how its boards stand."""
    check(actor(), "blank")
    with database().read() as connection:
        found, hidden = blanking.mine(connection, actor()), blanking.states(connection)
    return render_template("queue/boards.html", sites=found, hidden=hidden, reasons=reasons)


@blueprint.post("/blank")
@signed_in
def blank() -> ResponseReturnValue:
    """Hide the content of one hall's boards, or of all that are named."""
    count = blanking.blank(database(), actor(), request.form.getlist("site"), request.form.get("reason", ""))
    flash("屏幕上的公开内容已经撤下，叫号照常。" if count else "这里的内容早已撤下。")
    return redirect(url_for("blanking.listing"), 303)


@blueprint.get("/<site>/show")
@signed_in
def confirm(site: str) -> ResponseReturnValue:
    """Ask once more before the content comes back."""
    return _confirm(site)


@blueprint.post("/<site>/show")
@signed_in
def show(site: str) -> ResponseReturnValue:
    """Show the content again."""
    try:
        blanking.show(database(), actor(), site, looked=request.form.get("looked") == "1")
    except Refused as error:
        check(actor(), "blank")
        return _confirm(site, str(error)), 403
    flash("公开内容已恢复显示。")
    return redirect(url_for("blanking.listing"), 303)


def _confirm(site_id: str, message: str = "") -> str:
    with database().read() as connection:
        site = sites.site(connection, site_id)
        check(actor(), "blank", site.unit)
        row = blanking.states(connection).get(site.id)
    return render_template("queue/boards_show.html", site=site, row=row, message=message)
