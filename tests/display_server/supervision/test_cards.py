"""Electronic supervision: cards once and for good, reasons that delete nothing, a chain that names what was touched."""

import json
import re
import sqlite3
from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import text

from content_sync.clock import place
from content_sync.domain.errors import Refused
from content_sync.publish import Publisher
from display_server.access import Actor
from display_server.accounts.service import actor_for
from display_server.cases import applying, enquiries, lateness, queries, service
from display_server.cases.service import Finding, Opening
from display_server.cli import main
from display_server.config import Config
from display_server.database import audit
from display_server.database.engine import Database
from display_server.desk import applications
from display_server.desk.check import examine
from display_server.supervision import cards, checking, giving, story
from tests.display_server import hall, world
from tests.display_server.world import HandClock, post

_upheld = Finding("upheld", "已核实")


@pytest.fixture
def opened(db: Database, config: Config) -> Database:
    """The founded database with its hall and a supervisor."""
    Publisher(config.repo, config.keys, config.clock).create_directory()
    config.keys.chmod(0o700)
    world.add(db, "jian", "supervisor")
    return hall.opened(db)


def rated(db: Database, record: str = "r1") -> str:
    """A bad rating's case; opened on Monday 23 November it is due on Monday 30 November."""
    with db.write() as connection:
        return service.open_case(db, connection, Opening(record, "rating", "hall", "qinghe", "户口：不满意", "slow"))


def on(clock: HandClock, day: int, month: int = 11) -> None:
    """Move to nine o'clock of a day."""
    clock.at = datetime(2026, month, day, 9, tzinfo=place)


def given(db: Database, number: str) -> list[tuple[str, str, str]]:
    """Colour, due date and holder of each card of a case."""
    with db.read() as connection:
        return [(one.card.colour, one.card.due, one.card.owner) for one in cards.of_case(connection, number)]


def explain(db: Database, number: str, who: str = "jian", reason: str = "人员出差") -> None:
    """State why a case is late."""
    actor = actor_for(db, who, "page")
    lateness.state(db, actor, number, reason)


def test_yellow_one_working_day_before_red_after(opened: Database, clock: HandClock) -> None:
    """A case due on Monday turns yellow on Friday, stays so over the weekend, and red on Tuesday; each card once."""
    number = rated(opened)
    told = {}
    for day, month in ((26, 11), (27, 11), (28, 11), (30, 11), (1, 12), (2, 12)):
        on(clock, day, month)
        told[day] = giving.give(opened)
        assert giving.give(opened) == 0
    assert told == {26: 0, 27: 1, 28: 0, 30: 0, 1: 1, 2: 0}
    assert given(opened, number) == [("yellow", "2026-11-30", ""), ("red", "2026-11-30", "")]


def test_nothing_deletes_a_card(opened: Database, clock: HandClock) -> None:
    """Reason, answer and closing leave the cards; they name who had the case when they were given."""
    number, jian = rated(opened), actor_for(opened, "jian", "page")
    on(clock, 27)
    giving.give(opened)
    service.answer(opened, jian, number, "doing", "正在核实")
    on(clock, 1, 12)
    giving.give(opened)
    explain(opened, number)
    service.answer(opened, jian, number, "done", "已整改", _upheld)
    on(clock, 9, 12)
    assert giving.give(opened) == 0
    assert given(opened, number) == [("yellow", "2026-11-30", ""), ("red", "2026-11-30", "jian")]
    with opened.read() as connection:
        assert [one.card.colour for one in cards.within(connection, "2026-12-01", "2026-12-31")] == ["red"]
        assert len(cards.within(connection, "2026-11-27", "2026-12-01")) == 2


