"""What visitors said → the body of a record (content_sync.domain.records)."""

from collections.abc import Mapping

from content_sync.domain.cases import complaints
from content_sync.domain.cases.handwriting import text_of
from kiosk.flow.voices import Opinion, Report, Said


def body_of(page: Said) -> tuple[str, Mapping[str, str | int]]:
    """The kind of the record and what it holds; its receipt is added where it is stored."""
    taps, strokes = ",".join(page.taps), text_of(page.text)
    match page:
        case Opinion():
            codes = ",".join(map(str, complaints.codes(page.taps)))
            said = {"about": page.about, "taps": taps, "codes": codes, "text": "", "strokes": strokes}
            return "opinion", {**said, "item": page.item}
        case Report():
            claim = {"item": page.item, "place": page.place, "claim": page.claim}
            return "report", {**claim, "taps": taps, "strokes": strokes}
