"""Drafts and their submission on a real database."""

import pytest

from content_sync.domain.disclosure.lint import Finding
from content_sync.domain.edition import body_hash
from content_sync.domain.errors import BadInput, Refused
from content_sync.wire.items import parse_item
from display_server.authoring import service, submission
from display_server.database import content
from display_server.database.engine import Database
from tests.display_server import texts
from tests.display_server.cases.making import fee_list


@pytest.fixture
def who() -> texts.People:
    """Everybody; these tests need no tree."""
    return texts.people()


def submitted(db: Database, item: str) -> content.Version:
    """The version under review."""
    with db.read() as connection:
        found = content.version(connection, item, content.entry(connection, item).submitted)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", texts.kinds)
def test_every_kind_is_submitted_with_its_bytes_made_once(db: Database, who: texts.People, kind: str) -> None:
    """The stored bytes are canonical, carry the version number and the stored hash is theirs."""
    item = service.create(db, who.editor, "qinghe", texts.plain(kind))
    assert submission.submit(db, who.editor, "qinghe").done == (item,)
    version = submitted(db, item)
    parsed = parse_item(version.body)
    assert (parsed.id, parsed.version, parsed.kind, parsed.channel) == (item, 1, kind, "qinghe")
    assert version.hash == body_hash(version.body)


def test_a_guide_asks_for_nothing_that_is_not_on_the_fee_list(db: Database, who: texts.People) -> None:
    """HAL-13: told to its author with what the list says, and refused at submission; put right, it goes through."""
    fee_list(db, "fees", ("工本费", 2000, "5号窗口"))
    item = service.create(db, who.editor, "qinghe", texts.plain("guide"))
    (refused,) = submission.submit(db, who.editor, "qinghe").refused
    assert "“工本费”10.50元（目录上是20元）" in refused[1]
    assert "HAL-13" in refused[1]
    plain = texts.plain("guide")
    fees = [fee | {"fen": 2000} for fee in plain["body"]["fees"]]
    service.edit(db, who.editor, item, plain | {"body": plain["body"] | {"fees": fees}})
    assert submission.submit(db, who.editor, "qinghe").done == (item,)


def test_new_ids_say_kind_and_day(db: Database, who: texts.People) -> None:
    """An id can be read out, and no two items ever share one."""
    made = {service.create(db, who.editor, "qinghe", texts.plain("document")) for _ in range(20)}
    assert len(made) == 20
    assert all(item.startswith("d-20261123-") and len(item) == len("d-20261123-k3f7q2ab") for item in made)


_refusals = [
    ({"openness": "on_application"}, "CAT-14"),
    ({"openness": "withheld"}, "CAT-14"),
    ({"visibility": "internal"}, "CAT-14"),
    ({"node": "c99"}, "CAT-01"),
    ({"node": "v01"}, "CAT-01"),
    ({"source": " "}, "QLT-04"),
    ({"responsible": ""}, "QLT-04"),
    ({"title": ""}, "QLT-07"),
    ({"shown_until": "2026-11-19T00:00:00+08:00"}, "OFF-04"),
    ({"kind": "guide", "body": {"handler": {"name": "窗口"}}}, "GUI-01"),
    ({"body": {"blocks": [], "public_notice": True, "feedback": "意见箱"}}, "CAT-21"),
    ({"body": {"blocks": [{"style": "p", "text": "联系人 13812345678"}]}}, "N-09"),
    (
        {
            "kind": "ledger",
            "body": {
                "period": "十月",
                "columns": [{"name": "金额", "type": "money"}],
                "rows": [{"level": 1, "name": "总支出", "cells": [5]}, {"level": 2, "name": "路", "cells": [4]}],
                "signers": ["何"],
            },
        },
        "CAT-10",
    ),
]


@pytest.mark.parametrize(("changed", "rule"), _refusals)
def test_a_blocking_finding_refuses_that_item_only(
    db: Database, who: texts.People, changed: dict[str, object], rule: str
) -> None:
    """The refusal names the rule, and the item beside it is submitted."""
    bad = service.create(db, who.editor, "qinghe", texts.plain(**changed))  # type: ignore[arg-type]  # mixed values
    good = service.create(db, who.editor, "qinghe", texts.plain())
    outcome = submission.submit(db, who.editor, "qinghe")
    assert outcome.done == (good,)
    assert [item for item, _ in outcome.refused] == [bad]
    assert rule in outcome.refused[0][1]
    assert texts.state(db, bad).state == "draft"


def test_a_doubt_of_the_import_waits_for_a_person(db: Database, who: texts.People) -> None:
    """A blocking doubt refuses the item until somebody stands by the text; what is only told does not."""
    doubts = [Finding("IMP-01", "第3行可能缺字。", 3, blocking=True), Finding("IMP-02", "标题是默认的。")]
    item = service.create(db, who.editor, "qinghe", texts.plain(), doubts)
    assert "IMP-01" in submission.submit(db, who.editor, "qinghe").refused[0][1]
    service.settle_doubt(db, who.editor, item, 1)
    assert submission.submit(db, who.editor, "qinghe").done == (item,)


def test_what_the_checker_says_is_not_kept(db: Database, who: texts.People) -> None:
    """A finding the checker makes itself disappears with its cause, also when the import said it first."""
    body = {"blocks": [{"style": "p", "text": "电话 13812345678"}]}
    said = Finding("N-09", "有手机号（138…78）：请删去或打码，个人信息不能公开。", 7, blocking=True)
    item = service.create(db, who.editor, "qinghe", texts.plain(body=body), [said])
    assert submission.submit(db, who.editor, "qinghe").done == ()
    service.edit(db, who.editor, item, texts.plain())
    assert submission.submit(db, who.editor, "qinghe").done == (item,)


def test_a_second_submission_of_the_same_text_says_so(db: Database, who: texts.People) -> None:
    """Nothing is submitted twice; a named item in review is refused by name."""
    item = service.create(db, who.editor, "qinghe", texts.plain())
    submission.submit(db, who.editor, "qinghe")
    assert submission.submit(db, who.editor, "qinghe") == content.Outcome("qinghe", (), ())
    assert "审查中" in submission.submit(db, who.editor, "qinghe", only=item).refused[0][1]


def test_only_ones_own_unsubmitted_draft_is_deleted(db: Database, who: texts.People) -> None:
    """A submitted text stays on file; another author's draft is theirs."""
    item = service.create(db, who.editor, "qinghe", texts.plain())
    other = texts.person("other", "editor")
    with pytest.raises(Refused, match="自己写的"):
        service.remove(db, other, item)
    submission.submit(db, who.editor, "qinghe")
    with pytest.raises(Refused, match="留档"):
        service.remove(db, who.editor, item)
    draft = service.create(db, who.editor, "qinghe", texts.plain())
    service.remove(db, who.editor, draft)
    with pytest.raises(BadInput, match="没有编号"):
        texts.state(db, draft)


def test_only_editors_of_the_unit_write(db: Database, who: texts.People) -> None:
    """Reviewers, publishers and editors of another unit cannot create or change a text."""
    item = service.create(db, who.editor, "qinghe", texts.plain())
    for actor in (who.reviewer, who.publisher, who.admin, texts.person("far", "editor", units=("liushu",))):
        with pytest.raises(Refused, match="权限"):
            service.create(db, actor, "qinghe", texts.plain())
        with pytest.raises(Refused, match="权限"):
            service.edit(db, actor, item, texts.plain())
