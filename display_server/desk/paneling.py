"""The panel of a questionnaire: making its codes, taking its sheets (EVA-03).

1. Supervision makes the codes and hands them out, not the unit that is judged: nobody who authors, reviews or publishes
   for it, also when the same account is a supervisor. They are shown once, to be printed.
2. Only the server that signs the county's directory has a panel: devices seal its sheets for this server's records key,
   and a relay between them knows nothing of them.
3. A sheet counts that may be taken (content_sync.domain.disclosure.sheets), with a code that is not spent. From a kiosk
   or from the page in the office: it is the same sheet. How many of a kiosk's do not count is shown, however many they
   are; after too many no code of a kiosk is tried any more until new ones are made (disclosure.panels rule 5). How many
   wrong codes were tried in the office is shown beside it, and told when they are many.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from content_sync.domain.disclosure import panels as rules
from content_sync.domain.disclosure import polls
from content_sync.domain.disclosure.items import Item, Notice, is_over
from content_sync.domain.disclosure.sheets import Why, why_not
from content_sync.domain.errors import BadInput, Refused, Unverified
from content_sync.domain.ids import spelled
from content_sync.domain.records import Record
from content_sync.wire import panels as seals
from content_sync.wire.items import parse_item
from display_server.access import Actor, check
from display_server.cases import panels, questionnaires
from display_server.database import audit, instants
from display_server.database.engine import Database
from display_server.database.tables.content import published, versions
from display_server.database.tables.core import channels
from display_server.desk import records_key

_chance_bytes, _box_chars = 16, 40
_refusals: Mapping[Why, str] = {
    "over": "这份问卷刚刚截止，不再收答卷。",
    "unfit": "选的答案和现在的问卷对不上，可能刚改过：请照这一页重新选，再交。",
}


@dataclass(frozen=True)
class Panel:
    """A questionnaire that a panel answers, and how far that is; no `seats`, no `made_at`: no codes were made."""

    poll: str
    title: str
    unit: str
    until: str
    seats: Mapping[str, int]
    codes: int
    made_at: str
    came: int
    refused: int  # of the kiosks'
    wrong: int  # codes in the office, since these were made
    guessed: bool  # at kiosks: none of their sheets is looked at until new codes are made


class NotCounted(Refused):
    """A sheet of a panel that does not count, and the hash of the box it came in."""

    def __init__(self, why: str, poll: str, box: str) -> None:
        super().__init__(why)
        self.poll, self.box = poll, box


def running(db: Database) -> list[Panel]:
    """Every questionnaire with a panel that takes answers here, the one that ends first first."""
    if db.config.is_relay:  # rule 2
        return []
    now = db.config.clock.now()
    with db.read() as connection:
        found = [_panel(connection, item) for item in _published(connection) if not is_over(item.shown_until, now)]
    return sorted(found, key=lambda one: one.until)


def asked(db: Database, poll: str) -> Item:
    """The questionnaire as it is published now. Raises Refused when a panel cannot answer it any more."""
    now = db.config.clock.now()
    with db.read() as connection:
        item = next((one for one in _published(connection) if one.id == poll), None)
    if item is None or is_over(item.shown_until, now) or db.config.is_relay:
        raise Refused("这份问卷现在不收代表的答卷：它已经截止，或者没有公开。")
    return item


def may_make(actor: Actor, unit: str) -> bool:
    """Rule 1."""
    return actor.may("panel", unit) and not actor.writes_for(unit)


def make(db: Database, actor: Actor, poll: str, seats: Mapping[str, int], seen: str = "") -> list[str]:
    """Make the codes of a panel; returns them, and keeps none (rule 1). `seen`: when the earlier ones were made."""
    item = asked(db, poll)
    check(actor, "panel", item.unit)
    if not may_make(actor, item.unit):
        raise Refused("评议码不由被评议的单位做：这个账号也编写、审查或者发布它的内容。请换一位监察来做。")
    sitting = rules.checked_seats(seats)
    codes = set[str]()
    while len(codes) < sum(sitting.values()):
        codes.add(rules.code_of(poll, db.config.ids.random(_chance_bytes)))
    hashes = [_hash(db, poll, one) for one in codes]
    now = instants.text_of(db.config.clock.now())
    with db.write() as connection:
        panels.put(connection, poll, sitting, hashes, actor.name, now, seen=seen)
        audit.append(connection, now, actor.name, actor.via, "panel.codes", poll, f"{len(codes)}")
    return sorted(codes)


def answer(db: Database, poll: str, code: str, answers: Mapping[int, int]) -> None:
    """One sheet from the page in the office (rule 3); who was signed in there is written nowhere.

    Raises WrongCode for a code that is not there, which is counted, and BadInput for a slip of the finger.
    """
    item, folded = asked(db, poll), rules.folded(code)
    if not rules.is_code(poll, folded):
        raise BadInput("这个评议码不对：请对照纸条再输一遍，一共十二个数字。")
    if not answers:
        raise BadInput("至少选一题的答案，再交。")
    if why := why_not(item, answers, db.config.clock.now()):
        raise BadInput(_refusals[why])
    try:
        with db.write() as connection:
            _spend(db, connection, seals.Sheet(poll, folded, polls.text_of(dict(answers))))
    except panels.WrongCode:
        with db.write() as connection:
            panels.note_wrong_code(connection, poll)
        raise


def take(db: Database, connection: Connection, record: Record) -> None:
    """One sheet from a kiosk, inside the caller's transaction (rules 2 and 3)."""
    sealed = str(record.body.get("sealed", ""))
    try:
        sheet = seals.unseal(sealed, records_key.seed(db.config))
    except Unverified as error:
        raise Refused(str(error)) from error
    made_at = min(instants.parsed(record.made_at, "made_at"), instants.text_of(db.config.clock.now()))
    try:
        if not questionnaires.check(connection, sheet.poll, sheet.answers, made_at):
            raise Refused("This questionnaire is not of this server.")
        if panels.is_guessed_at(connection, sheet.poll):
            raise Refused("Somebody tries codes of this questionnaire out: it is answered in the office only.")
        _spend(db, connection, sheet)
    except Refused as error:
        box = hashlib.sha256(sealed.encode()).hexdigest()[:_box_chars]
        raise NotCounted(str(error), sheet.poll, box) from error


