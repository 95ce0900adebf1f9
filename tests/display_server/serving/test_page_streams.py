"""Pages hear of their hall, and of nothing else, through the same door as devices."""

import http.client
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest

from display_server.access import Actor, shell
from display_server.accounts import service as accounts
from display_server.database import county
from display_server.queue import pairing, service
from tests.display_server import hall
from tests.display_server.serving.test_serving import Served, _until, patience, served

__all__ = ["served"]  # a fixture
pytestmark = pytest.mark.process
clerk = Actor("wang", "wang", frozenset({"clerk"}), frozenset("*"), "page")


class Browser:
    """As much of a browser as signing in takes: cookies, forms, no redirects."""

    def __init__(self, served: Served) -> None:
        self.served, self.cookies = served, SimpleCookie()

    def ask(self, method: str, path: str, **fields: str) -> http.client.HTTPResponse:
        """One request with the cookies so far; the answer is still open."""
        connection = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=patience)
        head = {"Cookie": "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())}
        if fields:
            head["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(fields) if fields else None, head)
        answer = connection.getresponse()
        self.served.opened += [connection, answer]
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(cookie)
        return answer

    def send(self, path: str, **fields: str) -> int:
        """Fill in the form at this address and send it; the status."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.ask("GET", path).read().decode())
        assert found
        return self.ask("POST", path, csrf_token=found[1], **fields).status


@pytest.fixture
def opened(served: Served) -> Served:
    """A hall in the served county, and another one."""
    with served.db.write() as connection:
        county.put_site(connection, hall.site)
    return served


def told(served: Served, site: str) -> None:
    """Say that something changed in a hall."""
    with served.db.write() as connection:
        served.db.announce(connection, "queue", {"site": site})


def test_a_signed_in_page_hears_its_hall(opened: Served) -> None:
    """Without a session the stream is not there; with one it tells of this hall and of no edition of any channel."""
    browser = Browser(opened)
    assert browser.ask("GET", "/desk/events?site=hall").status == 302
    one_time = accounts.add_account(opened.db, shell, "wang", ("clerk",), ("*",))
    browser.send("/login", name="wang", password=one_time)
    fresh = "柳河镇的柳树"
    browser.send("/password", old=one_time, new=fresh * 2, again=fresh * 2)
    assert browser.ask("GET", "/desk/events?site=nowhere").status == 403
    stream = browser.ask("GET", "/desk/events?site=hall")
    assert stream.headers["Content-Type"].startswith("text/event-stream")
    assert _until(stream, b"hello") == b"data: {}\n"
    with opened.db.write() as connection:
        opened.db.announce(connection, "edition", {"channel": "qinghe", "edition": 2})
    told(opened, "annex")
    told(opened, "hall")
    heard = [stream.fp.readline() for _ in range(3)] if stream.fp else []
    assert b"".join(heard) == b"\nevent: queue\ndata: {}\n"


def test_a_paired_screen_hears_its_hall(opened: Served) -> None:
    """A call reaches the window's display as a hint; without its cookie there is no stream."""
    service.sit(opened.db, clerk, "hall", "w1", "刘志勇")
    browser = Browser(opened)
    assert browser.ask("GET", "/show/hall/w1/events").status == 401
    code = pairing.offer(opened.db, clerk, "hall", "w1", "show")
    browser.cookies["gongkailan-screen"] = pairing.pair(opened.db, "hall", "w1", "show", code)
    stream = browser.ask("GET", "/show/hall/w1/events")
    _until(stream, b"hello")
    service.leave(opened.db, clerk, "hall", "w1", "lunch")
    assert _until(stream, b"queue") == b"data: {}\n"
