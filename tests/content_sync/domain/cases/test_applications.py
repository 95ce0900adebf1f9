"""An application's clock by rule profile, its suspension, its one extension, and that nothing goes back."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync import assets
from content_sync.domain import profiles
from content_sync.domain.calendar import Calendar, calendar_of, working_days_between
from content_sync.domain.cases import applications, replies
from content_sync.domain.cases.applications import Application
from content_sync.domain.errors import Refused
from content_sync.domain.profiles import Profile

seed, national = profiles.seed_city, profiles.cn_2019


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    """The State Council's table of 2026."""
    from content_sync.wire.calendars import parse_table

    return calendar_of(
        [parse_table(path.read_bytes(), path.name) for path in sorted(assets.path("calendar").glob("2026*"))]
    )


def accepted(day: date, profile: Profile = seed) -> Application:
    """An application received and taken up on this day."""
    return applications.accepted(applications.received(day, profile), day)


@pytest.mark.parametrize(
    ("profile", "due", "longer"),
    [(seed, date(2026, 10, 14), date(2026, 11, 4)), (national, date(2026, 10, 28), date(2026, 11, 25))],
)
def test_the_due_dates_of_the_rule(calendar: Calendar, profile: Profile, due: date, longer: date) -> None:
    """Accepted on 23 September 2026, over the autumn holidays (APP-05)."""
    app = accepted(date(2026, 9, 23), profile)
    assert applications.due(app, calendar).day == due
    more = applications.extended(app, date(2026, 10, 10), profile, "王主任", "当面交给书面通知", calendar)
    assert applications.due(more, calendar).day == longer


@pytest.mark.parametrize(("approver", "notice"), [("", "邮寄"), ("王主任", " "), (" ", "")])
def test_no_extension_without_approver_and_notice(calendar: Calendar, approver: str, notice: str) -> None:
    """An office does not give itself more time in silence (APP-05)."""
    app = accepted(date(2026, 9, 23))
    with pytest.raises(Refused):
        applications.extended(app, date(2026, 9, 24), seed, approver, notice, calendar)


def test_one_extension_and_none_too_late(calendar: Calendar) -> None:
    """Once, and before the last day is over."""
    app = accepted(date(2026, 9, 23))
    with pytest.raises(Refused, match="已经过了"):
        applications.extended(app, date(2026, 10, 15), seed, "王主任", "邮寄", calendar)
    more = applications.extended(app, date(2026, 10, 14), seed, "王主任", "邮寄", calendar)
    with pytest.raises(Refused, match="一次"):
        applications.extended(more, date(2026, 10, 14), seed, "王主任", "邮寄", calendar)


def test_suspension_keeps_the_days_that_were_left(calendar: Calendar) -> None:
    """Suspended on day 4 of 10 for thirty days: six working days are left when it goes on (APP-06)."""
    app = accepted(date(2026, 3, 2))
    stopped = applications.paused(app, date(2026, 3, 6), "force", "洪水", calendar)
    assert applications.due(stopped, calendar).day is None
    on = applications.resumed(stopped, date(2026, 3, 6) + timedelta(days=30))
    due = applications.due(on, calendar).day
    assert due is not None
    assert working_days_between(date.fromisoformat(on.started), due, calendar) == 6


@given(st.integers(0, 200), st.integers(0, 9), st.integers(0, 60))
def test_a_suspension_gives_and_takes_no_working_day(start: int, ran: int, still: int) -> None:
    """However long it lasts, what ran before and what runs after make up the limit."""
    every = Calendar(frozenset({2026}), frozenset(), frozenset())
    first = date(2026, 1, 1) + timedelta(days=start)
    stop = first + timedelta(days=ran)
    on = applications.resumed(
        applications.paused(accepted(first), stop, "law", "诉讼", every), stop + timedelta(days=still)
    )
    due = applications.due(on, every).day
    assert due is not None
    before = working_days_between(first, stop, every)
    assert before + working_days_between(date.fromisoformat(on.started), due, every) == seed.application.value


def test_what_was_sent_back_starts_anew_when_it_is_complete(calendar: Calendar) -> None:
    """It is sent back once, and then has its whole limit from the day it is complete (N-01)."""
    app = applications.asked_more(applications.received(date(2026, 3, 2), national), date(2026, 3, 5), "请写明年份")
    assert "补正" in applications.due(app, calendar).why
    with pytest.raises(Refused, match="一次"):
        applications.asked_more(app, date(2026, 3, 6), "还缺")
    assert applications.accepted(app, date(2026, 3, 9)).started == "2026-03-09"


def test_nobody_gains_time_by_leaving_it(calendar: Calendar) -> None:
    """The clock counts from the day it came, not from the day somebody took it up."""
    came = applications.received(date(2026, 3, 2), seed)
    assert applications.due(applications.accepted(came, date(2026, 3, 12)), calendar) == applications.due(
        came, calendar
    )


