"""`/steer/<site>/rules`: what a hall decides for itself, on one page."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from content_sync.domain.errors import Refused
from content_sync.domain.hall import deciding
from display_server.access import check
from display_server.database import sites
from display_server.desk import structure
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("hall_rules", __name__, url_prefix="/steer", template_folder="templates")


@blueprint.get("/<site>/rules")
@signed_in
def page(site: str) -> ResponseReturnValue:
    """The rules as they are."""
    return _page(site)


@blueprint.post("/<site>/rules")
@signed_in
def decide(site: str) -> ResponseReturnValue:
    """Change what was changed on the page; what was refused stands there to be mended."""
    names = {*deciding.numbers, *deciding.choices, *deciding.times, *deciding.texts}
    said = {name: text.replace("\r", "") for name, text in request.form.items() if name in names}
    try:
        with database().read() as connection:
            now = deciding.written(sites.site(connection, site).rules)
        structure.decide_rules(
            database(), actor(), site, {name: text for name, text in said.items() if text != now[name]}
        )
    except Refused as error:
        return _page(site, said, str(error)), 403
    flash("规则已更新，几秒钟后各处生效。")
    return redirect(url_for("hall_rules.page", site=site), 303)


def _page(site_id: str, said: dict[str, str] | None = None, message: str = "") -> str:
    with database().read() as connection:
        site = sites.site(connection, site_id)
    check(actor(), "hall", site.unit)
    values = deciding.written(site.rules) | (said or {})
    return render_template("desk/hall_rules.html", site=site, values=values, rules=deciding, message=message)
