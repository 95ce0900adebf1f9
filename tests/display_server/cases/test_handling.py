"""From a window to the end of a case: types, clocks, numbers, and what is refused (HAL-01, HAL-02, HAL-05, HAL-15)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from content_sync.domain.county import ChannelOf, Site, Unit
from content_sync.domain.errors import BadInput, Refused
from display_server.access import Actor
from display_server.cases import accepting, handling, handling_queries, numbering
from display_server.cases.slips import slip_of
from display_server.config import Config
from display_server.database import audit, county, fee_lists
from display_server.database.engine import Database
from display_server.database.tables.content import published
from display_server.database.tables.core import audit as audit_rows
from display_server.database.tables.handlings import handling_numbers
from display_server.desk.check import examine
from display_server.queue import issuing
from tests.display_server import hall, world
from tests.display_server.cases.making import clerk, fee_list, form, guide, on, opened, row, running, taken

none: frozenset[int] = frozenset()
all_of = frozenset({0, 1})


@pytest.fixture
def open_hall(db: Database) -> Database:
    """The hall with its guide."""
    return opened(db)


def numbers(db: Database) -> list[str]:
    """Every number that was given, in order."""
    with db.read() as connection:
        return sorted(connection.execute(select(handling_numbers.c.number)).scalars())


def test_a_promised_case(open_hall: Database, clock: world.HandClock) -> None:
    """From 23 September 20 working days last until 28 October: clock, row and query agree (HAL-02)."""
    clock.at = on(9, 23)
    case = row(open_hall, taken(open_hall))
    (found,) = running(open_hall)
    assert (case.number, case.kind, case.due) == ("C2026-00001", "promised", "2026-10-28")
    assert (found.kind, found.number, found.state) == ("handling", case.number, "green")
    assert found.due
    assert found.due.isoformat() == case.due
    with open_hall.read() as connection:
        told = handling_queries.by_number(open_hall, connection, "hall", case.number)
    assert told
    assert (told.step, told.due) == ("正在办理", case.due)
    assert "张三" not in str(told)


def test_a_supplement_has_no_clock_until_its_papers_are_there(open_hall: Database, clock: world.HandClock) -> None:
    """No clock for weeks; on the day the last paper comes the full limit begins, under a number of its own (HAL-01)."""
    clock.at = on(9, 1)
    name = taken(open_hall, situation="other", received=none)
    assert (row(open_hall, name).kind, row(open_hall, name).number) == ("supplement", "B2026-00001")
    assert running(open_hall) == []
    handling.complete(open_hall, clerk, name, frozenset({0}), none)
    assert [paper.state for paper in slip_of(row(open_hall, name).detail).papers] == ["received", "missing"]
    assert running(open_hall) == []
    clock.at = on(9, 23)
    handling.complete(open_hall, clerk, name, frozenset({1}), none)
    done = row(open_hall, name)
    assert (done.kind, done.number, done.started, done.due) == ("promised", "C2026-00001", "2026-09-23", "2026-10-28")
    assert [paper.came for paper in slip_of(done.detail).papers] == ["2026-09-01", "2026-09-23"]
    with open_hall.read() as connection:
        for number in ("B2026-00001", "C2026-00001"):  # the older paper leads to the case, too
            found = handling_queries.by_number(open_hall, connection, "hall", number)
            assert found
            assert found.number == "C2026-00001"


def test_what_is_not_needed_lacks_nothing(open_hall: Database) -> None:
    """A paper this visitor need not bring makes no 补办件, and can be found so later."""
    name = taken(open_hall, situation="other", received=frozenset({0}), unneeded=frozenset({1}))
    assert row(open_hall, name).kind == "promised"
    other = taken(open_hall, 2, situation="other", received=frozenset({0}))
    with pytest.raises(BadInput, match="请勾选"):
        handling.complete(open_hall, clerk, other, frozenset({0, 7}), none)
    handling.complete(open_hall, clerk, other, none, frozenset({1}))
    assert row(open_hall, other).kind == "promised"


def test_forwarded_turns_yellow_then_red(open_hall: Database, clock: world.HandClock) -> None:
    """Promised to be forwarded within three working days: yellow the day before, red after, and then with a reason."""
    clock.at = on(9, 23)
    name = taken(open_hall, kind="forwarded", superior="市民政局", forward_days=3)
    states = {}
    for day in (24, 28, 29, 30):
        clock.at = on(9, day)
        (found,) = running(open_hall)
        states[day] = found.state
    assert states == {24: "green", 28: "yellow", 29: "yellow", 30: "red"}
    with pytest.raises(Refused, match="超期的原因"):
        handling.forward(open_hall, clerk, name)
    handling.forward(open_hall, clerk, name, "材料要重新盖章。")
    assert running(open_hall) == []
    handling.finish(open_hall, clerk, name, "granted", "")
    assert (row(open_hall, name).state, row(open_hall, name).late_reason) == ("done", "材料要重新盖章。")


def test_a_forward_in_time_stays_in_time(open_hall: Database, clock: world.HandClock) -> None:
    """Our promise was to forward: how long the superior takes makes nothing late, and asks nobody for a reason."""
    clock.at = on(9, 23)
    name = taken(open_hall, kind="forwarded", superior="市民政局", forward_days=3)
    clock.at = on(9, 28)
    handling.forward(open_hall, clerk, name)
    clock.at = on(11, 2)
    handling.finish(open_hall, clerk, name, "granted", "")
    with open_hall.read() as connection:
        told = handling_queries.by_number(open_hall, connection, "hall", row(open_hall, name).number)
    assert told
    assert told.signal == "yellow"  # as it stood on the day it was sent


@pytest.mark.parametrize(("superior", "days"), [("", 3), ("市民政局", 0), ("市民政局", 91)])
def test_a_forward_that_promises_nothing(open_hall: Database, superior: str, days: int) -> None:
    """Without a superior or a limit nothing was promised: it is not taken in, and no number is lost."""
    with pytest.raises(Refused):
        taken(open_hall, kind="forwarded", superior=superior, forward_days=days)
    assert numbers(open_hall) == []


def test_joint_is_done_when_all_replied(open_hall: Database, clock: world.HandClock) -> None:
    """Two departments run at the same time with clocks of their own; one late one is named, and done waits for it."""
    clock.at = on(9, 23)
    name = taken(open_hall, kind="joint", asked=frozenset({"qinghe", "liushu"}))
    assert sorted((one.kind, one.owner) for one in running(open_hall)) == [
        ("handling", "wang"),
        ("reply", "liushu"),
        ("reply", "qinghe"),
    ]
    village = Actor("he", "何秀英", frozenset({"clerk"}), frozenset({"liushu"}), "page")
    with pytest.raises(Refused):
        handling.reply(open_hall, village, name, "qinghe", "同意。")
    handling.reply(open_hall, village, name, "liushu", "同意。")
    clock.at = on(10, 9)
    late = next(one for one in running(open_hall) if one.kind == "reply")
    assert (late.owner, late.state) == ("qinghe", "red")
    with pytest.raises(Refused, match="1个部门没有答复"):
        handling.finish(open_hall, clerk, name, "granted", "")
    with pytest.raises(Refused, match="意见"):
        handling.reply(open_hall, clerk, name, "qinghe", " ")
    handling.reply(open_hall, clerk, name, "qinghe", "同意。")
    handling.finish(open_hall, clerk, name, "granted", "")
    assert running(open_hall) == []


@pytest.mark.parametrize(("reason", "remedy"), [("", "到镇里办。"), ("不归这里管。", " "), ("", "")])
def test_a_return_says_why_and_what_now(open_hall: Database, reason: str, remedy: str) -> None:
    """退回 needs reason and remedy, at the window and later (HAL-01)."""
    with pytest.raises(Refused, match="退回要写明"):
        taken(open_hall, kind="returned", reason=reason, remedy=remedy)
    name = taken(open_hall, 2)
    with pytest.raises(Refused, match="退回要写明"):
        handling.send_back(open_hall, clerk, name, reason, remedy)
    handling.send_back(open_hall, clerk, name, "不归这里管。", "请到镇里办。")
    assert (row(open_hall, name).number, row(open_hall, name).kind) == ("T2026-00001", "returned")
    assert running(open_hall) == []


def test_a_refusal_says_why(open_hall: Database) -> None:
    """不予办理 without a reason is refused; done on time needs no other word."""
    name = taken(open_hall, kind="instant")
    with pytest.raises(Refused, match="理由"):
        handling.finish(open_hall, clerk, name, "refused", "")
    handling.finish(open_hall, clerk, name, "refused", "不符合第三条。")
    with pytest.raises(Refused, match="已办结"):
        handling.finish(open_hall, clerk, name, "granted", "")


def test_a_year_without_a_table_is_said_and_mended(open_hall: Database, clock: world.HandClock) -> None:
    """A case that ends in 2027 is taken in, says that its date is not known, and knows it once the table is there."""
    clock.at = on(12, 30)
    name = taken(open_hall)
    (found,) = running(open_hall)
    assert (row(open_hall, name).due, found.due, found.state) == ("", None, "unknown")
    assert "缺2027年的工作日历" in found.why
    folder = open_hall.config.calendar
    folder.mkdir()
    holidays = [
        {"name": name, "first": f"2027-0{n}-01", "last": f"2027-0{n}-01"}
        for n, name in enumerate(("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆"), 1)
    ]
    plain = str({"year": 2027, "source": "", "holidays": holidays, "workdays": []}).replace("'", '"')
    (folder / "2027.json").write_text(plain, "utf-8")
    (found,) = running(open_hall)
    assert found.due
    assert found.due.isoformat() == "2027-01-28"
    assert found.state == "green"


def test_numbers_have_no_gaps(open_hall: Database) -> None:
    """What is refused takes no number; what was a mistake is voided with its reason; nothing is missing (HAL-15)."""
    taken(open_hall, 1)
    with pytest.raises(Refused):
        taken(open_hall, 2, applicant=" ")
    second = taken(open_hall, 3)
    with pytest.raises(Refused, match="编号不能有"):
        handling.void(open_hall, clerk, second, "")
    handling.void(open_hall, clerk, second, "选错了事项。")
    taken(open_hall, 4)
    assert numbers(open_hall) == ["C2026-00001", "C2026-00002", "C2026-00003"]
    with open_hall.read() as connection:
        assert numbering.unexplained(connection, "hall") == []
        assert handling_queries.by_number(open_hall, connection, "hall", "C2026-00002") is None
        (voided,) = handling_queries.papers_of(connection, second)
    assert voided.void_reason == "选错了事项。"
    with open_hall.write() as connection:
        connection.execute(handling_numbers.delete().where(handling_numbers.c.number == "C2026-00002"))
        assert numbering.unexplained(connection, "hall") == ["C2026-00002"]
    assert any("the first is C2026-00002" in problem for problem in examine(open_hall).problems)


def test_a_mistake_is_found_the_same_day(open_hall: Database, clock: world.HandClock) -> None:
    """The day after, nothing is voided any more: a late case cannot be made to vanish."""
    name = taken(open_hall)
    clock.advance(days=1)
    with pytest.raises(Refused, match="只有当天"):
        handling.void(open_hall, clerk, name, "选错了。")


def test_a_new_year_begins_anew(open_hall: Database, clock: world.HandClock) -> None:
    """Each type and each year has a series of its own."""
    taken(open_hall, 1)
    taken(open_hall, 2, kind="instant")
    clock.at = on(1, 5, 2027)
    taken(open_hall, 3, kind="instant")
    assert numbers(open_hall) == ["C2026-00001", "J2026-00001", "J2027-00001"]


def test_three_cut_off_offices(tmp_path: Path, clock: world.HandClock) -> None:
    """Three servers, cut off from each other, number their cases; put together all are unique, none is missing."""
    together: set[tuple[str, str]] = set()
    for place in ("north", "south", "east"):
        db = world.founded(Config(tmp_path / place, clock, world.CountedIds()))
        opened(db)
        with db.write() as connection:
            county.put_site(connection, replace(hall.site, id=place))
        cases = [taken(db, number, site=place) for number in range(1, 6)]
        handling.void(db, clerk, cases[2], "重复受理。")
        with db.read() as connection:
            assert numbering.unexplained(connection, place) == []
            given = list(connection.execute(select(handling_numbers)))
        together |= {(one.site, one.number) for one in given}
        assert [bool(one.void_reason) for one in given] == [False, False, True, False, False]
        db.close()
    assert len(together) == 15


def test_clerks_at_once(open_hall: Database) -> None:
    """Four windows take cases in at the same time: every number once, none left out; a form sent by two is one."""
    with ThreadPoolExecutor(4) as windows:
        list(windows.map(lambda number: taken(open_hall, number % 12), range(1, 25)))
    assert numbers(open_hall) == [f"C2026-{number:05d}" for number in range(1, 13)]
    assert len(running(open_hall)) == 12


def test_sent_twice_it_is_one(open_hall: Database) -> None:
    """A form that was sent twice makes one case with one number."""
    assert taken(open_hall) == taken(open_hall)
    assert numbers(open_hall) == ["C2026-00001"]


@pytest.mark.parametrize(
    "changed",
    [
        {"item": "guide-9"},
        {"item": ""},
        {"window": "w9"},
        {"situation": ""},
        {"situation": "nobody"},
        {"kind": "supplement"},
        {"kind": "joint"},
        {"kind": "joint", "asked": frozenset({"nobody"})},
        {"applicant": "张" * 81},
        {"ticket": "unknown"},
        {"id": "short"},
        {"id": "../../../../etc/p"},
    ],
    ids=str,
)
def test_forms_nobody_sends(open_hall: Database, changed: dict[str, Any]) -> None:
    """Whatever a form may carry, a case is taken in whole or not at all."""
    with pytest.raises(Refused):
        accepting.register(open_hall, clerk, replace(form, **changed))
    assert numbers(open_hall) == []
    assert running(open_hall) == []


def test_a_ticket_of_this_hall(open_hall: Database) -> None:
    """A ticket may lead to two cases; one of another hall to none."""
    ticket = issuing.issue(open_hall, "k1", "hall", "huji", "p1").ticket
    taken(open_hall, 1, ticket=ticket)
    taken(open_hall, 2, ticket=ticket)
    with open_hall.write() as connection:
        county.put_site(connection, Site("other", "qinghe", "另一个大厅", "0", windows=hall.site.windows))
    with pytest.raises(Refused, match="号票"):
        taken(open_hall, 3, site="other", ticket=ticket)


def test_only_clerks_of_the_hall(open_hall: Database) -> None:
    """Another unit's clerk takes in nothing; a supervisor sees everything and moves nothing."""
    stranger = replace(clerk, units=frozenset({"liushu"}))
    supervisor = replace(clerk, roles=frozenset({"supervisor"}))
    name = taken(open_hall)
    for one in (stranger, supervisor):
        with pytest.raises(Refused):
            accepting.register(open_hall, one, replace(form, id="b" * 16))
        with pytest.raises(Refused):
            handling.finish(open_hall, one, name, "granted", "")
    with open_hall.read() as connection:
        assert handling.row_for(connection, supervisor, name).id == name
        with pytest.raises(Refused, match="没有这一件"):
            handling.row_for(connection, stranger, name)


