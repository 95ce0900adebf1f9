"""Texts of every kind to publish, the people who do it, and a founded server with a real signed tree."""

from dataclasses import dataclass
from typing import Any

from content_sync.publish import Publisher
from display_server.access import Actor
from display_server.authoring import service, submission
from display_server.database import content
from display_server.database.engine import Database
from display_server.desk import publication
from display_server.review import service as review
from tests.founding import founded

_common = {
    "openness": "proactive",
    "visibility": "public",
    "timing": "ad_hoc",
    "dated": "2026-11-20",
    "shown_from": "2026-11-20T09:00:00+08:00",
    "source": "清河县人民政府",
    "responsible": "何建平",
}
_bodies: dict[str, dict[str, Any]] = {
    "guide": {
        "handler": {"name": "民政窗口", "place": "一楼", "phone": "0000-1234521", "hours": "9:00—17:00"},
        "bases": [{"law": "社会救助暂行办法", "article": "第九条", "text": "国家给予最低生活保障。"}],
        "conditions": ["家里人均收入低于标准"],
        "situations": [{"id": "own", "label": "本人来办"}, {"id": "other", "label": "别人代办"}],
        "materials": [{"name": "身份证", "originals": 1, "copies": 1}, {"name": "委托书", "situations": ["other"]}],
        "steps": [{"name": "交材料", "text": "到窗口"}],
        "limits": [{"kind": "promised", "amount": 20, "unit": "working_day"}],
        "result": "低保证",
        "fees": [{"name": "工本费", "fen": 1050, "per": "证"}],
        "fee_bases": [{"law": "收费目录"}],
        "supervision": [{"name": "县政务服务局", "phone": "0000-1234500"}],
        "questions": [{"question": "能代办吗？", "answer": "能。"}],
    },
    "notice": {"blocks": [{"style": "h1", "text": "停水"}, {"style": "p", "text": "周三停水一天。"}]},
    "document": {"blocks": [{"style": "p", "text": "第一条　为了公开。"}], "number": "清政发〔2026〕1号"},
    "ledger": {
        "period": "2026年10月",
        "columns": [{"name": "金额", "type": "money"}, {"name": "经手人", "type": "text"}],
        "rows": [
            {"level": 1, "name": "总支出", "cells": [120050, None]},
            {"level": 2, "name": "修路", "cells": [120050, "孙德旺"]},
        ],
        "signers": ["何秀英"],
    },
    "answer": {"question": "路灯坏了", "status": "done", "reply": [{"style": "p", "text": "已经修好。"}]},
    "emergency": {
        "level": "red",
        "event": "山洪",
        "progress": "水位上涨",
        "measures": "正在转移",
        "precautions": "往高处走",
    },
}
kinds = tuple(_bodies)
_nodes = {"county": "c07", "village": "v01"}


def plain(kind: str = "notice", level: str = "county", **changed: Any) -> dict[str, Any]:
    """A complete item of a kind that may be submitted as it is; `body` and every other field can be replaced."""
    titles = {"title": f"关于{kind}的标题", "node": _nodes[level], "kind": kind, "body": _bodies[kind]}
    return {**_common, **titles, **changed}


@dataclass(frozen=True)
class People:
    """Who acts: one account per role, as in the demonstration."""

    editor: Actor
    reviewer: Actor
    secrecy: Actor
    legal: Actor
    publisher: Actor
    admin: Actor


def people() -> People:
    """All of them."""
    roles = ("editor", "reviewer", "secrecy", "legal", "publisher", "admin")
    return People(**{role: person(role, role) for role in roles})


def person(name: str, *roles: str, units: tuple[str, ...] = ("*",)) -> Actor:
    """Somebody who acts; services ask the roles, never the accounts table."""
    return Actor(name, name, frozenset(roles), frozenset(units), "shell")


def plant(db: Database) -> Publisher:
    """The keys and the empty tree that `init` makes."""
    founded(db.config.repo, db.config.keys, db.config.clock.now(), "qinghe", "liushu")
    return Publisher(db.config.repo, db.config.keys, db.config.clock)


def approved(db: Database, who: People, channel: str = "qinghe", **changed: Any) -> str:
    """One new item, submitted and passed by every review."""
    level = {"qinghe": "county", "liushu": "village"}[channel]
    item = service.create(db, who.editor, channel, plain(**{"level": level, **changed}))
    outcome = submission.submit(db, who.editor, channel, only=item)
    assert outcome.done == (item,), outcome.refused
    for reviewer in (who.reviewer, who.secrecy, who.legal):
        review.approve(db, reviewer, channel)
    return item


def published(db: Database, who: People, channel: str = "qinghe", **changed: Any) -> str:
    """One new item, on show."""
    item = approved(db, who, channel, **changed)
    assert item in publication.publish(db, who.publisher, channel).done
    return item


def state(db: Database, item: str) -> content.Entry:
    """The item as its authors see it."""
    with db.read() as connection:
        return content.entry(connection, item)
