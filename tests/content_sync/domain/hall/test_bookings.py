"""Bookings: read from a list without a person in it, meant by a few digits, in time or told when."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from content_sync.domain.county import Service
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall.bookings import Booking, meant, parsed, refuse_line, refuse_untimely
from content_sync.domain.hall.rules import HallRules, usual

_place = ZoneInfo("Asia/Shanghai")
_services = (Service("huji", "A", "户口和身份证"),)
_slot = "2026-11-23T09:30:00+08:00"
_row = {"预约码": "yy-2026 0012", "业务": "户口和身份证", "日期": "2026/11/23", "时间": "9：30", "姓名": "王五"}


def test_a_line_as_offices_write_it() -> None:
    """Chinese column names, slashes, a full-width colon and a blank in the code: one booking, and nobody's name."""
    assert parsed(_row, _services, _place) == Booking("YY20260012", "huji", "2026-11-23", _slot)
    same = {"code": "YY20260012", "service": "A", "day": "2026-11-23", "time": "09:30"}
    assert parsed(same, _services, _place) == parsed(_row, _services, _place)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"预约码": ""}, "缺少预约码"),
        ({"预约码": "12"}, "4 到 40"),
        ({"预约码": "<script>"}, "4 到 40"),
        ({"业务": "看病"}, "没有业务"),
        ({"日期": "11月23日"}, "不是日期"),
        ({"时间": "25:00"}, "不是日期"),
    ],
)
def test_no_booking(change: dict[str, str], words: str) -> None:
    """Each thing that makes a line no booking is named in a sentence."""
    with pytest.raises(BadInput, match=words):
        parsed(_row | change, _services, _place)


def test_past_days_and_full_ones() -> None:
    """A day of the past, or one with all its bookings, takes no more."""
    booking = Booking("YY0012", "huji", "2026-11-23", _slot)
    refuse_line(booking, "2026-11-23", 199, usual)
    for today, booked, words in (("2026-11-24", 0, "过去"), ("2026-11-23", 200, "满了")):
        with pytest.raises(Refused, match=words):
            refuse_line(booking, today, booked, usual)


@pytest.mark.parametrize(
    ("said", "code"),
    [("YY20260012", "YY20260012"), ("yy2026-0012", "YY20260012"), ("0012", "YY20260012"), ("００12", "YY20260012")],
)
def test_the_last_digits_are_enough(said: str, code: str) -> None:
    """Whole, in small letters, by the last four, in full-width digits."""
    assert meant(said, ["YY20260012", "YY20260013"]) == code


@pytest.mark.parametrize(("said", "words"), [("012", "没有"), ("", "没有"), ("9999", "没有"), ("0013", "完整")])
def test_not_enough_digits(said: str, words: str) -> None:
    """Too few, none, wrong ones, or two visitors' at once: nobody gets another's place."""
    with pytest.raises(Refused, match=words):
        meant(said, ["YY20260012", "YY20260013", "ZZ20260013"])


@pytest.mark.parametrize(("minutes", "words"), [(-31, "09:00"), (-30, ""), (0, ""), (15, ""), (16, "直接取号")])
def test_in_time_or_told_when(minutes: int, words: str) -> None:
    """Half an hour early to a quarter late is in time; earlier is told from when, later what to do."""
    at = (datetime.fromisoformat(_slot) + timedelta(minutes=minutes)).isoformat()
    rules = HallRules(booking_early_minutes=30, booking_late_minutes=15)
    if not words:
        refuse_untimely(_slot, at, rules)
        return
    with pytest.raises(Refused, match=words):
        refuse_untimely(_slot, at, rules)
