"""Which device asks.

1. A device says who it is by `Authorization: Bearer TOKEN`; no token or a wrong one is 401, a revoked device's is 403.
2. The token's hash is compared in constant time; the token itself is nowhere on the server.
3. A device enrolled without a key may read and take tickets, but sends no records: nothing could tell them from
   somebody else's.
"""

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Response, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from display_server.devices import queries, service
from display_server.devices.queries import Device
from display_server.web import errors
from display_server.web.current import database

_P = ParamSpec("_P")


def bearer(view: Callable[_P, ResponseReturnValue]) -> Callable[_P, ResponseReturnValue]:
    """The view, for enrolled devices only (rules 1 and 2)."""

    @wraps(view)
    def guarded(*args: _P.args, **kwargs: _P.kwargs) -> ResponseReturnValue:
        given = request.authorization
        if given is None or given.type != "bearer" or not given.token:
            return _unauthorized("no_token", "请求没有带设备令牌。")
        db = database()
        with db.read() as connection:
            row = of_token(connection, given.token)
        if row is None:
            return _unauthorized("wrong_token", "设备令牌不对：请重新登记这台设备。")
        if row.state != "enrolled":
            return errors.answer(403, "revoked", "这台设备已停用：请联系管理员。")
        service.seen(db, row.id, row.last_seen)
        g.device = queries.as_device(row)
        return view(*args, **kwargs)

    return guarded


def of_token(connection: Connection, token: str) -> Row[Any] | None:
    """The device with this token, also a revoked one (rule 2)."""
    token_hash = service.hashed(token.encode())
    row = queries.by_token_hash(connection, token_hash)
    return row if row is not None and hmac.compare_digest(row.token_hash, token_hash) else None


def enrolled(connection: Connection, token: str) -> Row[Any] | None:
    """The device with this token, when it may ask at all (rule 1)."""
    row = of_token(connection, token)
    return row if row is not None and row.state == "enrolled" else None


def device() -> Device:
    """The device that asks; only behind `bearer`."""
    found: Device = g.device
    return found


def _unauthorized(code: str, message: str) -> Response:
    response = errors.answer(401, code, message)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response
