"""A board over time, on real stores that the agent's hand changes meanwhile."""

import logging
from datetime import timedelta
from itertools import pairwise

import pytest

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.items import Answer, Emergency
from content_sync.storage.desk import Call, ServiceState, WindowState
from kiosk.board.players import LcdPlayer, LedPlayer
from kiosk.board.reading import Reading, site_named
from kiosk.board.watching import Watch
from kiosk.flow.board import led_panel
from kiosk.flow.board.layouts import layout, usual
from kiosk.flow.frame import Box, Frame, Text
from kiosk.typeset.measuring import FontMeasure
from tests.content_sync.making import item
from tests.kiosk.board.making import Device, StandingClock

_measure = FontMeasure()
_answer = item(id="a-1", kind="answer", body=Answer("没有饮水机", "doing", (Block("p", "已报修。"),), "43"))


def _words(frame: Frame) -> str:
    return "\n".join(line for mark in frame.marks if isinstance(mark, Text) for line in mark.lines)


class Glass:
    """What a watched board drew, newest last."""

    def __init__(self, reading: Reading, clock: StandingClock) -> None:
        self.frames: list[Frame] = []
        self.watch = Watch(
            reading, LcdPlayer(reading, _measure, lambda _: layout("hall")), clock, "lcd", self.frames.append
        )
        self.watch.step()

    @property
    def words(self) -> str:
        """Everything written on it now."""
        return _words(self.frames[-1])


@pytest.fixture
def glass(device: Device, reading: Reading, clock: StandingClock) -> Glass:
    """A board with one notice and one answer."""
    device.publish([item(title="甲通知"), _answer])
    return Glass(reading, clock)


def test_a_board_shows_what_the_store_holds_for_its_own_site(glass: Glass, device: Device) -> None:
    """Notice, answer, the phone of the site that device.json names, and as of when (promise 6)."""
    for expected in ("甲通知", "没有饮水机", "监督电话 0000-1234567", "内容截至 今天 9:38", "县民政局"):
        assert expected in glass.words
    assert site_named(device.folder) == "hall"
    assert site_named(device.folder / "nowhere") == ""


def test_a_board_cut_off_tells_no_old_calls_and_counts(glass: Glass, device: Device, clock: StandingClock) -> None:
    """Yesterday's call is over, and a count the server has not said for a while is not told."""
    said = (clock.now() - timedelta(minutes=1)).isoformat()
    device.agents_desk.put_services([ServiceState("huji", "A", "户口和身份证", True, 6, said)])
    device.call(("A012", 3), at=(clock.now() - timedelta(days=1)).isoformat())
    clock.pass_by(1)
    glass.watch.step()
    assert "A012" not in glass.words
    assert "6 人" in glass.words
    clock.pass_by(3_600)
    glass.watch.step()
    assert "6 人" not in glass.words
    assert "可以取号" in glass.words


def test_a_call_is_on_the_glass_at_the_next_look(glass: Glass, device: Device, clock: StandingClock) -> None:
    """One step after desk.db changed the number is drawn, lit, and named on the glass with its place."""
    device.call(("A012", 3))
    clock.pass_by(0.05)
    glass.watch.step()
    assert "A012" in glass.words
    seen = device.agents_desk.glass()
    assert seen is not None
    assert {"A012", "3号"} <= {target[0] for target in seen.targets}
    lit = len(glass.frames)
    for _ in range(80):
        clock.pass_by(0.05)
        glass.watch.step()
    assert len(glass.frames) - lit == 5  # dark, lit, dark, lit, dark: then still


def test_a_still_picture_is_not_drawn_again(glass: Glass, clock: StandingClock) -> None:
    """Between two changes nothing is drawn, whatever the number of looks."""
    drawn = len(glass.frames)
    for _ in range(100):
        clock.pass_by(0.01)
        glass.watch.step()
    assert len(glass.frames) == drawn


def test_a_withdrawn_item_leaves_while_it_is_on_the_glass(glass: Glass, device: Device, clock: StandingClock) -> None:
    """Hiding is obeyed at the next look, not at the next page (promise 3)."""
    device.agent.hide("qinghe", ["n-1"])
    clock.pass_by(0.05)
    glass.watch.step()
    assert "甲通知" not in glass.words
    assert "没有饮水机" in glass.words


