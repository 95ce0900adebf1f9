"""Somebody holds the world still: old but valid metadata is replayed for ever, so that nobody hears of anything new.

It cannot be told from a quiet office at first. So the signed `as_of` stands still and says so on screen, after some
days a banner does, and after 60 days nothing of it is accepted any more; the screen keeps what it has (promise 6).
"""

from datetime import datetime, timedelta

import pytest

from content_sync.domain import limits
from content_sync.pull.clocking import believed
from kiosk.flow.board.moments import as_of_words, is_stale
from tests.attacks.scene import Scene
from tests.content_sync.world import HandClock


@pytest.mark.parametrize(
    ("days", "words", "stale"),
    [
        (limits.fresh_days_warn - 1, "内容截至", False),
        (limits.fresh_days_warn, "3 天前", False),
        (limits.fresh_days_alarm, "请以窗口为准", True),
        (limits.timestamp_days - 1, "请以窗口为准", True),
    ],
)
def test_a_replay_makes_nothing_look_fresh(scene: Scene, days: int, words: str, stale: bool) -> None:
    """However often the same state is served, the page says as of when it is true, and then that it is too old."""
    scene.step()
    as_of = scene.device.store.held()["qinghe"].as_of
    for _ in range(3):
        scene.county.clock.pass_time(days=days / 3)
        assert scene.step().failures == []
    assert scene.device.store.held()["qinghe"].as_of == as_of
    assert words in as_of_words(as_of, scene.county.clock.now())
    assert is_stale(as_of, scene.county.clock.now()) == stale


def test_after_sixty_days_nothing_of_it_is_accepted(scene: Scene) -> None:
    """The hard cap: the server is told apart from a living one, and the display goes on."""
    scene.step()
    before = scene.seen()
    for _ in range(4):
        scene.county.clock.pass_time(days=limits.timestamp_days / 4, minutes=30)
        failures = scene.step().failures
    assert {failure.channel for failure in failures} == {"_directory", "qinghe"}
    assert all("must sign it again" in failure.sentence and failure.integrity for failure in failures)
    assert scene.seen() == before
    assert set(scene.device.store.problems()) == {"_directory", "qinghe"}
    scene.county.publisher.resign()
    assert scene.step().failures == []
    assert scene.device.store.held()["qinghe"].as_of > before[0]["qinghe"].as_of  # type: ignore[index]


def test_a_clock_set_back_opens_no_door(scene: Scene) -> None:
    """A village box whose battery died is at 1970: time is never before the newest signed one, and status says so."""
    device = scene.county.device(
        scene.folder / "device", "qinghe", clock=(clock := HandClock(scene.county.clock.now()))
    )
    assert device.step(force=True).failures == []
    floor = device.store.floor()
    assert floor is not None
    clock.at = datetime.fromisoformat("1970-01-01T00:00:00+08:00")
    scene.offer(scene.folder / "old")
    [failure] = device.step(force=True).failures
    assert "older than what this device has" in failure.sentence
    kept = device.store.floor()  # it grows with the seconds that really pass
    at = believed(clock.now(), kept, None)
    assert (at.now, at.doubtful) == (kept, True)
    assert kept is not None
    assert kept >= floor


def test_a_clock_far_ahead_thaws_no_frozen_server(scene: Scene) -> None:
    """A doubtful clock lets newer metadata in, never the replayed one: that stays refused, and healed by a new one."""
    scene.step()
    device = scene.county.device(
        scene.folder / "device", "qinghe", clock=(clock := HandClock(scene.county.clock.now()))
    )
    clock.at += timedelta(days=limits.timestamp_days + limits.clock_jump_days_max)
    assert {failure.channel for failure in device.step(force=True).failures} == {"_directory", "qinghe"}
    scene.county.clock.pass_time(days=1)
    scene.county.publisher.resign()
    assert device.step(force=True).failures == []
