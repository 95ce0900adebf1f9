"""Who may pass and publish an item (promise 13, PUB-01, PUB-02, CAT-17, CAT-22).

1. The author of a text never reviews or publishes it. An edit after approval is a new text with its own hash.
2. Every review kind the item needs must have passed for exactly this hash: `content` and `secrecy` always, `legal`
   for documents marked normative. Secrecy review cannot be skipped by anyone.
3. The content review ticks the five principles: 全面 时效 合法 真实 整体.
4. The publisher is a third person: neither author nor reviewer. In a village the secrecy reviewer (村监委) may publish.
5. The latest decision of a kind counts; a rejection stays on file and sends the item back to its author.
6. An emergency may take the fast path: one secrecy reviewer, who is no author, gives its reviews and publishes it, so
   that two people are enough at night. It ends by itself at a stated instant. A third person audits it afterwards; who
   finds it wrong withdraws it, which is always possible at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from content_sync.domain.disclosure.items import Document, Emergency, Item
from content_sync.domain.errors import Refused

ReviewKind = Literal["content", "secrecy", "legal"]
review_kinds: dict[str, str] = {"content": "内容审查", "secrecy": "保密审查", "legal": "合法性审查"}
principles: tuple[str, ...] = ("全面", "时效", "合法", "真实", "整体")


@dataclass(frozen=True)
class Decision:
    """One review of one hash by one account."""

    kind: ReviewKind
    account: str
    item_hash: str
    passed: bool
    ticks: tuple[str, ...] = ()
    comment: str = ""


def needed(item: Item) -> tuple[ReviewKind, ...]:
    """The review kinds this item needs (rule 2)."""
    normative = isinstance(item.body, Document) and item.body.normative
    return ("content", "secrecy", "legal") if normative else ("content", "secrecy")


def missing(item: Item, item_hash: str, decisions: Sequence[Decision]) -> tuple[ReviewKind, ...]:
    """The kinds still to pass for this hash; the latest decision of a kind counts (rule 5)."""
    return lacking(needed(item), item_hash, decisions)


def lacking(kinds: Sequence[ReviewKind], item_hash: str, decisions: Sequence[Decision]) -> tuple[ReviewKind, ...]:
    """`missing` for review kinds that are known already, without reading the item."""
    latest = {d.kind: d.passed for d in decisions if d.item_hash == item_hash}
    return tuple(kind for kind in kinds if not latest.get(kind, False))


def check_review(decision: Decision, author: str) -> None:
    """Refuse a review by the author (rule 1) or a content review without the five ticks (rule 3)."""
    if decision.account == author:
        raise Refused("不能审查自己写的内容：请换一位审查人。")
    if decision.passed and decision.kind == "content" and set(decision.ticks) != set(principles):
        raise Refused(f"内容审查要逐项勾选五项原则：{'、'.join(principles)}。")


def check_publish(  # the five facts a publication depends on, each named
    item: Item,
    item_hash: str,
    author: str,
    decisions: Sequence[Decision],
    account: str,
    level: str,
    *,
    fast: bool = False,
) -> None:
    """Refuse a publication that lacks a review or a third person (rules 1, 2, 4), or is not fit for rule 6 (`fast`)."""
    if fast:
        _check_fast(item)
    open_kinds = missing(item, item_hash, decisions)
    if open_kinds:
        raise Refused(f"还缺{'、'.join(review_kinds[kind] for kind in open_kinds)}，不能发布。")
    if account == author:
        raise Refused("不能发布自己写的内容：请换一位发布人。")
    given = {(d.kind, d.account) for d in decisions if d.item_hash == item_hash}  # also those another one followed
    if level == "village":
        given -= {("secrecy", account)}  # rule 4: the 村监委 reviewer may publish
    if not fast and account in {reviewer for _, reviewer in given}:  # rule 6
        raise Refused("发布人不能是审查人：请换一位发布人。")


def check_audit(auditor: str, authors: Sequence[str], publisher: str) -> None:
    """Refuse an audit by somebody who had a hand in it (rule 6)."""
    if auditor in authors or auditor == publisher:
        raise Refused("事后审核要由没有写、也没有发布这一条的人来做。")


def _check_fast(item: Item) -> None:
    if not isinstance(item.body, Emergency):
        raise Refused("只有突发事件信息可以紧急发布：别的内容请走审查和发布。")
    if not item.shown_until:
        raise Refused("紧急发布要有结束时间，到时自己消失：请作者填写“展示到”，再提交。")
