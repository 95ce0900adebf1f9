"""办件: what a window takes in for a visitor, in six types (HAL-01, HAL-05).

1. 即办 is done on the spot. 承诺 ends with the promised limit of its guide, 联办 with that of the one that leads. 上报
   must be forwarded to the superior by a promised day. For all of these the clock starts on the day of acceptance.
2. What lacks a material is a 补办件, whatever was meant: no clock runs. Once the last material has come it becomes
   what was meant (a 承诺件 where that was 即办) with the full limit from that day.
3. 退回 ends at once and names the reason and the remedy: what the visitor can do now.
4. A 联办件 is done only when every department that was asked has replied.
5. After a 上报件 is forwarded, the superior has it: our clock has ended, and what comes back ends the case.
6. What is refused, or taken back by the applicant, says why. Nothing is reopened: a new paper is a new case.
7. A limit is the promised one of the guide, without one the statutory one; one that is “on the spot” only counts where
   nothing longer is named. Nobody types a date.
8. Taken in by mistake, a case is voided on its first day with the reason; after that it must be ended as any other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from content_sync.domain.disclosure.guides import Limit
from content_sync.domain.errors import BadInput, Refused

Kind = Literal["instant", "promised", "joint", "supplement", "forwarded", "returned"]
State = Literal["waiting", "open", "sent", "done", "returned", "voided"]
Step = Literal["completed", "replied", "forwarded", "finished", "returned", "voided"]
kinds: dict[Kind, str] = {
    "instant": "即办件",
    "promised": "承诺件",
    "joint": "联办件",
    "supplement": "补办件",
    "forwarded": "上报件",
    "returned": "退回件",
}
states: dict[State, str] = {
    "waiting": "等补材料",
    "open": "正在办理",
    "sent": "已上报，等批复",
    "done": "已办结",
    "returned": "已退回",
    "voided": "已作废",
}
outcomes: dict[str, str] = {"granted": "办成了", "refused": "不予办理", "withdrawn": "申请人撤回"}
_from: dict[Step, frozenset[State]] = {
    "completed": frozenset({"waiting"}),
    "replied": frozenset({"open"}),
    "forwarded": frozenset({"open"}),
    "finished": frozenset({"open", "sent", "waiting"}),
    "returned": frozenset({"open", "waiting"}),
    "voided": frozenset({"open", "waiting"}),
}


@dataclass(frozen=True)
class Handling:
    """One case at a window. `meant`: what a 补办件 becomes (rule 2); `asked` and `replied`: departments (rule 4)."""

    kind: Kind
    state: State
    meant: Kind
    asked: frozenset[str] = frozenset()
    replied: frozenset[str] = frozenset()

    @property
    def runs(self) -> bool:
        """Whether its own clock runs (rules 2 and 5)."""
        return self.state == "open"

    @property
    def is_over(self) -> bool:
        """Whether nothing can happen to it any more."""
        return self.state in {"done", "returned", "voided"}


def accepted(meant: Kind, *, lacks: bool, asked: Iterable[str] = ()) -> Handling:
    """A case as it is taken in. Raises BadInput for a type nobody can mean, Refused for 联办 without departments."""
    departments = frozenset(asked)
    if meant not in kinds or meant == "supplement":
        raise BadInput("请选择办件类型：即办、承诺、联办、上报或退回；缺材料的自动成为补办件。")
    if meant == "joint" and not departments:
        raise Refused("联办件要选出一起办的部门。")
    if meant == "returned":
        return Handling("returned", "returned", "returned")  # rule 3
    departments = departments if meant == "joint" else frozenset()
    if lacks:  # rule 2
        return Handling("supplement", "waiting", "promised" if meant == "instant" else meant, departments)
    return Handling(meant, "open", meant, departments)


def moved(handling: Handling, step: Step, department: str = "", outcome: str = "granted") -> Handling:
    """The case after one more step. Raises Refused, in a sentence for the clerk, when it cannot happen."""
    if handling.state not in _from[step]:
        raise Refused(f"这一件现在是“{states[handling.state]}”，不能这样处理。")
    match step:
        case "completed":
            return replace(handling, kind=handling.meant, state="open")  # rule 2
        case "replied":
            return _replied(handling, department)
        case "forwarded":
            if handling.kind != "forwarded":
                raise Refused(f"{kinds[handling.kind]}不用上报。")
            return replace(handling, state="sent")
        case "finished":
            _check_finished(handling, outcome)
            return replace(handling, state="done")
        case "returned":
            return replace(handling, kind="returned", state="returned")
        case "voided":
            return replace(handling, state="voided")


def limit_of(kind: Kind, limits: Iterable[Limit], forward_days: int = 0) -> Limit:
    """The limit a case of this type runs on (rules 1 and 7). Raises Refused when nothing names one."""
    if kind == "instant":
        return Limit("promised", 0, "instant")
    if kind == "forwarded":
        if forward_days < 1:
            raise Refused("上报件要承诺几个工作日内上报。")
        return Limit("promised", forward_days, "working_day")
    best = sorted(limits, key=lambda limit: (limit.unit == "instant", limit.kind != "promised"))  # rule 7
    if not best:
        raise Refused("办事指南没有写办理时限，不能承诺：请先补全指南，或作为即办件办理。")
    return best[0]


def _replied(handling: Handling, department: str) -> Handling:
    if department not in handling.asked:
        raise Refused("没有请这个部门一起办。")
    if department in handling.replied:
        raise Refused("这个部门已经答复过了。")
    return replace(handling, replied=handling.replied | {department})


def _check_finished(handling: Handling, outcome: str) -> None:
    if outcome not in outcomes:
        raise BadInput("请选择办理结果：办成了、不予办理，或申请人撤回。")
    if outcome == "withdrawn":
        return
    if handling.state == "waiting":
        raise Refused("材料还没有补齐，不能办结。")
    if handling.kind == "forwarded" and handling.state == "open":
        raise Refused("上报件还没有上报，不能办结。")
    if handling.kind == "joint" and handling.asked - handling.replied:  # rule 4
        raise Refused(f"还有{len(handling.asked - handling.replied)}个部门没有答复，不能办结。")
