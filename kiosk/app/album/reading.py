"""One item: a guide and its parts, texts, ledgers, what stands in another language."""

from collections.abc import Iterator

from content_sync.domain.disclosure import fees, which
from content_sync.domain.disclosure.guides import Guide as GuideBody
from content_sync.domain.disclosure.items import second_of
from kiosk.app.album.known import Shot, view_of
from kiosk.app.gather import Gatherer
from kiosk.flow.pages.plain import Home
from kiosk.flow.pages.reading import Accounts, CodeOf, Element, Guide, HandoutOf, Reader, Samples, Translated, Way
from kiosk.flow.screens import samples
from kiosk.flow.state import Page, State


def pages(gatherer: Gatherer) -> Iterator[tuple[str, Page]]:
    """The richest item of each kind."""
    rows = gatherer.view(State(), None).rows
    best = {row.kind: row.id for row in sorted(rows, key=lambda row: getattr(row, "chars", 0))}
    if "guide" in best:
        yield from _guide(gatherer, best["guide"])
    if "ledger" in best:
        yield "accounts", Accounts(best["ledger"])
        yield "accounts-opened", Accounts(best["ledger"], 1)
    listed = next((row.id for row in rows if fees.is_list(row.kind, row.node, row.title)), "")
    if listed:
        yield "fee-list", Accounts(listed)
    for kind in ("notice", "document", "answer", "emergency"):
        if kind in best:
            yield kind, Reader(best[kind])
    if "document" in best:
        yield "document-text", Reader(best["document"], "text", 1)
        yield "document-explained", Reader(best["document"], "text", 1, explained=True)
        yield "document-contents", Reader(best["document"], "text", contents=0)


def _guide(gatherer: Gatherer, guide: str) -> Iterator[tuple[str, Page]]:
    """A guide: its questions, a case, its parts, its forms."""
    yield "guide", Guide(guide)
    yield "guide-elements", Element(guide)
    yield "guide-materials", Element(guide, "materials")
    yield "guide-steps", Element(guide, "steps")
    yield "guide-fees", Element(guide, "fees")
    yield "guide-handout", HandoutOf(guide)
    yield "guide-way", Way(guide)
    opened = gatherer.view(State((Samples(guide),)), None).item
    if opened and isinstance(opened[0].body, GuideBody):
        unsure = tuple(which.unclear(one) for one in which.questions_of(opened[0].body))
        yield "guide-second-question", Guide(guide, unsure[:1])
        yield "guide-not-sure", Guide(guide, unsure)
        yield "guide-case", Guide(guide, next(iter(which.combinations(opened[0].body))))
    if opened and samples.forms(opened[0]):
        yield "guide-samples", samples.first(opened[0])
        yield "guide-sample", Samples(guide)
        yield "guide-sample-enlarged", Samples(guide, part=1)
    yield "code", CodeOf(guide)
    if opened and opened[0].link:
        yield "code-online", CodeOf(guide, online=True)


def translations(gatherer: Gatherer, language: str) -> Iterator[Shot]:
    """The first guide that somebody translated into the language."""
    for row in gatherer.view(State(), None).rows:
        for name, page in (("guide-with-translation", Guide(row.id)), ("translation", Translated(row.id))):
            pages = (Home(), page)
            view = view_of(gatherer, pages)
            if row.kind == "guide" and view.item and second_of(view.item[0], language):
                yield name, pages, view
