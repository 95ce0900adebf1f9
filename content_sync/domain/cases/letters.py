"""Letters of an application, in words: each step that must be told in writing makes one (APP-02, APP-06).

1. A letter names no applicant: the name is read out of the seal when it is printed, and stands nowhere else.
2. A letter that gives less than was asked for names the right to reconsideration, the authority and the limit (RCN-03);
   the authority was checked with the reply (domain.cases.replies).
"""

from content_sync.domain.cases.applications import Application, causes
from content_sync.domain.cases.replies import fields_of, kinds
from content_sync.domain.profiles import Profile

titles: dict[str, str] = {
    "supplement": "补正告知书",
    "extension": "延长答复期限告知书",
    "suspension": "期限中止告知书",
    "resumption": "期限恢复告知书",
    "reply": "政府信息公开申请答复书",
}


def supplement(what: str) -> str:
    """It was not clear."""
    return f"您的申请内容不够明确，请补正：{what.strip()}\n补齐当天起重新计算答复期限。"


def extension(app: Application, due: str) -> str:
    """It takes longer."""
    until = f"，至 {due}" if due else ""
    return f"经{app.approver}同意，本件答复期限延长{app.extended}个工作日{until}。"


def suspension(app: Application, why: str) -> str:
    """Its clock stands."""
    cause = f"因{causes[app.cause]}（{why.strip()}）"
    return f"{cause}，本件答复期限自 {app.paused} 起中止，还剩{app.days}个工作日。障碍消除后恢复计算。"


def resumption(app: Application, due: str) -> str:
    """Its clock goes on."""
    until = f"，至 {due} 届满" if due else ""
    return f"障碍已经消除，本件答复期限自 {app.started} 起恢复计算，剩余{app.days}个工作日{until}。"


def reply(app: Application, profile: Profile) -> str:
    """What was decided (rule 2)."""
    kind, said = kinds[app.reply], {pair[0]: pair[1] for pair in app.reply_said}
    lines = [kind.opening]
    for field in fields_of(kind):
        if field.name in said and field.name != "authority":
            words = dict(field.choices).get(said[field.name], said[field.name]).removesuffix("，写在下面")
            lines.append(f"{field.label}：{words}")
    if kind.refuses:
        days = profile.reconsideration_days
        lines.append(f"您如果不服本答复，可以自收到之日起{days}日内，向{said['authority']}申请行政复议。")
    return "\n".join(lines)
