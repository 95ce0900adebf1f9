"""A questionnaire closes at its end, and its result becomes a draft for review with every count as it is (EVA-03)."""

from collections.abc import Callable
from random import Random

import pytest
from flask.testing import FlaskClient

from content_sync.domain.errors import Refused
from content_sync.domain.records import Record
from display_server.access import Actor
from display_server.authoring import service as authoring
from display_server.database import content
from display_server.database.engine import Database
from display_server.database.tables.content import published
from display_server.desk import polling, reception
from tests.display_server import hall, pages, texts, world
from tests.display_server.cases import making

editor = Actor("bian", "编辑", frozenset({"editor"}), frozenset({"qinghe"}), "page")
asks = [
    {"text": "办事方便吗？", "options": ["方便", "不方便"]},
    {"text": "还缺什么？", "options": ["座位", "开水", "雨伞"]},
]
end = "2026-11-24T00:00:00+08:00"


@pytest.fixture
def poll(db: Database) -> str:
    """A published questionnaire."""
    return making.notice(hall.opened(db), "poll-1", shown_until=end, questions=asks)


def answer(db: Database, *sheets: str) -> list[tuple[str, str]]:
    """Sheets from a kiosk, all of them sent twice; what is refused both times."""
    device = hall.device(db)[0]
    made = "2026-11-23T09:00:00+08:00"
    batch = [Record(f"r{n}", "answers", "k1", made, {"poll": "poll-1", "answers": one}) for n, one in enumerate(sheets)]
    refused = reception.receive(db, device, batch).refused
    assert reception.receive(db, device, batch).refused == refused
    return refused


def test_the_result_becomes_one_draft(db: Database, poll: str, clock: world.HandClock) -> None:
    """Not before the end; then once, with every answer counted once, and not published by itself."""
    refused = answer(db, "1:1,2:3", "1:1", "1:2,2:1", "1:9")
    assert [name for name, _ in refused] == ["r3"]  # it has an answer that is not offered
    assert polling.waiting(db, editor) == []
    with pytest.raises(Refused, match="截止"):
        polling.draft(db, editor, poll)
    clock.advance(days=1)
    (over,) = polling.waiting(db, editor)
    assert (over.id, over.sheets) == ("poll-1", 3)
    item = polling.draft(db, editor, poll)
    with db.read() as connection:
        told = [block["text"] for block in content.draft(connection, item)["body"]["blocks"]]
        assert connection.execute(published.select().where(published.c.item == item)).first() is None
    assert "收到答卷 3 份" in told[0]
    assert told[1:4] == ["1. 办事方便吗？", "方便：2 人，占 67%", "不方便：1 人，占 33%"]
    assert told[5:] == ["座位：1 人，占 50%", "开水：0 人，占 0%", "雨伞：1 人，占 50%"]
    assert polling.waiting(db, editor) == []
    with pytest.raises(Refused, match="已经做成"):
        polling.draft(db, editor, poll)


def test_its_end_is_an_instant_wherever_it_is_told(db: Database, clock: world.HandClock) -> None:
    """An end that was written in another zone comes when it comes, not when its text does."""
    making.notice(hall.opened(db), "poll-1", shown_until="2026-11-24T01:00:00Z", questions=asks)
    clock.advance(days=1, hours=2)
    device, said = hall.device(db)[0], {"poll": "poll-1", "answers": "1:1"}
    last = Record("last", "answers", "k1", "2026-11-24T08:59:59+08:00", said)
    late = Record("late", "answers", "k1", "2026-11-24T09:00:00+08:00", said)
    assert reception.receive(db, device, [last, late]) == reception.Received(
        ["last"], [("late", "This questionnaire is over.")]
    )


def test_fifty_sheets_count_once_each(db: Database, poll: str, clock: world.HandClock) -> None:
    """Sent three times in other orders and other batches, none is lost and none counts twice (EVA-03)."""
    device, chance = hall.device(db)[0], Random(7)
    made = "2026-11-23T09:00:00+08:00"
    batch = [
        Record(f"r{n}", "answers", "k1", made, {"poll": "poll-1", "answers": f"1:{n % 2 + 1},2:{n % 3 + 1}"})
        for n in range(50)
    ]
    for _ in range(3):
        chance.shuffle(batch)
        left = list(batch)
        while left:
            size = chance.randint(1, 20)
            assert reception.receive(db, device, left[:size]).refused == []
            left = left[size:]
    clock.advance(days=1)
    item = polling.draft(db, editor, poll)
    with db.read() as connection:
        told = [block["text"] for block in content.draft(connection, item)["body"]["blocks"]]
    assert "收到答卷 50 份" in told[0]
    assert [line.partition("，")[0] for line in told if "人" in line and "份" not in line] == [
        "方便：25 人",
        "不方便：25 人",
        "座位：17 人",
        "开水：17 人",
        "雨伞：16 人",
    ]


def test_one_that_nobody_answered_says_so(db: Database, poll: str, clock: world.HandClock) -> None:
    """Nought is a result."""
    clock.advance(days=1)
    with db.read() as connection:
        assert polling.waiting(db, editor)[0].sheets == 0
    item = polling.draft(db, editor, poll)
    with db.read() as connection:
        assert "收到答卷 0 份" in content.draft(connection, item)["body"]["blocks"][0]["text"]


def test_other_units_editors_do_not_draft_it(db: Database, poll: str, clock: world.HandClock) -> None:
    """It belongs to its channel's editors."""
    clock.advance(days=1)
    other = Actor("bian", "编辑", frozenset({"editor"}), frozenset({"liushu"}), "page")
    assert polling.waiting(db, other) == []
    with pytest.raises(Refused):
        polling.draft(db, other, poll)


def test_an_editor_writes_one_and_finds_its_result(
    db: Database, poll: str, clock: world.HandClock, browser: Callable[..., FlaskClient]
) -> None:
    """The questions are typed line by line, come back as they were, and a question with one answer is told of."""
    page = browser("li", "editor")
    item = authoring.create(db, editor, "qinghe", texts.plain("notice", shown_until=end))
    typed = "办事方便吗？\n- 方便\n- 不方便\n还缺什么？\n- 座位"
    assert pages.fill(page, f"/content/items/{item}", "questions", questions=typed).status_code in (302, 303)
    again = page.get(f"/content/items/{item}").text
    assert "还缺什么？\n- 座位" in again.replace("\r", "")
    assert "第 2 题要有 2 到" in again
    clock.advance(days=1)
    page = browser("bian", "editor")  # the session of yesterday is over
    made = page.post("/answers/polls/poll-1", data={"csrf_token": world.token(page.get("/answers"))})
    assert made.status_code == 303
    assert "收到答卷 0 份" in page.get(made.location).text
