"""Signing in, signing out, changing the password.

1. An unknown name, a wrong password, a locked account, an inactive one and an expired one-time password get the same
   sentence after the same time.
2. A try is counted before it is judged, in one transaction: many tries at once do not get past the lock.
   `limits.login_tries_max` tries, from all addresses together, lock the account for `limits.login_lock_seconds`; a
   right password clears the count.
3. A one-time password must be changed, to another one of at least `limits.password_chars_min` characters.
4. Changing the password ends every session but the one that changed it; signing out ends them all, because a copied
   cookie could otherwise be used until it runs out.
5. A session ends `limits.session_hours_max` after signing in, used or not.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from content_sync.domain import limits
from content_sync.domain.errors import Refused
from display_server.access import Actor
from display_server.accounts import passwords, queries, service
from display_server.database import audit
from display_server.database.engine import Database
from display_server.database.tables.core import accounts

_no = "账号或密码不对，或者这个账号暂时不能登录。请核对后再试；连续输错会锁定几分钟。"


@dataclass(frozen=True)
class SignedIn:
    """Who signed in, the mark of the session, and whether the password must be changed first."""

    actor: Actor
    mark: str
    must_change: bool


def sign_in(db: Database, name: str, password: str) -> SignedIn:
    """Check a name and a password (rules 1 and 2). Raises Refused with one sentence for every reason."""
    kept = _counted(db, name)
    if not passwords.matches(kept, password[: limits.password_chars_max]):
        raise Refused(_no)
    now = db.config.clock.now().isoformat()
    with db.write() as connection:
        row = queries.account(connection, name)
        if row is None or row.password_hash != kept:
            raise Refused(_no)
        connection.execute(accounts.update().where(accounts.c.name == name).values(failures=0, locked_until=""))
        audit.append(connection, now, name, "page", "sign_in", name)
    return SignedIn(queries.as_actor(row, "page"), str(row.session_mark), bool(row.must_change))


def resume(db: Database, name: str, mark: str, since: str) -> SignedIn | None:
    """The account of a session that is still good, or None (rules 4 and 5)."""
    with db.read() as connection:
        row = queries.account(connection, name)
    if row is None or not row.active or not mark or row.session_mark != mark:
        return None
    now, began = db.config.clock.now(), datetime.fromisoformat(since)
    if not began <= now < began + timedelta(hours=limits.session_hours_max):
        return None
    return SignedIn(queries.as_actor(row, "page"), mark, bool(row.must_change))


def sign_out(db: Database, actor: Actor) -> None:
    """End the sessions of this account (rule 4)."""
    with db.write() as connection:
        mark = service.new_mark(db)
        connection.execute(accounts.update().where(accounts.c.name == actor.name).values(session_mark=mark))
        audit.append(connection, db.config.clock.now().isoformat(), actor.name, "page", "sign_out", actor.name)


def change_password(db: Database, actor: Actor, old: str, new: str) -> str:
    """Replace the password; returns the new session mark (rules 3 and 4). A wrong old one counts as a try."""
    passwords.check_new(new)
    if new == old:
        raise Refused("新密码不能和原来的一样。")
    kept = _counted(db, actor.name)
    if not passwords.matches(kept, old[: limits.password_chars_max]):
        raise Refused("原密码不对。")
    fresh, mark = passwords.hashed(new), service.new_mark(db)
    with db.write() as connection:
        changed = connection.execute(
            accounts.update()
            .where(accounts.c.name == actor.name, accounts.c.password_hash == kept)
            .values(
                password_hash=fresh, must_change=0, one_time_until="", failures=0, locked_until="", session_mark=mark
            )
        )
        if not changed.rowcount:
            raise Refused("密码刚刚在别处改过了，请重新登录。")
        audit.append(connection, db.config.clock.now().isoformat(), actor.name, "page", "password", actor.name)
    return mark


def _counted(db: Database, name: str) -> str:
    """Count a try (rule 2); the hash to compare with, empty when no password will do."""
    now = db.config.clock.now()
    with db.write() as connection:
        row = queries.account(connection, name)
        if row is None or not row.active:
            return ""
        if row.locked_until and now < datetime.fromisoformat(str(row.locked_until)):
            return ""
        tries = 1 if row.locked_until else int(row.failures) + 1
        locked = tries >= limits.login_tries_max
        until = (now + timedelta(seconds=limits.login_lock_seconds)).isoformat() if locked else ""
        connection.execute(accounts.update().where(accounts.c.name == name).values(failures=tries, locked_until=until))
        if locked:
            audit.append(connection, now.isoformat(), name, "page", "locked", name)
        expired = row.must_change and now >= datetime.fromisoformat(str(row.one_time_until))
        return "" if expired else str(row.password_hash)