def test_nobodys_name_is_in_the_log(open_hall: Database) -> None:
    """Every step stands in the chained log under the case's id, and the applicant in none of them."""
    name = taken(open_hall, applicant="欧阳修", contact="0000-7654321")
    handling.finish(open_hall, clerk, name, "granted", "")
    with open_hall.read() as connection:
        lines = connection.execute(select(audit_rows).where(audit_rows.c.subject == name)).all()
        assert audit.first_fault(connection) == ""
    assert [line.action for line in lines] == ["handling.accepted", "handling.finished"]
    assert "欧阳修" not in str(lines)
    assert "0000-7654321" not in str(lines)


def test_a_fee_that_is_not_on_the_list_stands_on_no_notice(open_hall: Database) -> None:
    """HAL-13: refused with what the list says; on the list its place to pay is printed; without one as ever."""
    taken(open_hall, 1)
    fee_list(open_hall, "fees-1", ("工本费", 2000, "5号窗口"))
    with pytest.raises(Refused, match=r"“工本费”10\.50元（目录上是20元）.*不在目录里的不能收"):
        taken(open_hall, 2)
    assert running(open_hall)[0].subject == f"{1:016d}"
    guide(open_hall, "guide-free", free=True, fees=[], fee_bases=[])
    taken(open_hall, 3, item="guide-free")
    fee_list(open_hall, "fees-2", ("工本费", 1050, "6号窗口"), plain_title="办事要交哪些钱")  # of another office
    slip = slip_of(row(open_hall, taken(open_hall, 4)).detail)
    assert (slip.fees, slip.paying) == (("工本费：10.50元/证",), "6号窗口")
    with open_hall.write() as connection:
        connection.execute(published.delete().where(published.c.item == "fees-2"))
    with pytest.raises(Refused, match="对不上"):
        taken(open_hall, 5)


