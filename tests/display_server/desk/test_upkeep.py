"""Upkeep: what one damaged repository does to the others, which is nothing."""

import pytest

from content_sync.domain import limits
from content_sync.domain.errors import Broken
from display_server.cases import service as cases
from display_server.database.engine import Database
from display_server.desk import county_signing, forgetting
from display_server.desk.upkeep import Upkeep
from display_server.supervision import cards, giving
from tests.display_server import hall, texts, world


def test_one_damaged_repository_stops_no_other(
    db: Database, clock: world.HandClock, capsys: pytest.CaptureFixture[str]
) -> None:
    """The directory, the first in order, is cut: every channel is signed anew all the same; the fault is told once."""
    signer, upkeep = texts.plant(db), Upkeep(db)
    (db.config.repo / "_directory" / "metadata" / "timestamp.json").write_bytes(b"{")
    before = {name: _signed(db, name) for name in ("qinghe", "liushu")}
    clock.advance(hours=limits.refresh_hours_max + 1)
    upkeep.sign_again()
    upkeep.sign_again()
    assert all(_signed(db, name) != data for name, data in before.items())
    assert signer.newest("qinghe").number == 0
    assert capsys.readouterr().err.count("\n") == 1


def test_a_channel_that_is_signed_elsewhere_is_left_alone(db: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """A channel that was only adopted has no tree here: no round looks for one, and nothing is said."""
    upkeep = Upkeep(db)  # the database knows its channels; no key and no tree was made
    db.config.repo.mkdir(exist_ok=True)
    upkeep.round()
    assert capsys.readouterr().err == ""


def test_cards_are_given_and_a_failure_is_told_once(
    db: Database, clock: world.HandClock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The upkeep gives what is due; when it cannot, it says so once, goes on, and gives it the next time."""
    hall.opened(db)
    with db.write() as connection:
        number = cases.open_case(
            db, connection, cases.Opening("r1", "rating", "hall", "qinghe", "户口：不满意", "slow")
        )
    clock.advance(days=8)
    upkeep = Upkeep(db)
    with monkeypatch.context() as broken:
        broken.setattr(giving, "give", _fails)
        upkeep.give_cards()
        upkeep.give_cards()
    assert capsys.readouterr().err.count("\n") == 1
    upkeep.give_cards()
    with db.read() as connection:
        assert [one.card.colour for one in cards.of_case(connection, number)] == ["red"]


def test_a_county_that_cannot_be_signed_is_told_once(
    db: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the directory itself is signed anew every hour makes nobody read the same sentence every hour."""
    texts.plant(db)
    monkeypatch.setattr(county_signing, "make_true", _fails)
    upkeep = Upkeep(db)
    upkeep.sign_again()
    upkeep.sign_again()
    assert capsys.readouterr().err.count("\n") == 1


def _fails(_db: Database) -> int:
    raise Broken("The holiday tables cannot be read.")


def _signed(db: Database, name: str) -> bytes:
    return (db.config.repo / name / "metadata" / "timestamp.json").read_bytes()


def test_what_could_not_be_forgotten_is_tried_again_with_the_hour(
    db: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure at the first round of the day leaves nothing until tomorrow; once done, no hour does it again."""
    upkeep, times = Upkeep(db), list[Database]()
    db.config.repo.mkdir(exist_ok=True)
    with monkeypatch.context() as broken:
        broken.setattr(forgetting, "forget", _fails)
        upkeep.round()
        upkeep.sign_again()
    assert capsys.readouterr().err.count("\n") == 1
    monkeypatch.setattr(forgetting, "forget", times.append)
    for _ in range(3):
        upkeep.sign_again()
        upkeep.round()
    assert times == [db]
