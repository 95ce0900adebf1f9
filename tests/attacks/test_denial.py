"""Whoever keeps a device from the new by answering badly, slowly, or not at all: he gains time, nothing else.

The other channels go on, the screen stays, `status` says what is wrong — for what is merely out of reach after a day —
and the first honest answer ends it.
"""

import re
from collections.abc import Callable

import pytest

from content_sync.domain import limits
from content_sync.pull.step import Puller
from tests.attacks.mirror import Impatient, Mirror, Talk
from tests.attacks.scene import Scene
from tests.content_sync.world import bodies, start

Evil = Callable[[Talk], None]


def _status(status: int, *headers: str) -> Evil:
    return lambda talk: talk.head(status, "Content-Length: 0", *headers)


def _then_drip(head: bytes) -> Evil:
    def evil(talk: Talk) -> None:
        talk.say(head)
        talk.drip()

    return evil


def _cut(talk: Talk) -> None:
    talk.head(200, "Content-Length: 400")
    talk.say(b'{"signed":')


def _stop(talk: Talk) -> None:
    talk.head(200, "Content-Length: 400")
    talk.hang()


_denials: dict[str, tuple[Evil, str, float]] = {
    "nothing there": (_status(404), "its publisher or relay must mend it|incomplete", 0),
    "a fault": (_status(500), "answers 500", 0),
    "busy for ever": (_status(503, "Retry-After: 99999999"), "answers 503", 0),
    "not for you": (_status(403), "answers 403", 0),
    "look elsewhere": (_status(302, "Location: http://127.0.0.1:1/"), "answers 302", 0),
    "not modified": (_status(304), "answers 304", 0),
    "no HTTP": (lambda talk: talk.say(b"220 ftp ready\r\n\r\n"), "does not answer", 0),
    "a line cut in the middle": (_cut, "does not answer", 0),
    "silence": (Talk.hang, "too slow|does not answer", 20),
    "silence after the head": (_stop, "too slow|does not answer", 20),
    "a head drop by drop": (_then_drip(b"HTTP/1.1 200 OK\r\nX: "), "too slow", 0.9),
    "a body drop by drop": (_then_drip(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"), "too slow", 0.9),
}


@pytest.fixture
def both(scene: Scene) -> Puller:
    """A device that follows two channels and is up to date; then both publish."""
    device = scene.another("qinghe", "liuhe")
    assert device.step(force=True).failures == []
    scene.county.publish("qinghe", bodies(d="秋收"))
    scene.county.publish("liuhe", bodies("liuhe", x="六合", z="新的"))
    return device


@pytest.mark.parametrize("story", _denials)
def test_a_denied_channel_stops_no_other(scene: Scene, both: Puller, story: str) -> None:
    """One channel is denied at the first file; the other's new edition comes; then the honest server heals it."""
    evil, says, seconds = _denials[story]
    both.close()
    with Mirror(scene.county.repo, "qinghe/metadata/timestamp", evil) as mirror:
        fetcher = Impatient(mirror.address, "qinghe/metadata/timestamp", seconds)
        device = scene.another("qinghe", "liuhe", fetcher=fetcher)
        before = (device.store.held()["qinghe"], device.store.rows(start, channel="qinghe"))
        [failure] = device.step(force=True).failures
        assert failure.channel == "qinghe"
        assert re.search(says, failure.sentence), failure.sentence
        assert (device.store.held()["qinghe"], device.store.rows(start, channel="qinghe")) == before
        assert device.store.held()["liuhe"].number == 3
        assert device.store.verify().bad == ()
        mirror.evil = None
        fetcher.calm()
        assert device.step(force=True).failures == []
        assert device.store.held()["qinghe"].number == 3
        assert device.store.problems() == {}
        fetcher.inner.close()


@pytest.mark.parametrize("status", [404, 500])
def test_a_denial_is_told(scene: Scene, status: int) -> None:
    """What is missing from a tree is told at once; what is out of reach, when it has been so for a day."""
    with Mirror(scene.county.repo, "qinghe/", _status(status)) as mirror:
        device = scene.another("liuhe", "qinghe", fetcher=(fetcher := Impatient(mirror.address)))
        mirror.evil, evil = None, mirror.evil
        assert device.step(force=True).failures == []
        mirror.evil = evil
        device.step(force=True)
        assert ("qinghe" in device.store.problems()) == (status == 404)
        scene.county.clock.pass_time(hours=limits.refresh_hours_max + 1)
        scene.county.publisher.resign()
        device.step()
        assert set(device.store.problems()) == {"qinghe"}
        fetcher.inner.close()
