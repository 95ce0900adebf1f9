"""One matter's whole chain in words: every record of the audit log about it, and who had it when (HAL-10)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from content_sync.domain.hall import enquiries
from content_sync.wire import canonical

_words: dict[str, str] = {
    "case.open": "收到，开始计时",
    "case.doing": "接手办理",
    "case.done": "答复：已办好",
    "case.cannot": "答复：暂时办不了",
    "case.due": "定下答复日期",
    "case.late": "说明超期的原因",
    "case.close": "答复已公开，办结",
    "case.satisfied": "群众说：满意",
    "case.unsatisfied": "群众说：不满意",
    "case.escalate": "办不成事超期，待负责人督办",
    "case.forget": "到了保存期限，删去个人信息",
    "card.yellow": "快到期，发黄牌",
    "card.red": "已超期，发红牌",
    "case.written": "窗口登记",
    "application.open": "收到申请，开始计时",
    "application.read": "打开封着的申请",
    "application.accept": "受理",
    "application.ask": "告知补正",
    "application.extend": "延长期限",
    "application.pause": "中止计时",
    "application.resume": "恢复计时",
    "application.reply": "作出答复",
    "application.deliver": "反馈给申请人",
    "application.archive": "建档",
    "application.late": "说明超期的原因",
    "application.file": "附上遮挡后的文件",
    "application.file_gone": "取下遮挡后的文件",
    "application.forget": "到了保存期限，删去个人信息",
    "handling.accepted": "窗口受理",
    "handling.materials": "又收到材料",
    "handling.completed": "材料补齐，开始计时",
    "handling.replied": "部门回复",
    "handling.forwarded": "上报",
    "handling.finished": "办结",
    "handling.returned": "退回",
    "handling.voided": "作废",
    "handling.late": "说明超期的原因",
    "handling.forget": "到了保存期限，删去个人信息",
    "help.ask": "求助",
    "help.take": "应答，成为首问人",
    "help.hand": "转交",
    "help.close": "了结",
}
_seal_chars = 12
_nobody = "还没有人接手"
_ends = frozenset(
    {
        "case.done",
        "case.cannot",
        "application.archive",
        "handling.finished",
        "handling.returned",
        "handling.voided",
        "help.close",
    }
)


@dataclass(frozen=True)
class Step:
    """One record: its number in the log, when, by whom, what happened, and the beginning of its seal."""

    seq: int
    at: str
    who: str
    what: str
    detail: str
    seal: str


@dataclass(frozen=True)
class Held:
    """Who had the matter from when until when; `until` is empty while they still have it."""

    who: str
    since: str
    until: str


def steps(events: Iterable[Row[Any]], names: dict[str, str]) -> list[Step]:
    """The records in words; `names` are display names of accounts."""
    return [_step(event, names) for event in events]


def held(events: Sequence[Row[Any]], names: dict[str, str]) -> list[Held]:
    """Who had it when: whoever did the last step, or was handed it; nobody before the first person's."""
    found: list[Held] = []
    for event in events:
        if event.via == "system":
            continue
        who = _nobody if event.via == "device" else event.detail if event.action == "help.hand" else event.actor
        who = names.get(who, who)
        if found and found[-1].until == "" and found[-1].who != who:
            found[-1] = Held(found[-1].who, found[-1].since, _moment(event.at))
        if not found or found[-1].until:
            found.append(Held(who, _moment(event.at), ""))
        if event.action in _ends:
            found[-1] = Held(found[-1].who, found[-1].since, _moment(event.at))
    return found


def _step(event: Row[Any], names: dict[str, str]) -> Step:
    what = _words.get(event.action, event.action)
    return Step(event.seq, _moment(event.at), _who(event, names), what, _detail(event, names), event.hash[:_seal_chars])


def _who(event: Row[Any], names: dict[str, str]) -> str:
    if event.via == "system":
        return "电子监察"
    if event.via == "device":
        return "群众" if event.actor == "record" else f"大厅设备 {event.actor}"
    return names.get(event.actor, str(event.actor))


def _detail(event: Row[Any], names: dict[str, str]) -> str:
    if event.action.startswith("card."):
        card = canonical.load(event.detail.encode(), "card")
        return f"到期日 {card['due']}，在 {names.get(card['owner'], card['owner']) or _nobody} 手上"
    if event.action == "case.open":
        due = event.detail.partition(" ")[2]
        return f"到期日 {due}" if due not in ("", "-") else "没有规定时限，或缺工作日历"
    if event.action == "help.close":
        return enquiries.outcomes.get(event.detail, str(event.detail))
    return str(names.get(event.detail, event.detail) if event.action == "help.hand" else event.detail)


def _moment(at: str) -> str:
    return at[:19].replace("T", " ")
