"""What a village publishes stays posted as long as its profile says (OFF-04); a withdrawal waits for nothing."""

from typing import Any

import pytest

from content_sync.domain.errors import Refused
from content_sync.publish import Publisher
from display_server.authoring import service as authoring
from display_server.authoring import submission
from display_server.database.engine import Database
from display_server.desk import publication
from display_server.publishing import service
from tests.display_server import texts
from tests.display_server.world import HandClock

_begins, _fifteen_days = "2026-11-23T09:00:00+08:00", "2026-12-08T09:00:00+08:00"


@pytest.fixture
def who(db: Database) -> texts.People:
    """Everybody, on a server with a tree."""
    texts.plant(db)
    return texts.people()


def _notice(**changed: Any) -> dict[str, Any]:
    return {"level": "village", "shown_from": _begins, "shown_until": _fifteen_days, **changed}


def test_an_end_that_is_too_early_cannot_be_handed_in(db: Database, who: texts.People) -> None:
    """The author is told the rule and the earliest end at submission."""
    item = authoring.create(db, who.editor, "liushu", texts.plain(**_notice(shown_until="2026-12-01T09:00:00+08:00")))
    refused = submission.submit(db, who.editor, "liushu").refused
    assert [name for name, _ in refused] == [item]
    assert "OFF-04" in refused[0][1]
    assert "2026-12-08 09:00" in refused[0][1]


def test_days_of_review_do_not_count_as_posted(db: Database, who: texts.People, clock: HandClock) -> None:
    """Published in time it is on show; published a minute later it would end too early and is refused by name."""
    first = texts.published(db, who, "liushu", **_notice(title="及时"))
    late = texts.approved(db, who, "liushu", **_notice(title="迟了"))
    clock.advance(minutes=1)
    made = publication.publish(db, who.publisher, "liushu")
    assert [name for name, _ in made.refused] == [late]
    assert "OFF-04" in made.refused[0][1]
    signer = Publisher(db.config.repo, db.config.keys, db.config.clock)
    assert signer.newest("liushu").items == 1
    assert first


def test_a_withdrawal_always_wins(db: Database, who: texts.People, clock: HandClock) -> None:
    """A notice that must go goes on its first day, and nothing else takes it out of an edition."""
    item = texts.published(db, who, "liushu", **_notice())
    clock.advance(hours=1)
    with pytest.raises(Refused):
        service.withdraw(db, who.publisher, item, " ")
    assert service.withdraw(db, who.publisher, item, "写错了人").items == 0
