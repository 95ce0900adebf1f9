"""The hall's questions and the records, each when its time has come."""

from pathlib import Path

import pytest

from content_sync.agent.device import Device
from content_sync.agent.rounds import Rounds
from content_sync.domain import limits
from content_sync.domain.records import Record
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from tests.content_sync.small_disk import mounted
from tests.content_sync.world import Counter, Hall, HandClock, start

_seed = b"s" * 32
_beat = ("POST", "/records")
_asked = [("GET", "/queue"), ("GET", "/services")]


class Scene:
    """A device's rounds, one a second, before a hall that writes down what it is asked."""

    def __init__(self, folder: Path, kind: str = "lcd", site: str = "hall") -> None:
        self.hall, self.desk, self.second = Hall(), DeskStore(folder / "desk.db"), 0
        device = Device(server="x", device="k1", token="t", site=site, kind=kind, channels=())
        self.rounds = Rounds(folder, device, _seed, self.hall, HandClock(), Counter(), lambda: 1.0)

    def run(self, seconds: int, *, live: bool = True, hinted: bool = False) -> list[tuple[str, str]]:
        """What the hall was asked in so many seconds; `hinted`: there is a hint in the first one."""
        self.hall.calls.clear()
        for passed in range(seconds):
            self.rounds.go(float(self.second), hinted=hinted and not passed, live=live)
            self.second += 1
        return list(self.hall.calls)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """A board in a hall that has said what it had to say."""
    scene = Scene(tmp_path)
    scene.run(1)
    return scene


def test_without_a_live_line_the_hall_is_asked_often(scene: Scene) -> None:
    """Every quarter of a minute, a little more or less."""
    questions = scene.run(180, live=False)
    assert questions.count(_asked[0]) in {9, 10}


def test_with_a_live_line_just_often_enough(scene: Scene) -> None:
    """Nothing happens and little is asked, yet no number on screen grows too old."""
    assert scene.run(111) == _asked
    assert limits.hall_poll_seconds_live < limits.queue_fresh_seconds
    assert scene.run(1, hinted=True) == _asked
    assert scene.run(109) == []


def test_a_device_without_a_hall_is_silent(tmp_path: Path) -> None:
    """In an hour with a live line it says once that it is well."""
    scene = Scene(tmp_path, site="")
    assert scene.run(10) == [_beat]
    assert scene.run(3_580) == []
    assert scene.run(330) == [_beat]


def test_without_a_live_line_it_says_that_it_lives(tmp_path: Path) -> None:
    """Then nothing else shows the server that the device is there."""
    assert Scene(tmp_path, site="").run(901, live=False) == [_beat] * 4


def test_what_is_new_is_told_within_one_beat(tmp_path: Path) -> None:
    """A channel that stopped syncing is news, live line or not."""
    from content_sync.storage.content import ContentStore

    scene = Scene(tmp_path, site="")
    scene.run(10)
    store = ContentStore(tmp_path / "content.db")
    store.put_problem("qinghe", "Its tree is incomplete.", start)
    store.close()
    assert scene.run(limits.heartbeat_seconds) == [_beat]
    assert scene.run(limits.heartbeat_seconds) == []


def test_what_a_person_did_goes_at_once_and_takes_the_rest_along(scene: Scene) -> None:
    """The log of what was shown waits for its turn; an opinion does not."""
    scene.run(60)
    scene.desk.add_record(Record("d", "display", "k1", start.isoformat(), {"item": "a"}))
    assert _beat not in scene.run(120)
    scene.desk.add_record(Record("o", "opinion", "k1", start.isoformat(), {"text": "好"}))
    assert scene.run(2)[:1] == [_beat]
    assert {"d", "o"} <= set(scene.hall.records)


def test_the_display_log_is_not_forgotten(tmp_path: Path) -> None:
    """Without anything else to say it goes with the next beat, and soon after when that try is cut off."""
    scene = Scene(tmp_path, site="")
    scene.run(1)
    scene.desk.add_record(Record("d", "display", "k1", start.isoformat(), {"item": "a"}))
    scene.run(limits.heartbeat_seconds - 10)
    assert "d" not in scene.hall.records
    scene.hall.lost = ["before"]
    assert scene.run(20) == [_beat]
    assert "d" not in scene.hall.records
    assert scene.run(40) == [_beat]
    assert "d" in scene.hall.records


def test_a_dead_server_is_asked_more_and_more_rarely(scene: Scene) -> None:
    """One question a round, and pauses that grow to two minutes."""
    scene.hall.lost = ["before"] * 999
    asked = len(scene.run(1_200, live=False))
    assert 10 <= asked <= 30
    scene.hall.lost = []
    assert len(scene.run(200, live=False)) > 10


@pytest.mark.parametrize("restarted", [False, True])
def test_a_full_disk_is_told_although_no_outbox_takes_it(tmp_path: Path, restarted: bool) -> None:
    """The heartbeat reaches the hall page, once a beat, and stops no round; with room it is one like any other."""
    with mounted(tmp_path / "disk", 8_000_000) as disk:
        ContentStore(disk.folder / "content.db").close()
        DeskStore(disk.folder / "desk.db").close()
        scene = None if restarted else Scene(disk.folder)
        disk.leave(0)
        scene = scene or Scene(disk.folder)
        assert scene.run(1, live=False) == [("GET", "/queue"), _beat, ("GET", "/services")]
        assert [record["body"]["disk"] for record in scene.hall.records.values()] == ["full"]
        assert _beat not in scene.run(limits.heartbeat_seconds - 10, live=False)
        assert scene.run(20, live=False).count(_beat) == 1
        disk.tidy()
        scene.run(limits.heartbeat_seconds, live=False)
        assert "full" not in list(scene.hall.records.values())[-1]["body"].values()
        assert scene.desk.waiting_records(9) == []
