"""Pages of the fast path: publish an emergency now, and audit those that went out so."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from content_sync.domain.disclosure import review
from content_sync.domain.errors import Refused
from content_sync.wire.items import parse_item
from display_server.access import check
from display_server.database import content
from display_server.desk import emergency
from display_server.web import reading
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("emergency", __name__, url_prefix="/emergency", template_folder="templates")


@blueprint.get("/<item>")
@signed_in
def look(item: str) -> ResponseReturnValue:
    """The emergency as everybody will see it, and the one key that sends it out."""
    return _page(item)


@blueprint.post("/<item>")
@signed_in
def publish(item: str) -> ResponseReturnValue:
    """Send it out."""
    try:
        made = emergency.publish_now(
            database(), actor(), item, request.form.get("hash", ""), request.form.getlist("ticks")
        )
    except Refused as error:
        return _page(item, str(error)), 403
    flash(f"已紧急发布（第 {made.edition} 期），各屏幕马上显示。请同事在规定时间内事后审核。")
    return redirect(url_for("publishing.history", channel=made.channel), 303)


@blueprint.get("")
@signed_in
def audits() -> ResponseReturnValue:
    """What waits for this person's audit."""
    return _listing()


@blueprint.post("/<item>/<int:version>/audit")
@signed_in
def give_audit(item: str, version: int) -> ResponseReturnValue:
    """Audit one."""
    sound = request.form.get("verdict") == "sound"
    try:
        emergency.give_audit(database(), actor(), item, version, sound=sound, remark=request.form.get("remark", ""))
    except Refused as error:
        return _listing(str(error)), 403
    flash("审核已记录。" if sound else "审核意见已记录。要从屏幕上拿掉，请马上撤下。")
    return redirect(url_for("emergency.audits"), 303)


def _listing(message: str = "") -> str:
    check(actor(), "audit")
    with database().read() as connection:
        due = emergency.due_audits(database(), connection, actor())
        versions = {one.item: content.version(connection, one.item, one.version) for one in due}
    parts = {item: reading.parts_of(parse_item(found.body)) for item, found in versions.items() if found}
    return render_template("emergency/audits.html", due=due, parts=parts, message=message)


def _page(item: str, message: str = "") -> str:
    with database().read() as connection:
        entry = content.entry(connection, item)
        place = content.channel(connection, entry.channel)
        check(actor(), "emergency", place.unit.id)
        version = content.version(connection, item, entry.submitted)
    if version is None or entry.state != "submitted" or entry.kind != "emergency":
        raise Refused(f"“{entry.title}”不能紧急发布：要是已经提交、还没有发布的突发事件信息。")
    return render_template(
        "emergency/look.html",
        version=version,
        item=parse_item(version.body),
        parts=reading.parts_of(parse_item(version.body)),
        place=place,
        principles=review.principles,
        is_author=actor().name in version.authors,
        ticked=request.form.getlist("ticks"),
        message=message,
    )
