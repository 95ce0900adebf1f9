"""A visitor asks the hall from the kiosk: how a number stands, giving a ticket back, a person to come."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from content_sync.domain import limits
from content_sync.domain.calendar import Holiday, Table, festivals
from content_sync.domain.hall.rules import HallRules, Opening
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import Position
from content_sync.wire.county import county_bytes
from kiosk.flow import actions
from kiosk.flow.frame import Target
from kiosk.flow.pages.hall import MyNumber, Services
from kiosk.flow.pages.plain import Help
from tests.kiosk import county
from tests.kiosk.app.twins import Kiosk


def press(kiosk: Kiosk, label: str) -> None:
    """Touch the key with this label."""
    found: list[Target] = [t for t in kiosk.glass.frames[-1].targets if t.label == label]
    assert found, f"{label} is not among {[t.label for t in kiosk.glass.frames[-1].targets]}"
    kiosk.act(found[0].action)


def test_a_number_is_tapped_and_the_answer_stands_there(kiosk: Kiosk) -> None:
    """A, 0, 2, 3, 查一下: the agent is asked once; how many are ahead is the largest thing on the glass."""
    kiosk.act(actions.Open(MyNumber()))
    for label in ("A", "0", "2", "3", "查一下"):
        press(kiosk, label)
    (ask,) = kiosk.agent.waiting_asks()
    assert (ask.kind, ask.about) == ("position", "A023")
    assert "正在查" in kiosk.glass.text
    kiosk.agent.decide(
        ask.id, "answered", Position("A023", "huji", "waiting", 4, 0, 6, 19, "按今天最近办完的12位估算。")
    )
    kiosk.later(0.05)
    assert "4 人" in kiosk.glass.text
    assert "大约还要 6—19 分钟" in kiosk.glass.text
    press(kiosk, "再查一次")
    assert len(kiosk.agent.waiting_asks()) == 1
    press(kiosk, "返回")
    assert "再点后面的数字" in kiosk.glass.text


def test_a_paper_with_two_letters(kiosk: Kiosk) -> None:
    """A number of a kiosk's own series is tapped too: A, two letters, K, 001."""
    kiosk.act(actions.Open(MyNumber()))
    for label in ("A", "有两个字母", "AK", "0", "0", "1", "查一下"):
        press(kiosk, label)
    (ask,) = kiosk.agent.waiting_asks()
    assert ask.about == "AK001"


def test_a_booking_is_checked_in(kiosk: Kiosk) -> None:
    """查我的号, 我预约过, 0, 0, 1, 2, 报到: the hall is asked by the code; its number stands there with its service."""
    kiosk.act(actions.Open(MyNumber()))
    for label in ("我预约过，来报到取号", "0", "0", "1", "2", "报到"):
        press(kiosk, label)
    (asked,) = kiosk.agent.waiting_presses()
    assert (asked.code, asked.service) == ("0012", "")
    kiosk.later(limits.press_wait_ms / 1000 + 0.05)
    assert kiosk.agent.pressed(asked.id).state == "waiting"  # no number of the kiosk's own
    kiosk.agent.answer(asked.id, "t" * 16, "A007", 2)
    kiosk.later(0.05)
    assert "A007" in kiosk.glass.text
    assert next(s.name for s in county.county().sites[0].services if s.letter == "A") in kiosk.glass.text
    assert kiosk.agent.pressed(asked.id).service


def test_a_booking_of_a_kiosk_that_is_cut_off(kiosk: Kiosk) -> None:
    """Nobody answers for six seconds: the visitor is sent to the desk, and the press is given up."""
    kiosk.act(actions.Open(MyNumber()))
    for label in ("我预约过，来报到取号", "0", "0", "1", "2", "报到"):
        press(kiosk, label)
    (asked,) = kiosk.agent.waiting_presses()
    kiosk.later(limits.press_patience_seconds + 0.1)
    assert kiosk.agent.pressed(asked.id).state == "refused"
    assert "没有取到号" in kiosk.glass.text


def test_a_kiosk_that_is_cut_off_keeps_the_hours(kiosk: Kiosk) -> None:
    """The last it heard was open until noon: at noon it says when to come again, in the afternoon it goes on."""
    found = county.county()
    halves = (Opening((1, 2, 3, 4, 5), "08:30", "12:00"), Opening((1, 2, 3, 4, 5), "13:30", "17:30"))
    halls = tuple(replace(site, rules=HallRules(opening=halves)) for site in found.sites)
    store = ContentStore(kiosk.folder / "content.db")
    store.put_county(county_bytes(replace(found, sites=halls)))
    store.close()
    kiosk.act(actions.Open(Services()))
    assert "现在不是取号时间" not in kiosk.glass.text
    kiosk.clock.time = kiosk.clock.time.replace(hour=12, minute=5)
    kiosk.later(1)
    assert "现在不是取号时间，今天13:30起可以取号。" in kiosk.glass.text
    kiosk.clock.time = kiosk.clock.time.replace(hour=13, minute=30)
    kiosk.later(1)
    assert "现在不是取号时间" not in kiosk.glass.text


