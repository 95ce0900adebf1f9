"""Money, days and papers in the words a visitor uses."""

from content_sync.domain.disclosure.guides import Fee, Guide, Limit, Material, fees_for
from kiosk.flow.words import Words


def yuan(fen: int) -> str:
    """4000 → 40, 1250 → 12.5: a price, without needless zeros."""
    return f"{fen / 100:,.2f}".rstrip("0").rstrip(".")


def exact_yuan(fen: int) -> str:
    """8641235 → 86,412.35: a line of accounts."""
    return f"{fen / 100:,.2f}"


def fee(guide: Guide, situation: str, words: Words) -> tuple[str, str, str]:
    """What one pays in a situation: number, unit, note."""
    fees = fees_for(guide, situation)
    if guide.free or not fees:
        return words("guide.free"), "", words("guide.free_note")
    lowest, highest = min(f.fen for f in fees), max(f.fen for f in fees)
    if lowest == highest:
        return yuan(lowest), words("guide.yuan"), fees[0].note or fees[0].name
    return f"{yuan(lowest)}–{yuan(highest)}", words("guide.yuan"), words("guide.fee_varies")


def days(guide: Guide, words: Words) -> tuple[str, str, str]:
    """How long it takes: the promised limit large, the statutory one below."""
    promised = next((limit for limit in guide.limits if limit.kind == "promised"), None)
    statutory = next((limit for limit in guide.limits if limit.kind == "statutory"), None)
    first = promised or statutory
    if first is None:
        return words("guide.unknown"), "", words("guide.ask")
    note = first.note
    if promised and statutory and statutory.amount:
        note = words("guide.statutory", amount=statutory.amount, unit=words(f"guide.short_{statutory.unit}"))
    if first.unit == "instant" or not first.amount:
        return words("guide.instant"), "", note
    return str(first.amount), words(f"guide.short_{first.unit}"), note


def limit_words(limit: Limit, words: Words) -> str:
    """20个工作日."""
    return words("guide.instant") if limit.unit == "instant" else f"{limit.amount}{words(f'guide.{limit.unit}')}"


def papers(material: Material, words: Words) -> str:
    """原件1份、复印件2份."""
    counts = [words("guide.originals", n=material.originals)] if material.originals else []
    counts += [words("guide.copies", n=material.copies)] if material.copies else []
    return "、".join(counts)


def fee_line(one: Fee, words: Words) -> str:
    """补领工本费：40元/证（丢失补领）."""
    per = f"/{one.per}" if one.per else ""
    note = words("guide.in_brackets", text=one.note) if one.note else ""
    return words("guide.fee_line", name=one.name, yuan=yuan(one.fen), per=per, note=note)
