"""Who may pass and publish an item (promise 13, PUB-01, PUB-02, CAT-22).

1. The author of a text never reviews or publishes it. An edit after approval is a new text with its own hash.
2. Every review kind the item needs must have passed for exactly this hash: `content` and `secrecy` always, `legal`
   for documents marked normative. Secrecy review cannot be skipped by anyone.
3. The content review ticks the five principles: 全面 时效 合法 真实 整体.
4. The publisher is a third person: neither author nor reviewer. In a village the secrecy reviewer (村监委) may publish.
5. The latest decision of a kind counts; a rejection stays on file and sends the item back to its author.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from content_sync.domain.disclosure.items import Document, Item
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
    item: Item, item_hash: str, author: str, decisions: Sequence[Decision], account: str, level: str
) -> None:
    """Refuse a publication that lacks a review or a third person (rules 1, 2, 4)."""
    open_kinds = missing(item, item_hash, decisions)
    if open_kinds:
        raise Refused(f"还缺{'、'.join(review_kinds[kind] for kind in open_kinds)}，不能发布。")
    if account == author:
        raise Refused("不能发布自己写的内容：请换一位发布人。")
    given = {(d.kind, d.account) for d in decisions if d.item_hash == item_hash}  # also those another one followed
    if level == "village":
        given -= {("secrecy", account)}  # rule 4: the 村监委 reviewer may publish
    if account in {reviewer for _, reviewer in given}:
        raise Refused("发布人不能是审查人：请换一位发布人。")
