"""What stands on a notice slip (告知单, GUI-03), as plain sentences: for the screen, and the same ones for paper.

1. It is of one case of one version of a guide, and says which: its materials are that version's, no others. What only
   may be needed, because the visitor could not say, is marked so.
2. What to bring comes first, each paper with its counts and where one gets it; then fee, limits, where, whom to ask.
3. A code is on it only where phones reach the guide's page; nothing on it needs the code (LNG-02).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from content_sync.domain.county import County, Site
from content_sync.domain.disclosure import which
from content_sync.domain.disclosure.guides import Guide, Material
from content_sync.domain.disclosure.items import Item
from content_sync.domain.disclosure.which import Answers, Case
from kiosk.flow import amounts, links
from kiosk.flow.words import Words


@dataclass(frozen=True)
class Bring:
    """One paper to bring: its name, and counts, what to mind, where from."""

    name: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """What it is about, and the answer; and both joined as one sentence of their language."""

    label: str
    text: str
    said: str


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
    item: Item, guide: Guide, answers: Answers, site: Site | None, county: County | None, now: datetime, words: Words
) -> Handout:
    """The notice slip of one case of this version (rule 1); `answers` empty: of all of them."""
    case = which.case_of(guide, answers)
    link = links.item_link(item.id, item.link, county, which.clear(guide, answers))
    return Handout(
        hall=site.name if site else "",
        title=words("handout.title"),
        name=item.plain_title or item.title,
        official=item.title if item.plain_title else "",
        situation=case_words(case, words) if case.labels else "",
        bring=amounts.bring(guide, case, words),
        papers=tuple(_bring(n, one, words, maybe=n in case.maybe) for n, one in enumerate(case.materials)),
        facts=tuple(_facts(guide, case, site, words)),
        version=words("handout.version", version=item.version, day=item.dated),
        link=link,
        scan=words("handout.scan") if link else "",
        closing=words("handout.closing"),
        time=words("handout.time", time=f"{now:%Y-%m-%d %H:%M}"),
        phone=words("slip.phone", phone=site.phone) if site and site.phone else "",
    )


def fact(label: str, text: str, words: Words) -> Fact:
    """费用：不收钱, or Fees: free."""
    return Fact(label, text, words("handout.fact", label=label, text=text))


def case_words(case: Case, words: Words) -> str:
    """您的情况：丢了、本人来办."""
    return words("guide.case", case=words("guide.between").join(case.labels) or words("guide.unclear"))


def _bring(place: int, material: Material, words: Words, *, maybe: bool) -> Bring:
    """Rules 1 and 2."""
    counts = amounts.papers(material, words)
    source = words("element.source", source=material.source) if material.source else ""
    unsure = words("guide.maybe") if maybe else ""
    notes = tuple(note for note in (unsure, counts, material.note, source) if note)
    return Bring(f"{place + 1}. {material.name}", notes)


def _facts(guide: Guide, case: Case, site: Site | None, words: Words) -> Iterator[Fact]:
    free = guide.free or not case.fees
    text = words("guide.free") if free else words("guide.apart").join(amounts.fee_line(one, words) for one in case.fees)
    yield fact(words("element.fees"), text, words)
    paying = words("guide.apart").join(part for part in (guide.paying.place, guide.paying.ways) if part)
    if paying and not free:
        yield fact(words("element.paying"), paying, words)
    limits = sorted(case.limits, key=lambda limit: limit.kind != "promised")
    said = (words(f"element.{limit.kind}", limit=amounts.limit_words(limit, words)) for limit in limits)
    yield fact(words("element.limits"), words("guide.apart").join(said), words)
    yield fact(words("guide.where"), _where(guide, site, words), words)
    for label, text in (("element.hours", guide.handler.hours), ("handout.ask", guide.handler.phone)):
        if text:
            yield fact(words(label), text, words)


def _where(guide: Guide, site: Site | None, words: Words) -> str:
    """The window at this hall; elsewhere the place in words."""
    windows = site.windows if site else ()
    window = next((one for one in windows if one.id == guide.handler.window), None)
    if window:
        return words("handout.window", number=window.number, name=window.name, place=window.place)
    return guide.handler.place or guide.handler.name