def test_an_item_leaves_at_the_instant_of_its_end(device: Device, reading: Reading, clock: StandingClock) -> None:
    """Also between two minutes, and a clock set back does not bring it back (promise 5)."""
    device.publish([item(title="到点就走", shown_until="2026-11-24T09:42:07+08:00")])
    glass = Glass(reading, clock)
    assert "到点就走" in glass.words
    clock.pass_by(7)
    glass.watch.step()
    assert "到点就走" not in glass.words
    device.agent.note_as_of("qinghe", "2026-11-24T10:00:00+08:00")
    clock.pass_by(-3600 * 24 * 365)
    glass.watch.step()
    assert "到点就走" not in glass.words


def test_an_emergency_is_there_at_the_next_look_and_gone_by_itself(
    glass: Glass, device: Device, clock: StandingClock
) -> None:
    """It takes the board without waiting for the page, and leaves at its end without any sync (CAT-17)."""
    alarm = item(
        id="e-1",
        kind="emergency",
        title="洪水",
        shown_until="2026-11-24T09:45:00+08:00",
        body=Emergency("red", "洪水", "上涨", "转移", "往高处走"),
    )
    device.publish([item(title="甲通知"), _answer, alarm])
    clock.pass_by(0.05)
    glass.watch.step()
    assert "往高处走" in glass.words
    assert "没有饮水机" in glass.words
    clock.pass_by(180)
    glass.watch.step()
    assert "往高处走" not in glass.words
    assert "甲通知" in glass.words


@pytest.mark.parametrize("damaged", ["n-1", "n-2"])
def test_a_body_that_is_not_what_was_approved_is_never_drawn(
    device: Device, reading: Reading, clock: StandingClock, damaged: str
) -> None:
    """Damage between reading and drawing takes the story out of the round instead of showing it (promise 4)."""
    device.publish([item(id="n-1", title="甲通知"), item(id="n-2", title="乙通知", dated="2026-11-19")])
    assert len(reading.stories(clock.now())) == 2
    found = reading.content.item
    reading.content.item = lambda name, at: None if name == damaged else found(name, at)  # type: ignore[method-assign]  # the disk's part
    glass = Glass(reading, clock)
    assert ("甲通知" in glass.words, "乙通知" in glass.words) == (damaged == "n-2", damaged == "n-1")


