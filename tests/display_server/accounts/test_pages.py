"""Sessions and permissions as a browser meets them: what a page hides, the server refuses."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from content_sync.domain import limits
from display_server import access
from display_server.accounts import service
from display_server.database.engine import Database
from tests.display_server import world

Browser = Callable[..., FlaskClient]


def _is_signed_in(client: FlaskClient) -> bool:
    return client.get("/").status_code == 200


def test_a_one_time_password_opens_only_the_page_that_changes_it(app: Flask, db: Database) -> None:
    """Until it is changed, every staff page sends back to the password page."""
    one_time = service.add_account(db, world.shell, "ann", ("admin",), ("*",))
    client = app.test_client()
    assert world.post(client, "/login", name="ann", password=one_time).location == "/password"
    assert client.get("/").location == "/password"
    assert client.get("/accounts").location == "/password"
    assert world.post(client, "/password", old=one_time, new=world.password, again=world.password).location == "/"
    assert _is_signed_in(client)


def test_a_wrong_password_leaves_the_name_standing(app: Flask) -> None:
    """Who mistypes the password types only the password again."""
    page = world.post(app.test_client(), "/login", name="wangli", password="nonsense")
    assert page.status_code == 403
    assert re.search(r'name="name" [^>]*value="wangli"[^>]*>', page.text)
    assert re.search(r'name="password" [^>]*autofocus>', page.text)


def test_a_form_without_its_token_changes_nothing(app: Flask, browser: Browser) -> None:
    """Another site's form is refused before anybody looks at it."""
    admin = browser("boss", "admin")
    assert admin.post("/accounts", data={"name": "eve", "roles": "admin", "units": "*"}).status_code == 400
    assert admin.post("/logout").status_code == 400
    assert "eve" not in admin.get("/accounts").text
    assert app.test_client().post("/login", data={"name": "boss", "password": world.password}).status_code == 400


def test_a_token_from_before_signing_in_is_worth_nothing_after(app: Flask, browser: Browser) -> None:
    """A session planted before sign-in (fixation) does not live on: its token is refused, its contents are gone."""
    browser("boss", "admin")
    client = app.test_client()
    with client.session_transaction() as planted:
        planted["planted"] = "by somebody else"
    before = world.token(client.get("/login"))
    assert (
        client.post("/login", data={"csrf_token": before, "name": "boss", "password": world.password}).location == "/"
    )
    assert client.post("/logout", data={"csrf_token": before}).status_code == 400
    with client.session_transaction() as session:
        assert "planted" not in session


def test_changing_the_password_ends_every_other_session(app: Flask, browser: Browser) -> None:
    """Whoever changes the password stays; a browser left open elsewhere is out."""
    here = browser("ann", "editor")
    elsewhere = app.test_client()
    world.post(elsewhere, "/login", name="ann", password=world.password)
    assert _is_signed_in(elsewhere)
    new = "另一句 很长的 密码"
    assert world.post(here, "/password", old=world.password, new=new, again=new).status_code == 302
    assert _is_signed_in(here)
    assert not _is_signed_in(elsewhere)


def test_a_copied_cookie_is_worth_nothing_after_signing_out(app: Flask, browser: Browser) -> None:
    """Signing out ends the session at the server, not only in the browser."""
    client = browser("ann", "editor")
    cookie = client.get_cookie("gongkailan")
    assert cookie is not None
    world.post(client, "/logout", form="/")
    thief = app.test_client()
    thief.set_cookie("gongkailan", cookie.value)
    assert not _is_signed_in(thief)


def test_a_session_ends_after_its_hours_and_with_the_account(
    browser: Browser, db: Database, clock: world.HandClock
) -> None:
    """A session lasts `session_hours_max` at most, and no longer than its account."""
    ann, bob = browser("ann", "editor"), browser("bob", "editor")
    service.set_active(db, world.shell, "bob", active=False)
    assert not _is_signed_in(bob)
    clock.advance(hours=limits.session_hours_max, seconds=-1)
    assert _is_signed_in(ann)
    clock.advance(seconds=1)
    assert not _is_signed_in(ann)


def test_a_session_from_the_future_is_no_session(browser: Browser, clock: world.HandClock) -> None:
    """A clock set back does not lengthen a session."""
    ann = browser("ann", "editor")
    clock.advance(hours=-1)
    assert not _is_signed_in(ann)


