"""What visitors of the demonstration said: a register that is not empty, of the same people whose answers are shown.

1. Opinions are opened, answered and closed by the rules themselves; the answers are those that the boards rotate.
2. Their receipts are round numbers that anybody may try at the kiosk (assets/demo/README.md).
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from content_sync.clock import place
from display_server.access import Actor
from display_server.cases import closing, receipts, service, verdicts
from display_server.cases.service import Opening
from display_server.database import instants
from display_server.database.engine import Database
from display_server.database.tables.records import cases

_hall, _unit = "qinghe-hall", "qinghe"


@dataclass(frozen=True)
class _Said:
    """One opinion: how it came, about what, and what became of it; `item` is the published answer."""

    about: str
    taps: str
    channel: str = "box"
    text: str = ""
    state: str = "open"
    answer: str = ""
    item: str = ""
    verdict: str = ""


_said = (
    _Said(
        *("window", "absent", "box", "", "done"),
        "户口、社保、医保三个窗口周六上午有人值班了。",
        "qh-da-0101",
        "satisfied",
    ),
    _Said(
        *("money", "unpaid", "phone", "医药费5月交的单子，7月还没到账。", "done"),
        "省城医院的费用清单少了一页，已经补上，钱打到卡上了。",
        "qh-da-0103",
    ),
    _Said("place", "seat,toilet", state="doing", answer="饮水机已经报修。"),
    _Said("failed", "again,noanswer"),
    _Said("village", "accounts", "visit", "村里第三季度的账看不明白。"),
)


def fill(db: Database, clerk: Actor) -> None:
    """Put them into the register, inside the demonstration's own instant."""
    due = (db.config.clock.now().astimezone(place) + timedelta(days=7)).date().isoformat()
    for place_, one in enumerate(_said, 1):
        receipt = f"1000 2000 {3000 + place_}"
        opening = Opening(f"demo-said-{place_}", "opinion", _hall, _unit, one.about, one.taps, one.text)
        device = "touch-1" if one.channel == "box" else ""
        with db.write() as connection:
            told = replace(opening, channel=one.channel, receipt=receipt, device=device)
            number = service.open_case(db, connection, told)
            receipts.note(connection, opening.record, "opinion", receipt, instants.text_of(db.config.clock.now()))
        if one.state != "open":
            service.answer(db, clerk, number, one.state, one.answer, due=due)
        with db.write() as connection:
            connection.execute(cases.update().where(cases.c.number == number).values(answer_item=one.item))
        closing.close(db)
        if one.verdict:
            with db.write() as connection:
                row = receipts.opinion_of(connection, receipt, device)
                assert row is not None
                verdicts.judge(db, connection, f"demo-verdict-{place_}", row, one.verdict)
