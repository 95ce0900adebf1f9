"""The desk: one press one ticket, records kept, the display log (promises 8, 10, 11, 17)."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.domain.records import Record
from content_sync.storage.desk import Block, DeskStore, Invitation, ServiceState
from tests.content_sync.world import Counter, start

_day = "2027-03-01"


@pytest.fixture
def desk(tmp_path: Path) -> DeskStore:
    """A desk with five leased numbers for today."""
    desk = DeskStore(tmp_path / "desk.db", Counter())
    desk.put_block(Block("b", "id", "A", _day, 12, 16))
    return desk


def _record(name: str, kind: str = "opinion", **body: str | int) -> Record:
    return Record(name, kind, "", start.isoformat(), body)


def test_a_press_gets_one_number(desk: DeskStore) -> None:
    """Pressed, leased and pressed again: the same number, one record, and the late answer is told so."""
    desk.press("p", "id", 0, start)
    first = desk.take_leased("p", start, Counter(50))
    assert (first.state, first.number, first.ahead) == ("leased", "A012", -1)
    assert desk.press("p", "id", 0, start) == desk.take_leased("p", start, Counter(60)) == first
    assert not desk.answer("p", "other", "A999", 0)
    [record] = desk.waiting_records(9)
    assert record.kind == "ticket"
    assert record.body["press"] == "p"
    assert record.body["ticket"] == first.ticket
    assert record.body["number"] == "A012"
    assert desk.block_left("id", _day) == 4


def test_an_answered_press_takes_no_number(desk: DeskStore) -> None:
    """When the server was first, the block and the outbox stay as they are."""
    desk.press("p", "id", 1, start)
    assert desk.answer("p", "t", "A001", 7)
    assert desk.take_leased("p", start, Counter()).number == "A001"
    assert not desk.refuse("p", "late")
    assert (desk.block_left("id", _day), desk.outbox_size()) == (5, 0)


def test_without_a_number_for_today_a_press_waits(desk: DeskStore) -> None:
    """Another day's block and an empty block give nothing."""
    desk.press("p", "id", 0, start)
    assert desk.take_leased("p", start + timedelta(days=1), Counter()).state == "waiting"
    desk.press("q", "tax", 0, start)
    assert desk.take_leased("q", start, Counter()).state == "waiting"
    assert [press.id for press in desk.waiting_presses()] == ["p", "q"]


def test_a_doubtful_clock_leaves_the_block_alone(desk: DeskStore) -> None:
    """Nobody knows whether today is the block's day: own numbers first, if there are any, and the block afterwards."""
    desk.put_services([ServiceState("id", "A", "身份证", True, 3, start.isoformat())])
    desk.note_clock(doubtful=True)
    desk.press("p", "id", 0, start)
    assert desk.take_leased("p", start, Counter(50)).number == "A012"
    assert desk.desk_id() == desk.desk_id()
    desk.put_series("K")
    desk.put_series("R")
    for press, number in (("q", "AK001"), ("r", "AK002")):
        desk.press(press, "id", 0, start)
        assert desk.take_leased(press, start, Counter(60)).number == number
    desk.note_clock(doubtful=False)
    desk.press("s", "id", 0, start)
    assert desk.take_leased("s", start, Counter(70)).number == "A013"
    assert desk.series() == "K"


def test_a_closed_block_is_closed(desk: DeskStore) -> None:
    """Once its day is over a block gives no number, also when the clock goes back, until the server has heard of it."""
    desk.press("p", "id", 0, start)
    desk.take_leased("p", start, Counter(50))
    tomorrow = (start + timedelta(days=1)).date().isoformat()
    assert desk.close_blocks(_day) == []
    assert desk.close_blocks(tomorrow) == desk.close_blocks(tomorrow) == [("b", 13)]
    desk.press("q", "id", 0, start)
    assert desk.take_leased("q", start, Counter(60)).state == "waiting"
    assert desk.block_left("id", _day) == 0
    desk.drop_block("b")
    assert desk.close_blocks(tomorrow) == []


def test_a_refusal_heard_before_the_line_was_cut_holds(desk: DeskStore) -> None:
    """Full until tomorrow: no leased number today, and the server's own words; tomorrow morning numbers again."""
    until = (start + timedelta(days=1)).isoformat()
    desk.put_services([ServiceState("id", "A", "身份证", False, 3, start.isoformat(), "今天的号已经取完。", until)])
    desk.press("p", "id", 0, start)
    refused = desk.take_leased("p", start + timedelta(hours=1), Counter())
    assert (refused.state, refused.reason) == ("refused", "今天的号已经取完。")
    tomorrow = start + timedelta(days=1)
    desk.put_block(Block("c", "id", "A", tomorrow.date().isoformat(), 601, 650))
    desk.press("q", "id", 0, tomorrow)
    assert desk.take_leased("q", tomorrow, Counter()).number == "A601"
    assert [(one.why, one.until) for one in desk.services()] == [("今天的号已经取完。", until)]


def test_a_claim_is_told_once_and_forgotten(desk: DeskStore) -> None:
    """Why somebody goes first travels with the ticket and stays nowhere on the device."""
    for press in "pq":
        assert desk.press(press, "id", 1, start, "elder").claim == "elder"
    desk.take_leased("p", start, Counter(50))
    desk.answer("q", "t", "A001", 7)
    [record] = desk.waiting_records(9)
    assert (record.body["claim"], record.body["priority"]) == ("elder", 1)
    assert {desk.pressed(press).claim for press in "pq"} == {""}


