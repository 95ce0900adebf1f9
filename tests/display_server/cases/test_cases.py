"""A case closes only with an answer; the rated clerk cannot tell who rated; answers become public."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from display_server.access import Actor
from display_server.cases import queries, service, verdicts
from display_server.cases.service import Finding, Opening
from display_server.database import content
from display_server.database.engine import Database
from display_server.database.tables.records import cases
from display_server.desk import answering
from tests.display_server import hall
from tests.display_server.world import post


@pytest.fixture
def opened(db: Database) -> Database:
    """The founded database with its hall."""
    return hall.opened(db)


def someone(*roles: str, units: str = "*") -> Actor:
    """An account of these roles."""
    return Actor("-".join(roles), "某人", frozenset(roles), frozenset({units}), "page")


def case(
    db: Database,
    kind: str = "opinion",
    record: str = "r1",
    text: str = "字太小",
    about: str = "大厅",
    taps: str = "看不清",
) -> str:
    """An open case."""
    with db.write() as connection:
        return service.open_case(db, connection, Opening(record, kind, "hall", "qinghe", about, taps, text))


@pytest.mark.parametrize("state", ["done", "cannot"])
@pytest.mark.parametrize("text", ["", "  \n"])
def test_closes_only_with_an_answer(opened: Database, state: str, text: str) -> None:
    """Neither done nor impossible closes a case without words (promise 15)."""
    number = case(opened)
    with pytest.raises(Refused, match="没有答复"):
        service.answer(opened, someone("clerk"), number, state, text)
    service.answer(opened, someone("clerk"), number, "doing", "", due="2026-11-30")
    service.answer(opened, someone("clerk"), number, state, "已换成大字。")
    with pytest.raises(Refused, match="不能再改"):
        service.answer(opened, someone("clerk"), number, "done", "改口")
    with opened.read() as connection:
        row = queries.by_number(connection, number)
    assert (row.state, row.answer) == (state, "已换成大字。")


@pytest.mark.parametrize("state", ["open", "", "closed"])
def test_no_other_state(opened: Database, state: str) -> None:
    """A case goes forward through the known steps only."""
    with pytest.raises(BadInput):
        service.answer(opened, someone("clerk"), case(opened), state, "好")


def test_a_bad_rating_is_not_for_the_rated(opened: Database) -> None:
    """A clerk sees opinions; a bad rating looks like no case to them, and is the supervisor's (promise 11)."""
    opinion, rating = case(opened), case(opened, "rating", "r2")
    clerk, supervisor = someone("clerk"), someone("supervisor")
    service.visible(opened, clerk, opinion)
    with pytest.raises(Refused, match="没有编号"):
        service.visible(opened, clerk, rating)
    service.answer(opened, supervisor, rating, "done", "已当面道歉并整改。", Finding("upheld", "看了录像，属实。"))


@pytest.mark.parametrize("also", ["supervisor", "admin"])
def test_who_sits_at_a_window_judges_no_rating(
    opened: Database, also: str, browser: Callable[..., FlaskClient]
) -> None:
    """An account that is clerk and supervisor, or administrator, is a rated clerk: no page tells it of a rating."""
    number = case(opened, "rating", about="户口：不满意", taps="slow")
    with pytest.raises(Refused, match="没有编号"):
        service.visible(opened, someone("clerk", also), number)
    page = browser("both", "clerk", also)
    for address in ("/cases", "/supervision", "/hall/hall", f"/supervision/matter/{number}"):
        answer = page.get(address).text
        assert number not in answer.replace(f"没有编号为 {number} 的事项", ""), address
    assert number in browser("jian", "supervisor").get("/cases").text


