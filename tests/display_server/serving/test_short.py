"""The short way through a real server: it says what the long way says, refuses nobody by itself, doubles nothing."""

import http.client
import json
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, select

from content_sync.domain.errors import Refused
from display_server.access import shell
from display_server.database.engine import Database
from display_server.database.tables.core import settings
from display_server.database.tables.devices import devices as table
from display_server.database.tables.queue import tickets
from display_server.devices import service as devices
from display_server.serving.plain import Plain, ShortWays
from display_server.serving.short import Lane
from tests.display_server import hall
from tests.display_server.serving.test_serving import Served, served

__all__ = ["served"]
pytestmark = pytest.mark.process


@pytest.fixture
def token(served: Served) -> str:
    """A touch device of an open hall."""
    hall.opened(served.db)
    code = devices.add(served.db, shell, "k1", "touch", ["qinghe"], "hall", bytes(16))
    return devices.enrol(served.db, code, hall.public_key)[1]


def _asked(
    served: Served, token: str, method: str, path: str, body: object = None, **more: str
) -> tuple[int, object, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    fields = {"Authorization": f"Bearer {token}"} | ({"Content-Type": "application/json"} if body else {}) | more
    connection.request(method, f"/api/v1{path}", json.dumps(body) if body else None, fields)
    answer = connection.getresponse()
    told = answer.status, json.loads(answer.read()), dict(answer.getheaders())
    connection.close()
    return told


def test_both_ways_say_the_same(served: Served, token: str) -> None:
    """A press that went the short way gets its same ticket on the long one; the boards' question has one answer."""
    press = {"service": "huji", "press": "p1"}
    status, short, head = _asked(served, token, "POST", "/tickets", press)
    _, long, long_head = _asked(served, token, "POST", "/tickets", press, TE="trailers")  # odd: the long way
    assert (status, short) == (200, long)
    assert isinstance(short, dict)
    assert short["number"] == "A001"
    assert {*head} == {*long_head}
    short_queue, long_queue = (
        _asked(served, token, "GET", "/queue"),
        _asked(served, token, "GET", "/queue", TE="trailers"),
    )
    assert short_queue[:2] == long_queue[:2]
    assert short_queue[0] == 200
    with served.db.read() as connection:
        assert connection.execute(select(table.c.last_seen).where(table.c.id == "k1")).scalar_one()


def test_who_is_refused_is_told_why(served: Served, token: str) -> None:
    """No ticket, and the sentence of the long way: a wrong token, an unknown service, a body that is none."""
    wrong = _asked(served, "abc", "POST", "/tickets", {"service": "huji", "press": "p1"})
    unknown = _asked(served, token, "POST", "/tickets", {"service": "none", "press": "p1"})
    torn = _asked(served, token, "POST", "/tickets", {"press": "p1"})
    assert (wrong[0], unknown[0], torn[0]) == (401, 403, 400)
    assert unknown[1] == {"error": {"code": "refused", "message": "这里没有这项业务：none。", "detail": ""}}
    devices.revoke(served.db, shell, "k1")
    assert _asked(served, token, "GET", "/queue")[0] == 403
    with served.db.read() as connection:
        assert connection.execute(select(tickets.c.id)).all() == []


def test_a_crowd_gets_a_number_each_and_a_repeated_press_its_own(served: Served, token: str) -> None:
    """Eight kept connections, each press sent twice: as many numbers as presses, without a gap."""

    def pressing(client: int) -> list[tuple[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
        fields, told = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}, []
        for number in range(40):
            press = f"{client}-{number // 2}"
            body = json.dumps({"service": "huji", "press": press})
            connection.request("POST", "/api/v1/tickets", body, fields)
            told.append((press, str(json.loads(connection.getresponse().read())["number"])))
        connection.close()
        return told

    with ThreadPoolExecutor(8) as pool:
        told = [pair for each in pool.map(pressing, range(8)) for pair in each]
    assert len(dict(told)) == len(set(told)) == 160
    assert sorted(set(dict(told).values())) == [f"A{number:03}" for number in range(1, 161)]


class _Client:
    """What the lane knows of a connection."""

    def __init__(self, press: str) -> None:
        self.sock, self.other = socket.socketpair()
        self.sock.setblocking(False)
        body = press.encode()
        head = b"POST /x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer abc\r\nContent-Type: application/json\r\n"
        self.got = bytearray(head + b"Content-Length: %d\r\n\r\n%s" % (len(body), body))


def test_whoever_fails_goes_the_long_way_alone(db: Database) -> None:
    """Of three in one batch one is refused and one has gone away: the third has its answer, whatever comes after it."""

    def press(connection: Connection, plain: Plain) -> bytes:
        if plain.body == b"refused":
            raise Refused("no")
        connection.execute(settings.insert().values(key=plain.body.decode(), value="1"))
        return b"[]"

    def fail() -> None:
        raise OSError("the disk is full")

    told: list[tuple[object, bool | None]] = []
    lane = Lane(ShortWays(db, {}, {b"POST /x HTTP/1.1": press}, fail), told.extend)
    clients = [_Client(name) for name in ("served", "refused", "gone")]
    clients[2].sock.close()
    assert all(lane.takes(client) for client in clients)  # type: ignore[arg-type]
    with db.read() as reading:
        lane.answer(reading, lane.waiting())
        assert told == [(clients[0], True), (clients[2], False), (clients[1], None)]
        assert clients[0].other.recv(1000).endswith(b"\r\nContent-Length: 2\r\n\r\n[]")
        lane.takes(clients[1])  # type: ignore[arg-type]
        lane.answer(reading, lane.waiting())
    assert told[3:] == [(clients[1], None)]
    with db.read() as connection:
        keys = connection.execute(select(settings.c.key).where(settings.c.value == "1")).scalars().all()
    assert sorted(keys) == ["gone", "served"]  # whose answer was lost asks again
    for client in clients:
        client.sock.close()
        client.other.close()
