"""The fast path of an emergency: two people are enough at night, nobody alone is, and a third looks afterwards."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from content_sync.domain.disclosure.review import principles
from content_sync.domain.errors import Refused
from content_sync.publish import Publisher
from display_server.access import Actor
from display_server.authoring import service as authoring
from display_server.authoring import submission
from display_server.database import audit, content
from display_server.database.engine import Database
from display_server.desk import emergency, publication
from display_server.review import service as review
from tests.display_server import texts
from tests.display_server.world import HandClock, post

ends = "2026-11-24T09:00:00+08:00"


@pytest.fixture
def signer(db: Database) -> Publisher:
    """The keys and the empty tree of the founded server."""
    return texts.plant(db)


@pytest.fixture
def who(signer: Publisher) -> texts.People:
    """Everybody, on a server with a tree."""
    return texts.people()


def submitted(db: Database, by: Actor, kind: str = "emergency", until: str = ends, **changed: Any) -> content.Version:
    """One new text under review."""
    item = authoring.create(db, by, "qinghe", texts.plain(kind, shown_until=until, **changed))
    outcome = submission.submit(db, by, "qinghe", only=item)
    assert outcome.done == (item,), outcome.refused
    with db.read() as connection:
        version = content.version(connection, item, 1)
    assert version
    return version


def rush(db: Database, actor: Actor, version: content.Version) -> int:
    """Publish it by the fast path; the edition's number."""
    return emergency.publish_now(db, actor, version.item, version.hash, principles).edition


def due(db: Database, actor: Actor) -> list[emergency.Due]:
    """What waits for this person's audit."""
    with db.read() as connection:
        return emergency.due_audits(db, connection, actor)


def test_one_reviewer_is_enough_and_a_third_person_audits(db: Database, who: texts.People) -> None:
    """At night the secrecy reviewer publishes what the editor wrote; in the morning the publisher audits it."""
    version = submitted(db, who.editor)
    assert rush(db, who.secrecy, version) == 1
    assert texts.state(db, version.item).state == "published"
    with db.read() as connection:
        given = content.rulings(connection, [version.item])[version.item]
        assert {(one.decision.kind, one.decision.account) for one in given} == {
            ("content", "secrecy"),
            ("secrecy", "secrecy"),
        }
        assert not audit.first_fault(connection)
    assert [one.item for one in due(db, who.publisher)] == [version.item]
    emergency.give_audit(db, who.publisher, version.item, 1, sound=True)
    assert due(db, who.publisher) == []


def test_every_wrong_way_onto_the_fast_path_is_refused(db: Database, who: texts.People) -> None:
    """Not one's own text, not another kind, not without an end, not unread, without ticks or by other roles."""
    good = submitted(db, who.editor)
    both = texts.person("editor", "editor", "secrecy")
    cases = [
        (both, good, principles, "自己写的"),
        (who.reviewer, good, principles, "没有这个权限"),
        (who.publisher, good, principles, "没有这个权限"),
        (texts.person("far", "secrecy", units=("liushu",)), good, principles, "没有这个权限"),
        (who.secrecy, replace(good, hash="0" * 64), principles, "改过"),
        (who.secrecy, good, principles[:-1], "五项原则"),
        (who.secrecy, submitted(db, who.editor, until=""), principles, "结束时间"),
        (who.secrecy, submitted(db, who.editor, "notice"), principles, "只有突发事件"),
    ]
    for actor, version, ticks, why in cases:
        with pytest.raises(Refused, match=why):
            emergency.publish_now(db, actor, version.item, version.hash, ticks)
        assert texts.state(db, version.item).state == "submitted"
        assert due(db, texts.person("boss", "supervisor")) == []


def test_a_refusal_leaves_no_review_behind(db: Database, who: texts.People) -> None:
    """A fast path that is refused at its last step has not recorded the reviews of its first."""
    version = submitted(db, who.editor, until="")
    with pytest.raises(Refused, match="结束时间"):
        emergency.publish_now(db, who.secrecy, version.item, version.hash, principles)
    with db.read() as connection:
        assert content.rulings(connection, [version.item])[version.item] == ()


def test_who_had_a_hand_in_it_does_not_audit(db: Database, who: texts.People) -> None:
    """Neither author nor fast publisher audits, whatever their roles; fault needs words; one audit counts."""
    version = submitted(db, who.editor)
    rush(db, who.secrecy, version)
    for name in ("editor", "secrecy"):
        actor = texts.person(name, "publisher", "supervisor")
        assert due(db, actor) == []
        with pytest.raises(Refused, match="没有写、也没有发布"):
            emergency.give_audit(db, actor, version.item, 1, sound=True)
    with pytest.raises(Refused, match="写明哪里不对"):
        emergency.give_audit(db, who.publisher, version.item, 1, sound=False)
    emergency.give_audit(db, who.publisher, version.item, 1, sound=False, remark="水位写错")
    with pytest.raises(Refused, match="publisher 已经审核过"):
        emergency.give_audit(db, texts.person("boss", "supervisor"), version.item, 1, sound=True)


def test_an_audit_is_late_after_the_profiles_hours(db: Database, who: texts.People, clock: HandClock) -> None:
    """A day after it went out, an emergency without an audit is marked as late."""
    rush(db, who.secrecy, submitted(db, who.editor))
    clock.advance(hours=23)
    assert [one.late for one in due(db, who.publisher)] == [False]
    clock.advance(hours=2)
    assert [one.late for one in due(db, who.publisher)] == [True]


def test_everything_else_still_needs_a_third_person(db: Database, who: texts.People) -> None:
    """The fast path opens no door beside it: who reviewed a notice cannot publish it, also not with the role."""
    version = submitted(db, who.editor, "notice", until="2026-12-30T09:00:00+08:00")
    reviewer = texts.person("all", "reviewer", "secrecy", "publisher")
    review.approve(db, reviewer, "qinghe")
    made = publication.publish(db, reviewer, "qinghe")
    assert made.done == ()
    assert made.refused[0][0] == version.item
    assert "审查人" in made.refused[0][1]


def test_the_pages_lead_from_the_review_to_the_audit(
    db: Database, who: texts.People, browser: Callable[..., FlaskClient]
) -> None:
    """The reviewer finds the key on the review page, the publisher the audit on the first page after signing in."""
    version = submitted(db, who.editor)
    night, morning = browser("night", "secrecy"), browser("morning", "publisher")
    assert f"/emergency/{version.item}" in night.get(f"/review/items/{version.item}").text
    address = f"/emergency/{version.item}"
    unread = post(night, address, hash=version.hash)
    assert (unread.status_code, "五项原则" in unread.text) == (403, True)
    assert post(night, address, hash=version.hash, ticks=list(principles)).status_code == 303
    assert "等您事后审核" in morning.get("/").text
    sent = post(morning, f"{address}/1/audit", form="/emergency", verdict="faulty", remark="")
    assert (sent.status_code, "写明哪里不对" in sent.text) == (403, True)
    assert post(morning, f"{address}/1/audit", form="/emergency", verdict="sound").status_code == 303
    assert "等您事后审核" not in morning.get("/").text