def test_the_list_of_an_office_binds_it_and_those_below_it(open_hall: Database) -> None:
    """A bureau, or a village, publishes its list first: nobody beside or above it is stopped."""
    with open_hall.write() as connection:
        for unit in ("minzheng", "ziran"):
            county.put_unit(connection, Unit(unit, unit, "county", parent="qinghe"))
            county.put_channel(connection, ChannelOf(unit, unit))
    for channel in ("liushu", "minzheng"):
        fee_list(open_hall, f"fees-{channel}", ("公证费", 8000, "5号窗口"), channel=channel)
    taken(open_hall, 1)
    with open_hall.read() as connection:
        known = {unit: _names(open_hall, connection, unit) for unit in ("qinghe", "liushu", "minzheng", "ziran")}
    assert known == {"qinghe": [], "liushu": ["公证费"], "minzheng": ["公证费"], "ziran": []}
    fee_list(open_hall, "fees-county", ("工本费", 2000, "6号窗口"))
    with open_hall.read() as connection:
        assert _names(open_hall, connection, "ziran") == ["工本费"]
        assert sorted(_names(open_hall, connection, "liushu")) == ["公证费", "工本费"]
    with pytest.raises(Refused, match="对不上"):
        taken(open_hall, 2)


def _names(db: Database, connection: Connection, unit: str) -> list[str]:
    return [line.name for line in fee_lists.known(db.config, connection, db.config.clock.now(), unit)]


def test_who_is_sent_away_is_asked_for_no_fee(open_hall: Database) -> None:
    """退回件: the guide's fee is not on the list, and the case is returned all the same, with what was lacking."""
    fee_list(open_hall, "fees-1", ("工本费", 2000, "5号窗口"))
    case = taken(open_hall, 1, kind="returned", reason="缺材料", remedy="补齐后再来")
    assert row(open_hall, case).state == "returned"


def test_the_fee_is_the_guides(open_hall: Database) -> None:
    """Fees and limit come from the published guide as it was; another edition later changes no notice."""
    guide(open_hall, "guide-2", free=True, fees=[], fee_bases=[], limits=[])
    slip = slip_of(row(open_hall, taken(open_hall)).detail)
    assert (slip.fees, slip.window, slip.phone) == (("工本费：10.50元/证",), "3号 综合窗口", "0000-1234521")
    assert slip_of(row(open_hall, taken(open_hall, 2, item="guide-2", kind="instant")).detail).fees == ("不收费",)
    with pytest.raises(Refused, match="没有写办理时限"):
        taken(open_hall, 3, item="guide-2")
