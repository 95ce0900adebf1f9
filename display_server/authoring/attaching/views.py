"""Attaching files in the editor, and looking at what is attached before it is published."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from content_sync.wire.attachments import attached
from display_server.access import check, check_reading
from display_server.authoring.attaching import service
from display_server.database import content
from display_server.web.current import actor, database, signed_in
from display_server.web.files import handed_out

blueprint = Blueprint("attaching", __name__, url_prefix="/content/items", template_folder="templates")


@blueprint.post("/<item>/attachments")
@signed_in
def attach(item: str) -> ResponseReturnValue:
    """Attach one file to a text."""
    with database().read() as connection:
        check(actor(), "author", content.channel(connection, content.entry(connection, item).channel).unit.id)
    sent = request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise BadInput("请先选一个文件。")
        data = sent.stream.read(limits.blob_bytes_max + 1)
        name, use = request.form.get("name", ""), request.form.get("use", "")
        made = service.attach(database(), actor(), item, data, sent.filename, name, use)
    except Refused as error:
        flash(f"没有附上：{error}")
    else:
        flash(f"已附上“{made.name}”。")
    return redirect(url_for("authoring.edit", item=item, _anchor="attachments"))


@blueprint.post("/<item>/attachments/<sha256>/detach")
@signed_in
def detach(item: str, sha256: str) -> ResponseReturnValue:
    """Take a file off a text."""
    service.detach(database(), actor(), item, sha256)
    flash("已取下。")
    return redirect(url_for("authoring.edit", item=item, _anchor="attachments"))


@blueprint.get("/<item>/attachments/<sha256>")
@signed_in
def file(item: str, sha256: str) -> ResponseReturnValue:
    """A file of the working text, of the text under review or on show, for whoever may read those.

    :raise 404: none of them names it.
    """
    with database().read() as connection:
        entry = content.entry(connection, item)
        check_reading(actor(), content.channel(connection, entry.channel).unit.id)
        named = service.attachments_of(content.draft(connection, item))
        for number in {entry.submitted, entry.published_version} - {0}:
            version = content.version(connection, item, number)
            named += attached(version.body) if version else ()
    if entry.state == "withdrawn":
        raise Refused("这一件已撤下：附件只留档，不再提供。")
    wanted = next((one for one in named if one.sha256 == sha256), None)
    if wanted is None:
        abort(404)
    return handed_out(database().config.blobs / sha256, wanted)
