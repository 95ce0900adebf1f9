"""The application: every blueprint by name, and the safeguards each page stands behind.

1. Nothing runs without the session secret that `init` made; it is never in the code and never in the database.
2. A session cookie is read by no script, sent with no foreign form, and only over TLS when it came over TLS.
3. Every form carries a token, and no request a longer body than its address may have. Devices carry a bearer token
   instead and no cookie, so `/api/v1` needs none.
4. No page runs a script from its own text and none is shown inside another page.
5. Devices show no pages and keep no cookies: they have no session, and get no header that is only for browsers.
"""

import importlib
from datetime import timedelta
from http.client import NO_CONTENT, NOT_MODIFIED

from flask import Blueprint, Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from content_sync.domain import limits
from content_sync.domain.errors import Broken
from display_server.api_v1.crowds import Crowds
from display_server.config import Config
from display_server.database.engine import Database
from display_server.serving.plain import ways_key
from display_server.serving.uploads import body_bytes_max
from display_server.web import errors, navigation
from display_server.web.current import database_key, someone
from display_server.web.handwriting import drawn
from display_server.web.spoken import receipt, spoken

_blueprints: tuple[str, ...] = (
    "display_server.web.tree:blueprint",
    "display_server.web.health:blueprint",
    "display_server.accounts.views:blueprint",
    "display_server.authoring.views:blueprint",
    "display_server.authoring.attaching.views:blueprint",
    "display_server.review.views:blueprint",
    "display_server.publishing.views:blueprint",
    "display_server.public.views:blueprint",
    "display_server.desk.hall_rules_views:blueprint",
    "display_server.desk.home_views:blueprint",
    "display_server.desk.publication_views:blueprint",
    "display_server.desk.emergency_views:blueprint",
    "display_server.queue.views:blueprint",
    "display_server.queue.screen_views:blueprint",
    "display_server.desk.pad_views:blueprint",
    "display_server.desk.ticket_views:blueprint",
    "display_server.queue.blanking_views:blueprint",
    "display_server.queue.booking_views:blueprint",
    "display_server.queue.steering_views:blueprint",
    "display_server.ratings.views:blueprint",
    "display_server.cases.views:blueprint",
    "display_server.cases.by_hand_views:blueprint",
    "display_server.cases.report_views:blueprint",
    "display_server.desk.evidence_views:blueprint",
    "display_server.desk.application_views:blueprint",
    "display_server.desk.redacted_views:blueprint",
    "display_server.cases.handling_views:blueprint",
    "display_server.cases.handling_public:blueprint",
    "display_server.cases.bell_views:blueprint",
    "display_server.supervision.hall_views:blueprint",
    "display_server.supervision.views:blueprint",
    "display_server.supervision.figures_views:blueprint",
    "display_server.supervision.shown_views:blueprint",
    "display_server.desk.answer_views:blueprint",
    "display_server.desk.panel_views:blueprint",
    "display_server.desk.key_views:blueprint",
    "display_server.devices.views:blueprint",
    "display_server.api_v1.views:blueprint",
)
_headers = {  # rule 4
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",  # a page for staff is not kept where the next person sits
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_for_devices = ("/api/", "/repo/")


class _Sessions(SecureCookieSessionInterface):
    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if request.path.startswith(_for_devices):  # rule 5
            return self.make_null_session(app)
        return super().open_session(app, request)

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002  # the signature is Flask's
        return request.is_secure  # rule 2: a hall without TLS can still sign in


def create_app(config: Config) -> Flask:
    """The server of one folder as a WSGI application. Raises Broken when `init` did not finish there."""
    app = Flask(__name__, template_folder="web/templates", static_folder="web/static")
    app.session_interface = _Sessions()
    app.url_map.merge_slashes = False  # it redirects to whatever host the client named
    app.config.update(
        SECRET_KEY=_secret(config),
        SESSION_COOKIE_NAME="gongkailan",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=limits.session_hours_max),
        MAX_CONTENT_LENGTH=limits.request_bytes_max,
        MAX_FORM_MEMORY_SIZE=limits.request_bytes_max,
        WTF_CSRF_TIME_LIMIT=limits.session_hours_max * 3600,
    )
    db = app.extensions[database_key] = Database(config)
    app.extensions[ways_key] = Crowds(db).ways()
    _guard(app)
    errors.register(app)
    app.context_processor(lambda: {"navigation": navigation.entries_for(someone()), "signed_in_as": someone()})
    app.jinja_env.filters.update(spoken=spoken, receipt=receipt, drawn=drawn)
    return app


def _guard(app: Flask) -> None:
    from flask_wtf import CSRFProtect

    from display_server.accounts import signing_in

    app.before_request(_bound_body)  # before the first look at the form, which is the token's
    protection = CSRFProtect(app)
    for blueprint in map(_named, _blueprints):
        app.register_blueprint(blueprint)
        if (blueprint.url_prefix or "").startswith("/api/"):  # rule 3
            protection.exempt(blueprint)
    signing_in.register(app)
    app.after_request(_with_headers)


def _bound_body() -> None:
    request.max_content_length = body_bytes_max(request.method, request.path)


def _named(name: str) -> Blueprint:
    module, attribute = name.split(":")
    blueprint: Blueprint = getattr(importlib.import_module(module), attribute)
    return blueprint


def _secret(config: Config) -> bytes:
    path = config.session_key
    try:
        return path.read_bytes()  # rule 1
    except FileNotFoundError as error:
        raise Broken(f"{path} is missing: run `display-server init` for a new folder.") from error


def _with_headers(response: Response) -> Response:
    if request.path.startswith(_for_devices):  # rule 5
        if response.status_code not in (NO_CONTENT, NOT_MODIFIED):
            response.headers["X-Content-Type-Options"] = "nosniff"  # somebody may open it in a browser all the same
        return response
    for name, value in _headers.items():
        response.headers.setdefault(name, value)
    return response
