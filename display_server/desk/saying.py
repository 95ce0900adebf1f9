"""What a visitor said at a kiosk, by record: opinion, report of untruth, application, questionnaire, panel, verdict.

1. An opinion is answered where its device is registered. A report and an application are the county's: a relay keeps
   nothing of them but the receipt, and passes them up (promise 12, SUP-07).
2. The same of their receipts: a relay knows that it passed the thing on, the county knows how far it is.
3. A questionnaire is counted on every server that it passes; a panel's sheet where its codes were made (desk.paneling).
4. A verdict on an answer belongs where its opinion was answered, and nowhere else; the words of no visitor are in it.
5. Nothing here reads the words of an application. That its seal opens is tried once, in memory, to note a keyed hash of
   the last four digits of its contact. One that does not open is taken in all the same: its visitor holds a receipt.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from content_sync.domain import limits
from content_sync.domain.cases import askings
from content_sync.domain.disclosure import polls, whereabouts
from content_sync.domain.errors import BadInput, GongkailanError, Refused
from content_sync.domain.ids import checked_id
from content_sync.domain.records import Record
from content_sync.wire import applications as seals
from display_server.cases import applying, questionnaires, receipts, reports, verdicts
from display_server.cases.service import Opening, open_case
from display_server.database import county as kept
from display_server.database import instants, mirrored, sites
from display_server.database.engine import Database
from display_server.desk import paneling, records_key
from display_server.devices.queries import Device


@dataclass(frozen=True)
class Place:
    """The hall it was said in, or empty, and the unit that answers for it."""

    site: str
    unit: str


def place_of(connection: Connection, device: Device) -> Place:
    """Where a device of this server stands."""
    if device.site:
        return Place(device.site, sites.site(connection, device.site).unit)
    return Place("", mirrored.units_of_channels(connection)[device.channels[0]])


def take(db: Database, connection: Connection, place: Place, record: Record) -> None:
    """Take in what the record says, inside the caller's transaction."""
    _taking[record.kind](db, connection, place, record)


def progress(db: Database, receipt: str, digits: str, device: str = "") -> dict[str, str] | None:
    """How far the thing is that this receipt stands for; None: there is none, or the digits are wrong.

    `device`: the kiosk it is asked at.
    """

    def matches(record: str, kept: str) -> bool:
        return hmac.compare_digest(last4_hash(records_key.seed(db.config), record, digits), kept)

    with db.read() as connection:
        return receipts.progress(connection, receipt, matches, device)


def last4_hash(seed: bytes, record: str, digits: str) -> str:
    """Four digits as the database may hold them: nobody without the records key tries them out (rule 5)."""
    return hmac.new(seed, f"last4\n{record}\n{digits}".encode(), hashlib.sha256).hexdigest() if digits else ""


def _opinion(db: Database, connection: Connection, place: Place, record: Record) -> None:
    receipt = _received(db, connection, record)
    about, taps, text, item, strokes = _texts(record, "about", "taps", "text", "item", "strokes")
    if not (taps.strip() or text.strip() or strokes):
        raise BadInput("An opinion needs a tap or a word.")
    told = {"about": about, "taps": taps, "text": text, "item": item, "strokes": strokes, "receipt": receipt}
    told["device"] = record.device
    open_case(db, connection, Opening(record.id, "opinion", place.site, place.unit, **told))


def _report(db: Database, connection: Connection, place: Place, record: Record) -> None:
    item, claim, taps, text, strokes, where = _texts(record, "item", "claim", "taps", "text", "strokes", "place")
    reports.check_told(item, claim)
    county = kept.county(connection)
    lacks = f"在“{whereabouts.told(where, county)}”里没有找到。" if where else ""
    text = "\n".join(part for part in (lacks, text) if part)
    receipt = _received(db, connection, record)
    if not db.config.is_relay:  # rule 1
        unit = whereabouts.unit_of(where, county) or place.unit
        reports.open_report(
            db, connection, reports.Told(record.id, receipt, place.site, unit, item, claim, taps, text, strokes)
        )


def _application(db: Database, connection: Connection, place: Place, record: Record) -> None:
    sealed = str(record.body.get("sealed", ""))
    if not sealed:
        raise BadInput("An application is sealed.")
    receipt = _received(db, connection, record)
    if not db.config.is_relay:  # rule 1
        came = applying.Arrival(
            record.id, receipt, "box", place.site, place.unit, sealed, _last4(db, record.id, sealed)
        )
        applying.open_application(db, connection, came)


def _answers(db: Database, connection: Connection, _place: Place, record: Record) -> None:
    poll, answers = (str(record.body.get(name, "")) for name in ("poll", "answers"))
    if len(answers) > limits.opinion_chars_max:
        raise BadInput("A sheet of answers is too long.")
    told = polls.text_of(polls.parse(answers))
    made_at = min(instants.parsed(record.made_at, "made_at"), instants.text_of(db.config.clock.now()))
    questionnaires.add_sheet(connection, record.id, checked_id(poll, "poll"), told, made_at)


def _panel(db: Database, connection: Connection, _place: Place, record: Record) -> None:
    if not db.config.is_relay:  # rule 3
        paneling.take(db, connection, record)


def _verdict(db: Database, connection: Connection, _place: Place, record: Record) -> None:
    receipt, verdict = _texts(record, "receipt", "verdict")
    row = receipts.opinion_of(connection, receipt, record.device)
    if row is None:
        raise Refused("There is no opinion with this receipt.")
    verdicts.judge(db, connection, record.id, row, verdict)  # rule 4


def _received(db: Database, connection: Connection, record: Record) -> str:
    """The receipt as the visitor was shown it; empty for an opinion from an older device, which is found by its id."""
    receipt = str(record.body.get("receipt", ""))
    if len(receipt) > limits.receipt_chars_max:
        raise BadInput(f"A receipt has at most {limits.receipt_chars_max} characters.")
    if receipt or record.kind != "opinion":
        receipts.note(connection, record.id, record.kind, receipt, instants.text_of(db.config.clock.now()))
    return receipt


def _texts(record: Record, *names: str) -> tuple[str, ...]:
    texts = tuple(str(record.body.get(name, "")) for name in names)
    for name, text in zip(names, texts, strict=True):
        most = limits.strokes_chars_max if name == "strokes" else limits.opinion_chars_max
        if len(text) > most:
            raise BadInput(f"{name} has at most {most} characters.")
    return texts


def _last4(db: Database, record: str, sealed: str) -> str:
    try:
        seed = records_key.seed(db.config)
        return last4_hash(seed, record, askings.last4(seals.unseal(sealed, seed)))
    except GongkailanError:
        return ""  # rule 5


_taking: dict[str, Callable[[Database, Connection, Place, Record], None]] = {
    "opinion": _opinion,
    "report": _report,
    "application": _application,
    "answers": _answers,
    "panel": _panel,
    "verdict": _verdict,
}
kinds = frozenset(_taking)
kept_apart = kinds - {"opinion", "verdict"}  # in tables of their own, and nowhere else
