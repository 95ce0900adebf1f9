"""Rule profiles: legal numbers with where they come from. None of them is a constant anywhere else.

1. A profile is never changed; another law is another profile, with the year or the limit it differs by in its id.
2. A number that nobody has found in a law is None: nothing is demanded then, and nothing is invented.
3. Days are calendar days of 24 hours where the field says days, working days of the calendar where it says so.
4. A hall follows the profile its rules name; one that names none follows the profile of its unit's level.
"""

from dataclasses import dataclass, replace

from content_sync.domain.disclosure.catalogue import Level
from content_sync.domain.errors import BadInput


@dataclass(frozen=True)
class Number:
    """A number of a rule and the text it was read in; `value` None: the rule gives none (rule 2)."""

    value: int | None
    source: str


_shortest = "个人信息保护法第十九条：保存期限应当为实现处理目的所必要的最短时间；没有写天数，这里是我们的设定："


@dataclass(frozen=True)
class Profile:
    """`posted_days_min`: how long what is posted must stay posted, in days. Every `Number` counts working days.

    `emergency_audit_hours`: within how many hours an emergency that took the fast path is audited. The seed's rule asks
    for its report at once (REP-04); a day is our reading, as in that row's test.
    `opinion`: reply to an opinion (D08). `bad_rating`: looking into a bad rating. `complaint`: deciding a complaint.
    `consultation`: reply of a department that is asked (D04). `warning`: how long before its end a clock turns yellow.
    `application`: reply to an application for information, `extension`: how much longer at most (APP-05).
    `supplement`: within how many days an unclear application must be sent back, once (N-01).
    `replies`: the kinds of reply there are (domain.cases.replies). `reconsideration_days`: how long, in calendar days,
    a refused applicant has to ask for reconsideration (RCN-02).
    `words_kept`: how long after its end, in calendar days, a complaint keeps its visitor's own words, handwriting and
    contact. `application_kept`: the same of an application's sealed box and redacted pages, and of the name and phone
    in a window's case. All else stays.
    """

    id: str
    source: str
    posted_days_min: int | None = None
    emergency_audit_hours: int = 24
    opinion: Number = Number(None, "“规定时限”内答复，原文没有写天数（D08）")
    bad_rating: Number = Number(5, "德州市政务服务“好差评”办法：差评5个工作日内整改反馈（N-05，地方规定）")
    complaint: Number = Number(5, "电子监察地方规定：投诉5个工作日内作出处理决定（N-18）")
    consultation: Number = Number(5, "部门之间征求意见，5个工作日内答复（D04）")
    warning: Number = Number(1, "电子监察地方规定：到期前1个工作日预警（N-18）")
    application: Number = Number(10, "政务公开制度汇编：办妥申请手续后10个工作日内答复（APP-05）")
    extension: Number = Number(15, "政务公开制度汇编：延长期限最长不得超过15个工作日（APP-05）")
    supplement: Number = Number(None, "原文没有写几天以内告知补正（APP-02）")
    replies: tuple[str, ...] = ("available", "exempt", "elsewhere", "absent", "unclear", "partial")
    reconsideration_days: int = 60
    words_kept: Number = Number(365, f"{_shortest}一年：够复查一次、够报一次年度情况")
    application_kept: Number = Number(730, f"{_shortest}两年：够申请复议、提起诉讼；卷宗要长期保存的，建档时打印归档")


seed_city = Profile("seed_city", "市、县政务公开制度汇编：没有写最短公示天数")
villages_2025 = Profile(
    "villages_2025",
    "村民委员会组织法、城市居民委员会组织法（2025年10月28日修改）：公布的事项至少公示15日",
    posted_days_min=15,
)
_fifteen = Number(15, "四川省一市政务服务“好差评”办法：差评15个工作日内整改反馈（N-05，地方规定）")
seed_city_15 = replace(seed_city, id="seed_city_15", bad_rating=_fifteen)
villages_2025_15 = replace(villages_2025, id="villages_2025_15", bad_rating=_fifteen)
_article = "政府信息公开条例（国务院令第711号，2019年5月15日施行）第{}条"
cn_2019 = replace(
    seed_city,
    id="cn_2019",
    source="政府信息公开条例（国务院令第711号）：申请答复、延长、补正；其余同市、县政务公开制度汇编",
    application=Number(20, f"{_article.format('三十三')}：20个工作日内答复（N-01）"),
    extension=Number(20, f"{_article.format('三十三')}：延长不超过20个工作日（N-01）"),
    supplement=Number(7, f"{_article.format('三十')}：7个工作日内一次性告知补正（N-01）"),
    replies=("public", "given", "refused", "absent", "elsewhere", "repeated", "special", "partial", "petition"),
)
every: dict[str, Profile] = {one.id: one for one in (seed_city, villages_2025, seed_city_15, villages_2025_15, cn_2019)}


def of_level(level: Level | str) -> Profile:
    """The profile that binds units of a level."""
    return villages_2025 if level == "village" else seed_city


def of_hall(named: str, level: Level | str) -> Profile:
    """The profile of a hall (rule 4). Raises BadInput for a name that is none."""
    if not named:
        return of_level(level)
    if named not in every:
        raise BadInput(f"没有名为 {named} 的规则：可以用 {'、'.join(every)}。")
    return every[named]