def _spend(db: Database, connection: Connection, sheet: seals.Sheet) -> None:
    name = spelled(db.config.ids.random(_chance_bytes))
    panels.spend(connection, sheet.poll, _hash(db, sheet.poll, sheet.code), name, sheet.answers)


def _hash(db: Database, poll: str, code: str) -> str:
    """A code as the database may hold it: nobody without the records key tries all of them."""
    return hmac.new(records_key.seed(db.config), f"panel\n{poll}\n{code}".encode(), hashlib.sha256).hexdigest()


def _published(connection: Connection) -> list[Item]:
    """What is published here and asks a panel."""
    here = (published.c.item == versions.c.item) & (published.c.version == versions.c.version)
    rows = select(versions.c.body).join(published, here).join(channels, channels.c.id == published.c.channel)
    bodies = connection.execute(rows.where(versions.c.kind == "notice", versions.c.shown_until != "")).scalars()
    items = [parse_item(body) for body in bodies if b'"panel":true' in bytes(body)]
    return [one for one in items if isinstance(one.body, Notice) and one.body.panel]


def _panel(connection: Connection, item: Item) -> Panel:
    row = panels.of(connection, item.id)
    seats, codes, made_at, wrong = (
        (panels.seats_of(row), row.codes, row.made_at, row.refused_office) if row else ({}, 0, "", 0)
    )
    came, refused = panels.sheets_of(connection, item.id), panels.refused_of(connection, item.id)
    guessed = panels.is_guessed_at(connection, item.id)
    return Panel(item.id, item.title, item.unit, item.shown_until, seats, codes, made_at, came, refused, wrong, guessed)
