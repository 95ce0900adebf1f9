"""Pages of devices: last contact and problems; a new device's code, shown once; what was on a board at a minute."""

from datetime import datetime

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from content_sync.clock import place
from content_sync.domain.errors import BadInput, Refused
from display_server.access import check
from display_server.database.county import county
from display_server.database.instants import text_of
from display_server.devices import health, queries, service
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("devices", __name__, template_folder="templates")


@blueprint.get("/devices")
@signed_in
def listing() -> ResponseReturnValue:
    """Every device; administrators also add and revoke."""
    check(actor(), "inspect")
    return _listing()


@blueprint.post("/devices")
@signed_in
def add() -> ResponseReturnValue:
    """Add a device and show its code, once."""
    from content_sync.publish import Publisher

    check(actor(), "devices")
    form, config = request.form, database().config
    try:
        fingerprint = Publisher(config.repo, config.keys, config.clock).fingerprint()
        code = service.add(
            database(),
            actor(),
            form.get("device", "").strip(),
            form.get("kind", ""),
            form.getlist("channels"),
            form.get("site", ""),
            fingerprint,
        )
    except Refused as error:
        return _listing(str(error)), 403
    answer = make_response(_listing(code=(form["device"].strip(), code)))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/devices/<device>/revoke")
@signed_in
def revoke(device: str) -> ResponseReturnValue:
    """End a device's token."""
    service.revoke(database(), actor(), device)
    flash(f"设备 {device} 已停用。")
    return redirect(url_for("devices.listing"), 303)


@blueprint.get("/devices/<device>")
@signed_in
def shown(device: str) -> ResponseReturnValue:
    """What was on the device's screens at a minute, or that the server does not know (promise 17)."""
    check(actor(), "inspect")
    asked = request.args.get("at", "")
    with database().read() as connection:
        row = queries.by_id(connection, device)
        if row is None:
            raise Refused(f"没有设备 {device}。")
        found = queries.shown_at(connection, device, _instant(asked)) if asked else []
    words = queries.without_item
    return render_template("devices/shown.html", row=row, asked=asked, found=found, without_item=words)


def _listing(message: str = "", code: tuple[str, str] | None = None) -> str:
    now = database().config.clock.now()
    with database().read() as connection:
        rows = queries.every(connection)
        place_of = county(connection)
    units = {unit.id: unit.name for unit in place_of.units}
    channels = {one.id: f"{units.get(one.unit, one.unit)}（{one.id}）" for one in place_of.channels}
    halls = {"": "按频道自动选择"} | {site.id: site.name for site in place_of.sites}
    return render_template(
        "devices/listing.html",
        rows=rows,
        problems={row.id: health.problems(row, now) for row in rows},
        kinds=service.kinds,
        channels=channels,
        halls=halls,
        message=message,
        code=code,
        may_add=actor().may("devices"),
    )


def _instant(text: str) -> str:
    try:
        asked = datetime.fromisoformat(text)
        return text_of(asked if asked.tzinfo else asked.replace(tzinfo=place))
    except (ValueError, OverflowError) as error:
        raise BadInput(f"{text} 不是时间，请写成 2026-11-23T10:32 的样子。") from error
