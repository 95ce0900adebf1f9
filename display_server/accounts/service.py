"""What happens to accounts. Every change is written to the audit log.

1. Only an administrator makes, ends or renews accounts (the shell of the server counts as one).
2. A new or renewed account has a one-time password, good for `limits.one_time_password_hours`, that must be changed.
3. An account is never deleted: its name stands in the audit log. It is made inactive and its sessions end.
4. Nobody makes their own account inactive, and the last administrator stays.
"""

from datetime import timedelta

from sqlalchemy import Connection, select

from content_sync.domain import ids, limits
from content_sync.domain.errors import BadInput, Refused
from display_server import access
from display_server.access import Actor
from display_server.accounts import passwords, queries
from display_server.database import audit
from display_server.database.engine import Database
from display_server.database.tables.core import accounts
from display_server.database.tables.core import units as units_table


def actor_for(db: Database, name: str, via: str = "shell") -> Actor:
    """The active account `name` as somebody who acts (`--as NAME`). A password still to be changed does not bind it."""
    with db.read() as connection:
        row = queries.account(connection, name)
    if row is None:
        raise Refused(f"没有名为 {name} 的账号：请先用 display-server user add 建立。")
    if not row.active:
        raise Refused(f"账号 {name} 已停用，不能办理。")
    return queries.as_actor(row, via)


def add_account(
    db: Database, actor: Actor, name: str, roles: tuple[str, ...], units: tuple[str, ...], display_name: str = ""
) -> str:
    """A new account; returns its one-time password (rules 1 and 2)."""
    access.check(actor, "accounts")
    one_time = passwords.one_time(db.config.ids)
    kept = passwords.hashed(one_time)
    with db.write() as connection:
        known = connection.execute(select(units_table.c.id)).scalars().all()
        if strange := sorted(set(units) - {*known, "*"}):
            raise BadInput(f"没有单位“{'、'.join(strange)}”：现有 {'、'.join(sorted(known))}；* 表示全部单位。")
        insert(db, connection, actor, name, roles, units, display_name, kept)
    return one_time


def insert(
    db: Database,
    connection: Connection,
    actor: Actor,
    name: str,
    roles: tuple[str, ...],
    units: tuple[str, ...],
    display_name: str,
    kept: str,
) -> None:
    """Write a new account inside the caller's transaction. `kept` is the hash of its one-time password."""
    ids.checked_id(name, "账号名")
    unknown = [role for role in roles if role not in access.roles]
    if not roles:
        raise BadInput("请至少选一个角色。")
    if unknown:
        raise BadInput(f"没有角色“{'、'.join(unknown)}”：可用的角色是 {'、'.join(access.roles)}。")
    if not units:
        raise BadInput("请至少选一个单位；* 表示全部单位。")
    if len(display_name) > limits.account_name_chars_max:
        raise BadInput(f"姓名太长：最多 {limits.account_name_chars_max} 个字。")
    if queries.account(connection, name) is not None:
        raise Refused(f"账号 {name} 已经有了：请换一个名字。")
    if queries.size(connection) >= limits.accounts_max:
        raise Refused(f"账号已有 {limits.accounts_max} 个，不能再加。")
    connection.execute(
        accounts.insert().values(
            name=name,
            display_name=display_name.strip() or name,
            roles=",".join(role for role in access.roles if role in roles),
            units="*" if "*" in units else ",".join(sorted(set(units))),
            password_hash=kept,
            must_change=1,
            one_time_until=_one_time_until(db),
            session_mark=new_mark(db),
        )
    )
    _note(db, connection, actor, "account.add", name, ",".join(roles))


def renew(db: Database, actor: Actor, name: str) -> str:
    """A new one-time password for somebody who lost theirs; their sessions end and a lock is lifted (rule 2)."""
    access.check(actor, "accounts")
    one_time = passwords.one_time(db.config.ids)
    kept = passwords.hashed(one_time)
    with db.write() as connection:
        _change(
            connection,
            name,
            password_hash=kept,
            must_change=1,
            one_time_until=_one_time_until(db),
            failures=0,
            locked_until="",
            session_mark=new_mark(db),
        )
        _note(db, connection, actor, "account.renew", name)
    return one_time


def set_active(db: Database, actor: Actor, name: str, *, active: bool) -> None:
    """Take an account out of use or back into use (rules 3 and 4)."""
    access.check(actor, "accounts")
    if name == actor.name and not active:
        raise Refused("不能停用自己的账号：请另一位系统管理员来办。")
    with db.write() as connection:
        if not active and queries.is_last_admin(connection, name):
            raise Refused("这是最后一位系统管理员，不能停用。")
        _change(connection, name, active=int(active), session_mark=new_mark(db))
        _note(db, connection, actor, "account.activate" if active else "account.deactivate", name)


def new_mark(db: Database) -> str:
    """A new session mark: every session opened under the old one ends."""
    return ids.spelled(db.config.ids.random(16))


def _one_time_until(db: Database) -> str:
    return (db.config.clock.now() + timedelta(hours=limits.one_time_password_hours)).isoformat()


def _change(connection: Connection, name: str, **values: str | int) -> None:
    if not connection.execute(accounts.update().where(accounts.c.name == name).values(**values)).rowcount:
        raise BadInput(f"没有名为 {name} 的账号。")


def _note(db: Database, connection: Connection, actor: Actor, action: str, subject: str, detail: str = "") -> None:
    at = db.config.clock.now().isoformat()
    audit.append(connection, at, actor.name, actor.via, action, subject, detail)
