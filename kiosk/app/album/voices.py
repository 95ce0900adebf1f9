"""Speaking up: opinion, report, application, questionnaire, progress."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from content_sync.domain.cases.handwriting import Stroke
from content_sync.domain.disclosure import panels
from content_sync.domain.disclosure.items import Notice
from content_sync.domain.disclosure.polls import Ask
from kiosk.app.album.known import Shot, view_of
from kiosk.app.gather import Gatherer
from kiosk.flow import voices
from kiosk.flow.pages.plain import Home, Thanks
from kiosk.flow.pages.reading import Reader
from kiosk.flow.state import Page
from kiosk.flow.view import Matter

receipt = "3941 0012 7745"


_hand: tuple[Stroke, ...] = (  # 王 and 口, as a finger writes them
    *(((80, 60), (240, 56)), ((95, 120), (225, 116)), ((160, 60), (160, 182)), ((70, 186), (250, 180))),
    *(((330, 70), (336, 176)), ((330, 70), (450, 66), (444, 172)), ((336, 172), (446, 168))),
)


def pages() -> Iterator[tuple[str, Page]]:
    """Everything a visitor can say, half said."""
    written = replace(voices.no_text, strokes=_hand)
    yield "opinion", voices.Opinion()
    yield "opinion-what", voices.Opinion("failed", ("paper",))
    yield "opinion-written", voices.Opinion("failed", ("paper",), text=written)
    yield "report", voices.Report()
    yield "report-missing", voices.Report(place="liushu/v02", claim="missing", taps=("part",))
    yield "report-whose", voices.Report(claim="missing")
    filled = voices.Application("check", "citizen", text=written, contact="13800138000", form="print")
    filled = replace(filled, name=replace(filled.name, strokes=_hand), id_proof="11010119900307109X")
    for step in (*voices.steps(filled), "address"):
        yield f"application-{step.replace('_', '-')}", replace(filled, step=step)
    yield "thanks-application", Thanks("application")
    yield "thanks-unsatisfied", Thanks("unsatisfied")
    yield "progress", voices.Progress("39410012")
    yield "pad", voices.Pad("text", voices.no_text)
    yield "pad-written", voices.Pad("text", written)


def told(gatherer: Gatherer) -> Iterator[Shot]:
    """A matter by its receipt, and a questionnaire put into a notice of this device (rule 1 but for the questions)."""
    view = view_of(gatherer, (Home(),))
    due = (view.now + timedelta(days=12)).date().isoformat()
    matters = {"doing": Matter("answered", "opinion", "doing", due), "unknown": Matter("unknown")}
    answer = next((row.id for row in view.rows if row.kind == "answer"), "")
    matters |= {
        "done": Matter("answered", "opinion", "done", item=answer),
        "judged": Matter("answered", "opinion", "done", item=answer, verdict="satisfied"),
        "application": Matter("answered", "application", "accepted", due),
        "report": Matter("answered", "report", "found"),
    }
    for name, matter in matters.items():
        yield f"progress-{name}", (Home(), voices.ProgressOf("394100127745")), replace(view, matter=matter)
    row = next((row.id for row in view.rows if row.kind == "notice"), "")
    found = view_of(gatherer, (Reader(row),)).item
    if found and isinstance(found[0].body, Notice):
        options = ("满意", "基本满意", "不满意", "没来办过事")
        body = replace(found[0].body, questions=(Ask("您对大厅的服务满意吗？", options),))
        for panel, shown in ((False, _public(row)), (True, _panel(row, panels.code_of(row, b"album123")))):
            asked = replace(found[0], body=replace(body, panel=panel))
            for name, page in shown.items():
                spent = name == "thanks-panel-uncounted"
                yield name, (Home(), page), replace(view, item=(asked, found[1]), can_seal=panel, uncounted=spent)


def _public(row: str) -> dict[str, Page]:
    """The questionnaire for everybody."""
    return {"poll": voices.Poll(row), "poll-end": voices.Poll(row, 2, ((1, 2),))}


def _panel(row: str, code: str) -> dict[str, Page]:
    """A panel member's way through the same questionnaire."""
    return {
        "poll-offers-panel": voices.Poll(row),
        "panel": voices.Panel(row, code[:7]),
        "panel-wrong": voices.Panel(row, "1" * panels.code_digits),
        "panel-right": voices.Panel(row, code),
        "panel-poll": voices.Poll(row, code=code),
        "panel-end": voices.Poll(row, 2, ((1, 2),), code=code),
        "thanks-panel": Thanks("panel"),
        "thanks-panel-uncounted": Thanks("panel"),
    }
