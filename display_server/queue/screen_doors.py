"""Who may open the pages of a window's screens: the browser with that screen's cookie, nobody else (queue.pairing).

1. A page without the right cookie asks for a pairing code; its parts and its stream answer 401, so that a screen that
   was cut off goes back to asking.
2. The cookie's path is the screen's own: no other page of this server is ever sent it. No script reads it, and no
   other site's form carries it.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from flask import Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from content_sync.domain import limits
from display_server.database import sites
from display_server.queue import pairing
from display_server.web.current import database

_View = Callable[[str, str], ResponseReturnValue]
_cookie = "gongkailan-screen"


def screen_page(kind: str) -> Callable[[_View], _View]:
    """The page of a screen, or the page that asks for a code (rule 1)."""

    def guarding(view: _View) -> _View:
        @wraps(view)
        def guarded(site: str, window: str) -> ResponseReturnValue:
            if not _admitted(kind, site, window):
                return asking(kind, site, window)
            response = make_response(view(site, window))
            admit(response, kind, site, window, request.cookies[_cookie])
            return response

        return guarded

    return guarding


def screen_part(kind: str) -> Callable[[_View], _View]:
    """What a screen's page fetches or sends; 401 for anybody else (rule 1)."""

    def guarding(view: _View) -> _View:
        @wraps(view)
        def guarded(site: str, window: str) -> ResponseReturnValue:
            if not _admitted(kind, site, window):
                abort(401)
            return view(site, window)

        return guarded

    return guarding


def asking(kind: str, site_id: str, window_id: str, message: str = "") -> ResponseReturnValue:
    """The page that asks for a pairing code. Raises Refused for a window that does not exist."""
    with database().read() as connection:
        site = sites.site(connection, site_id)
    window = sites.window_of(site, window_id)
    words = pairing.kinds[kind]
    page = render_template("queue/pair.html", kind=kind, words=words, site=site, window=window, message=message)
    return page, 403 if message else 200


def admit(response: Response, kind: str, site: str, window: str, token: str) -> None:
    """Give the browser its token, or renew it (rule 2)."""
    response.set_cookie(
        _cookie,
        token,
        max_age=timedelta(days=limits.screen_cookie_days),
        path=f"/{kind}/{site}/{window}",
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )


def _admitted(kind: str, site: str, window: str) -> bool:
    with database().read() as connection:
        return pairing.is_paired(connection, site, window, kind, request.cookies.get(_cookie, ""))
