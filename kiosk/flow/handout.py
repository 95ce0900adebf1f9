"""What stands on a notice slip (告知单, GUI-03), as plain sentences: for the screen, and the same ones for paper.

1. It is of one situation of one version of a guide, and says which: its materials are that version's, no others.
2. What to bring comes first, each paper with its counts and where one gets it; then fee, limits, where, whom to ask.
3. A code is on it only where phones reach the guide's page; nothing on it needs the code (LNG-02).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from content_sync.domain.county import County, Site
from content_sync.domain.disclosure.guides import Guide, Material, fees_for, materials_for
from content_sync.domain.disclosure.items import Item
from kiosk.flow import amounts, links
from kiosk.flow.words import Words


@dataclass(frozen=True)
class Bring:
    """One paper to bring: its name, and counts, what to mind, where from."""

    name: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """What it is about, and the answer."""

    label: str
    text: str


@dataclass(frozen=True)
class Handout:
    """The sentences; empty ones are not shown."""

    hall: str
    title: str
    name: str
    official: str
    situation: str
    bring: str
    papers: tuple[Bring, ...]
    facts: tuple[Fact, ...]
    version: str
    link: str
    scan: str
    closing: str
    time: str
    phone: str


def handout(
    item: Item, guide: Guide, situation: str, site: Site | None, county: County | None, now: datetime, words: Words
) -> Handout:
    """The notice slip of one situation of this version (rule 1); `situation` empty: of all of them."""
    materials = materials_for(guide, situation)
    chosen = next((one.label for one in guide.situations if one.id == situation), "")
    link = links.item_link(item.id, item.link, county, situation)
    return Handout(
        hall=site.name if site else "",
        title=words("handout.title"),
        name=item.plain_title or item.title,
        official=item.title if item.plain_title else "",
        situation=words("handout.situation", situation=chosen) if chosen else "",
        bring=words("guide.bring", n=len(materials)) if materials else words("guide.bring_nothing"),
        papers=tuple(_bring(number, one, words) for number, one in enumerate(materials, 1)),
        facts=tuple(_facts(guide, situation, site, words)),
        version=words("handout.version", version=item.version, day=item.dated),
        link=link,
        scan=words("handout.scan") if link else "",
        closing=words("handout.closing"),
        time=words("handout.time", time=f"{now:%Y-%m-%d %H:%M}"),
        phone=words("slip.phone", phone=site.phone) if site and site.phone else "",
    )


def _bring(number: int, material: Material, words: Words) -> Bring:
    """Rule 2."""
    counts = amounts.papers(material, words)
    source = words("element.source", source=material.source) if material.source else ""
    return Bring(f"{number}. {material.name}", tuple(note for note in (counts, material.note, source) if note))


def _facts(guide: Guide, situation: str, site: Site | None, words: Words) -> Iterator[Fact]:
    fees = fees_for(guide, situation)
    free = guide.free or not fees
    text = words("guide.free") if free else "；".join(amounts.fee_line(one, words) for one in fees)
    yield Fact(words("element.fees"), text)
    limits = sorted(guide.limits, key=lambda limit: limit.kind != "promised")
    said = (words(f"element.{limit.kind}", limit=amounts.limit_words(limit, words)) for limit in limits)
    yield Fact(words("element.limits"), "；".join(said))
    yield Fact(words("guide.where"), _where(guide, site, words))
    for label, text in (("element.hours", guide.handler.hours), ("handout.ask", guide.handler.phone)):
        if text:
            yield Fact(words(label), text)


def _where(guide: Guide, site: Site | None, words: Words) -> str:
    """The window at this hall; elsewhere the place in words."""
    windows = site.windows if site else ()
    window = next((one for one in windows if one.id == guide.handler.window), None)
    if window:
        return words("handout.window", number=window.number, name=window.name, place=window.place)
    return guide.handler.place or guide.handler.name
