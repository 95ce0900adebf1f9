"""The sessions of pages: flask-login and the limits on sign-in tries per address.

From one address a name may be tried wrongly `limits.login_tries_from_one_address_max` times in the lock's span. That is
less than locks the account (accounts.login), so nobody shuts a colleague out from a single machine.
"""

from dataclasses import dataclass
from typing import Any

from flask import Flask, Request, request, session

from content_sync.domain import limits
from display_server.access import Actor
from display_server.accounts import login
from display_server.web import limiting
from display_server.web.current import database

_refused = 403


@dataclass(frozen=True)
class User:
    """The account of a session, as flask-login wants it."""

    actor: Actor
    must_change: bool
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """The name of the account."""
        return self.actor.name


def register(app: Flask) -> None:
    """Let this application know its accounts; its pages are registered already."""
    from flask_limiter.util import get_remote_address
    from flask_login import LoginManager

    manager = LoginManager(app)
    manager.request_loader(_user)
    limiter = limiting.of(app)
    views: dict[str, Any] = app.view_functions
    by_name = limiter.limit(
        f"{limits.login_tries_from_one_address_max} per {limits.login_lock_seconds} seconds",
        key_func=lambda: (
            f"{get_remote_address()} {request.form.get('name', '').strip()[: limits.account_name_chars_max]}"
        ),
        deduct_when=lambda response: response.status_code == _refused,
    )
    by_address = limiter.limit(f"{limits.login_per_minute_max}/minute")
    views["accounts.sign_in"] = by_address(by_name(views["accounts.sign_in"]))


def open_session(signed_in: login.SignedIn) -> None:
    """Begin a new session; nothing of the one before sign-in lives on (a planted cookie gains nothing)."""
    session.clear()
    session.update(name=signed_in.actor.name, mark=signed_in.mark, since=database().config.clock.now().isoformat())


def _user(_request: Request) -> User | None:
    """The user of a signed session cookie; flask-login asks once per request."""
    if "name" not in session:
        return None
    found = login.resume(database(), session["name"], session["mark"], session["since"])
    return User(found.actor, found.must_change) if found else None
