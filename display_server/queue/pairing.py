"""The small screens that belong to one window, and how a browser becomes one: the rating pad and the window's display.

1. Whoever sits at a window asks for a code there, for its pad or its display; the code is shown once, opens that one
   screen of that one window, works once, and only for `limits.screen_code_minutes`.
2. A code dies at its `limits.screen_code_tries_max`-th wrong try: six digits are guessed once in 200,000 codes asked
   for. Whatever is wrong with a code, the answer is one sentence.
3. The browser gets a token in a cookie that is sent to this screen's pages only; the server keeps its hash. It opens
   nothing but the pages of that screen, and needs no account on the tablet.
4. A window has one pad and one display. A newer one takes the place of the older; the clerk may cut one off any time.
5. All of it stands in the audit log with the account that asked.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.ids import spelled
from display_server.access import Actor
from display_server.database import audit
from display_server.database.engine import Database
from display_server.database.tables.queue import screens
from display_server.queue import log
from display_server.queue.sitting import seat_of

kinds: dict[str, str] = {"pad": "评价屏", "show": "窗口屏"}
_no = "配对码不对，或者已经过期。请窗口的工作人员在叫号页面重新取一个。"


def offer(db: Database, actor: Actor, site_id: str, window_id: str, kind: str) -> str:
    """A code for one screen of the window where the actor sits (rules 1 and 5)."""
    _check_kind(kind)
    number = int.from_bytes(db.config.ids.random(8)) % 10**limits.screen_code_digits
    code = f"{number:0{limits.screen_code_digits}d}"
    with db.write() as connection:
        seat = seat_of(db, connection, actor, site_id, window_id)
        until = datetime.fromisoformat(seat.at) + timedelta(minutes=limits.screen_code_minutes)
        values = {"code": _hash(code), "code_until": until.isoformat(), "tries": 0, "offered_by": actor.name}
        _put(connection, site_id, window_id, kind, values)
        audit.append(connection, seat.at, actor.name, actor.via, "screen.offer", f"{site_id}/{window_id}/{kind}")
    return code


def pair(db: Database, site_id: str, window_id: str, kind: str, code: str) -> str:
    """The token for a right code (rules 1 to 5). Raises Refused in one sentence for any other; the try is counted."""
    _check_kind(kind)
    at, _ = log.stamp(db)
    token = spelled(db.config.ids.random(limits.token_bytes))
    with db.write() as connection:
        row = one(connection, site_id, window_id, kind)
        if row is None or not row.code or row.code_until <= at:
            right = False
        elif right := hmac.compare_digest(row.code, _hash(code)):
            values = {"code": "", "token": _hash(token), "paired_at": at, "paired_by": row.offered_by}
            _put(connection, site_id, window_id, kind, values)
            audit.append(connection, at, row.offered_by, "page", "screen.pair", f"{site_id}/{window_id}/{kind}")
            db.announce(connection, "queue", {"site": site_id})
        else:
            dead = row.tries + 1 >= limits.screen_code_tries_max  # rule 2
            _put(connection, site_id, window_id, kind, {"tries": row.tries + 1, "code": "" if dead else row.code})
    if not right:
        raise Refused(_no)
    return token


def revoke(db: Database, actor: Actor, site_id: str, window_id: str, kind: str) -> None:
    """Cut the screen off, and let an open code go (rule 4)."""
    _check_kind(kind)
    with db.write() as connection:
        seat = seat_of(db, connection, actor, site_id, window_id)
        _put(connection, site_id, window_id, kind, {"code": "", "token": ""})
        audit.append(connection, seat.at, actor.name, actor.via, "screen.revoke", f"{site_id}/{window_id}/{kind}")
        db.announce(connection, "queue", {"site": site_id})


def is_paired(connection: Connection, site_id: str, window_id: str, kind: str, token: str) -> bool:
    """Whether this token is the screen's (rule 3)."""
    row = one(connection, site_id, window_id, kind)
    return row is not None and bool(row.token) and hmac.compare_digest(row.token, _hash(token))


def one(connection: Connection, site_id: str, window_id: str, kind: str) -> Row[Any] | None:
    """The screen of this kind at this window."""
    return connection.execute(select(screens).where(*_key(site_id, window_id, kind))).first()


def paired_kinds(connection: Connection, site_id: str, window_id: str) -> tuple[str, ...]:
    """Which screens of a window are paired."""
    here = (screens.c.site == site_id, screens.c.window == window_id, screens.c.token != "")
    return tuple(connection.execute(select(screens.c.kind).where(*here).order_by(screens.c.kind)).scalars())


def _put(connection: Connection, site_id: str, window_id: str, kind: str, values: dict[str, Any]) -> None:
    if connection.execute(screens.update().where(*_key(site_id, window_id, kind)).values(**values)).rowcount == 0:
        connection.execute(screens.insert().values(site=site_id, window=window_id, kind=kind, **values))


def _key(site_id: str, window_id: str, kind: str) -> tuple[ColumnElement[bool], ...]:
    return screens.c.site == site_id, screens.c.window == window_id, screens.c.kind == kind


def _check_kind(kind: str) -> None:
    if kind not in kinds:
        raise BadInput(f"没有“{kind}”这种屏。")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
