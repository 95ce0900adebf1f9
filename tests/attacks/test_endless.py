"""Answers without end: a server or relay that sends for ever costs a device what the signed file may cost, no more.

Where the length is signed, reading stops there; where it is not (the timestamp, the next root), at the bound of its
kind; and heads, framing and small talk count like bodies. (What the sockets' buffers swallow is nobody's reading.)
"""

from collections.abc import Callable

import pytest

from content_sync.domain.errors import Unreachable, Unverified
from content_sync.live import Hint, listen
from content_sync.net.http import HttpServer
from content_sync.net.line import HttpLine
from content_sync.pull.hints import Hints
from content_sync.wire.news import Known
from tests.attacks.mirror import Impatient, Mirror, Talk
from tests.attacks.scene import Scene

Evil = Callable[[Talk], None]
_swallowed_bytes_max = 12_000_000


def _flood(head: bytes, piece: bytes = b"x" * 65_536) -> Evil:
    def evil(talk: Talk) -> None:
        talk.say(head)
        talk.flood(piece)

    return evil


_ok = b"HTTP/1.1 200 OK\r\n"
_whole = _flood(_ok + b"Connection: close\r\n\r\n")
_floods: dict[str, tuple[str, Evil]] = {
    "a timestamp": ("qinghe/metadata/timestamp", _whole),
    "a timestamp that says how long it is": (
        "qinghe/metadata/timestamp",
        _flood(_ok + b"Content-Length: 9999999999\r\n\r\n"),
    ),
    "the next root": ("qinghe/metadata/2.root", _whole),
    "a snapshot": ("qinghe/metadata/3.snapshot", _whole),
    "targets": ("qinghe/metadata/3.targets", _whole),
    "a manifest": (".edition", _whole),
    "a pack or a delta": ("qinghe/packs/", _whole),
    "a head": ("qinghe/metadata/timestamp", _flood(_ok, b"X: y\r\n" * 9_000)),
    "one line of a head": ("qinghe/metadata/timestamp", _flood(_ok + b"X: ")),
    "going on and on": ("qinghe/metadata/timestamp", _flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 2_000)),
    "chunks of nothing but frame": (
        "qinghe/metadata/timestamp",
        _flood(_ok + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"x" * 60_000 + b"\r\n \r\n"),
    ),
    "a trailer": (
        "qinghe/metadata/timestamp",
        _flood(_ok + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n" * 9_000),
    ),
}


@pytest.mark.parametrize("story", _floods)
def test_a_flood_is_cut_short(scene: Scene, story: str) -> None:
    """The device hangs up at the bound, keeps what it has, and takes the honest file at the next step."""
    word, evil = _floods[story]
    before = scene.seen()
    scene.device.close()
    with Mirror(scene.county.repo, word, evil) as mirror:
        fetcher = Impatient(mirror.address)
        scene.device = scene.county.device(scene.folder / "device", "qinghe", fetcher=fetcher)
        [failure] = scene.step().failures
        assert failure.channel == "qinghe"
        assert scene.seen() == before
        assert scene.device.store.verify().bad == ()
        fetcher.inner.close()
        assert mirror.sent < _swallowed_bytes_max
        mirror.evil = None
        assert scene.step().failures == []
        assert scene.device.store.held()["qinghe"].number == 2
        fetcher.inner.close()


@pytest.mark.parametrize("word", ["/news", "/head"])
def test_an_endless_word_of_the_server_is_cut_short(scene: Scene, word: str) -> None:
    """What the server says of changes is a few bytes; it may not say more than its bound."""
    with Mirror(scene.county.repo, word, _whole) as mirror:
        hints = Hints(HttpServer(mirror.address))
        with pytest.raises(Unverified):
            hints.ask({"qinghe": (Known(), b"")}, all_of_them=False)
        assert mirror.sent < _swallowed_bytes_max


_lines = {
    "a line without end": b"x" * 65_536,
    "an event without end": b"data: " + b"x" * 60_000 + b"\n",
    "small talk without end": b": here\n\n" * 8_000,
    "events without end": b"event: queue\ndata: {}\n\n" * 2_000,
}


@pytest.mark.parametrize("story", _lines)
def test_a_live_line_has_an_end(scene: Scene, story: str) -> None:
    """Hung up on at a bound; what it said till then were hints, and hints only."""
    heard: list[Hint] = []
    with Mirror(scene.county.repo, "/events", _flood(_ok + b"\r\n", _lines[story])) as mirror:
        with pytest.raises((Unreachable, Unverified)):
            listen(HttpLine(mirror.address), "token", heard.append)
        assert mirror.sent < _swallowed_bytes_max
    assert {hint.name for hint in heard} <= {"queue"}
