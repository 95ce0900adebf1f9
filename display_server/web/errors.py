"""What a caller is told when something is refused or fails.

1. A GongkailanError carries the sentence to show. Whose fault it is decides the status.
2. Devices get JSON of one shape, `{"error": {"code", "message", "detail"}}`; people get a page with the sentence. The
   published tree is files: what is not there has no words, since every device asks for the next root that is not there.
3. A fault of the program is logged with its place in the code and its endpoint: never the address (a ticket's address
   opens it), the form or the account.
"""

from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from content_sync.domain.errors import BadInput, Broken, GongkailanError, Refused, Unreachable, Unverified
from display_server.web import limiting

_kinds: tuple[tuple[type[GongkailanError], int, str], ...] = (
    (BadInput, 400, "bad_input"),
    (Refused, 403, "refused"),
    (Unverified, 400, "unverified"),
    (Unreachable, 503, "unreachable"),
    (Broken, 500, "broken"),
)
_sentences: dict[int, str] = {
    400: "这次提交不完整或已过期，请返回上一页刷新后再试。",
    401: "请先登录。",
    403: "您没有这个权限。",
    404: "没有找到这个页面，可能已经移走或撤下。",
    405: "这个地址不能这样使用。",
    413: "提交的内容太大，请分开提交。",
    415: "服务器不认识提交内容的格式。",
    503: "服务器正忙，请稍后再试。",
}
_fault = "服务器出了问题，已经记录下来。请稍后再试，或联系系统管理员。"


def register(app: Flask) -> None:
    """Answer every error of this application by the rules above."""
    app.register_error_handler(GongkailanError, _told)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def answer(status: int, code: str, message: str, detail: str = "") -> Response:
    """An error in the form its reader needs (rule 2)."""
    if request.path.startswith("/repo/"):
        response = Response()
    elif request.path.startswith("/api/"):
        response = jsonify({"error": {"code": code, "message": message, "detail": detail}})
    else:
        response = make_response(render_template("error.html", message=message))
    response.status_code = status
    return response


def _told(error: GongkailanError) -> Response:
    status, code = next((status, code) for kind, status, code in _kinds if isinstance(error, kind))  # rule 1
    if isinstance(error, Broken):
        current_app.logger.error("%s at %s", error, request.endpoint)
    return answer(status, code, str(error))


def _http(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    status = error.code or 500
    code = (error.name or "error").lower().replace(" ", "_")
    is_often = status == HTTPStatus.TOO_MANY_REQUESTS
    sentence = f"操作太频繁，请过 {limiting.wait()}再试。" if is_often else _sentences.get(status, _fault)
    response = answer(status, code, sentence, error.description or "")
    if is_often:
        response.headers["Retry-After"] = str(limiting.seconds())
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After", "WWW-Authenticate", "Content-Range"}:
            response.headers[name] = value
    return response


def _unexpected(error: Exception) -> Response:
    current_app.logger.error("%s at %s", type(error).__name__, request.endpoint, exc_info=error)  # rule 3
    return answer(500, "fault", _fault)
