"""The kinds of reply to an application, and what each must say (APP-02, N-02, RCN-03).

1. A reply is one of the kinds of the rule profile: the seed's five and the partial one, or those of the regulation of
   2019 (art. 36 to 39). There is no other, and none has a price (APP-04).
2. Each kind has fields of its own, and without each that is needed there is no reply. 不属于本机关 says whether the
   holder is known; when it is, it names the holder and how to reach it.
3. A reply that gives less than was asked for names the right to reconsideration, the authority and the limit. Without
   the authority's name it cannot be made.
4. What is withheld is withheld by one of the law's own grounds, named by its article; of somebody's business secrets
   or privacy it also says what came of asking them.
5. Of information that several offices made together any of them answers (APP-08): whoever took part in making it cannot
   say that it is not theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.profiles import Profile


@dataclass(frozen=True)
class Field:
    """What a reply must say. `choices`: by code the words to choose from; empty: running text."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...] = ()
    when: tuple[str, str] | None = None  # needed only when that field has that value


@dataclass(frozen=True)
class Kind:
    """A kind of reply; `refuses`: it gives less than was asked for (rule 3). `opening`: how its letter begins."""

    id: str
    words: str
    opening: str
    fields: tuple[Field, ...]
    refuses: bool = False


_ways = Field("ways", "获取的方式和途径")
_reasons = Field("reasons", "依据和理由")
_grounds_seed = (
    ("secret", "国家秘密"),
    ("commercial", "商业秘密"),
    ("privacy", "个人隐私"),
    ("stability", "公开可能危及国家安全、公共安全、经济安全和社会稳定"),
    ("law", "法律、法规规定不予公开的其他情形"),
)
_grounds_2019 = (
    ("art14", "条例第十四条：国家秘密，法律、行政法规禁止公开，或者危及国家安全、公共安全、经济安全、社会稳定"),
    ("art15", "条例第十五条：商业秘密、个人隐私，公开会损害第三方合法权益"),
    ("art16-1", "条例第十六条第一款：内部事务信息（人事管理、后勤管理、内部工作流程）"),
    ("art16-2", "条例第十六条第二款：过程性信息（讨论记录、过程稿、磋商信函、请示报告）"),
    ("art16-3", "条例第十六条第二款：行政执法案卷信息"),
)
_third = "征求第三方意见的结果"
_joint = Field("joint", "这项信息是不是本机关参与制作的", (("no", "没有参与制作"), ("yes", "参与制作")))
_known = Field("known", "掌握这项信息的机关", (("yes", "知道，写在下面"), ("no", "不知道是哪个机关")))
_holder = Field("holder", "那个机关的名称和联系方式", when=("known", "yes"))
_authority = Field("authority", "行政复议机关的名称")

kinds: dict[str, Kind] = {
    one.id: one
    for one in (
        Kind("available", "可以获得", "您申请的信息可以获得。", (_ways,)),
        Kind("public", "已经主动公开", "您申请的信息已经主动公开。", (_ways,)),
        Kind("given", "予以公开", "您申请的信息可以公开，现予提供。", (_ways,)),
        Kind(
            "partial",
            "部分公开",
            "您申请的信息中有不应公开的内容，能够区分处理，现提供可以公开的部分。",
            (_ways, Field("withheld", "没有提供的部分，每一部分的条款和理由")),
            refuses=True,
        ),
        Kind(
            "exempt",
            "免予公开",
            "您申请的信息属于免予公开的范围。",
            (
                Field("ground", "免予公开的情形", _grounds_seed),
                _reasons,
                *(Field(f"third_{one}", _third, when=("ground", one)) for one in ("commercial", "privacy")),
            ),
            refuses=True,
        ),
        Kind(
            "refused",
            "不予公开",
            "您申请的信息不予公开。",
            (
                Field("ground", "适用的条款", _grounds_2019),
                _reasons,
                Field("third_art15", _third, when=("ground", "art15")),
            ),
            refuses=True,
        ),
        Kind(
            "absent",
            "信息不存在",
            "经检索，没有您申请的信息。",
            (Field("searched", "在哪里、怎样检索的"),),
            refuses=True,
        ),
        Kind(
            "elsewhere",
            "不属于本机关",
            "您申请的信息不属于本机关负责公开。",
            (_joint, _reasons, _known, _holder),
            refuses=True,
        ),
        Kind("unclear", "申请不明确", "您的申请内容不明确。", (Field("change", "请更改、补充什么"),)),
        Kind(
            "repeated",
            "重复申请",
            "您已经就同样的内容提出过申请，本机关已经答复，不再重复处理。",
            (Field("first", "上一次答复的编号和日期"),),
            refuses=True,
        ),
        Kind(
            "special",
            "另有专门规定",
            "您申请的是登记资料等法律、行政法规另有规定的信息，请按那里的规定办理。",
            (Field("law", "哪部法律、行政法规"), Field("office", "到哪里办理")),
            refuses=True,
        ),
        Kind(
            "petition",
            "不作为申请处理",
            "您反映的是信访、投诉、举报等事项，不作为政府信息公开申请处理。",
            (Field("office", "可以通过什么渠道提出"),),
            refuses=True,
        ),
    )
}


def of_profile(profile: Profile) -> dict[str, Kind]:
    """The kinds of reply of a profile, in its order (rule 1)."""
    return {kind: kinds[kind] for kind in profile.replies}


def fields_of(kind: Kind) -> tuple[Field, ...]:
    """Everything this kind of reply says, with the authority where it refuses (rules 2 and 3)."""
    return (*kind.fields, _authority) if kind.refuses else kind.fields


def checked(profile: Profile, kind_id: str, said: Mapping[str, str]) -> dict[str, str]:
    """What the reply says, in the order of its fields. Raises Refused naming what lacks (rules 1 to 3)."""
    kind = of_profile(profile).get(kind_id)
    if kind is None:
        raise BadInput("请从名单里选一种答复。")
    if said.get("joint", "").strip() == "yes":  # rule 5
        raise Refused("联合制作的信息，向参与制作的任何一个机关申请都可以：请由本机关答复，不能答复“不属于本机关”。")
    found: dict[str, str] = {}
    for field in fields_of(kind):
        if field.when is not None and found.get(field.when[0]) != field.when[1]:
            continue
        value = said.get(field.name, "").strip()
        if not value or (field.choices and value not in dict(field.choices)):
            raise Refused(f"“{kind.words}”的答复还要写明：{field.label}。")
        if len(value) > limits.answer_chars_max:
            raise BadInput(f"“{field.label}”最多 {limits.answer_chars_max} 字，现在有 {len(value)} 字。")
        found[field.name] = value
    return found
