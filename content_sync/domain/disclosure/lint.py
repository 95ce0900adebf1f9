"""Everything that is checked before an item may be handed in for review; the checker only reads.

1. A finding that blocks must be mended before submission; the others are told to author and reviewer and travel on.
2. Blocking: an empty or over-long title; a missing guide element (GUI-01); accounts that do not add up or have no
   detail (CAT-10, QLT-03a, CAT-16); a 公示 without end or feedback (CAT-21); a node that is not on the unit's tree
   (CAT-01); personal numbers (N-09); a link that phones cannot open (QUE-02); an end before the time it must stay
   posted (OFF-04); questions about the visitor's case that do not work (GUI-03, disclosure.which_faults); a fee list
   with gaps, and fees of a guide that the published list does not have (HAL-13, disclosure.fees).
3. Only told: an openness that keeps the item off every screen (CAT-14), a document without an explanation (CAT-26), a
   link too long for a readable code (QUE-02), fees without the one place to pay them (GUI-08).
4. Traditional characters (N-08) block too, until somebody decides that these stay: in a quotation, or in a name.
5. A contact field that exists to be called (`phone`, `feedback`) may hold a mobile number; nothing may hold an id or
   a card.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content_sync.domain import limits, profiles
from content_sync.domain.disclosure import catalogue, fees, ledgers, polls, which_faults
from content_sync.domain.disclosure.addresses import public_address_fault
from content_sync.domain.disclosure.guides import Guide, missing_elements
from content_sync.domain.disclosure.items import Document, Item, Notice, is_publishable, second_of
from content_sync.domain.disclosure.ledgers import Ledger
from content_sync.domain.disclosure.posting import shortage
from content_sync.domain.disclosure.privacy import names, personal_numbers
from content_sync.domain.folding import traditional

_codes = frozenset(
    (
        *("id", "kind", "channel", "unit", "node", "link", "window", "service", "situations"),
        *("style", "type", "shown_from", "shown_until", "dated", "sha256", "use", "language"),
    )
)
_languages = {"mn": "蒙古文", "bo": "藏文", "ug": "维吾尔文", "en": "英文"}
_contacts = frozenset(("phone", "feedback"))
_both_scripts = frozenset("乾吒夥徵拚摺藉瞭於菸薹袷醣麴麽")  # standard characters too: 乾隆, 狼藉, 瞭望
_traditional = frozenset(traditional) - _both_scripts


@dataclass(frozen=True)
class Finding:
    """What is wrong and what to do, in one Chinese sentence.

    `line` is the line of the imported file, or the number of the block, 0 for the whole. `rule` is the row of the
    requirements it comes from.
    """

    rule: str
    message: str
    line: int = 0
    blocking: bool = False


def lint(item: Item, level: str) -> tuple[Finding, ...]:
    """All findings on an item of a unit of `level`, the blocking ones first."""
    found = [
        *_title(item),
        *_place(item, level),
        *_posting(item, level),
        *_body(item),
        *link_findings(item.link),
        *text_findings(item),
    ]
    return tuple(sorted(found, key=lambda finding: not finding.blocking))


def text_findings(value: object) -> tuple[Finding, ...]:
    """Personal numbers (N-09) and Traditional characters (N-08) in any text of a record."""
    found = []
    for name, text, line in _texts(value, "", 0):
        for number in personal_numbers(text):
            if number.kind == "mobile" and name in _contacts:  # rule 5
                continue
            sentence = f"有{names[number.kind]}（{number.masked}）：请删去或打码，个人信息不能公开。"
            found.append(Finding("N-09", sentence, line, blocking=True))
    if odd := _traditional_in(value):
        some = "、".join(list(odd)[:5])
        sentence = f"有繁体字“{some}”：请改成规范字；引文、名称里要照原样的，请写明保留。"
        found.append(Finding("N-08", sentence, min(odd.values()), blocking=True))
    return tuple(found)


def traditional_in(value: object) -> str:
    """Each Traditional character of a record once, in the order of its texts (N-08)."""
    return "".join(_traditional_in(value))


def _traditional_in(value: object) -> dict[str, int]:
    """Character → the line where it stands first."""
    odd: dict[str, int] = {}
    for _, text, line in _texts(value, "", 0):
        odd |= {char: line for char in text if char in _traditional and char not in odd}
    return odd


def second_findings(item: Item, languages: tuple[str, ...]) -> tuple[Finding, ...]:
    """Important texts that lack a language in which this county's halls also speak (LNG-01).

    Important is what people act on: a guide, an emergency, a public notice, and what an editor marked as hot.
    """
    public_notice = isinstance(item.body, Notice) and item.body.public_notice
    if not (item.kind in ("guide", "emergency") or public_notice or catalogue.hot_topic in item.topics):
        return ()
    lacking = [name for one, name in _languages.items() if one in languages and second_of(item, one) is None]
    sentence = f"这一件要紧，还没有{'、'.join(lacking)}：请补上译文。"
    return (Finding("LNG-01", sentence),) if lacking else ()


def fee_findings(item: Item, known: Sequence[fees.Listed]) -> tuple[Finding, ...]:
    """Fees of a guide that are not on the published list (HAL-13)."""
    sentence = fees.refusal(fees.of_guide(item.body), known) if isinstance(item.body, Guide) else ""
    return (Finding("HAL-13", sentence, blocking=True),) if sentence else ()


def element_findings(guide: Guide) -> tuple[Finding, ...]:
    """The elements a guide still lacks (GUI-01)."""
    missing = missing_elements(guide)
    sentence = f"办事指南缺少{'、'.join(missing)}：请补齐。"
    return (Finding("GUI-01", sentence, blocking=True),) if missing else ()


def link_findings(link: str) -> tuple[Finding, ...]:
    """Whether phones can open a link and read its code (QUE-02); no link is fine."""
    fault = public_address_fault(link) if link else ""
    if fault:
        return (Finding("QUE-02", fault, blocking=True),)
    if len(link.encode()) > limits.qr_bytes_max:
        return (Finding("QUE-02", f"网址超过{limits.qr_bytes_max}字节，二维码扫不出来：请换成短一些的网址。"),)
    return ()


def _texts(value: object, name: str, line: int) -> Iterator[tuple[str, str, int]]:
    if isinstance(value, str):
        if name not in _codes:
            yield name, value, line
    elif isinstance(value, tuple):
        for number, part in enumerate(value, 1):
            yield from _texts(part, name, number if dataclasses.is_dataclass(part) else line)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name), field.name, line)


def _title(item: Item) -> Iterator[Finding]:
    if not item.title.strip():
        yield Finding("QLT-07", "没有标题：请写上标题。", blocking=True)
    if max(len(item.title), len(item.plain_title)) > limits.title_chars_max:
        yield Finding("QLT-07", f"标题超过{limits.title_chars_max}字：请缩短。", blocking=True)


def _place(item: Item, level: str) -> Iterator[Finding]:
    if not catalogue.has_node(level, item.node):
        yield Finding("CAT-01", f"目录节点“{item.node}”不在本单位的公开目录里：请重新选择。", blocking=True)
    if not is_publishable(item):
        yield Finding("CAT-14", "不是主动公开的内容：可以存档，不会上屏。")


def _posting(item: Item, level: str) -> Iterator[Finding]:
    if fault := shortage(item, profiles.of_level(level)):
        yield Finding("OFF-04", fault, blocking=True)


def _body(item: Item) -> Iterator[Finding]:
    body = item.body
    if isinstance(body, Guide):
        yield from element_findings(body)
        yield from _guide(body)
    elif isinstance(body, Ledger):
        yield from _ledger(body)
        if fees.is_list(item.kind, item.node, item.title):
            yield from (Finding("HAL-13", words, line, blocking=True) for line, words in fees.faults(body))
    elif isinstance(body, Notice):
        yield from _notice(item, body)
    elif isinstance(body, Document) and not body.explanation:
        yield Finding("CAT-26", "文件还没有解读：建议附上通俗说明。")


def _guide(body: Guide) -> Iterator[Finding]:
    for sentence in which_faults.faults(body):
        yield Finding("GUI-03", sentence, blocking=True)
    if body.fees and not body.free and not body.paying.place:
        yield Finding("GUI-08", "收费的事项没有写缴费地点：请写明在哪个窗口、怎么缴。")


def _notice(item: Item, body: Notice) -> Iterator[Finding]:
    if body.public_notice and not item.shown_until:
        yield Finding("CAT-21", "公示没有结束时间：请填写。", blocking=True)
    if body.public_notice and not body.feedback:
        yield Finding("CAT-21", "公示没有意见反馈渠道：请写明电话或意见箱。", blocking=True)
    for sentence in polls.faults(body.questions, item.shown_until):
        yield Finding("EVA-03", sentence, blocking=True)
    if body.panel and not body.questions:
        yield Finding("EVA-03", "勾了代表评议，却没有问卷的题目：请写题目，或者去掉这个勾。", blocking=True)


def _ledger(body: Ledger) -> Iterator[Finding]:
    for sentence in ledgers.faults(body):
        rule = {"缺少明": "QLT-03a", "缺少期": "CAT-16"}.get(sentence[:3], "CAT-10")
        yield Finding(rule, f"{sentence.rstrip('。')}：请改正。" if "：" not in sentence else sentence, blocking=True)