def test_a_late_case_closes_with_a_reason_only(opened: Database, clock: HandClock) -> None:
    """Late and unexplained cannot be closed; the reason is its holder's, not somebody else's; on time needs none."""
    world.add(opened, "other", "supervisor")
    number, jian = rated(opened), actor_for(opened, "jian", "page")
    with pytest.raises(Refused, match="没有超期"):
        explain(opened, number)
    service.answer(opened, jian, number, "doing", "")
    on(clock, 1, 12)
    with pytest.raises(Refused, match="超期的原因"):
        service.answer(opened, jian, number, "done", "已整改", _upheld)
    with pytest.raises(Refused, match="由经办人"):
        explain(opened, number, "other")
    with pytest.raises(Refused, match="写明"):
        explain(opened, number, reason="  ")
    explain(opened, number)
    explain(opened, number, reason="又等了两天")
    service.answer(opened, jian, number, "done", "已整改", _upheld)
    with pytest.raises(Refused, match="已经答复"):
        explain(opened, number)
    with opened.read() as connection:
        assert [one.detail for one in lateness.reasons(connection, number)] == ["人员出差", "又等了两天"]


def test_late_while_the_server_was_off(opened: Database, clock: HandClock) -> None:
    """A case that was answered late before anybody looked gets its red card afterwards, once, and no yellow one."""
    number = rated(opened)
    on(clock, 4, 12)
    explain(opened, number)
    service.answer(opened, actor_for(opened, "jian", "page"), number, "done", "已整改", _upheld)
    assert giving.give(opened) == 1
    assert giving.give(opened) == 0
    assert given(opened, number) == [("red", "2026-11-30", "jian")]


@pytest.mark.parametrize(("days", "colours"), [(0, ["red"]), (59, ["red"]), (61, [])])
def test_a_reply_that_was_late_while_the_server_was_off(
    opened: Database, clock: HandClock, days: int, colours: list[str]
) -> None:
    """An application replied to a day late gets its red card afterwards, within sixty days; older ones are not read."""
    clerk = Actor("wang", "王芳", frozenset({"clerk"}), frozenset({"*"}), "page")
    with opened.write() as connection:
        for n in range(2):
            applying.open_application(
                opened, connection, applying.Arrival(f"r{n}", "", "box", "hall", "qinghe", "x", "")
            )
    for number, day in (("2026-00001", 7), ("2026-00002", 8)):
        on(clock, day, 12)
        applications.step(opened, clerk, number, "accept", {})
        said = {"kind": "available", "available.ways": "到一楼领取", "late": "人员出差"}
        applications.step(opened, clerk, number, "reply", said)
    clock.advance(days=days)
    giving.give(opened)
    assert [colour for colour, _, _ in given(opened, "application-2026-00002")] == colours
    assert given(opened, "application-2026-00001") == []


def test_without_a_limit_no_card(opened: Database, clock: HandClock) -> None:
    """What no rule gives a limit is never late."""
    with opened.write() as connection:
        service.open_case(opened, connection, Opening("o1", "opinion", "hall", "qinghe", "place", "queue"))
    on(clock, 28, 12)
    assert giving.give(opened) == 0


TOUCHED: list[tuple[str, str, str]] = [
    ("a past event", "UPDATE audit SET detail = 'rating 2026-12-30' WHERE action = 'case.open'", "broken at record"),
    ("a card", "DELETE FROM audit WHERE action = 'card.red'", "broken at record"),
    ("a reason", "UPDATE audit SET detail = '台风' WHERE action = 'case.late'", "broken at record"),
    ("who had it", "UPDATE audit SET actor = 'other' WHERE action = 'case.done'", "broken at record"),
    ("the due date", "UPDATE cases SET due = '2026-12-30'", "is due 2026-12-30, not 2026-11-30 as record"),
    ("the answer", "UPDATE cases SET answer = '改过的话'", "its answer is not what record"),
    ("when it was answered", "UPDATE cases SET answered_at = '2026-11-29T09:00:00+08:00'", "its answer is not what"),
    ("a case", "DELETE FROM cases", "is missing: record"),
    ("a closed case reopened", "UPDATE cases SET state = 'doing', answered_at = ''", "its answer is not what record"),
]


