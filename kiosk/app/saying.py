"""What visitors said → the body of a record (content_sync.domain.records).

1. An application, and a sheet with a panel's code, become a sealed box here, in the process that took it, before
   anything of it reaches a file; this device cannot read it back (promise 12).
2. What was written by hand, name above address above text, is one picture.
"""

from collections.abc import Mapping

from content_sync.domain.cases import complaints
from content_sync.domain.cases.askings import Asking
from content_sync.domain.cases.handwriting import stacked, text_of
from content_sync.domain.disclosure import polls
from content_sync.wire import applications, panels
from kiosk.flow.voices import Application, Opinion, Poll, Report, Said, Verdict


def body_of(page: Said, records_key: bytes) -> tuple[str, Mapping[str, str | int]]:
    """The kind of the record and what it holds; its receipt is added where it is stored."""
    match page:
        case Opinion():
            codes = ",".join(map(str, complaints.codes(page.taps)))
            said = {"about": page.about, "taps": ",".join(page.taps), "codes": codes, "text": ""}
            return "opinion", {**said, "strokes": text_of(page.text), "item": page.item}
        case Report():
            claim = {"item": page.item, "place": page.place, "claim": page.claim}
            return "report", {**claim, "taps": ",".join(page.taps), "strokes": text_of(page.text)}
        case Poll() if page.code:
            sheet = panels.Sheet(page.item, page.code, polls.text_of(dict(page.answers)))
            return "panel", {"sealed": panels.seal(sheet, records_key)}  # rule 1
        case Poll():
            return "answers", {"poll": page.item, "answers": polls.text_of(dict(page.answers))}
        case Verdict():
            return "verdict", {"receipt": page.digits, "verdict": page.verdict}
        case Application():
            return "application", {"sealed": applications.seal(_asking(page), records_key)}  # rule 1


def _asking(page: Application) -> Asking:
    strokes = text_of(stacked((page.name, page.address, page.text)))  # rule 2
    return Asking(page.kind, "", page.id_proof, page.contact, page.form, "", strokes)
