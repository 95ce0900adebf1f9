"""Editions and withdrawals on a real database and a real signed tree."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import zstandard
from sqlalchemy import select, update

from content_sync import publish as signer_module
from content_sync.domain import limits
from content_sync.domain.errors import Broken, Refused
from content_sync.publish import Publisher
from display_server.authoring import service as authoring
from display_server.authoring import submission
from display_server.database import audit, content
from display_server.database.engine import Database
from display_server.database.tables.content import decisions, editions, published, versions
from display_server.database.tables.core import changes
from display_server.desk import publication
from display_server.publishing import service
from display_server.publishing.lock import channel_lock
from tests.display_server import texts


class Crash(BaseException):
    """The process is gone: nothing after this line runs."""


@pytest.fixture
def signer(db: Database) -> Publisher:
    """The keys and the empty tree of the founded server."""
    return texts.plant(db)


@pytest.fixture
def who(signer: Publisher) -> texts.People:
    """Everybody, on a server with a tree."""
    return texts.people()


def on_show(db: Database, channel: str = "qinghe") -> dict[str, int]:
    """The published state: item → version."""
    with db.read() as connection:
        rows = connection.execute(select(published).where(published.c.channel == channel))
        return {row.item: row.version for row in rows}


def every_byte(folder: Path) -> bytes:
    """All bytes of a tree, packs unpacked."""
    parts = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        parts.append(zstandard.ZstdDecompressor().decompress(data) if path.suffix == ".zst" else data)
    return b"\n".join(parts)


def test_an_edition_holds_the_published_state_and_the_new_items(
    db: Database, who: texts.People, signer: Publisher
) -> None:
    """A second publication keeps what the first one showed, and tells devices of its number."""
    first = texts.published(db, who, title="第一件")
    second = texts.published(db, who, title="第二件")
    assert on_show(db) == {first: 1, second: 1}
    assert (signer.newest("qinghe").number, signer.newest("qinghe").items) == (2, 2)
    with db.read() as connection:
        told = connection.execute(select(changes.c.detail).where(changes.c.kind == "edition")).scalars().all()
        assert audit.first_fault(connection) == ""
    assert told[-1] == '{"channel":"qinghe","edition":2}'


def test_nothing_ready_makes_no_edition(db: Database, who: texts.People, signer: Publisher) -> None:
    """A publication with nothing reviewed changes neither the number nor the tree."""
    item = authoring.create(db, who.editor, "qinghe", texts.plain())
    submission.submit(db, who.editor, "qinghe")
    made = publication.publish(db, who.publisher, "qinghe")
    assert (made.issued.edition, made.done) == (0, ())
    assert made.refused == ((item, "还缺内容审查、保密审查，不能发布。"),)
    assert signer.newest("qinghe").number == 0


def test_an_emergency_is_announced_as_one(db: Database, who: texts.People) -> None:
    """Devices are woken for an emergency apart from the edition."""
    item = texts.published(db, who, kind="emergency")
    with db.read() as connection:
        told = connection.execute(select(changes.c.detail).where(changes.c.kind == "emergency")).scalars().all()
    assert told == [f'{{"channel":"qinghe","edition":1,"item":"{item}"}}']


def test_internal_items_leave_no_byte_in_the_tree(db: Database, who: texts.People) -> None:
    """CAT-05: an internal draft is kept, refused at submission, and its title is nowhere in the published tree."""
    secret = "廉政风险点内部清单"
    item = authoring.create(db, who.editor, "qinghe", texts.plain(title=secret, visibility="internal"))
    texts.published(db, who, title="公开的一件")
    assert texts.state(db, item).state == "draft"
    tree = every_byte(db.config.repo)
    assert "公开的一件".encode() in tree
    assert secret.encode() not in tree


_changed_bytes = b'{"body":{"blocks":[]}}'


@pytest.mark.parametrize("rehash", [False, True])
def test_bytes_that_differ_from_the_approved_ones_are_not_published(
    db: Database, who: texts.People, signer: Publisher, *, rehash: bool
) -> None:
    """Promise 4: an edited row is refused, also when the stored hash beside it was edited to fit."""
    item = texts.approved(db, who)
    with db.write() as connection:
        body = connection.execute(select(versions.c.body)).scalar_one().replace("周三".encode(), "周四".encode())
        values: dict[str, Any] = {"body": body}
        if rehash:
            values["hash"] = submission.body_hash(body)
        connection.execute(update(versions).values(**values))
    made = publication.publish(db, who.publisher, "qinghe")
    assert made.done == ()
    assert made.refused[0][0] == item
    assert signer.newest("qinghe").number == 0


def test_a_tampered_neighbour_stops_publishing_but_not_withdrawing(
    db: Database, who: texts.People, signer: Publisher
) -> None:
    """What is already on show is hashed again too; a withdrawal leaves damaged bytes out and is obeyed."""
    damaged, wrong = texts.published(db, who, title="甲"), texts.published(db, who, title="乙")
    texts.approved(db, who, title="丙")
    with db.write() as connection:
        connection.execute(update(versions).where(versions.c.item == damaged).values(body=_changed_bytes))
    with pytest.raises(Broken, match=damaged):
        publication.publish(db, who.publisher, "qinghe")
    service.withdraw(db, who.publisher, wrong, "写错了")
    assert on_show(db) == {}
    assert signer.newest("qinghe").items == 0


def test_a_withdrawal_is_an_edition_of_its_own_and_signed(db: Database, who: texts.People, signer: Publisher) -> None:
    """The number rises by one, the id stands in the signed list, the text is in no file, and it never comes back."""
    item = texts.published(db, who, title="要撤下的标题")
    other = texts.published(db, who, title="留下的标题")
    made = service.withdraw(db, who.publisher, item, "数字错了")
    assert (made.edition, made.items, made.changed) == (3, 1, 1)
    assert item.encode() in b"".join(p.read_bytes() for p in db.config.repo.rglob("*withdrawn.json"))
    assert "要撤下的标题".encode() not in every_byte(db.config.repo)
    assert on_show(db) == {other: 1}
    assert texts.state(db, item).state == "withdrawn"
    with pytest.raises(Refused, match="已撤下"):
        authoring.edit(db, who.editor, item, texts.plain())
    with pytest.raises(Refused, match="已经用过"):
        authoring.create(db, who.editor, "qinghe", texts.plain(id=item))
    with pytest.raises(Refused, match="已经撤下"):
        service.withdraw(db, who.publisher, item, "再撤一次")


@pytest.mark.parametrize(
    ("reason", "account", "sentence"),
    [("", "publisher", "原因"), ("错", "editor", "权限"), ("错", "admin", "权限")],
)
def test_a_withdrawal_needs_a_reason_and_the_right(
    db: Database, who: texts.People, reason: str, account: str, sentence: str
) -> None:
    """Neither an author nor the administrator takes a text down, and nobody without saying why."""
    item = texts.published(db, who)
    with pytest.raises(Refused, match=sentence):
        service.withdraw(db, getattr(who, account), item, reason)
    assert on_show(db) == {item: 1}


def _fail_before_tree(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Publisher, "publish", _raising(Crash))


def _fail_inside_tree(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(signer_module.Repository, "put", _raising(Crash))


def _fail_after_tree(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(service, "move", _raising(Crash))


def _fail_at_the_last_line(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(service, "_announce", _raising(Crash))


def _raising(error: type[BaseException]) -> Callable[..., Any]:
    def raises(*_: Any, **__: Any) -> Any:
        raise error

    return raises


def _do(db: Database, who: texts.People, act: str, item: str) -> None:
    if act == "publish":
        publication.publish(db, who.publisher, "qinghe")
    else:
        service.withdraw(db, who.publisher, item, "错了")


@pytest.mark.parametrize("fail", [_fail_before_tree, _fail_inside_tree, _fail_after_tree, _fail_at_the_last_line])
@pytest.mark.parametrize("act", ["publish", "withdraw"])
def test_an_interrupted_act_is_finished_and_no_number_is_skipped_or_given_twice(
    db: Database,
    who: texts.People,
    signer: Publisher,
    monkeypatch: pytest.MonkeyPatch,
    fail: Callable[[pytest.MonkeyPatch], None],
    act: str,
) -> None:
    """After a crash at any step the server's start finishes what was begun; the next edition is the next number."""
    first = texts.published(db, who, title="在架")
    second = texts.approved(db, who, title="待发")
    with monkeypatch.context() as patch:
        fail(patch)
        with pytest.raises(Crash):
            _do(db, who, act, first)
    service.finish_all_interrupted(db)
    assert signer.newest("qinghe").number == 2
    assert on_show(db) == ({first: 1, second: 1} if act == "publish" else {})
    assert texts.state(db, first).state == ("published" if act == "publish" else "withdrawn")
    third = texts.published(db, who, title="下一件")
    assert third in on_show(db)
    assert signer.newest("qinghe").number == 3
    with db.read() as connection:
        rows = connection.execute(select(editions.c.number, editions.c.done).order_by(editions.c.number)).all()
        assert content.newest_edition(connection, "qinghe")[0] == 3
        assert audit.first_fault(connection) == ""
    assert [tuple(row) for row in rows] == [(1, 1), (2, 1), (3, 1)]