def test_a_case_in_hand_is_still_unanswered(opened: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was begun, with a word about it, stands with those that wait; of the answered only the last are shown."""
    answered = [case(opened, record=f"r{n}") for n in range(3)]
    begun, fresh = case(opened, record="r3"), case(opened, record="r4")
    for number in answered:
        service.answer(opened, someone("clerk"), number, "done", "好了。")
    service.answer(opened, someone("clerk"), begun, "doing", "正在问。", due="2026-11-30")
    monkeypatch.setattr(limits, "answered_shown_max", 1)
    with opened.read() as connection:
        rows = queries.listed(connection, frozenset("*"), ("opinion",))
    assert [row.number for row in rows[:2]] == [begun, fresh]
    assert len(rows) == 3


def test_other_units_cases(opened: Database) -> None:
    """An account of another unit neither sees nor answers."""
    number = case(opened)
    with pytest.raises(Refused):
        service.answer(opened, someone("clerk", units="liushu"), number, "done", "好")
    with opened.read() as connection:
        assert queries.listed(connection, frozenset({"liushu"}), ("opinion",)) == []


def test_an_answer_becomes_one_draft(opened: Database) -> None:
    """An answered opinion becomes one draft of kind `answer` with question, reply and number; never a second."""
    number, editor = case(opened, record="k3f72qxaopqrst", text="", about="place", taps="queue"), someone("editor")
    with pytest.raises(Refused, match="还没有答复"):
        answering.draft(opened, editor, number)
    service.answer(opened, someone("clerk"), number, "done", "已换成大字。\n谢谢您。")
    assert [row.number for row in answering.waiting(opened, editor)] == [number]
    item = answering.draft(opened, editor, number)
    with opened.read() as connection:
        entry, plain = content.entry(connection, item), content.draft(connection, item)
    assert (plain["title"], plain["body"]["question"]) == ("关于“大厅的设施”的答复", "排队太乱")
    assert plain["body"]["number"] == "尾号 2QXA"  # of what the visitor was shown
    assert entry.authors == ("editor", "clerk")  # who answered does not review their own words
    assert answering.waiting(opened, editor) == []
    with pytest.raises(Refused, match="已经做成"):
        answering.draft(opened, editor, number)
    with pytest.raises(Refused):
        answering.waiting(opened, someone("clerk"))


def test_ratings_are_not_published_one_by_one(opened: Database) -> None:
    """The answer to a bad rating makes no public item."""
    number = case(opened, "rating")
    service.answer(opened, someone("supervisor"), number, "done", "已整改。", Finding("upheld", "属实。"))
    with pytest.raises(Refused):
        answering.draft(opened, someone("editor"), number)


def test_the_pages(opened: Database, browser: Callable[..., FlaskClient]) -> None:
    """A clerk finds the opinion, is told why it cannot close, answers it, and finds it answered; text is escaped."""
    number, page = case(opened, text="<script>字太小", about="place", taps="queue,toilet"), browser("wang", "clerk")
    listed = page.get("/cases").text
    assert all(words in listed for words in (number, "大厅的设施", "排队太乱、厕所、饮水", "回执 "))
    assert "<script>字太小" not in page.get(f"/cases/{number}").text
    refused = post(page, f"/cases/{number}", state="cannot", answer=" ")
    assert refused.status_code == 403
    assert "没有答复不能办结" in refused.text
    assert '<option value="cannot" selected>' in refused.text
    post(page, f"/cases/{number}", state="done", answer="已换成大字。")
    assert "已换成大字。" in page.get(f"/cases/{number}").text
    editor = browser("bian", "editor")
    assert number in editor.get("/answers").text
    assert post(editor, f"/answers/{number}", form="/answers").status_code == 303
    assert editor.get("/cases").status_code == 403


def test_two_who_take_it_up_at_once_do_not_change_its_day(opened: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opened the page before somebody else named a day is refused; the first day stands."""
    number = case(opened)
    seen = service.visible(opened, someone("clerk"), number)
    service.answer(opened, someone("clerk"), number, "doing", "", due="2026-11-30")
    monkeypatch.setattr(service, "visible", lambda *_: seen)
    with pytest.raises(Refused, match="由别人接手"):
        service.answer(opened, someone("clerk", "editor"), number, "doing", "", due="2026-12-30")
    with opened.read() as connection:
        row = queries.by_number(connection, number)
    assert (row.due, row.handler) == ("2026-11-30", "clerk")


def test_an_answer_without_a_channel_spoils_no_page(opened: Database, browser: Callable[..., FlaskClient]) -> None:
    """The page of what waits shows what can be made public beside what has nowhere to go."""
    numbers = [case(opened), case(opened, record="r2")]
    for number in numbers:
        service.answer(opened, someone("clerk"), number, "done", "已换成大字。")
    with opened.write() as connection:
        connection.execute(cases.update().where(cases.c.number == numbers[1]).values(unit="gone"))
    page = browser("bian", "editor").get("/answers")
    assert page.status_code == 200
    assert all(number in page.text for number in numbers)


def test_what_follows_counts_as_no_opinion_received(opened: Database) -> None:
    """The share of answered opinions is not made smaller by those who were not satisfied."""
    number = case(opened)
    service.answer(opened, someone("clerk"), number, "done", "已换成大字。")
    with opened.write() as connection:
        verdicts.judge(opened, connection, "r2", queries.by_number(connection, number), "unsatisfied")
        counts = verdicts.counts(connection, frozenset({"*"}))
    assert (counts["received"], counts["answered"], counts["unsatisfied"]) == (1, 1, 1)