@pytest.mark.parametrize(("sql", "words"), [row[1:] for row in TOUCHED], ids=[row[0] for row in TOUCHED])
def test_what_is_touched_in_the_database_is_named(opened: Database, clock: HandClock, sql: str, words: str) -> None:
    """Editing a past event, or a clock, in the database makes the check fail and names it (HAL-10)."""
    number = rated(opened)
    on(clock, 1, 12)
    giving.give(opened)
    explain(opened, number)
    service.answer(opened, actor_for(opened, "jian", "page"), number, "done", "已整改", _upheld)
    assert examine(opened).problems == ()
    with opened.write() as connection:
        connection.execute(text(sql))
    assert any(words in problem for problem in examine(opened).problems)


def test_an_answer_from_nowhere(opened: Database) -> None:
    """An answer that was written into the table alone is found."""
    number = rated(opened)
    with opened.write() as connection:
        connection.execute(text("UPDATE cases SET state = 'done', answer = '好', answered_at = opened_at"))
        assert [number in words and "does not know" in words for words in checking.faults(connection)] == [True]


def test_the_command_says_it(opened: Database, config: Config) -> None:
    """`display-server check` ends with 1 and names the first bad record, `--json` too."""
    rated(opened)
    run, home = CliRunner(), str(config.home)
    assert run.invoke(main, ["--dir", home, "check"]).exit_code == 0
    with opened.write() as connection:
        seq = connection.execute(text("SELECT seq FROM audit WHERE action = 'case.open'")).scalar_one()
        connection.execute(text("UPDATE audit SET at = '2026-11-20T09:00:00+08:00' WHERE action = 'case.open'"))
    said = run.invoke(main, ["--dir", home, "check"])
    assert (said.exit_code, f"record {seq}:" in said.stderr) == (1, True)
    assert f"record {seq}:" in json.loads(run.invoke(main, ["--dir", home, "check", "--json"]).stdout)["problems"][0]


def test_the_pages(opened: Database, browser: Callable[..., FlaskClient], clock: HandClock) -> None:
    """The supervisor sees what is late and unexplained, the card, the whole chain and who had it when."""
    number = rated(opened)
    late = browser("li", "supervisor")
    on(clock, 1, 12)
    giving.give(opened)
    late = world.signed_in(late.application, "xin", service_account(opened))
    page = late.get("/supervision").text
    assert all(words in page for words in (number, "已超期", "还没有说明", "没有人接手"))
    answer = post(late, f"/cases/{number}/late", form=f"/cases/{number}", reason="<b>出差</b>")
    assert answer.status_code == 303
    assert "还没有说明" not in late.get("/supervision").text
    assert "红牌 1 张，黄牌 0 张" in late.get("/supervision/given").text
    told = late.get(f"/supervision/matter/{number}").text
    assert all(words in told for words in ("收到，开始计时", "发红牌", "说明超期的原因", "&lt;b&gt;出差"))
    assert "从第 1 条到第" in late.get("/supervision/log?check=1").text
    with opened.write() as connection:
        connection.execute(text("UPDATE audit SET detail = 'x' WHERE seq = 3"))
    assert "record 3:" in late.get("/supervision/log?check=1").text
    with opened.read() as connection:
        sealed = audit.record(connection, 2)
    assert sealed is not None
    assert all(sealed.hash[n : n + 8] in late.get("/supervision/log?seq=2").text for n in range(0, 64, 8))
    assert "没有第 999 条" in late.get("/supervision/log?seq=999").text
    assert "没有第 x² 条" in late.get("/supervision/log?seq=x²").text
    assert late.get("/supervision/matter/nobody").status_code == 403
    assert late.get("/supervision/given?first=x").status_code == 400


def service_account(db: Database) -> str:
    """A supervisor's one-time password made today: the one of a week ago has expired."""
    from display_server.accounts import service as accounts

    return accounts.add_account(db, world.shell, "xin", ("supervisor",), ("*",))


