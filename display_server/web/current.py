"""Whose request this is, and the database it works on.

1. A page for staff begins with `signed_in`: nobody else gets past it, and a one-time password opens only the page that
   changes it.
2. `actor()` refuses where `signed_in` was forgotten, so a forgotten decorator opens nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, cast

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from content_sync.domain.errors import Refused
from display_server.access import Actor
from display_server.database.engine import Database

_P = ParamSpec("_P")
database_key = "gongkailan.database"


def database() -> Database:
    """The database of the server that answers."""
    return cast("Database", current_app.extensions[database_key])


def actor() -> Actor:
    """The signed-in account (rule 2)."""
    user = _user()
    if not user.is_authenticated or user.must_change:
        raise Refused("请先登录。")
    return cast("Actor", user.actor)


def someone() -> Actor | None:
    """The signed-in account, or None: for what looks different to staff."""
    user = _user()
    return cast("Actor", user.actor) if user.is_authenticated and not user.must_change else None


def signed_in(view: Callable[_P, ResponseReturnValue]) -> Callable[_P, ResponseReturnValue]:
    """The view, for signed-in accounts only (rule 1)."""

    @wraps(view)
    def guarded(*args: _P.args, **kwargs: _P.kwargs) -> ResponseReturnValue:
        user = _user()
        if not user.is_authenticated:
            asked = request.full_path.rstrip("?") if request.method == "GET" else ""
            return redirect(url_for("accounts.login", next=asked or None))
        if user.must_change:
            return redirect(url_for("accounts.password"))
        return view(*args, **kwargs)

    return guarded


def _user() -> Any:
    from flask_login import current_user

    return current_user
