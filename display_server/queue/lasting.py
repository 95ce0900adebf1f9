"""How long something lasts, in words that a page without a script shows; its script (live.js) counts on in the same.

1. Below a minute: seconds where they matter (somebody was called), otherwise 不到1分钟.
2. Below an hour: minutes, with seconds where they matter. From an hour on: hours and minutes.
"""

from datetime import datetime


def lasted(since: str, now: str, *, exact: bool = False) -> str:
    """From the instant `since` to `now`, both ISO texts; what lies ahead (a clock was set) counts as nothing."""
    seconds = max(0, int((datetime.fromisoformat(now) - datetime.fromisoformat(since)).total_seconds()))
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest}秒" if exact else "不到1分钟"  # rule 1
    if minutes < 60:
        return f"{minutes}分{rest}秒" if exact else f"{minutes}分钟"  # rule 2
    return f"{minutes // 60}小时{minutes % 60}分钟"
