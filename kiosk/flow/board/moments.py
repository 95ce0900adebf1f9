"""Days and instants in the words a passer-by uses.

1. Content up to three days old says its moment; older says also how many days; from thirty days on it says whom to
   ask instead (OFF-05, promise 6). Never a word of blame or fault.
2. A public notice counts whole days to its last day; that last day itself is "today" (CAT-21).
"""

from datetime import date, datetime, timedelta

from content_sync.domain import limits

_weekdays = "一二三四五六日"


def clock(now: datetime) -> str:
    """9:05."""
    return f"{now.hour}:{now.minute:02d}"


def weekday(now: datetime) -> str:
    """11月20日 星期五."""
    return f"{now.month}月{now.day}日 星期{_weekdays[now.weekday()]}"


def day(iso_date: str, now: datetime) -> str:
    """11月20日, with the year when it is another one."""
    then = date.fromisoformat(iso_date)
    return f"{then.month}月{then.day}日" if then.year == now.year else f"{then.year}年{then.month}月{then.day}日"


def age_days(as_of: str, now: datetime) -> int:
    """Whole days since the content was true; a moment in the future counts as now."""
    return max(0, (now - datetime.fromisoformat(as_of)).days)


def is_stale(as_of: str, now: datetime) -> bool:
    """Whether the content is so old that the board sends people to the windows instead (rule 1)."""
    return bool(as_of) and age_days(as_of, now) >= limits.fresh_days_alarm


def as_of_words(as_of: str, now: datetime) -> str:
    """Rule 1; before any content, that it is on its way."""
    if not as_of:
        return "内容正在送来"
    then = datetime.fromisoformat(as_of).astimezone(now.tzinfo)
    age, when = age_days(as_of, now), day(then.date().isoformat(), now)
    if age >= limits.fresh_days_alarm:
        return f"内容截至 {when}，请以窗口为准"
    if age >= limits.fresh_days_warn:
        return f"内容截至 {when}，{age} 天前"
    named = {0: "今天", 1: "昨天"}.get((now.date() - then.date()).days, when)
    return f"内容截至 {named} {clock(then)}"


def days_left(ends: datetime, now: datetime) -> int:
    """Days to the last day of showing; `ends` is the first instant outside (rule 2)."""
    last = (ends.astimezone(now.tzinfo) - timedelta(microseconds=1)).date()
    return (last - now.date()).days


def days_left_words(ends: datetime, now: datetime) -> str:
    """Rule 2 in words."""
    left = days_left(ends, now)
    return {0: "今天最后一天", 1: "明天最后一天"}.get(left, f"还有 {left} 天")
