"""How a hall decides its own rules: which numbers make sense, and how people write them down.

1. Every rule has bounds; outside them a hall would not work (nobody called, everybody forgotten), and the sentence says
   which rule it is. What nobody names stays as it was.
2. Opening times are written a line each: the days, then from and to. `1-5 08:30-12:00` is Monday to Friday mornings,
   `6,7 09:00-12:00` the weekend; `节 09:00-12:00` public holidays, `班 08:30-12:00` make-up working days, which may
   stand among other days, too. No line: open at all hours.
3. Shares of topics are written a line each: the topic and its percentage. Together they are at most 100.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from content_sync.domain.errors import BadInput
from content_sync.domain.hall.opening import checked
from content_sync.domain.hall.rules import HallRules, Opening, TopicShare, on_holidays, on_made_up
from content_sync.domain.profiles import every

numbers: dict[str, tuple[str, int, int]] = {  # rule → its words, least, most
    "last_ticket_minutes": ("下班前多少分钟停止取号", 0, 240),
    "tickets_per_day_max": ("每天最多取多少号", 1, 20_000),
    "priority_turns_max": ("每个窗口最多连叫几个优先号", 1, 10),
    "ageing_minutes": ("等满多少分钟后，不再让后来的优先号先叫", 5, 240),
    "calls_max": ("最多叫几遍，之后算过号", 1, 10),
    "missed_places": ("过号补叫排在几位之后", 0, 20),
    "bookings_per_day_max": ("每项业务每天最多几个预约", 0, 2_000),
    "booking_early_minutes": ("预约可以提前多少分钟报到", 0, 240),
    "booking_late_minutes": ("预约过后多少分钟内还可以报到", 0, 240),
    "help_minutes": ("求助多少分钟没有人去就标红", 1, 60),
    "said_times": ("每次叫号播报几遍", 1, 3),
}
choices: dict[str, tuple[str, dict[str, str]]] = {
    "rating_levels": ("评价分几级", {"5": "五级", "3": "三级"}),
    "speaks": ("大屏播报叫号", {"1": "播报", "0": "不播报"}),
    "codes": ("屏幕和纸上的手机二维码", {"1": "显示", "0": "不显示"}),
    "zone": ("触摸屏首页", {"0": "办事大厅的六件事", "1": "政务公开专区的五个区"}),
    "profile": (
        "差评等事项的期限按哪套规则",
        {"": "按单位的级别", **{one.id: f"{one.id}：差评{one.bad_rating.value}个工作日" for one in every.values()}},
    ),
}
_ticks = ("speaks", "codes", "zone")
times: dict[str, str] = {"quiet_from": "晚上几点起屏幕变暗、不播报", "quiet_to": "早上几点恢复"}
texts: dict[str, str] = {"opening": "取号时间", "shares": "各类公开内容至少占的百分比"}
_time = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_special = {"节": on_holidays, "班": on_made_up}
_days = r"(?:[1-7](?:-[1-7])?|节|班)"
_opening = re.compile(rf"({_days}(?:,{_days})*)\s+(\d\d?:\d\d)\s*[-–—~至]\s*(\d\d?:\d\d)")


def decided(rules: HallRules, said: Mapping[str, str]) -> HallRules:
    """The rules after what somebody wrote, by the rule's name. Raises BadInput, in a sentence, for what makes none."""
    unknown = sorted(set(said) - {*numbers, *choices, *times, *texts})
    if unknown:
        raise BadInput(f"没有“{unknown[0][:40]}”这条规则。")
    return replace(rules, **{name: _value(name, text.strip()) for name, text in said.items()})


def written(rules: HallRules) -> dict[str, str]:
    """The rules as one writes them down: what `decided` reads back."""
    plain = {field.name: getattr(rules, field.name) for field in fields(rules)}
    named = {name: str(plain[name]) for name in (*numbers, *times, "rating_levels", "profile")}
    opening = "\n".join(f"{_days_of(one)} {one.begins}-{one.ends}" for one in rules.opening)
    shares = "\n".join(f"{one.topic} {one.percent}" for one in rules.shares)
    ticked = {name: "1" if plain[name] else "0" for name in _ticks}
    return named | ticked | {"opening": opening, "shares": shares}


def _value(name: str, text: str) -> Any:
    if name in numbers:
        words, least, most = numbers[name]
        if not text.isdecimal() or len(text) > len(str(most)) or not least <= int(text) <= most:
            raise BadInput(f"“{words}”要写成 {least} 到 {most} 之间的整数。")
        return int(text)
    if name in choices:
        words, able = choices[name]
        if text not in able:
            raise BadInput(f"“{words}”只能选{'、'.join(able.values())}。")
        if name == "profile":
            return text
        return text == "1" if name in _ticks else int(text)
    if name in times:
        if not _time.fullmatch(text):
            raise BadInput(f"“{times[name]}”要写成 21:00 这样的时间。")
        return text
    return _openings(text) if name == "opening" else _shares(text)


def _openings(text: str) -> tuple[Opening, ...]:
    found = []
    for line in filter(None, map(str.strip, text.replace("：", ":").splitlines())):
        parts = _opening.fullmatch(line)
        if not parts:
            how = "请写成 1-5 08:30-12:00，每行一段；节假日写“节”，调休上班日写“班”。"
            raise BadInput(f"“{line[:40]}”不是取号时间：{how}")
        found.append(Opening(_weekdays(parts[1]), parts[2].zfill(5), parts[3].zfill(5)))
    return tuple(checked(found))


def _days_of(opening: Opening) -> str:
    names = {number: name for name, number in _special.items()}
    return ",".join(names.get(day, str(day)) for day in opening.weekdays)


def _weekdays(text: str) -> tuple[int, ...]:
    days: set[int] = set()
    for part in text.split(","):
        if part in _special:
            days.add(_special[part])
            continue
        first, *rest = map(int, part.split("-"))
        days |= set(range(first, (rest[-1] if rest else first) + 1))
    return tuple(sorted(days))


def _shares(text: str) -> tuple[TopicShare, ...]:
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        topic, _, percent = line.rpartition(" ")
        if not topic.strip() or not percent.isdecimal() or not 1 <= int(percent) <= 100:
            raise BadInput(f"“{line[:40]}”不是比例：请写成“财务 20”，每行一类，1 到 100。")
        found.append(TopicShare(topic.strip(), int(percent)))
    if sum(one.percent for one in found) > 100 or len({one.topic for one in found}) < len(found):
        raise BadInput("各类的比例加起来不能超过 100，每类只写一行。")
    return tuple(found)
