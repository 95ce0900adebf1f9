"""Six types of cases decide clock, slip and states; numbers have no gaps (HAL-01, HAL-05, HAL-15)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain.disclosure.guides import Limit
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall import handling, papers
from content_sync.domain.hall.handling import Handling, accepted, limit_of, moved

statutory, promised = Limit("statutory", 20, "working_day"), Limit("promised", 7, "working_day")
at_once = Limit("promised", 0, "instant")


def test_a_supplement_has_no_clock_until_it_is_complete() -> None:
    """Lacking a paper it waits without a clock; complete, it is a promised case that runs (HAL-01)."""
    waits = accepted("instant", lacks=True)
    assert (waits.kind, waits.state, waits.runs) == ("supplement", "waiting", False)
    runs = moved(waits, "completed")
    assert (runs.kind, runs.state, runs.runs) == ("promised", "open", True)


@pytest.mark.parametrize("meant", ["joint", "forwarded", "promised"])
def test_a_supplement_becomes_what_was_meant(meant: Any) -> None:
    """Departments and the superior are not forgotten while a paper is missing."""
    assert moved(accepted(meant, lacks=True, asked=["gongan"]), "completed").kind == meant


def test_joint_waits_for_every_department() -> None:
    """Done only when all that were asked replied, in any order, each once."""
    case = accepted("joint", lacks=False, asked=["a", "b", "c"])
    for department in ("b", "a"):
        case = moved(case, "replied", department)
        with pytest.raises(Refused, match="部门没有答复"):
            moved(case, "finished")
    with pytest.raises(Refused, match="已经答复过"):
        moved(case, "replied", "a")
    with pytest.raises(Refused, match="没有请这个部门"):
        moved(case, "replied", "d")
    assert moved(moved(case, "replied", "c"), "finished").state == "done"
    with pytest.raises(Refused, match="选出一起办的部门"):
        accepted("joint", lacks=False)


def test_forwarded_runs_until_it_is_sent() -> None:
    """Its clock is the promise to forward; sent, nothing of ours runs, and only what comes back ends it (HAL-05)."""
    case = accepted("forwarded", lacks=False)
    assert case.runs
    with pytest.raises(Refused, match="还没有上报"):
        moved(case, "finished")
    sent = moved(case, "forwarded")
    assert (sent.state, sent.runs, moved(sent, "finished").state) == ("sent", False, "done")
    with pytest.raises(Refused, match="不用上报"):
        moved(accepted("promised", lacks=False), "forwarded")


def test_returned_is_over_at_once() -> None:
    """A returned case has no clock and nothing more happens to it."""
    case = accepted("returned", lacks=True)
    assert (case.kind, case.is_over, case.runs) == ("returned", True, False)
    assert moved(accepted("promised", lacks=False), "returned").kind == "returned"


@pytest.mark.parametrize("kind", ["supplement", "", "urgent"])
def test_no_other_type_is_meant(kind: Any) -> None:
    """补办 is found, not chosen; anything else is no type."""
    with pytest.raises(BadInput):
        accepted(kind, lacks=False)


def test_refusal_and_withdrawal() -> None:
    """What waits for papers ends only by withdrawal or return; an outcome is one of three."""
    waits = accepted("promised", lacks=True)
    for outcome in ("granted", "refused"):
        with pytest.raises(Refused, match="还没有补齐"):
            moved(waits, "finished", outcome=outcome)
    assert moved(waits, "finished", outcome="withdrawn").state == "done"
    with pytest.raises(BadInput):
        moved(accepted("promised", lacks=False), "finished", outcome="fine")


@pytest.mark.parametrize(
    ("kind", "limits", "days", "expected"),
    [
        ("promised", (statutory, promised), 0, promised),
        ("joint", (statutory,), 0, statutory),
        ("promised", (statutory, at_once), 0, statutory),  # it could not be done on the spot after all
        ("promised", (at_once,), 0, at_once),
        ("instant", (), 0, Limit("promised", 0, "instant")),
        ("forwarded", (promised,), 3, Limit("promised", 3, "working_day")),
    ],
)
def test_limits(kind: Any, limits: tuple[Limit, ...], days: int, expected: Limit) -> None:
    """The promise of the guide before the law's; on the spot only where nothing longer is named."""
    assert limit_of(kind, limits, days) == expected


@pytest.mark.parametrize(("kind", "days"), [("promised", 0), ("joint", 0), ("forwarded", 0)])
def test_no_limit_no_promise(kind: Any, days: int) -> None:
    """Without a limit nothing is promised."""
    with pytest.raises(Refused):
        limit_of(kind, (), days)


_steps = st.sampled_from(["completed", "replied", "forwarded", "finished", "returned", "voided"])
_kinds = st.sampled_from(["instant", "promised", "joint", "forwarded", "returned"])


@given(_kinds, st.booleans(), st.lists(st.tuples(_steps, st.sampled_from("ab")), max_size=12))
def test_laws_of_every_history(kind: Any, lacks: bool, steps: list[tuple[Any, str]]) -> None:
    """In any history: over is over, a clock runs only while open, and joint is never done before all replied."""
    case = accepted(kind, lacks=lacks, asked=["a", "b"])
    for step, department in steps:
        before: Handling = case
        try:
            case = moved(case, step, department)
        except Refused:
            continue
        assert not before.is_over
        assert case.runs == (case.state == "open")
        assert case.kind in handling.kinds
        if before.kind == "supplement":
            assert step in {"completed", "returned", "voided"}
        if case.kind == "joint" and case.state == "done":
            assert case.replied == case.asked == {"a", "b"}


def test_numbers_as_printed() -> None:
    """One letter for each type, the year, five digits or more; and what a visitor types of it."""
    assert papers.number("promised", 2026, 12) == "C2026-00012"
    assert papers.number("supplement", 2026, 123_456) == "B2026-123456"
    assert [papers.parse(text) for text in ("C2026-00012", " c2026 00012", "c202600012")] == ["C2026-00012"] * 3
    assert len(set(papers.letters.values())) == len(handling.kinds)


@pytest.mark.parametrize("text", ["", "C2026", "X2026-00012", "C2026-12", "C2026-0001２", "C2026-00012; --", "A012"])
def test_no_numbers(text: str) -> None:
    """Anything else is told how a number looks."""
    with pytest.raises(BadInput, match="C2026-00012"):
        papers.parse(text)


@given(st.sets(st.integers(1, 60)), st.sets(st.integers(1, 60)))
def test_every_gap_is_named(given_numbers: set[int], voided: set[int]) -> None:
    """What is neither given nor voided, below the newest, is missing; nothing else is."""
    known = given_numbers | voided
    assert papers.missing(given_numbers, voided) == sorted(set(range(1, max(known, default=0))) - known)