def test_screen_and_agent_race_for_one_ticket(desk: DeskStore, tmp_path: Path) -> None:
    """However the two meet, every press ends with one ticket, and exactly the leased ones have a record."""
    presses = [f"p{n}" for n in range(5)]
    for press in presses:
        desk.press(press, "id", 0, start)
    begin = threading.Barrier(2)

    def answer() -> None:
        agent = DeskStore(tmp_path / "desk.db")
        begin.wait()
        for press in presses:
            agent.answer(press, f"server-{press}", "A900", 0)

    thread = threading.Thread(target=answer)
    thread.start()
    begin.wait()
    taken = [desk.take_leased(press, start, Counter(10 * n)) for n, press in enumerate(presses)]
    thread.join()
    assert [desk.pressed(press) for press in presses] == taken
    leased = [press for press in taken if press.state == "leased"]
    assert [record.body["number"] for record in desk.waiting_records(9)] == [press.number for press in leased]
    assert len({press.number for press in leased}) == len(leased)


def test_records_wait_until_acknowledged(desk: DeskStore) -> None:
    """Added twice they are once; refused ones stay with their reason and are not sent again."""
    assert desk.add_record(_record("a"))
    assert not desk.add_record(_record("a"))
    desk.add_record(_record("b"))
    desk.refuse_record("b", "no such item")
    assert [record.id for record in desk.waiting_records(9)] == ["a"]
    desk.acknowledge(["a", "unknown"])
    assert desk.outbox_size() == 0
    assert desk.refused_records() == [("b", "no such item")]


def test_a_ticket_is_rated_once_here(desk: DeskStore) -> None:
    """The invitation goes with the first rating, also when the server still sends it; a second rating is not kept."""
    desk.put_queue([], [Invitation("t", "A001", 3, "x")])
    assert desk.add_record(_record("r", "rating", ticket="t", level=5))
    assert not desk.add_record(_record("s", "rating", ticket="t", level=1))
    desk.put_queue([], [Invitation("t", "A001", 3, "x"), Invitation("u", "A002", 3, "x")])
    assert [invitation.ticket for invitation in desk.invitations()] == ["u"]


def test_a_full_outbox_drops_only_the_log(desk: DeskStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tickets and opinions are kept whatever happens; of heartbeats only the newest waits."""
    desk.add_record(_record("h1", "heartbeat"))
    desk.add_record(_record("h2", "heartbeat"))
    monkeypatch.setattr(limits, "outbox_rows_max", 1)
    assert not desk.add_record(_record("d", "display"))
    assert desk.add_record(_record("o"))
    assert [record.id for record in desk.waiting_records(9)] == ["h2", "o"]


def test_what_was_on_the_glass_is_recorded(desk: DeskStore) -> None:
    """A change closes the picture before; the same again closes nothing; after a silence the end is what was heard."""
    desk.log_shown("lcd", (("a", "h1"), ("b", "h2")), start)
    desk.log_shown("lcd", (("a", "h1"), ("b", "h2")), start + timedelta(seconds=40))
    assert desk.outbox_size() == 0
    desk.log_shown("lcd", (("c", "h3"),), start + timedelta(seconds=50))
    desk.log_shown("lcd", (("d", "h4"),), start + timedelta(hours=5))
    ends = [(r.body["item"], r.body["start"][11:19], r.body["end"][11:19]) for r in desk.waiting_records(9)]
    assert ends == [
        ("a", "09:00:00", "09:00:50"),
        ("b", "09:00:00", "09:00:50"),
        ("c", "09:00:50", "09:00:50"),
    ]


def test_a_screen_killed_and_started_at_once_claims_nothing_for_between(desk: DeskStore) -> None:
    """Promise 17: what a dead screen drew ends where it was last heard; the same picture drawn again begins anew."""
    desk.log_shown("lcd", (("a", "h1"),), start)
    desk.log_shown("lcd", (("a", "h1"),), start + timedelta(seconds=40))
    desk.begin_shown("lcd")
    desk.log_shown("lcd", (("a", "h1"),), start + timedelta(seconds=70))
    desk.log_shown("lcd", (), start + timedelta(seconds=90))
    told = [(r.body["start"][17:19], r.body["end"][17:19], r.body["end"][14:16]) for r in desk.waiting_records(9)]
    assert told == [("00", "40", "00"), ("10", "30", "01")]


def test_old_presses_and_blocks_go_and_records_stay(desk: DeskStore) -> None:
    """After a few days only what must still be sent is left."""
    desk.press("p", "id", 0, start)
    desk.take_leased("p", start, Counter())
    desk.forget_old(start + timedelta(days=4))
    assert desk.block_left("id", _day) == 0
    assert desk.outbox_size() == 1


def _junk(path: Path) -> None:
    path.write_bytes(b"no database " * 400)


def _torn(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: 2 * 4096] + b"x" * (len(data) - 2 * 4096))


@pytest.mark.parametrize("harm", [_junk, _torn])
def test_a_damaged_desk_is_begun_anew(desk: DeskStore, tmp_path: Path, harm: Callable[[Path], None]) -> None:
    """The hall goes on giving numbers, what was damaged is kept, and who had it open takes up the new one."""
    path = tmp_path / "desk.db"
    desk.add_record(_record("old"))
    desk.close()
    held = DeskStore(path)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    harm(path)
    other = DeskStore(path)
    other.press("p", "id", 0, start)
    assert (tmp_path / "desk.db.damaged").exists()
    assert [press.id for press in held.waiting_presses()] == ["p"]
    held.refuse("p", "later")
    assert other.pressed("p").state == "refused"


def test_a_desk_that_is_gone_is_made_again(desk: DeskStore, tmp_path: Path) -> None:
    """A press after somebody deleted the file is kept in a file that the other process finds."""
    for name in ("desk.db", "desk.db-wal", "desk.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    desk.press("p", "id", 0, start)
    assert [press.id for press in DeskStore(tmp_path / "desk.db").waiting_presses()] == ["p"]