def test_steps_follow_each_other_and_nothing_goes_back(calendar: Calendar) -> None:
    """申请 受理 公开 反馈 建档, each once."""
    day = date(2026, 3, 2)
    came = applications.received(day, seed)
    steps: tuple[Callable[[Application], Application], ...] = (
        lambda app: applications.replied(app, day, "available", {}),
        lambda app: applications.delivered(app, day, "print", "", ""),
        lambda app: applications.archived(app, day),
        lambda app: applications.paused(app, day, "law", "诉讼", calendar),
    )
    for step in steps:
        with pytest.raises(Refused):
            step(came)
    done = applications.replied(applications.accepted(came, day), day, "available", {"ways": "到一楼领取"})
    with pytest.raises(Refused, match="理由"):
        applications.delivered(done, day, "email", " ", "print")
    done = applications.archived(applications.delivered(done, day, "print", "", "print"), day)
    assert done.state == "archived"
    with pytest.raises(Refused):
        applications.accepted(done, day)


@pytest.mark.parametrize("profile", [seed, national])
def test_every_reply_needs_each_of_its_fields(profile: Profile) -> None:
    """Of every kind: with all fields it stands, and without any one of them it is refused, which it names (APP-02)."""
    for kind in replies.of_profile(profile).values():
        fields = [one for one in replies.fields_of(kind) if one.when is None or one.name == "holder"]
        full = {field.name: field.choices[0][0] if field.choices else "写明了" for field in fields}
        assert replies.checked(profile, kind.id, full) == full
        for field in fields:
            with pytest.raises(Refused, match=field.label):
                replies.checked(profile, kind.id, {**full, field.name: " "})


def test_not_ours_says_whether_the_holder_is_known() -> None:
    """Choosing 不属于 without it is refused; who does not know the holder need not name one (APP-02)."""
    said = {"joint": "no", "reasons": "属于县水利局", "authority": "市人民政府"}
    with pytest.raises(Refused, match="掌握"):
        replies.checked(seed, "elsewhere", said)
    with pytest.raises(Refused, match="联系方式"):
        replies.checked(seed, "elsewhere", {**said, "known": "yes"})
    assert "holder" not in replies.checked(seed, "elsewhere", {**said, "known": "no"})


def test_a_refusal_names_the_authority() -> None:
    """A 不予公开 without the authority of reconsideration cannot be made (RCN-03)."""
    with pytest.raises(Refused, match="复议机关"):
        replies.checked(national, "refused", {"ground": "art14", "reasons": "国家秘密"})


@pytest.mark.parametrize(
    ("profile", "kind", "ground", "third"),
    [(seed, "exempt", "privacy", "third_privacy"), (national, "refused", "art15", "third_art15")],
)
def test_a_refusal_names_its_article_and_what_the_third_party_said(
    profile: Profile, kind: str, ground: str, third: str
) -> None:
    """No ground of one's own, none of the other profile; of somebody's secrets, only after asking them."""
    said = {"reasons": "含他人住址", "authority": "市人民政府"}
    for wrong in ("", "不便公开", "secret" if profile is national else "art14"):
        with pytest.raises(Refused, match=r"条款|情形"):
            replies.checked(profile, kind, {**said, "ground": wrong})
    with pytest.raises(Refused, match="第三方"):
        replies.checked(profile, kind, {**said, "ground": ground})
    assert replies.checked(profile, kind, {**said, "ground": ground, third: "不同意公开"})[third] == "不同意公开"


def test_any_of_the_offices_that_made_it_answers() -> None:
    """Whoever took part in making it cannot say that it is not theirs, in the reply or by its own register (APP-08)."""
    with pytest.raises(Refused, match="任何一个机关"):
        replies.checked(seed, "elsewhere", {"joint": "yes", "reasons": "水利局牵头"})
    day = date(2026, 3, 2)
    app = applications.accepted(applications.received(day, seed), day, "县水利局")
    with pytest.raises(Refused, match="县水利局"):
        applications.replied(app, day, "elsewhere", {})
    assert applications.replied(app, day, "available", {"ways": "一楼"}).joint == "县水利局"


def test_the_seeds_five_and_the_regulations_seven() -> None:
    """Each profile has its own list, and a kind of the other is refused (N-02)."""
    assert {"available", "exempt", "elsewhere", "absent", "unclear"} <= set(seed.replies)
    assert {"public", "given", "refused", "absent", "elsewhere", "repeated", "special"} <= set(national.replies)
    with pytest.raises(Refused, match="名单"):
        replies.checked(seed, "repeated", {"first": "x", "authority": "市人民政府"})
