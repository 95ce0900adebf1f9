"""The pictures of a report of untruth, on its page (desk.evidence)."""

from flask import Blueprint, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from content_sync.domain.errors import BadInput, Refused
from display_server.cases import report_views
from display_server.desk import evidence
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("evidence", __name__)


@blueprint.post("/reports/<number>/pictures")
@signed_in
def add(number: str) -> ResponseReturnValue:
    """Attach a picture; what was written stays on the page when it is refused."""
    sent = request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise BadInput("请选一张图片（PNG 或 JPEG）。")
        evidence.add(database(), actor(), number, sent.read(), request.form.get("origin", ""))
    except Refused as error:
        return report_views.page(number, str(error)), 403
    return redirect(url_for("reports.detail", number=number), 303)


@blueprint.get("/reports/<number>/pictures/<int:seq>")
@signed_in
def picture(number: str, seq: int) -> ResponseReturnValue:
    """One picture."""
    data = evidence.opened(database(), actor(), number, seq)
    answer = make_response(data)
    answer.headers["Content-Type"] = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    return answer


@blueprint.post("/reports/<number>/pictures/<int:seq>/remove")
@signed_in
def remove(number: str, seq: int) -> ResponseReturnValue:
    """Take back one that was attached by mistake."""
    try:
        evidence.remove(database(), actor(), number, seq)
    except Refused as error:
        return report_views.page(number, str(error)), 403
    return redirect(url_for("reports.detail", number=number), 303)
