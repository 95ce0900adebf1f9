"""What a visitor asks the hall and waits for at the screen: how a number stands, giving a ticket back.

1. A question has an id made where the finger was; the same question again changes nothing.
2. It is `waiting` until the agent brings the hall's answer (`answered`, `unknown`, `refused` with its sentence) or the
   screen gives up (`unreached`); what is decided stays so.
3. A question by a receipt number names the visitor's own matter: it is dropped when the visitor is forgotten (OFF-08).
   The last digits of a phone are asked for once and go with the answer, whatever it is: they wait for nobody to leave.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

AskKind = Literal["position", "give-back", "receipt"]
AskState = Literal["waiting", "answered", "unknown", "refused", "unreached"]
_columns = "id, kind, about, at, state, number, service, stands, ahead, window, low, high, basis, reason"


@dataclass(frozen=True)
class Position:
    """How a ticket stands: `stands` is its state in the queue, `low` and `high` minutes (-1: nothing can be said)."""

    number: str = ""
    service: str = ""
    stands: str = ""
    ahead: int = 0
    window: int = 0
    low: int = -1
    high: int = -1
    basis: str = ""


nothing_known = Position()


@dataclass(frozen=True)
class Ask:
    """A question: `about` is the printed number, the press whose ticket is given back, or the receipt.

    A receipt may be followed by `?last4=` while it waits (rule 3). `reason` is a refusal's. How a matter stands:
    `service` is its kind, `stands` its step, `basis` its due date, `number` the published answer, and `reason` what its
    visitor said of that.
    """

    id: str
    kind: AskKind
    about: str
    at: str
    state: AskState
    position: Position
    reason: str = ""


def ask(db: Database, ask_id: str, kind: AskKind, about: str, at: datetime) -> None:
    """Rule 1."""
    values = [ask_id, kind, about, at.isoformat()]
    db.execute("INSERT OR IGNORE INTO asks (id, kind, about, at) VALUES (?, ?, ?, ?)", values)


def asked(db: Database, ask_id: str) -> Ask | None:
    """The question as it stands, None when there is none."""
    row = db.execute(f"SELECT {_columns} FROM asks WHERE id = ?", [ask_id]).fetchone()  # noqa: S608  # a constant is put in
    return _ask(row) if row else None


def waiting(db: Database) -> list[Ask]:
    """Questions without an answer, oldest first."""
    query = f"SELECT {_columns} FROM asks WHERE state = 'waiting' ORDER BY at, id"  # noqa: S608  # a constant is put in
    return [_ask(row) for row in db.execute(query)]


def decide(db: Database, ask_id: str, state: AskState, position: Position, reason: str = "") -> bool:
    """What became of it; False when that was decided before (rule 2)."""
    query = """UPDATE asks SET state = ?, number = ?, service = ?, stands = ?, ahead = ?, window = ?, low = ?, high = ?,
        basis = ?, reason = ?,
        about = substr(about, 1, instr(about || '?', '?') - 1) WHERE id = ? AND state = 'waiting'"""
    return bool(db.execute(query, [state, *vars(position).values(), reason, ask_id]).rowcount)


def forget_receipts(db: Database) -> int:
    """Rule 3; how many there were."""
    return db.execute("DELETE FROM asks WHERE kind = 'receipt'").rowcount


def forget_before(db: Database, day: str) -> None:
    """Questions of earlier days go."""
    db.execute("DELETE FROM asks WHERE at < ?", [day])


def _ask(row: tuple[str | int, ...]) -> Ask:
    ask_id, kind, about, at, state, *position, reason = row
    return Ask(ask_id, kind, about, at, state, Position(*position), reason)  # type: ignore[arg-type]  # as the table has them