@pytest.mark.parametrize("role", [role for role in access.roles if role != "admin"])
def test_only_administrators_reach_the_accounts(browser: Browser, db: Database, role: str) -> None:
    """Each other role is refused by the server, page and forms alike, and nothing changes."""
    world.add(db, "victim", "editor")
    client = browser("somebody", role)
    assert client.get("/accounts").status_code == 403
    attempts = (
        ("/accounts", {"name": "eve", "roles": "admin", "units": "*"}),
        ("/accounts/somebody/renew", {}),
        ("/accounts/victim/active", {"active": "0"}),
    )
    for path, fields in attempts:
        assert world.post(client, path, form="/", **fields).status_code == 403
    assert service.actor_for(db, "victim").may("author")
    assert not service.actor_for(db, "somebody").may("accounts")


def test_an_administrator_makes_an_account_and_sees_its_password_once(app: Flask, browser: Browser) -> None:
    """The one-time password is on the page that made it, and on no later one."""
    admin = browser("boss", "admin")
    page = world.post(admin, "/accounts", name="wang", display_name="王丽", roles=["editor", "clerk"], units="qinghe")
    one_time = page.text.split('class="secret">')[1].split("<")[0]
    assert one_time not in admin.get("/accounts").text
    assert _is_signed_in(world.signed_in(app, "wang", one_time))


BAD_ACCOUNTS = [
    ("a name that is no id", {"name": "王丽", "roles": "editor", "units": "*"}),
    ("a role that does not exist", {"name": "eve", "roles": "root", "units": "*"}),
    ("no role", {"name": "eve", "units": "*"}),
    ("no unit", {"name": "eve", "roles": "editor"}),
    ("a name that is taken", {"name": "boss", "roles": "editor", "units": "*"}),
]


@pytest.mark.parametrize("fields", [row[1] for row in BAD_ACCOUNTS], ids=[row[0] for row in BAD_ACCOUNTS])
def test_a_bad_account_is_refused_on_its_form(browser: Browser, fields: dict[str, str]) -> None:
    """The form comes back with a sentence; no account was made."""
    admin = browser("boss", "admin")
    page = world.post(admin, "/accounts", **fields)
    assert page.status_code == 403
    assert 'role="alert"' in page.text
    assert "全部账号（1 个）" in page.text


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_host(app: Flask, browser: Browser, there: str) -> None:
    """`next` may only be a path of this server."""
    browser("ann", "editor")
    client = app.test_client()
    assert world.post(client, "/login", name="ann", password=world.password, next=there).location == "/"


def test_sign_in_tries_from_one_address_are_limited(app: Flask) -> None:
    """A machine that tries one name after the other is slowed down, whatever the names."""
    client = app.test_client()
    found = world.token(client.get("/login"))
    answers = [
        client.post("/login", data={"csrf_token": found, "name": f"n{number}", "password": ""}).status_code
        for number in range(limits.login_per_minute_max + 1)
    ]
    assert answers == [403] * limits.login_per_minute_max + [429]


def test_cookies_and_headers_guard_every_page(app: Flask, browser: Browser) -> None:
    """No script reads the cookie, no other site frames a page, no page runs a script of its own text."""
    page = browser("ann", "editor").get("/")
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["Cache-Control"] == "no-store"
    plain = app.test_client().get("/login").headers["Set-Cookie"]
    secure = app.test_client().get("/login", base_url="https://localhost").headers["Set-Cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=Lax" in plain
    assert "Secure" not in plain  # a hall without TLS can still sign in
    assert "Secure" in secure


def test_devices_get_no_headers_of_pages(app: Flask) -> None:
    """What only a browser understands costs a device on a metered line more than the answer."""
    said = app.test_client().get("/api/v1/head").headers.keys()
    assert set(said) == {"Content-Type", "Content-Length", "WWW-Authenticate", "X-Content-Type-Options"}


def test_nobody_is_locked_out_from_one_other_machine(app: Flask, browser: Callable[..., FlaskClient]) -> None:
    """A stranger who guesses a name's password over and over is stopped; its owner signs in elsewhere all the same."""
    browser("ann", "editor")
    stranger, owner = app.test_client(), app.test_client()
    found = world.token(stranger.get("/login", environ_overrides={"REMOTE_ADDR": "192.0.2.7"}))
    answers = [
        stranger.post(
            "/login",
            data={"csrf_token": found, "name": "ann", "password": "guess"},
            environ_overrides={"REMOTE_ADDR": "192.0.2.7"},
        )
        for _ in range(limits.login_tries_max)
    ]
    few = limits.login_tries_from_one_address_max
    assert [one.status_code for one in answers] == [403] * few + [429] * (limits.login_tries_max - few)
    left = int(answers[-1].headers["Retry-After"])
    assert limits.login_lock_seconds - 60 < left <= limits.login_lock_seconds  # the true wait, not a minute
    assert f"请过 {limits.login_lock_seconds // 60} 分钟再试" in answers[-1].text
    assert world.post(owner, "/login", name="ann", password=world.password).status_code == 302
