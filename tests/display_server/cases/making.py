"""A hall with published guides and clerks, and cases taken in there, with the least that is needed."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from content_sync.clock import place
from content_sync.domain.edition import body_hash
from content_sync.wire.items import item_bytes, item_from_plain
from display_server.access import Actor
from display_server.cases import accepting, clocks, handling_queries
from display_server.cases.accepting import Registration
from display_server.database.engine import Database
from display_server.database.tables.content import published, versions
from tests.display_server import hall, texts

clerk = Actor("wang", "王芳", frozenset({"clerk"}), frozenset({"qinghe"}), "page")
every = frozenset({"*"})
form = Registration("a" * 16, "hall", "guide-1", "promised", "w3", "张三", situation="own", received=frozenset({0}))


def opened(db: Database) -> Database:
    """The hall, with one guide: 20 working days, two materials of which one is for proxies only, a fee of 10.50."""
    guide(hall.opened(db), "guide-1")
    return db


def guide(db: Database, name: str, channel: str = "qinghe", **body: Any) -> None:
    """One more published guide, as publication leaves it in the tables."""
    plain = texts.plain("guide", title=f"办理{name}")
    _publish(db, name, channel, plain | {"body": plain["body"] | body})


def notice(db: Database, name: str, channel: str = "qinghe", shown_until: str = "", **body: Any) -> str:
    """A published notice; its id."""
    plain = texts.plain("notice", title=f"通知{name}")
    until = {"shown_until": shown_until} if shown_until else {}
    _publish(db, name, channel, plain | {"body": plain["body"] | body} | until)
    return name


def _publish(db: Database, name: str, channel: str, plain: dict[str, Any]) -> None:
    plain |= {"id": name, "channel": channel, "unit": channel, "index_number": "x"}
    plain |= {"dated": "2026-01-01", "shown_from": "2026-01-01T00:00:00+08:00"}
    data = item_bytes(item_from_plain(plain))
    facts = {"item": name, "version": 1, "hash": body_hash(data)}
    shown = {key: plain[key] for key in ("kind", "title", "dated", "shown_from")}
    other = {
        "shown_until": plain.get("shown_until", ""),
        "needs": "",
        "authors": "e",
        "submitted_by": "e",
        "submitted_at": plain["shown_from"],
    }
    with db.write() as connection:
        connection.execute(versions.insert().values(**facts, **shown, **other, body=data))
        connection.execute(published.insert().values(**facts, channel=channel, edition=1))


def taken(db: Database, number: int = 1, **changed: Any) -> str:
    """A case taken in; its id."""
    case = replace(form, id=f"{number:016d}", **changed)
    accepting.register(db, clerk, case)
    return case.id


def row(db: Database, case: str) -> Row[Any]:
    """The case as it is kept."""
    with db.read() as connection:
        found = handling_queries.by_id(connection, case)
    assert found is not None
    return found


def running(db: Database) -> list[clocks.Clock]:
    """Every clock that runs."""
    with db.read() as connection:
        return clocks.running(db, connection, every)


def on(month: int, day: int, year: int = 2026) -> datetime:
    """An instant of that day's morning."""
    return datetime(year, month, day, 9, tzinfo=place)


def fee_list(db: Database, name: str, *fees: tuple[str, int, str], channel: str = "qinghe", **changed: Any) -> None:
    """A published fee list: name, fen and place to pay of each fee (HAL-13)."""
    columns = [("收费标准", "money"), ("收费依据", "text"), ("缴费地点", "text")]
    body = {
        "period": "2026年",
        "columns": [{"name": column, "type": kind} for column, kind in columns],
        "rows": [
            {"level": 1, "name": fee, "cells": [fen, "发改价格〔2003〕2322号", where]} for fee, fen, where in fees
        ],
        "signers": ["清河县财政局"],
    }
    plain = texts.plain("ledger", title="清河县收费目录", node="c05", body=body)
    _publish(db, name, channel, plain | changed)