_others = tuple(Holiday(one, f"2026-{n:02}-01", f"2026-{n:02}-01") for n, one in enumerate(festivals, 1) if n != 2)
_amended = Table(2026, "made up for a test", (Holiday("春节", "2026-11-23", "2026-11-24"), *_others), ())


def test_a_kiosk_that_is_cut_off_knows_the_holidays(kiosk: Kiosk) -> None:
    """A table that only the county brought: closed for the feast in Chinese and English, open on the day behind it."""
    found = county.county()
    week = HallRules(opening=(Opening((1, 2, 3, 4, 5), "08:30", "17:30"),))
    halls = tuple(replace(site, rules=week) for site in found.sites)
    store = ContentStore(kiosk.folder / "content.db")
    store.put_county(county_bytes(replace(found, sites=halls, calendar=(_amended,))))
    store.close()
    kiosk.later(1)
    kiosk.act(actions.Open(Services()))
    assert "今天春节放假，大厅不办公。11月25日 08:30起可以取号。" in kiosk.glass.text.replace("\n", "")
    kiosk.act(actions.GoHome())
    assert "今天放假，不取号" in kiosk.glass.text
    kiosk.act(actions.SwitchLanguage("en"))
    kiosk.act(actions.Open(Services()))
    told = kiosk.glass.text.replace("\n", " ")
    assert "closed today for a public holiday: Spring Festival. Numbers again from 25 Nov 08:30." in told
    kiosk.act(actions.GoHome())
    kiosk.clock.time += timedelta(days=2)
    kiosk.later(1)
    kiosk.act(actions.Open(Services()))
    assert "放假" not in kiosk.glass.text
    assert "holiday" not in kiosk.glass.text


@pytest.mark.parametrize(
    ("stands", "said"),
    [("called", "正在叫您"), ("missed", "叫过了"), ("finished", "已经办完了"), ("cancelled", "已经退了")],
)
def test_every_way_a_number_may_stand_is_said(kiosk: Kiosk, stands: str, said: str) -> None:
    """Called says the window first; what is over says what to do next."""
    kiosk.act(actions.AskNumber("A023"))
    (ask,) = kiosk.agent.waiting_asks()
    kiosk.agent.decide(ask.id, "answered", Position("A023", "huji", stands, 0, 3))
    kiosk.later(0.05)
    assert said in kiosk.glass.text
    assert ("3 号窗口" in kiosk.glass.text) == (stands in {"called", "missed"})


def test_without_a_network_nobody_waits_for_an_answer(kiosk: Kiosk) -> None:
    """After a few seconds the screen says to look at the board; a late answer changes nothing."""
    kiosk.act(actions.AskNumber("A023"))
    (ask,) = kiosk.agent.waiting_asks()
    kiosk.later(limits.press_patience_seconds)
    kiosk.later(0.1)
    assert "现在查不到" in kiosk.glass.text
    assert not kiosk.agent.decide(ask.id, "answered", Position("A023"))


def given(kiosk: Kiosk) -> None:
    """A ticket on the glass."""
    kiosk.act(actions.TakeTicket("huji"))
    (ticket,) = kiosk.agent.waiting_presses()
    kiosk.agent.answer(ticket.id, "ticket", "A023", 4)
    kiosk.later(0.05)
    kiosk.later(0.05)


def test_how_long_it_will_take_is_asked_without_a_touch(kiosk: Kiosk) -> None:
    """B1.6: once for the ticket on the glass; the minutes stand below the number, and the next visitor's ask anew."""
    given(kiosk)
    (ask,) = kiosk.agent.waiting_asks()
    assert (ask.kind, ask.about) == ("position", "A023")
    assert "大约还要" not in kiosk.glass.text
    told = Position("A023", "huji", "waiting", 4, 0, 6, 19, "按今天最近办完的12位估算。")
    kiosk.agent.decide(ask.id, "answered", told)
    kiosk.later(0.05)
    assert "大约还要 6—19 分钟" in kiosk.glass.text
    assert "按今天最近办完的12位估算。" in kiosk.glass.text
    kiosk.later(3)
    assert kiosk.agent.waiting_asks() == []
    kiosk.act(actions.Finish())
    kiosk.act(actions.Wake())
    given(kiosk)
    assert len(kiosk.agent.waiting_asks()) == 1


@pytest.mark.parametrize("elder", [False, True])
def test_the_ticket_says_what_the_hall_says_now(kiosk: Kiosk, *, elder: bool) -> None:
    """Two have gone since it was given: one figure stands there, how it was computed too, also in large type."""
    if elder:
        kiosk.act(actions.SwitchElder())
    given(kiosk)
    (ask,) = kiosk.agent.waiting_asks()
    kiosk.agent.decide(
        ask.id, "answered", Position("A023", "huji", "waiting", 2, 0, 3, 9, "按今天最近办完的12位估算。")
    )
    kiosk.later(0.05)
    assert "前面还有 2 人" in kiosk.glass.text
    assert "前面还有 4 人" not in kiosk.glass.text
    assert "按今天最近办完的12位估算。" in kiosk.glass.text.replace("\n", "")