def test_a_refusing_signer_leaves_no_intent_behind(
    db: Database, who: texts.People, signer: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the signer refuses (too large, disk full) the channel is free again and the items still wait."""
    item = texts.approved(db, who)
    with monkeypatch.context() as patch:
        patch.setattr(Publisher, "publish", _raising(MemoryError))
        with pytest.raises(MemoryError):
            publication.publish(db, who.publisher, "qinghe")
    with db.read() as connection:
        assert connection.execute(select(editions)).all() == []
    assert publication.publish(db, who.publisher, "qinghe").done == (item,)
    assert signer.newest("qinghe").number == 1


def test_a_database_restored_from_before_goes_on_after_the_trees_number(
    db: Database, who: texts.People, signer: Publisher
) -> None:
    """A number never goes down: the tree, not the database, says which one was the last."""
    texts.published(db, who, title="甲")
    texts.published(db, who, title="乙")
    with db.write() as connection:
        connection.execute(editions.delete().where(editions.c.number == 2))
    texts.published(db, who, title="丙")
    assert signer.newest("qinghe").number == 3


def test_a_backup_from_the_middle_of_an_act_is_finished_although_the_tree_went_on(
    db: Database, who: texts.People, signer: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An intent whose number the tree has long passed is closed, not tried again."""
    item = texts.approved(db, who)
    with monkeypatch.context() as patch:
        _fail_after_tree(patch)
        with pytest.raises(Crash):
            publication.publish(db, who.publisher, "qinghe")
    signer.publish("qinghe", 2, {}, [])
    service.finish_all_interrupted(db)
    assert on_show(db) == {item: 1}
    other = texts.published(db, who, title="下一件")
    assert (signer.newest("qinghe").number, set(on_show(db))) == (3, {item, other})


def test_a_channel_that_is_being_published_is_waited_for_not_raced(
    db: Database, who: texts.People, signer: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While somebody holds the channel nothing is begun; who waited too long is told so."""
    texts.approved(db, who)
    monkeypatch.setattr(limits, "publish_lock_seconds_max", 0)
    monkeypatch.setattr(limits, "publish_lock_retry_seconds", 0)
    with channel_lock(db.config, "qinghe"), pytest.raises(Refused, match="正在发布"):
        publication.publish(db, who.publisher, "qinghe")
    assert signer.newest("qinghe").number == 0
    assert publication.publish(db, who.publisher, "qinghe").issued.edition == 1


def test_no_edit_comes_between_the_choice_and_the_plan(
    db: Database, who: texts.People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is chosen what an edition will hold, nobody can change a text or take a review back (promise 13)."""
    item, choose = texts.approved(db, who), publication.sort_waiting

    def watched(*arguments: Any) -> Any:
        chosen = choose(*arguments)
        with (
            closing(sqlite3.connect(db.config.database_path, timeout=0)) as rival,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            rival.execute("BEGIN IMMEDIATE")
        return chosen

    monkeypatch.setattr(publication, "sort_waiting", watched)
    assert publication.publish(db, who.publisher, "qinghe").done == (item,)


def test_a_decision_of_another_hash_counts_for_nothing(db: Database, who: texts.People) -> None:
    """Publication asks for decisions on these bytes; decisions moved to another hash leave the item unreviewed."""
    texts.approved(db, who)
    with db.write() as connection:
        connection.execute(update(decisions).values(hash="0" * 64))
    assert publication.publish(db, who.publisher, "qinghe").done == ()
