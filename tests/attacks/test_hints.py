"""What the server says of changes is only a hint: forged, lost or mad, it costs a few small questions, and no truth."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest

from content_sync.domain import limits
from content_sync.net.folder import FolderFetcher
from content_sync.net.http import Reply
from content_sync.pull.step import Puller
from tests.attacks.scene import Scene


class Liar:
    """ports.Server that says one thing, whatever is asked; it knows no other question than `/head`."""

    def __init__(self, status: int, value: object, **headers: str) -> None:
        self.reply = Reply(status, headers, value)

    def call(self, _method: str, path: str, _body: object = None, headers: Mapping[str, str] | None = None) -> Reply:
        return self.reply if path.startswith("/head") else Reply(404, {}, None)


class Counted(FolderFetcher):
    """A tree that counts what is asked of it."""

    asked = 0

    def fetch(self, path: str, bytes_max: int) -> bytes:
        self.asked += 1
        return super().fetch(path, bytes_max)

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        self.asked += 1
        return super().stream(path, start, bytes_max)


def _device(scene: Scene, liar: Liar) -> tuple[Puller, Counted]:
    """The device of the scene, with a liar for a server."""
    scene.device.close()
    fetcher = Counted(scene.county.repo)
    scene.device = Puller(scene.folder / "device", ("qinghe",), fetcher, liar, scene.county.clock)
    return scene.device, fetcher


_numbers = [2**31, 2**63, 10**30, -1, 0, False, None, 1.5, "1", "", [], {}]
_mad: dict[str, object] = {
    **{f"the number {number!r}": {"channels": {"qinghe": number}} for number in _numbers},
    "no channel": {"channels": {}},
    "channels nobody follows": {"channels": {"\ud800": 1, "../..": 2, "x" * 100_000: 3}},
}
_nothing: dict[str, object] = {
    "a list of channels": {"channels": []},
    "a list": [],
    "nothing": None,
    "a word": "x",
    "a number": 5,
}


@pytest.mark.parametrize("story", _mad)
def test_a_mad_number_makes_the_device_look(scene: Scene, story: str) -> None:
    """It looks at what is signed, and that alone it believes: edition 2; what it was told is nowhere to be found."""
    device, _ = _device(scene, Liar(200, _mad[story], etag="x"))
    assert device.step().failures == []
    assert device.store.held()["qinghe"].number == 2
    assert device.store.verify().bad == ()


@pytest.mark.parametrize("story", _nothing)
def test_an_answer_that_is_none_is_told(scene: Scene, story: str) -> None:
    """It is the server's failure, nothing changes, and an honest answer ends it."""
    before = scene.seen()
    device, _ = _device(scene, Liar(200, _nothing[story]))
    assert [failure.channel for failure in device.step().failures] == ["_server"]
    assert scene.seen() == before
    device, _ = _device(scene, Liar(200, {"channels": {"qinghe": 2}}))
    assert device.step().failures == []
    assert device.store.problems() == {}


@pytest.mark.parametrize("said", ["\x1b[2J\x1b]0;x\x07", "\ud800", "x" * 2_000_000])
def test_a_servers_words_are_only_words(scene: Scene, said: str) -> None:
    """Whatever a refusal says is stored and shown as one readable sentence of bounded length."""
    device, _ = _device(scene, Liar(403, {"error": {"code": "x", "message": said, "detail": ""}}))
    [failure] = device.step().failures
    assert failure.sentence.isprintable()
    assert 0 < len(failure.sentence) <= limits.quoted_chars_max
    assert device.store.problems() == {"_server": failure.sentence}


@pytest.mark.parametrize("liar", [Liar(304, None), Liar(200, {"channels": {"qinghe": 1}}, etag="x")])
def test_a_lost_hint_is_made_up_for_daily(scene: Scene, liar: Liar) -> None:
    """A server that says for ever that nothing changed is believed for less than a day."""
    device, _ = _device(scene, liar)
    device.step()
    scene.county.clock.at += timedelta(hours=limits.refresh_hours_max)
    assert device.step().failures == []
    assert device.store.held()["qinghe"].number == 2


def test_a_flood_of_forged_hints_costs_little(scene: Scene) -> None:
    """Each makes the device look at roots and timestamps, four small files; nothing is fetched twice."""
    device, fetcher = _device(scene, Liar(200, {"channels": {"qinghe": 999}}, etag="x"))
    device.step()
    fetcher.asked = 0
    for _ in range(10):
        assert device.step().failures == []
    assert fetcher.asked == 10 * 4
