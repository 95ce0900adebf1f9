"""The redacted pages of an application, on its page (desk.redacted)."""

from flask import Blueprint, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from content_sync.domain.errors import BadInput, Refused
from display_server.desk import application_views, applications, redacted
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("redacted", __name__)
_places_digits = 3


@blueprint.post("/applications/<number>/files")
@signed_in
def add(number: str) -> ResponseReturnValue:
    """A redacted page, to be given with a partial answer."""
    row, sent = applications.visible(database(), actor(), number), request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise BadInput("请选一张遮挡好的页（PNG 或 JPEG 图片）。")
        places = request.form.get("places", "")
        if not (places.isascii() and places.isdecimal() and len(places) <= _places_digits and int(places)):
            raise BadInput("请写这一页遮挡了几处（1 到 999）。")
        redacted.add(database(), actor(), row, sent.read(), int(places))
    except Refused as error:
        return application_views.page(number, str(error)), 403
    return redirect(url_for("applications.detail", number=number), 303)


@blueprint.post("/applications/<number>/files/<int:seq>")
@signed_in
def file(number: str, seq: int) -> ResponseReturnValue:
    """A redacted page as it is given; the opening is in the audit log."""
    row = applications.visible(database(), actor(), number)
    data = redacted.opened(database(), actor(), row, seq)
    kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    answer = make_response(data)
    answer.headers["Content-Type"], answer.headers["Cache-Control"] = kind, "no-store"
    answer.headers["Content-Disposition"] = f'attachment; filename="{number}-{seq}.{kind.partition("/")[2]}"'
    return answer


@blueprint.post("/applications/<number>/files/<int:seq>/remove")
@signed_in
def remove(number: str, seq: int) -> ResponseReturnValue:
    """Take back a page that was attached by mistake."""
    row = applications.visible(database(), actor(), number)
    try:
        redacted.remove(database(), actor(), row, seq)
    except Refused as error:
        return application_views.page(number, str(error)), 403
    return redirect(url_for("applications.detail", number=number), 303)