def test_a_call_for_help_is_a_matter(opened: Database, browser: Callable[..., FlaskClient]) -> None:
    """Also what has no clock by law can be followed: who was asked first, and who had it then."""
    for name in ("wang", "zhao"):
        world.add(opened, name, "clerk")
    asked, _ = enquiries.ask(opened, "k1", "hall", "p1")
    enquiries.take(opened, actor_for(opened, "wang", "page"), asked)
    enquiries.hand_over(opened, actor_for(opened, "wang", "page"), asked, "zhao")
    enquiries.close(opened, actor_for(opened, "wang", "page"), asked, "solved")
    told = browser("li", "supervisor").get(f"/supervision/matter/{asked}").text
    assert all(words in told for words in ("大厅设备 k1", "应答，成为首问人", "转交", "已经帮好"))


def test_who_had_it_when() -> None:
    """Nobody until the first person's step, each until the next one's, and nobody any more after the end."""
    events = [
        SimpleNamespace(at=f"2026-11-2{n}T09:00:00+08:00", via=via, actor=actor, action=action, detail="zhao")
        for n, (via, actor, action) in enumerate(
            [
                ("device", "k1", "help.ask"),
                ("page", "wang", "help.take"),
                ("page", "wang", "help.hand"),
                ("system", "supervision", "card.red"),
                ("page", "wang", "help.close"),
            ]
        )
    ]
    told = [(one.who, one.since[8:10], one.until[8:10]) for one in story.held(events, {"zhao": "赵敏"})]  # type: ignore[arg-type]  # rows
    assert told == [("还没有人接手", "20", "21"), ("wang", "21", "22"), ("赵敏", "22", "24"), ("wang", "24", "24")]


def test_supervision_is_for_supervisors(opened: Database, browser: Callable[..., FlaskClient]) -> None:
    """Clerks, managers and supervisors of other units see none of it; a bad rating stays hidden from the rated."""
    number = rated(opened)
    pages = ("/supervision", "/supervision/given", f"/supervision/matter/{number}", "/supervision/log")
    for name, role in (("wang", "clerk"), ("guan", "manager"), ("bian", "editor")):
        page = browser(name, role)
        assert [page.get(address).status_code for address in pages] == [403] * len(pages)
    far = browser("far", "supervisor", units=("liushu",))
    assert number not in far.get("/supervision").text
    assert far.get(f"/supervision/matter/{number}").status_code == 403


_own_work = {  # what a supervisor may change: bad ratings, emergencies' audits, wrong content, their own sign-in
    *("accounts.login", "accounts.logout", "accounts.password"),
    *("cases.answer", "cases.late", "emergency.audit", "publishing.withdraw", "blanking.blank", "blanking.show"),
}


def test_a_supervisor_changes_nothing_else(opened: Database, browser: Callable[..., FlaskClient]) -> None:
    """Every form of the server that is not supervision's own work refuses a supervisor, and nothing is written."""
    page = browser("li", "supervisor")
    token = world.token(page.get("/password"))
    watching = sqlite3.connect(opened.config.database_path)
    before, written = watching.execute("PRAGMA data_version").fetchone(), []
    for rule in page.application.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and rule.endpoint not in _own_work and not rule.rule.startswith("/api/"):
            address = re.sub("<int:[a-z]+>", "1", rule.rule).replace("<site>", "hall").replace("<window>", "w1")
            fields = {"csrf_token": token, "site": "hall", "service": "huji", "device": "k1", "about": "x"}
            answer = page.post(re.sub("<[a-z]+>", "x", address), data=fields)
            assert answer.status_code < 500, rule.endpoint
            after = watching.execute("PRAGMA data_version").fetchone()
            written += [rule.endpoint] if after != before else []
            before = after
    watching.close()
    assert written == []


def test_case_page_has_the_row(opened: Database) -> None:
    """The opening of a case is on record with its due date."""
    number = rated(opened)
    with opened.read() as connection:
        assert queries.by_number(connection, number)
        (event,) = audit.of(connection, number)
    assert (event.action, event.detail) == ("case.open", "rating 2026-11-30")
