"""When tickets are given, and that whoever gets none is told whom to ask and when to come again."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.clock import place
from content_sync.domain.calendar import Calendar, Holiday, Table, calendar_of
from content_sync.domain.errors import BadInput
from content_sync.domain.hall.deciding import decided, written
from content_sync.domain.hall.opening import (
    DayOff,
    Given,
    Standing,
    at_kiosk,
    checked,
    day_off,
    holds,
    hours,
    in_words,
    standing,
)
from content_sync.domain.hall.rules import HallRules, Opening, usual

week = (1, 2, 3, 4, 5)
rules = HallRules(opening=(Opening(week, "08:30", "12:00"), Opening(week, "13:30", "17:30")), last_ticket_minutes=20)


def at(text: str) -> datetime:
    """An instant of the last week of November 2026; the 27th is a Friday."""
    return datetime.fromisoformat(f"2026-11-{text}:00").replace(tzinfo=place)


@pytest.mark.parametrize(
    ("now", "is_open", "until", "said"),
    [
        ("27T08:29", False, "27T08:30", "现在不是取号时间，今天08:30起可以取号。"),
        ("27T08:30", True, "27T11:40", ""),
        ("27T11:39", True, "27T11:40", ""),
        ("27T11:40", False, "27T13:30", "快到下班时间，已停止取号，今天13:30起可以再取；有急事请到一楼服务台。"),
        ("27T12:00", False, "27T13:30", "现在不是取号时间，今天13:30起可以取号。"),
        ("27T17:09", True, "27T17:10", ""),
        ("27T17:10", False, "30T08:30", "11月30日（星期一）08:30起可以再取"),
        ("27T18:00", False, "30T08:30", "11月30日（星期一）08:30起可以取号"),
        ("29T23:59", False, "30T08:30", "明天08:30起可以取号"),
    ],
)
def test_the_hours(now: str, is_open: bool, until: str, said: str) -> None:  # a table
    """Open in the hours, closed for the last minutes, over lunch, at night and over the weekend; always with a word."""
    found = hours(rules, at(now), "一楼服务台")
    assert (found.open, found.until) == (is_open, at(until).isoformat())
    assert said in found.why
    assert found.open == (found.why == "")


def test_a_hall_that_decided_nothing() -> None:
    """Without opening times tickets are given at all hours."""
    assert hours(usual, at("29T03:00")) == Standing(open=True)


def test_times_that_touch_are_one() -> None:
    """Nobody is refused at noon because the day was written in two halves."""
    halves = HallRules(
        opening=(Opening(week, "12:00", "24:00"), Opening(week, "08:00", "12:00")), last_ticket_minutes=30
    )
    assert hours(halves, at("27T11:50")).until == at("27T23:30").isoformat()


@pytest.mark.parametrize(
    ("given_out", "said", "until"),
    [
        (Given(4999, 9), "", "27T11:40"),
        (Given(5000, 9), "今天的号已经取完，11月30日（星期一）08:30起可以再取；有急事请到帮办台。", "30T08:30"),
        (Given(10, 10), "“社保”今天的号已经取完", "30T08:30"),
        (Given(1, 1, paused=True), "“社保”现在暂停取号，请到帮办台。", ""),
    ],
)
def test_a_full_or_paused_service(given_out: Given, said: str, until: str) -> None:
    """A full hall, a full service and a paused one each say so; the full ones know when they give tickets again."""
    found = standing(rules, at("27T09:00"), "社保", 10, given_out)
    assert said in found.why
    assert found.open == (not said)
    assert found.until == (at(until).isoformat() if until else "")


def test_no_capacity_is_no_bound() -> None:
    """A service whose capacity is 0 is bounded by the hall alone; an always open one begins anew tomorrow."""
    assert standing(usual, at("27T09:00"), "社保", 0, Given(4999, 4999)).open
    assert standing(usual, at("27T09:00"), "社保", 5, Given(5, 5)).until == at("28T00:00").isoformat()


def test_what_a_cut_off_kiosk_believes() -> None:
    """A refusal holds until its time, or for its day; then the kiosk opens by itself."""
    full, paused = Standing(open=False, why="满", until=at("28T00:00").isoformat()), Standing(open=False, why="停")
    heard = at("27T09:00").isoformat()
    assert at_kiosk(rules, full, heard, at("27T23:59")) == full
    assert holds(full, heard, at("27T23:59"))
    assert not holds(full, heard, at("28T00:00"))
    assert at_kiosk(usual, paused, heard, at("27T18:00")) == paused
    assert at_kiosk(rules, paused, heard, at("30T08:30")).open
    open_then = Standing(open=True, until=at("27T11:40").isoformat())
    assert at_kiosk(rules, open_then, heard, at("27T09:01")).open
    assert "今天13:30" in at_kiosk(rules, open_then, heard, at("27T12:30")).why
    assert at_kiosk(rules, open_then, heard, at("27T13:30")).open


@pytest.mark.parametrize(
    "opening",
    [
        Opening((), "08:00", "12:00"),
        Opening((0,), "08:00", "12:00"),
        Opening((10,), "08:00", "12:00"),
        Opening((1,), "8:00", "12:00"),
        Opening((1,), "12:00", "08:00"),
        Opening((1,), "12:00", "12:00"),
        Opening((1,), "08:00", "24:01"),
        Opening((1,), "", "12:00"),
    ],
)
def test_what_is_no_opening_time(opening: Opening) -> None:
    """A manager is told; a kiosk that got it all the same passes over it and says whom to ask."""
    with pytest.raises(BadInput):
        checked([opening])
    assert not hours(HallRules(opening=(Opening((1,), "x", "y"),)), at("27T09:00")).open


@given(
    st.lists(
        st.builds(
            Opening,
            st.sets(st.integers(1, 7), min_size=1).map(lambda days: tuple(sorted(days))),
            st.integers(0, 23).map(lambda hour: f"{hour:02}:15"),
            st.integers(0, 24).map(lambda hour: f"{hour:02}:00"),
        ).filter(lambda one: one.begins < one.ends),
        min_size=1,
        max_size=4,
    ),
    st.integers(0, 90),
    st.integers(0, 14 * 24 * 60),
)
def test_until_is_when_it_changes(openings: list[Opening], late: int, minutes: int) -> None:
    """One minute before `until` it is as said, at `until` it is the other way: a screen that waits for it is right."""
    some = HallRules(opening=tuple(checked(openings)), last_ticket_minutes=late)
    now = at("23T00:00") + timedelta(minutes=minutes)
    found = hours(some, now)
    if not found.until:
        assert not found.open
        return
    then = datetime.fromisoformat(found.until)
    assert now < then
    assert hours(some, then - timedelta(minutes=1)).open == found.open
    assert hours(some, then).open != found.open


_others = [
    Holiday(name, f"2026-0{n}-01", f"2026-0{n}-01")
    for n, name in enumerate(("元旦", "春节", "清明", "劳动节", "端午"), 1)
]
autumn = calendar_of(
    [
        Table(
            2026,
            "made up for a test: the mid-autumn days of a year in which both feasts meet, in November",
            (*_others, Holiday("国庆节、中秋节", "2026-11-20", "2026-11-27")),
            ("2026-11-28", "2026-11-29"),
        )
    ]
)
weekend = Opening((6,), "09:00", "11:00")


@pytest.mark.parametrize(
    ("named", "now", "is_open", "said"),
    [
        ((), "19T09:00", True, ""),  # the day before
        ((), "19T18:00", False, "11月28日（星期六）08:30起可以取号"),  # that evening: the next ordinary day is made up
        ((), "20T09:00", False, "今天国庆节、中秋节放假，不取号，11月28日（星期六）08:30起可以取号。"),
        ((weekend,), "21T09:30", False, "今天国庆节、中秋节放假"),  # a Saturday on which it would be open
        ((), "27T16:00", False, "明天08:30起可以取号"),
        ((), "28T09:00", True, ""),  # a make-up Saturday is a working day
        ((weekend,), "28T16:00", True, ""),  # for the whole day, as on a Monday
        ((), "29T12:30", False, "今天13:30"),
        ((), "30T09:00", True, ""),
        ((Opening((8,), "09:00", "10:00"),), "20T09:30", True, ""),  # the hall says it is open
        ((Opening((8,), "09:00", "10:00"),), "20T10:30", False, "现在不是取号时间，明天09:00起可以取号。"),
        ((Opening((9,), "10:00", "12:00"),), "28T09:00", False, "今天10:00"),  # and when it is on made-up days
        ((Opening((9,), "10:00", "12:00"),), "28T10:00", True, ""),
    ],
)
def test_public_holidays(named: tuple[Opening, ...], now: str, is_open: bool, said: str) -> None:  # a table
    """Closed on days off unless the hall names times for them, open on make-up days; told which and until when."""
    some = HallRules(opening=(*rules.opening, *named))
    found = hours(some, at(now), "", autumn)
    assert (found.open, found.why == "") == (is_open, is_open)
    assert said in found.why
    assert standing(some, at(now), "社保", 0, Given(0, 0), "", autumn) == found
    assert at_kiosk(some, Standing(open=True), at("19T09:00").isoformat(), at(now), "", autumn) == found


def test_which_holiday_it_is() -> None:
    """The feast and the next opening are told apart from the sentence, for screens in other languages."""
    assert day_off(rules, at("20T09:00"), autumn) == DayOff("国庆节、中秋节", at("28T08:30"))
    assert day_off(rules, at("28T09:00"), autumn) is None
    assert day_off(usual, at("20T09:00"), autumn) is None
    assert hours(usual, at("20T09:00"), "", autumn).open  # open at all hours, as it decided


def test_a_full_day_before_a_holiday() -> None:
    """Whoever gets none on the last day is sent to the first day behind the feast."""
    assert standing(rules, at("19T09:00"), "社保", 5, Given(5, 5), "", autumn).until == at("28T08:30").isoformat()


def test_a_year_without_a_table() -> None:
    """Nothing is guessed and nobody is shut out: the days of the week count alone."""
    assert hours(rules, at("20T09:00"), "", Calendar(frozenset(), frozenset(), frozenset())).open


def test_holidays_as_a_manager_writes_them() -> None:
    """节 and 班 are read, beside weekdays too, and written back as they were."""
    text = "1-5 08:30-12:00\n6,节 09:00-12:00\n班 08:30-17:00"
    found = decided(usual, {"opening": text})
    assert [one.weekdays for one in found.opening] == [(1, 2, 3, 4, 5), (6, 8), (9,)]
    assert decided(usual, {"opening": written(found)["opening"]}) == found
    assert written(found)["opening"].splitlines()[1:] == ["6,节 09:00-12:00", "班 08:30-17:00"]
    for odd in ("1-节 09:00-12:00", "休 09:00-12:00", "节班 09:00-12:00"):
        with pytest.raises(BadInput, match="节假日写“节”"):
            decided(usual, {"opening": odd})


@given(st.integers(0, 60 * 24 * 20), st.sets(st.sampled_from([1, 3, 6, 8, 9]), min_size=1))
def test_no_holiday_breaks_until(minutes: int, named: set[int]) -> None:
    """Law: over a feast, too, `until` is when it changes, and every refusal says a time."""
    some = HallRules(opening=(Opening(tuple(sorted(named)), "09:15", "16:00"),))
    now = at("14T00:00") + timedelta(minutes=minutes)
    found = hours(some, now, "", autumn)
    if not found.until:
        assert not found.open
        assert named <= {8, 9}
        return
    then = datetime.fromisoformat(found.until)
    assert now < then
    assert hours(some, then - timedelta(minutes=1), "", autumn).open == found.open
    assert hours(some, then, "", autumn).open != found.open


def test_near_times_in_words() -> None:
    """Today and tomorrow are called so; a later day has its date and weekday."""
    said = [in_words(at("27T09:00"), at(text)) for text in ("27T13:30", "28T08:30", "30T08:30")]
    assert said == ["今天13:30", "明天08:30", "11月30日（星期一）08:30"]
