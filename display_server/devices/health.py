"""What is wrong with a device, in words for an administrator.

1. A revoked or never enrolled device has no problems but that.
2. A device that was silent for `limits.device_silent_minutes` says nothing about itself: its own reports are not shown.
   Of one behind a relay we hear more rarely: there it is `limits.behind_silent_minutes`.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from content_sync.domain import limits
from content_sync.domain.disclosure.catalogue import sections
from content_sync.wire import canonical


def problems(row: Row[Any], now: datetime) -> list[str]:
    """The problems of a row of `devices`, or of `devices_behind`."""
    if row.state != "enrolled":  # rule 1
        return ["已停用"] if row.state == "revoked" else ["还没有登记：登记码打印出来，在设备上输入一次"]
    if not row.last_seen:
        return ["登记后还没有联系过"]
    if not is_live(row, now):  # rule 2
        return [f"已有 {_spoken(now - datetime.fromisoformat(row.last_seen))} 没有联系"]
    said = canonical.load(row.heartbeat.encode(), "heartbeat") if row.heartbeat else {}
    found = [f"有 {said['problems']} 个频道同步不上"] if said.get("problems") else []
    found += [f"“{sections[name]}”没有内容" for name in str(said.get("empty", "")).split(",") if name in sections]
    found += ["时钟不可信"] if said.get("clock") == "doubtful" else []
    return found + ([] if hasattr(row, "way") or row.public_key else ["没有密钥，不能上报记录"])


def is_live(row: Row[Any], now: datetime) -> bool:
    """Whether an enrolled device was heard lately enough to believe what it said of itself (rule 2)."""
    if row.state != "enrolled" or not row.last_seen:
        return False
    patience = limits.behind_silent_minutes if hasattr(row, "way") else limits.device_silent_minutes
    return now - datetime.fromisoformat(row.last_seen) <= timedelta(minutes=patience)


def _spoken(silent: timedelta) -> str:
    minutes = int(silent.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes}分钟"
    return f"{minutes // 60}小时" if minutes < 2880 else f"{minutes // 1440}天"
