"""Behind the PIN."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from kiosk.app.album.known import Shot
from kiosk.flow.behind import Behind, Carrying, Health, Held, Problem
from kiosk.flow.pages.plain import Home
from kiosk.flow.pages.staff import Staff, StaffPin, Stick
from kiosk.flow.view import View


def shots(view: View) -> Iterator[Shot]:
    """Behind the PIN (rule 1: the report is made up, the content's numbers are the device's)."""
    home = Home()
    held = tuple(Held(name, e.number, e.as_of, 120) for name, e in view.held.items())
    well = Health(held, 12, printer="ready", paper="low", speaker="ready", free=21_400)
    late = tuple(replace(one, as_of=(view.now - timedelta(days=14)).isoformat()) for one in held)
    said = (
        Problem("content:_server", "http://county: no answer within 10 seconds."),
        Problem("section:result", "The section 办事结果 is empty."),
        Problem("record", "Record k3f72qxa was refused: its device is not enrolled."),
    )
    ill = Health(late, 112, doubtful=True, printer="out", paper="out", speaker="failing", free=310, problems=said)
    yield "staff-pin", (home, StaffPin("1234")), view
    yield "staff-pin-paused", (home, StaffPin()), replace(view, behind=Behind(wrong=True, pause=60))
    yield "staff", (home, Staff()), replace(view, behind=Behind(health=well))
    yield "staff-ill", (home, Staff()), replace(view, behind=Behind(health=ill))
    yield "staff-ill-2", (home, Staff(1)), replace(view, behind=Behind(health=ill))
    yield "staff-ill-3", (home, Staff(2)), replace(view, behind=Behind(health=ill))
    turns = {
        "reading": Carrying("import", done=12_300_000, of=41_000_000),
        "taken": Carrying("import", "over", bundle="taken", records="written", written=112, taken=3),
        "old": Carrying("import", "over", bundle="old", records="written", written=112),
        "foreign": Carrying("import", "over", bundle="foreign"),
        "full": Carrying("export", "over", records="full"),
        "locked": Carrying("export", "over", records="locked"),
        "missing": Carrying("import", "over", bundle="missing"),
        "two": Carrying("import", "over", bundle="two"),
        "unread": Carrying("import", "over", bundle="unread"),
        "pulled": Carrying("import", "over", bundle="pulled"),
        "damaged": Carrying("import", "over", bundle="damaged", records="written", written=112),
        "working": Carrying("import", "working"),
    }
    for name, turn in turns.items():
        yield f"stick-{name}", (home, Staff(), Stick()), replace(view, behind=Behind(carrying=turn))
