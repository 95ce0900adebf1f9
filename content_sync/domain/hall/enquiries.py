"""找人帮忙: somebody asks for help, a clerk comes, and the first one who came stays responsible (GUI-06, 首问负责).

1. A press asks once; who presses again while somebody is called or on the way is told of that one.
2. It waits until a clerk takes it, who is then its owner and its holder. Two clerks who answer at once: the first one
   has it, the other is told who.
3. The owner stays owner until it is closed, whoever it is handed to.
4. Its holder, its owner, or who answers for the whole hall hands it over, to somebody who does not hold it already.
5. They close it too, with what became of it. Nothing is closed that nobody took, and nothing changes afterwards.
6. One that waits for longer than `HallRules.help_minutes` is late.
7. A screen that has no word from the desk after `limits.help_patience_seconds` says so, and where to go instead.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, cast

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused

outcomes: dict[str, str] = {
    "solved": "已经帮好",
    "guided": "带到了窗口",
    "elsewhere": "要到别处办，已经告知地方和电话",
    "gone": "人已离开",
}
states: dict[str, str] = {"waiting": "等人过来", "coming": "有人管", "closed": "已了结"}
State = Literal["waiting", "coming", "closed"]
Seen = Literal["asking", "ringing", "coming", "closed", "unreached"]


@dataclass(frozen=True)
class Enquiry:
    """One request for help. `owner` is the first clerk who took it, `holder` who looks after it now: account names."""

    state: State = "waiting"
    owner: str = ""
    holder: str = ""
    outcome: str = ""


def taken(enquiry: Enquiry, clerk: str, holder_name: str = "") -> Enquiry:
    """The enquiry in the hands of the first clerk; Refused, naming `holder_name`, when another one was first."""
    if enquiry.state == "closed":  # rule 5
        raise Refused("这次求助已经了结。")
    if enquiry.holder:  # rule 2
        raise Refused(f"{holder_name or enquiry.holder} 已经过去了。")
    return replace(enquiry, state="coming", owner=clerk, holder=clerk)


def handed(enquiry: Enquiry, by: str, to: str, *, for_all: bool = False) -> Enquiry:
    """The enquiry with somebody else; the owner stays (rules 3 and 4). `for_all`: `by` answers for the whole hall."""
    _check_hand(enquiry, by, for_all=for_all)
    if not to or to == enquiry.holder:
        raise BadInput("请选择交给哪一位同事。")
    return replace(enquiry, holder=to)


def closed(enquiry: Enquiry, by: str, outcome: str, *, for_all: bool = False) -> Enquiry:
    """The enquiry with what became of it (rule 5)."""
    _check_hand(enquiry, by, for_all=for_all)
    if outcome not in outcomes:
        raise BadInput("请选择结果：帮好了、带到窗口、要到别处办，还是人已离开。")
    return replace(enquiry, state="closed", outcome=outcome)


def is_late(state: str, asked_at: datetime, now: datetime, minutes: int) -> bool:
    """Whether somebody has waited too long for anybody to come (rule 6)."""
    return state == "waiting" and now - asked_at > timedelta(minutes=minutes)


def seen(state: str, asked_at: datetime, now: datetime) -> Seen:
    """What the visitor is told: `state` as the device keeps it, `asking` until the desk has answered (rule 7)."""
    if state in {"ringing", "coming", "closed"}:
        return cast("Seen", state)
    patient = timedelta() <= now - asked_at <= timedelta(seconds=limits.help_patience_seconds)
    return "asking" if state == "asking" and patient else "unreached"


def _check_hand(enquiry: Enquiry, by: str, *, for_all: bool) -> None:
    """Rules 4 and 5: who may move it now."""
    if enquiry.state == "closed":
        raise Refused("这次求助已经了结，不能再改。")
    if enquiry.state == "waiting":
        raise Refused("还没有人应答：请先点“我来”。")
    if not for_all and by not in {enquiry.holder, enquiry.owner}:
        raise Refused("这次求助在别的同事手上，由那位同事或首问人处理。")
