"""From a questionnaire that is over to a published result (EVA-03, SUP-05).

1. When a questionnaire of a channel of this server is over, its result may become one draft of kind `notice` there. It
   goes the way of every text: nothing is published by itself.
2. The draft holds the number of sheets and every count as they are, also of a questionnaire that nobody answered. A
   panel's stand beside the public's, question by question, and nothing is added up (disclosure.panels rules 4 and 6).
3. Sheets that come later, from a device that was cut off, do not change a draft that was made; the register keeps both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from content_sync.domain.disclosure import catalogue
from content_sync.domain.disclosure import panels as rules
from content_sync.domain.disclosure.items import Item, is_over
from content_sync.domain.disclosure.polls import Tally
from content_sync.domain.disclosure.sheets import questions_of
from content_sync.domain.errors import Refused
from content_sync.wire.items import parse_item
from display_server.access import Actor, check
from display_server.authoring import service as authoring
from display_server.cases import panels, questionnaires
from display_server.database import audit, content, instants
from display_server.database.engine import Database
from display_server.database.tables.content import versions
from display_server.database.tables.core import channels
from display_server.database.tables.visitors import poll_results

_title_chars = 60


@dataclass(frozen=True)
class Over:
    """A questionnaire that is over, and what came of it."""

    id: str
    title: str
    channel: str
    ended: str
    sheets: int
    panel: int
    refused: int  # of the panel's


def waiting(db: Database, actor: Actor) -> list[Over]:
    """Questionnaires that are over and of whose result no draft was made, for editors of their units."""
    check(actor, "author")
    with db.read() as connection:
        done = set(connection.execute(select(poll_results.c.poll)).scalars())
        found = [one for one in _over(db, connection) if one.id not in done and actor.may("author", one.unit)]
        return [
            Over(
                one.id,
                one.title,
                one.channel,
                one.shown_until,
                *_came(connection, one),
                panels.refused_of(connection, one.id),
            )
            for one in found
        ]


def draft(db: Database, actor: Actor, poll: str) -> str:
    """Make the draft of a result and return its item id (rules 1 and 2)."""
    with db.write() as connection:
        item = next((one for one in _over(db, connection) if one.id == poll), None)
        if item is None:
            raise Refused(f"{poll} 不是已经截止的问卷。")
        check(actor, "author", item.unit)
        known = connection.execute(select(poll_results.c.item).where(poll_results.c.poll == poll)).scalar()
        if known:
            raise Refused(f"这份问卷的结果已经做成稿件 {known}。")
        sheets, panel = _came(connection, item)
        made = authoring.add(db, connection, actor, item.channel, _plain(db, connection, item))
        now = instants.text_of(db.config.clock.now())
        connection.execute(poll_results.insert().values(poll=poll, item=made, sheets=sheets, made_at=now))
        audit.append(connection, now, actor.name, actor.via, "poll.result", poll, f"{made} {sheets} {panel}")
    return made


def _over(db: Database, connection: Connection) -> list[Item]:
    """Each questionnaire that was published or answered and whose end has come, the one that ended last first."""
    now = db.config.clock.now()
    ending = select(versions.c.item).where(versions.c.kind == "notice", versions.c.shown_until != "").distinct()
    names = set(connection.execute(ending).scalars()) & questionnaires.known(connection)
    rows = [row for name in names if (row := questionnaires.shown(connection, name)) is not None]
    own = set(connection.execute(select(channels.c.id)).scalars())
    items = [parse_item(row.body) for row in rows if row.shown_until and is_over(row.shown_until, now)]
    mine = [item for item in items if item.channel in own and questions_of(item)]
    return sorted(mine, key=lambda item: item.shown_until, reverse=True)


def _came(connection: Connection, item: Item) -> tuple[int, int]:
    """How many sheets count of the public, and how many of the panel."""
    asks = questions_of(item)
    return questionnaires.tally(connection, item.id, asks)[0], panels.tally(connection, item.id, asks)[0]


def _blocks(connection: Connection, item: Item) -> Iterator[tuple[str, str]]:
    """Style and text of what the result says (rule 2)."""
    asks, panel = questions_of(item), panels.of(connection, item.id)
    sheets, of_public = questionnaires.tally(connection, item.id, asks)
    yield "p", f"“{item.title}”于 {item.shown_until[:10]} 截止，收到答卷 {sheets} 份。"
    came, of_panel = panels.tally(connection, item.id, asks) if panel else (0, ())
    if panel:
        who = rules.told(panels.seats_of(panel))
        yield "p", f"另请代表评议（{who}），发出评议码 {panel.codes} 个，收回 {came} 份。两种答卷分开计算，不相加。"
    is_told = bool(panel) and rules.tells_answers(came)
    if panel and not is_told:
        yield "p", "代表的答卷太少，说出各项就等于说出谁怎么答的，所以只公布份数，下面只是群众答卷。"
    for place, one in enumerate(of_public, 1):
        yield "h2", f"{place}. {one.ask.text}"
        if is_told:
            yield "p", "群众答卷"
        yield from _counts(one)
        if is_told:
            yield "p", "代表评议"
            yield from _counts(of_panel[place - 1])


def _counts(one: Tally) -> Iterator[tuple[str, str]]:
    given = sum(one.counts)
    for option, count in zip(one.ask.options, one.counts, strict=True):
        share = f"，占 {count / given:.0%}" if given else ""
        yield "li", f"{option}：{count} 人{share}"


def _plain(db: Database, connection: Connection, item: Item) -> dict[str, Any]:
    unit = content.channel(connection, item.channel).unit
    now = instants.text_of(db.config.clock.now().replace(microsecond=0))
    blocks = [{"style": style, "text": text} for style, text in _blocks(connection, item)]
    return {
        "kind": "notice",
        "title": f"“{item.title[:_title_chars]}”的问卷结果",
        "node": item.node or catalogue.default_node(unit.level, "notice"),
        "openness": "proactive",
        "visibility": "public",
        "timing": "ad_hoc",
        "dated": now[:10],
        "shown_from": now,
        "source": unit.name,
        "responsible": unit.leader or unit.name,
        "body": {"blocks": blocks},
    }
