"""Money, days and papers in the words a visitor uses."""

from collections.abc import Sequence

from content_sync.domain.disclosure import which
from content_sync.domain.disclosure.guides import Fee, Guide, Limit, Material
from content_sync.domain.disclosure.which import Answers, Case
from content_sync.domain.money import price
from kiosk.flow.words import Words


def fee(guide: Guide, answers: Answers, words: Words) -> tuple[str, str, str]:
    """What one pays in a case: number, unit, and where, or what for."""
    fees = which.case_of(guide, answers).fees
    lowest, highest = which.total(guide, answers)
    if guide.free or not fees or not highest:
        return words("guide.free"), "", words("guide.free_note")
    if lowest < highest:
        return f"{price(lowest)}–{price(highest)}", words("guide.yuan"), words("guide.fee_varies")
    named = fees[0].note or fees[0].name if len(fees) == 1 else words("guide.fees", n=len(fees))
    return price(lowest), words("guide.yuan"), guide.paying.place or named


def days(limits: Sequence[Limit], words: Words) -> tuple[str, str, str]:
    """How long it takes: the promised limit large, the statutory one below; the longest while the case is open."""
    promised, statutory = _longest(limits, "promised"), _longest(limits, "statutory")
    first = promised or statutory
    if first is None:
        return words("guide.unknown"), "", words("guide.ask")
    note = first.note
    if promised and statutory and statutory.amount:
        note = words("guide.statutory", amount=statutory.amount, unit=words(f"guide.short_{statutory.unit}"))
    if first.unit == "instant" or not first.amount:
        return words("guide.instant"), "", note
    return str(first.amount), words(f"guide.short_{first.unit}"), note


def _longest(limits: Sequence[Limit], kind: str) -> Limit | None:
    ours = (limit for limit in limits if limit.kind == kind)
    return max(ours, key=lambda limit: (limit.unit != "instant", limit.amount), default=None)


def bring(guide: Guide, case: Case, words: Words) -> str:
    """您要带 3 样（清单共 5 样）: how many, of how many, and whether more may be needed."""
    count, every = len(case.materials), len(guide.materials)
    sure = count - len(case.maybe)
    if not count:
        return words("guide.bring_nothing")
    if case.maybe:
        return words("guide.bring_maybe", n=sure, more=len(case.maybe)) if sure else words("guide.bring_open", n=count)
    return words("guide.bring_of", n=count, all=every) if count < every else words("guide.bring", n=count)


def limit_words(limit: Limit, words: Words) -> str:
    """20个工作日."""
    return words("guide.instant") if limit.unit == "instant" else f"{limit.amount}{words(f'guide.{limit.unit}')}"


def papers(material: Material, words: Words) -> str:
    """原件1份、复印件2份."""
    counts = (("guide.originals", material.originals), ("guide.copies", material.copies))
    return words("guide.and").join(words(key if n > 1 else f"{key}_one", n=n) for key, n in counts if n)


def fee_line(one: Fee, words: Words) -> str:
    """补领工本费：40元/证（丢失补领）."""
    per = f"/{one.per}" if one.per else ""
    note = words("guide.in_brackets", text=one.note) if one.note else ""
    return words("guide.fee_line", name=one.name, yuan=price(one.fen), per=per, note=note)
