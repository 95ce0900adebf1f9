"""A browser becomes a window's screen by a code from that window, and by nothing else."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from display_server.access import Actor
from display_server.database import audit
from display_server.database.engine import Database
from display_server.queue import pairing, service
from tests.display_server import hall
from tests.display_server.queue.test_windows import seated
from tests.display_server.world import HandClock, post, token

wrong = "配对码不对"


@pytest.fixture
def clerk(db: Database) -> Actor:
    """A clerk at window 1."""
    (found,) = seated(hall.opened(db), "w1")
    return found


def opens(db: Database, code: str, window: str = "w1", kind: str = "pad") -> bool:
    """Whether a code opens this screen."""
    try:
        return bool(pairing.pair(db, "hall", window, kind, code))
    except Refused:
        return False


def test_a_code_opens_its_own_screen_once(db: Database, clerk: Actor) -> None:
    """Not another window's, not the other kind, not twice; the token is that screen's alone."""
    code = pairing.offer(db, clerk, "hall", "w1", "pad")
    assert not opens(db, code, window="w2")
    assert not opens(db, code, kind="show")
    given = pairing.pair(db, "hall", "w1", "pad", code)
    assert not opens(db, code)
    with db.read() as connection:
        places = [("w1", "pad"), ("w1", "show"), ("w2", "pad")]
        assert [pairing.is_paired(connection, "hall", *place, given) for place in places] == [True, False, False]
        assert not pairing.is_paired(connection, "hall", "w1", "show", "")
        assert pairing.paired_kinds(connection, "hall", "w1") == ("pad",)


def test_a_code_dies_of_wrong_tries(db: Database, clerk: Actor) -> None:
    """After five wrong tries the right code is as wrong as any; a try that raises is counted all the same."""
    code = pairing.offer(db, clerk, "hall", "w1", "pad")
    other = "000000" if code != "000000" else "111111"
    for _ in range(limits.screen_code_tries_max):
        assert not opens(db, other)
    assert not opens(db, code)


def test_a_code_dies_of_age(db: Database, clerk: Actor, clock: HandClock) -> None:
    """At the end of its ten minutes a code opens nothing."""
    code = pairing.offer(db, clerk, "hall", "w1", "pad")
    clock.advance(minutes=limits.screen_code_minutes)
    assert not opens(db, code)


def test_the_newer_pad_takes_the_place(db: Database, clerk: Actor) -> None:
    """The old pad works until the new one is there, then it is nobody; the clerk cuts the new one off."""
    old = pairing.pair(db, "hall", "w1", "pad", pairing.offer(db, clerk, "hall", "w1", "pad"))
    code = pairing.offer(db, clerk, "hall", "w1", "pad")

    def paired(given: str) -> bool:
        with db.read() as connection:
            return pairing.is_paired(connection, "hall", "w1", "pad", given)

    assert paired(old)
    new = pairing.pair(db, "hall", "w1", "pad", code)
    assert (paired(old), paired(new)) == (False, True)
    pairing.revoke(db, clerk, "hall", "w1", "pad")
    assert not paired(new)
    with db.read() as connection:
        assert audit.first_fault(connection) == ""


def test_only_who_sits_there_asks(db: Database, clerk: Actor) -> None:
    """A clerk elsewhere gets no code, and there is no other kind of screen."""
    with pytest.raises(Refused, match="2号窗口"):
        pairing.offer(db, clerk, "hall", "w2", "pad")
    with pytest.raises(BadInput):
        pairing.offer(db, clerk, "hall", "w1", "tv")
    with pytest.raises(Refused, match=wrong):
        pairing.pair(db, "hall", "w9", "pad", "123456")


def test_nothing_secret_is_kept(db: Database, clerk: Actor) -> None:
    """Neither a code nor a token can be read in the database."""
    code = pairing.offer(db, clerk, "hall", "w1", "show")
    with db.read() as connection:
        assert code not in str(pairing.one(connection, "hall", "w1", "show"))
    given = pairing.pair(db, "hall", "w1", "show", code)
    with db.read() as connection:
        assert given not in str(pairing.one(connection, "hall", "w1", "show"))


@pytest.mark.parametrize("kind", ["pad", "show"])
def test_pages_ask_for_a_code_first(app: Flask, db: Database, clerk: Actor, kind: str) -> None:
    """Without its cookie a screen shows nothing of the hall; with it the page opens, and no other page is sent it."""
    tablet, address = app.test_client(), f"/{kind}/hall/w1"
    first = tablet.get(address)
    assert "还没有配对" in first.text
    assert "刘志勇" not in first.text
    for part in ("now", "events"):
        assert tablet.get(f"{address}/{part}").status_code == 401
    assert wrong in post(tablet, f"{address}/pair", form=address, code="000000").text
    code = pairing.offer(db, clerk, "hall", "w1", kind)
    paired = post(tablet, f"{address}/pair", form=address, code=f"{code[:3]} {code[3:]}")
    cookie = next(one for one in paired.headers.getlist("Set-Cookie") if one.startswith("gongkailan-screen"))
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert f"Path={address}" in cookie
    page = tablet.get(address)
    assert "1<small>号窗口" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    now = tablet.get(f"{address}/now")
    assert tablet.get(f"{address}/now", headers={"If-None-Match": now.headers["ETag"]}).status_code == 304
    assert tablet.get(f"/{kind}/hall/w2/now").status_code == 401
    pairing.revoke(db, clerk, "hall", "w1", kind)
    assert tablet.get(f"{address}/now").status_code == 401


def test_guessing_is_slowed(app: Flask, db: Database, clerk: Actor) -> None:
    """From one address a few tries a minute are taken, for whichever window."""
    guesser = app.test_client()
    fields = {"csrf_token": token(guesser.get("/pad/hall/w1")), "code": "000000"}
    answers = [
        guesser.post(f"/pad/hall/w{1 + n % 3}/pair", data=fields).status_code
        for n in range(limits.screen_pairings_per_minute + 1)
    ]
    assert answers == [403] * limits.screen_pairings_per_minute + [429]


def test_the_window_page_shows_its_screens(db: Database, app: Flask, browser: Callable[..., FlaskClient]) -> None:
    """A code is told once on the window's page; a paired screen is shown and cut off from there."""
    hall.opened(db)
    page, desk = browser("wang", "clerk"), "/desk/hall/w1"
    post(page, f"{desk}/sit", form="/desk", plate="刘志勇")
    post(page, f"{desk}/screens/show", form=desk)
    told = page.get(desk).text
    assert "/show/hall/w1" in told
    code = told.partition('class="secret">')[2][:7]
    assert code not in page.get(desk).text
    tablet = app.test_client()
    assert post(tablet, "/show/hall/w1/pair", form="/show/hall/w1", code=code).status_code == 303
    assert "断开窗口屏" in page.get(desk).text
    assert "刘志勇" in tablet.get("/show/hall/w1").text
    post(page, f"{desk}/screens/show", form=desk, off="1")
    assert "断开窗口屏" not in page.get(desk).text
    service.leave(db, Actor("wang", "wang", frozenset({"clerk"}), frozenset("*"), "page"), "hall", "w1", "lunch")
    assert "还没有配对" in tablet.get("/show/hall/w1").text
