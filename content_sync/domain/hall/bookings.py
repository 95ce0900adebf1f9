"""Bookings: somebody arranged a time, comes to the hall, says the code, and stands in the line at that time (QUE-01).

1. A booking is a code for one service, day and time at a hall. The list it comes from may hold more; nobody's name,
   number or telephone is read from it.
2. A code has 4 to 40 letters and digits; case, blanks and hyphens do not matter. At the hall it may be said whole, or
   by its last characters, at least four, when they mean one booking of today only.
3. The ticket is given from `booking_early_minutes` before the booked time to `booking_late_minutes` after it. Whoever
   is earlier is told from when; whoever is later takes an ordinary ticket.
4. It stands in the line as if it had been issued at the booked time, whenever in this span the visitor came: behind
   those who came before that time, before those who came later. So an early visitor pushes nobody aside, and is called
   before the booked time only when nobody who came before it waits.
5. A code gives one ticket, however often it is said.
6. A booking nobody came for by the end of the day is a no-show, and is kept as such.
7. A service has at most `bookings_per_day_max` bookings on a day. A day of the past is no day to book.
8. A day on which the hall is closed for a holiday (opening, rule 6) is no day to book, and nobody checks in on one.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from content_sync.domain.calendar import Calendar
from content_sync.domain.county import Service
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall.opening import day_off
from content_sync.domain.hall.rules import HallRules

states: dict[str, str] = {"booked": "已预约", "arrived": "已报到", "no_show": "未到"}
_columns = {"code": "预约码", "service": "业务", "day": "日期", "time": "时间"}
_code = re.compile(r"[A-Z0-9]{4,40}")
said_min = 4


@dataclass(frozen=True)
class Booking:
    """One booking; `slot` is the instant booked, as ISO text."""

    code: str
    service: str
    day: str
    slot: str


def folded(code: str) -> str:
    """A code without what does not matter in it (rule 2)."""
    return re.sub(r"[\s\-—_]", "", unicodedata.normalize("NFKC", code)).upper()


def parsed(row: Mapping[str, str], services: Iterable[Service], place: tzinfo) -> Booking:
    """A line of a list, by its English or Chinese column names; BadInput, in a sentence, for one that is no booking.

    The service may be named by its id, its letter or its name.
    """
    said = {name: (row.get(name) or row.get(chinese) or "").strip() for name, chinese in _columns.items()}
    lacking = [_columns[name] for name, value in said.items() if not value]
    if lacking:
        raise BadInput(f"缺少{'、'.join(lacking)}。")
    code = folded(said["code"])
    if not _code.fullmatch(code):
        raise BadInput(f"预约码“{said['code'][:40]}”要有 4 到 40 个字母或数字。")
    service = next((one.id for one in services if said["service"] in {one.id, one.letter, one.name}), "")
    if not service:
        raise BadInput(f"这里没有业务“{said['service'][:40]}”。")
    try:
        day = date.fromisoformat(said["day"].replace("/", "-"))
        slot = datetime.combine(day, time.fromisoformat(said["time"].replace("：", ":").zfill(5)), place)
    except ValueError:
        raise BadInput(
            f"“{said['day'][:20]} {said['time'][:20]}”不是日期和时间：请写成 2026-11-23 和 09:30。"
        ) from None
    return Booking(code, service, day.isoformat(), slot.isoformat())


def refuse_line(booking: Booking, today: str, booked: int, rules: HallRules) -> None:
    """Refuse a new booking when `booked` others of its service stand on that day already (rule 7)."""
    if booking.day < today:
        raise Refused(f"{booking.day} 已经过去了。")
    if booked >= rules.bookings_per_day_max:
        raise Refused(f"{booking.day} 这项业务已经有 {booked} 个预约，满了。")


def festival(slot: str, rules: HallRules, days: Calendar) -> str:
    """The holiday for which the hall is closed on the day of this time; empty when it is not (rule 8)."""
    off = day_off(rules, datetime.fromisoformat(slot), days)
    return (off.name or "节假日") if off else ""


def refuse_day_off(slot: str, rules: HallRules, days: Calendar) -> None:
    """Refuse a booking, or a check-in, of a day on which the hall is closed (rule 8)."""
    if name := festival(slot, rules, days):
        day = date.fromisoformat(slot[:10])
        raise Refused(f"{day.month}月{day.day}日{name}放假，大厅不开门：请另约一天。")


def meant(said: str, codes: Iterable[str]) -> str:
    """The code that somebody says whole or by its last characters (rule 2); Refused when none or several are meant."""
    known, folded_said = set(codes), folded(said)
    if folded_said in known:
        return folded_said
    ending = {code for code in known if len(folded_said) >= said_min and code.endswith(folded_said)}
    if len(ending) == 1:
        return ending.pop()
    if ending:
        raise Refused("今天有几个预约码的末几位相同：请输入完整的预约码。")
    raise Refused("今天没有这个预约码：请核对日期和号码，也可以直接取号。")


def refuse_untimely(slot: str, at: str, rules: HallRules) -> None:
    """Refuse a check-in at an instant too early or too late for its time (rule 3)."""
    booked, now = datetime.fromisoformat(slot), datetime.fromisoformat(at)
    opens = booked - timedelta(minutes=rules.booking_early_minutes)
    if now < opens:
        raise Refused(f"您预约的是 {booked:%H:%M}，请在 {opens:%H:%M} 以后报到。")
    if now > booked + timedelta(minutes=rules.booking_late_minutes):
        raise Refused(f"您预约的 {booked:%H:%M} 已经过了 {rules.booking_late_minutes} 分钟：请直接取号排队。")