def test_a_failure_leaves_the_last_picture_and_is_tried_again(
    glass: Glass, reading: Reading, clock: StandingClock, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever breaks, the glass keeps the last good frame, and a second later the board goes on (promise 7)."""
    drawn, versions = len(glass.frames), reading.versions
    reading.versions = lambda: 1 // 0  # type: ignore[method-assign,assignment,return-value]  # the disk's part
    clock.pass_by(60)
    with caplog.at_level(logging.ERROR):
        glass.watch.step()
    assert len(glass.frames) == drawn
    assert "last picture stays" in caplog.text
    reading.versions = versions  # type: ignore[method-assign]  # mended
    clock.pass_by(0.5)
    glass.watch.step()
    assert len(glass.frames) == drawn
    clock.pass_by(0.5)
    glass.watch.step()
    assert len(glass.frames) == drawn + 1


def test_the_display_log_says_what_was_on_the_glass_from_when_to_when(
    glass: Glass, device: Device, clock: StandingClock
) -> None:
    """Page, answer and their hashes, closed when the picture changes and at the end (promise 17)."""
    shown = dict(glass.frames[-1].shown)
    clock.pass_by(50)
    glass.watch.step()
    clock.pass_by(50)
    glass.watch.end()
    records = [record.body for record in device.agents_desk.waiting_records(10) if record.kind == "display"]
    assert {(r["item"], r["hash"], r["screen"]) for r in records} == {(i, h, "lcd") for i, h in shown.items()}
    assert {(r["start"], r["end"]) for r in records} == {
        ((clock.now() - timedelta(seconds=100)).isoformat(), clock.now().isoformat())
    }


def test_a_clock_far_behind_neither_empties_the_board_nor_shows_the_time(
    glass: Glass, device: Device, clock: StandingClock
) -> None:
    """With the clock in 2000 the notices stay, the wrong time is not shown, the days are counted truly (OFF-04)."""
    device.agent.note_as_of("qinghe", "2026-11-24T09:38:00+08:00")
    clock.at = clock.at.replace(year=2000)
    glass.watch.step()
    assert "甲通知" in glass.words
    assert "内容截至 今天 9:38" in glass.words
    assert "9:42" not in glass.words.split("\n")


def test_the_led_board_goes_on_by_itself_and_a_call_breaks_in(
    device: Device, reading: Reading, clock: StandingClock
) -> None:
    """Pages follow each other through the whole round; a call stands alone for its seconds."""
    device.publish([item(title="甲通知"), _answer])
    player, seen = LedPlayer(reading, _measure, led_panel.panel("192x64")), set[str]()
    for _ in range(60):
        frame, until = player.frame(clock.now())
        assert until > clock.now()
        seen.add(_words(frame))
        clock.at = until
    for expected in ("通知\n甲通知", "监督电话\n0000-1234567", "内容截至\n今天 9:38", "您说的 正在办\n1/2\n没有饮水机"):
        assert any(words.startswith(expected) or expected.replace("\n甲", "\n1/2\n甲") in words for words in seen)
    device.call(("A012", 3))
    assert _words(player.frame(clock.now())[0]) == "A012\n→ 3号窗口"
    assert "A012" not in _words(player.frame(clock.pass_by(10))[0])


def test_blanked_boards_drop_all_content_at_the_next_look(glass: Glass, device: Device, clock: StandingClock) -> None:
    """Notice, answer and even an emergency go; calls, phone and clock stay, through a restart too; the log says so."""
    alarm = item(id="e-1", kind="emergency", title="洪水", body=Emergency("red", "洪水", "上涨", "转移", "往高处走"))
    device.call(("A012", 3))
    device.blank("2026-11-24T09:42:01+08:00")
    clock.pass_by(0.05)
    glass.watch.step()
    assert "甲通知" not in glass.words
    assert "没有饮水机" not in glass.words
    for expected in ("A012", "监督电话 0000-1234567", "9:42", "公开内容正在核对", "有话请对我们说"):
        assert expected in glass.words
    device.publish([item(title="甲通知"), _answer, alarm])
    clock.pass_by(0.05)
    glass.watch.step()
    assert "洪水" not in glass.words
    assert glass.frames[-1].shown == (("", "blank"),)
    content, desk = device.content(), device.desk()
    again = LedPlayer(Reading(content, desk, "hall"), _measure, led_panel.panel("192x64")).frame(clock.pass_by(15))[0]
    content.close()
    desk.close()
    assert again.shown == (("", "blank"),)
    assert "甲通知" not in _words(again)
    device.blank("")
    clock.pass_by(0.05)
    glass.watch.step()
    assert "洪水" in glass.words
    told = [r.body for r in device.agents_desk.waiting_records(20) if r.kind == "display" and r.body["screen"] == "lcd"]
    assert [(body["item"], body["hash"]) for body in told if not body["item"]] == [("", "blank")]
    (blank,) = (body for body in told if not body["item"])
    assert [body["end"] for body in told if body["item"]] == [blank["start"]] * 2  # no gap before it: both left at once


def test_at_night_a_board_is_dark_but_not_dead(glass: Glass, device: Device, clock: StandingClock) -> None:
    """A clock, the hall and the phone; an emergency is shown all the same; in the morning it goes on by itself."""
    clock.pass_by(12 * 3600)
    glass.watch.step()
    assert glass.frames[-1].name == "lcd-night"
    assert glass.frames[-1].shown == (("", "quiet"),)
    for expected in ("21:42", "清河县政务服务大厅", "0000-1234567"):
        assert expected in glass.words
    assert "甲通知" not in glass.words
    alarm = item(id="e-1", kind="emergency", title="洪水", body=Emergency("red", "洪水", "上涨", "转移", "往高处走"))
    device.publish([item(title="甲通知"), _answer, alarm])
    clock.pass_by(0.05)
    glass.watch.step()
    assert "洪水" in glass.words
    device.publish([item(title="甲通知"), _answer])
    clock.pass_by(9 * 3600)
    glass.watch.step()
    assert "甲通知" in glass.words


def test_a_clerk_who_sits_down_is_on_the_boards_at_the_next_look(
    device: Device, reading: Reading, clock: StandingClock
) -> None:
    """Name, post and duties at the window's own board and on the wall; 暂停服务 when the clerk leaves (GUI-05)."""
    shown = {
        name: LcdPlayer(reading, _measure, lambda _, name=name: layout(name, window=3))  # type: ignore[misc]
        for name in ("window", "plates")
    }
    plate = ("陈静", "户籍民警", "受理身份证申领")
    for state, told in (("open", plate), ("paused", ("", "", "")), ("open", plate)):
        device.agents_desk.put_queue([], [], [WindowState(3, "身份证窗口", state, *told)])
        for name, player in shown.items():
            words = _words(player.frame(clock.pass_by(0.05))[0])
            assert ("暂停服务" in words) == (state == "paused"), name
            assert all(part in words for part in told), name
            assert "监督电话 0000-1234567" in words
            assert "有话请对我们说" in words


def test_the_wall_turns_its_pages_and_stays_long_enough(device: Device, reading: Reading, clock: StandingClock) -> None:
    """Eleven plates: every one is seen in a round, each page stays its characters ÷ reading speed, boards agree."""
    device.agents_desk.put_queue(
        [], [], [WindowState(n, "窗口", "open", f"陈静{n}", "民警", "受理身份证申领、换领、补领") for n in range(1, 12)]
    )
    player, other = (LcdPlayer(reading, _measure, lambda _: layout("plates")) for _ in range(2))
    seen: set[str] = set()
    for _ in range(200):
        frame, until = player.frame(clock.now())
        assert until - clock.now() <= timedelta(minutes=1)
        assert frame == other.frame(clock.now())[0]
        seen |= {word for word in _words(frame).split() if word.startswith("陈静")}
        clock.at = until
    assert seen == {f"陈静{n}" for n in range(1, 12)}


def test_a_number_called_again_flashes_again(glass: Glass, device: Device, clock: StandingClock) -> None:
    """A recall is a new calling: it flashes as the first did and stands first; one told again does not."""

    def told(call: str, at: str, times: int) -> Call:
        return Call("A012", 3, "", "huji", at, "called", call, times)

    def lit() -> bool:
        clock.pass_by(0.05)
        glass.watch.step()
        return any(isinstance(mark, Box) and mark.fill == "lamp" for mark in glass.frames[-1].marks)

    other = Call("B001", 1, "", "huji", "2026-11-24T09:30:00+08:00", "called", "d-6")
    for calls, expected in (
        ([told("d-5", "2026-11-24T09:00:00+08:00", 1)], True),
        ([told("d-5", "2026-11-24T09:00:00+08:00", 1)], False),
        ([other, told("d-5", "2026-11-24T09:00:00+08:00", 1)], True),
        ([told("d-7", "2026-11-24T09:41:00+08:00", 2), other], True),
    ):
        device.agents_desk.put_queue(calls, [])
        assert lit() == expected
        clock.pass_by(4)
        glass.watch.step()


def test_a_board_that_was_off_catches_up_and_agrees(device: Device, reading: Reading, clock: StandingClock) -> None:
    """What was called while it was off stands there at once, calm and in the same order as on its neighbour."""
    device.publish([item(title="甲通知"), _answer])
    neighbour = Glass(reading, clock)
    for count in (1, 2, 3):
        calls = [Call(f"A00{n}", n, "", "huji", f"2026-11-24T09:4{n}:00+08:00", "called", f"d-{n}") for n in (3, 2, 1)]
        device.agents_desk.put_queue(calls[3 - count :], [])
        clock.pass_by(60)
        neighbour.watch.step()
    content, desk = device.content(), device.desk()
    late = Glass(Reading(content, desk, "hall"), clock)
    content.close()
    desk.close()
    clock.pass_by(4)
    neighbour.watch.step()
    calls = [[line for line in glass.words.split() if line.startswith("A00")] for glass in (neighbour, late)]
    assert calls == [["A003", "A002", "A001"]] * 2


def test_at_night_lamps_show_the_time_and_a_warning(device: Device, reading: Reading, clock: StandingClock) -> None:
    """A small clock, in its turn the supervision phone, nothing else; an emergency is shown all the same (OFF-07)."""
    device.publish([item(title="甲通知"), _answer])
    player, seen = LedPlayer(reading, _measure, led_panel.panel("64x32")), set[str]()
    clock.pass_by(12 * 3600)
    for _ in range(150):
        frame, _ = player.frame(clock.pass_by(1))
        seen |= set(_words(frame).split())
        assert frame.shown == (("", "quiet"),)
    assert seen == {"21:42", "21:43", "21:44", "监督电话", "0000-", "1234567"}
    alarm = item(id="e-1", kind="emergency", title="洪水", body=Emergency("red", "洪水", "上涨", "转移", "往高处走"))
    device.publish([item(title="甲通知"), _answer, alarm])
    assert player.frame(clock.pass_by(1))[0].shown[0][0] == "e-1"


_busy = [item(id=f"n-{n}", title=f"第{n}号通知", summary="低保、特困、残疾人家庭来领。" * 3) for n in range(20)]
_flood = item(id="e-1", kind="emergency", title="洪水", body=Emergency("red", "洪水", "上涨", "转移", "往高处走" * 40))


@pytest.mark.parametrize("size", ["192x64", "64x32", "320x32"])
@pytest.mark.parametrize("state", ["day", "night", "cut off", "1970", "blanked", "emergency", "emergency at night"])
def test_the_supervision_phone_comes_round_within_a_minute_or_so(
    device: Device, reading: Reading, clock: StandingClock, state: str, size: str
) -> None:
    """SUP-04: lamps show one thing at a time; whatever the state, the phone is one of them again and again."""
    device.publish([*_busy, *([_flood] if state.startswith("emergency") else [])])
    player = LedPlayer(reading, _measure, led_panel.panel(size))
    if state == "1970":
        device.agent.note_as_of("qinghe", "2026-11-24T09:41:00+08:00")
        clock.at = clock.at.replace(year=1970, month=1, day=1, hour=0, minute=0)
    if state == "blanked":
        device.blank("2026-11-24T09:41:00+08:00")
    clock.pass_by({"cut off": 72 * 3600, "emergency at night": 12 * 3600, "night": 12 * 3600}.get(state, 0))
    seen = [second for second in range(900) if "1234567" in _words(player.frame(clock.pass_by(1))[0])]
    gaps = [later - earlier for earlier, later in pairwise([0, *seen, 900])]
    assert max(gaps) <= limits.led_own_seconds_max + 4 * limits.led_dwell_seconds_min


def test_a_clock_that_lost_its_time_makes_no_night(glass: Glass, device: Device, clock: StandingClock) -> None:
    """A box whose battery died wakes up at midnight of 1970: the hall's board is not dark (promise 7)."""
    device.agent.note_as_of("qinghe", "2026-11-24T09:41:00+08:00")
    clock.at = clock.at.replace(year=1970, month=1, day=1, hour=0, minute=0)
    glass.watch.step()
    assert glass.frames[-1].name == "lcd"
    assert "甲通知" in glass.words


def test_a_hall_without_tickets_has_the_board_of_a_reading_room(device: Device, clock: StandingClock) -> None:
    """Told no layout, a board follows its site: no calls where no tickets are taken, also when that changes."""
    device.publish([item(title="甲通知"), _answer])
    content, desk = device.content(), device.desk()
    player = LcdPlayer(Reading(content, desk, "other"), _measure, lambda site: layout(usual(site)))
    frame = player.frame(clock.now())[0]
    assert frame.name == "lcd-notices"
    assert "甲通知" in _words(frame)
    assert "没有饮水机" in _words(frame)
    assert "到窗口" not in _words(frame)
    content.close()
    desk.close()
    assert usual(None) == "hall"


def test_a_windows_own_call_flashes_in_its_own_time_whoever_is_called_next(
    device: Device, reading: Reading, clock: StandingClock
) -> None:
    """Another window calls 0.3 s later: this window's board still changes every half second, and stops after three."""
    drawn: list[tuple[float, bool]] = []
    begin = clock.now()

    def draw(frame: Frame) -> None:
        lit = any(isinstance(mark, Box) and mark.fill == "lamp" for mark in frame.marks)
        drawn.append((round((clock.now() - begin).total_seconds(), 2), lit))

    watch = Watch(reading, LcdPlayer(reading, _measure, lambda _: layout("window", window=3)), clock, "lcd", draw)
    watch.step()
    calls = [Call("A012", 3, "", "huji", begin.isoformat(), "called", "d-1")]
    device.agents_desk.put_queue(calls, [])
    for step in range(1, 100):
        clock.pass_by(0.05)
        if step == 7:
            device.agents_desk.put_queue([Call("B007", 1, "", "huji", begin.isoformat(), "called", "d-2"), *calls], [])
        watch.step()
    assert drawn == [(0, False), *((0.05 + 0.5 * n, n % 2 == 0) for n in range(6))]