def test_a_ticket_that_is_called_while_it_lies_on_the_glass_says_where_to_go(kiosk: Kiosk) -> None:
    """Nobody sits down who is awaited at a window."""
    given(kiosk)
    (ask,) = kiosk.agent.waiting_asks()
    kiosk.agent.decide(ask.id, "answered", Position("A023", "huji", "called", 0, 3))
    kiosk.later(0.05)
    assert "正在叫您，请到" in kiosk.glass.text
    assert "3 号窗口" in kiosk.glass.text
    assert "前面还有" not in kiosk.glass.text
    assert "请坐下等" not in kiosk.glass.text


def test_a_ticket_is_given_back_after_one_more_question(kiosk: Kiosk) -> None:
    """退号, then 退掉这个号: asked once however often it is pressed, by the press that got the ticket."""
    given(kiosk)
    (known,) = kiosk.agent.waiting_asks()
    kiosk.agent.decide(known.id, "unreached")
    press(kiosk, "退号")
    assert "不要 A023 了？" in kiosk.glass.text
    assert kiosk.agent.waiting_asks() == []
    press(kiosk, "退掉这个号")
    kiosk.act(actions.GiveBack())
    (ask,) = kiosk.agent.waiting_asks()
    assert (ask.kind, ask.about) == ("give-back", kiosk.visit.state.press)
    kiosk.agent.decide(ask.id, "answered", Position("A023", "huji", "cancelled"))
    kiosk.later(0.05)
    assert "A023 已经退了" in kiosk.glass.text


@pytest.mark.parametrize(("state", "reason"), [("refused", "正在办理，不能退号。"), ("unknown", ""), ("unreached", "")])
def test_a_ticket_that_is_not_given_back_stays_on_the_glass(kiosk: Kiosk, state: Any, reason: str) -> None:
    """Whatever went wrong, the number is there again with a sentence: the visitor still has it."""
    given(kiosk)
    press(kiosk, "退号")
    press(kiosk, "退掉这个号")
    (ask,) = [one for one in kiosk.agent.waiting_asks() if one.kind == "give-back"]
    kiosk.agent.decide(ask.id, state, reason=reason)
    kiosk.later(0.05)
    assert "A023" in kiosk.glass.text
    assert f"这个号没有退成。{reason}" in kiosk.glass.text


def test_a_person_is_called_once_and_what_the_desk_says_is_told(kiosk: Kiosk) -> None:
    """请人过来 rings one bell; ringing and coming are said only when the desk said so."""
    kiosk.act(actions.Open(Help()))
    press(kiosk, "请人过来")
    (call,) = kiosk.agent.open_help()
    assert "正在叫帮办台" in kiosk.glass.text
    assert "请人过来" not in [t.label for t in kiosk.glass.frames[-1].targets]
    kiosk.agent.note_help(call.press, "ringing", server_id="h1")
    kiosk.later(0.05)
    assert "铃响了" in kiosk.glass.text
    kiosk.agent.note_help(call.press, "coming", by="周晓梅")
    kiosk.later(0.05)
    assert "周晓梅 正在过来" in kiosk.glass.text


def test_a_desk_that_hears_nothing_is_said_and_the_next_visitor_begins_anew(kiosk: Kiosk) -> None:
    """Cut off, the screen says where to go; whoever comes next sees nothing of the call before."""
    kiosk.act(actions.Open(Help()))
    press(kiosk, "请人过来")
    (call,) = kiosk.agent.open_help()
    kiosk.agent.note_help(call.press, "unreached")
    kiosk.later(0.05)
    assert "帮办台一时叫不到" in kiosk.glass.text
    kiosk.act(actions.Finish())
    kiosk.act(actions.Wake())
    kiosk.act(actions.Open(Help()))
    assert "帮办台一时叫不到" not in kiosk.glass.text


def test_an_agent_that_is_dead_promises_nothing(kiosk: Kiosk) -> None:
    """When nobody carries the call to the desk, “calling” does not stay on the glass: the screen says where to go."""
    kiosk.act(actions.Open(Help()))
    press(kiosk, "请人过来")
    kiosk.later(limits.help_patience_seconds + 1)
    assert "帮办台一时叫不到" in kiosk.glass.text
    assert "正在叫帮办台" not in kiosk.glass.text


def test_who_goes_first_says_why(kiosk: Kiosk) -> None:
    """我要优先, the reason, the service: the press keeps the reason for the window."""
    kiosk.act(actions.Open(Services()))
    press(kiosk, "我要优先")
    press(kiosk, "孕妇")
    press(kiosk, "户口和身份证")
    (waiting,) = kiosk.agent.waiting_presses()
    assert (waiting.priority, waiting.claim) == (1, "pregnant")
