"""A file on its way with a text: attached, reviewed, published, withdrawn; its bytes where they should be only."""

import json
import os
from pathlib import Path

import pytest
from sqlalchemy import select, update

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Broken, Refused
from content_sync.wire.attachments import attached as named_in
from display_server.authoring import service as authoring
from display_server.authoring import submission
from display_server.authoring.attaching import service
from display_server.database import audit, content, files
from display_server.database.engine import Database
from display_server.database.tables.content import attached, versions
from display_server.desk import check, publication
from display_server.desk.upkeep import tidy
from display_server.publishing import service as publishing
from display_server.review import service as review
from tests.display_server import texts
from tests.display_server.pictures import pdf, photo, png


@pytest.fixture
def who(db: Database) -> texts.People:
    """Everybody, on a server with a tree."""
    texts.plant(db)
    db.config.keys.chmod(0o700)
    return texts.people()


@pytest.fixture
def draft(db: Database, who: texts.People) -> str:
    """A working text that could be submitted as it is."""
    return authoring.create(db, who.editor, "qinghe", texts.plain(title="桥修好了"))


def attach(db: Database, who: texts.People, item: str, data: bytes = b"", **facts: str) -> str:
    """Attach a picture, or these bytes; the hash."""
    return service.attach(db, who.editor, item, data or png(), facts.pop("file_name", "桥.png"), **facts).sha256


def passed(db: Database, who: texts.People, item: str) -> None:
    """Submit and review a text."""
    outcome = submission.submit(db, who.editor, "qinghe", only=item)
    assert outcome.done == (item,), outcome.refused
    for reviewer in (who.reviewer, who.secrecy):
        review.approve(db, reviewer, "qinghe")


def public(db: Database, who: texts.People, item: str) -> None:
    """Submit, review and publish it."""
    passed(db, who, item)
    assert item in publication.publish(db, who.publisher, "qinghe").done


def private(db: Database) -> set[str]:
    """What lies in the private folder."""
    return {path.name for path in db.config.blobs.iterdir()} if db.config.blobs.is_dir() else set()


def in_tree(db: Database, channel: str = "qinghe") -> set[str]:
    """What anybody can fetch."""
    folder = db.config.repo / channel / "blobs"
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def faults(db: Database) -> tuple[str, ...]:
    """What `check` says."""
    return check.examine(db).problems


def test_a_file_goes_the_whole_way_and_back(db: Database, who: texts.People, draft: str) -> None:
    """Private while it is a draft and under review; in the tree when it is published; out of it when withdrawn."""
    sha256 = attach(db, who, draft)
    assert (private(db), in_tree(db)) == ({sha256}, set())
    assert db.config.blobs.stat().st_mode & 0o777 == 0o700
    passed(db, who, draft)
    assert in_tree(db) == set()
    publication.publish(db, who.publisher, "qinghe")
    assert in_tree(db) == {sha256}
    assert (db.config.repo / "qinghe" / "blobs" / sha256).stat().st_mode & 0o044  # nginx reads the tree too
    assert faults(db) == ()
    publishing.withdraw(db, who.publisher, draft, "拍到了人")
    assert (private(db), in_tree(db)) == ({sha256}, set())  # the archive keeps it, nobody is given it
    assert faults(db) == ()


def test_the_hash_stands_in_what_is_reviewed(db: Database, who: texts.People, draft: str) -> None:
    """The submitted bytes name the file; a text without files has the bytes it always had."""
    plain = authoring.create(db, who.editor, "qinghe", texts.plain(title="没有附件"))
    sha256 = attach(db, who, draft)
    passed(db, who, draft)
    submission.submit(db, who.editor, "qinghe", only=plain)
    with db.read() as connection:
        bodies = dict(connection.execute(select(versions.c.item, versions.c.body)).all())
    assert [one.sha256 for one in named_in(bodies[draft])] == [sha256]
    assert b"attachments" not in bodies[plain]


def test_attaching_is_an_edit(db: Database, who: texts.People, draft: str) -> None:
    """It makes an author, voids what was reviewed, stands in the log; saving the text keeps what is attached."""
    passed(db, who, draft)
    sha256 = service.attach(db, texts.person("other", "editor"), draft, png(), "桥.png").sha256
    entry = texts.state(db, draft)
    assert (entry.state, entry.authors) == ("draft", ("editor", "other"))
    authoring.edit(db, who.editor, draft, texts.plain(title="桥修好了，可以走车"))
    with db.read() as connection:
        assert [one.sha256 for one in service.attachments_of(content.draft(connection, draft))] == [sha256]
        assert audit.first_fault(connection) == ""
    public(db, who, draft)
    service.detach(db, who.editor, draft, "桥.png")
    assert texts.state(db, draft).state == "draft"
    assert in_tree(db) == {sha256}  # on show until the next version is
    public(db, who, draft)
    assert in_tree(db) == set()


def test_a_text_cannot_name_a_file_by_itself(db: Database, who: texts.People, draft: str) -> None:
    """Neither an import nor a form smuggles a hash in: what is attached was handed over here."""
    smuggled = [{"sha256": "a" * 64, "length": 1, "type": "image/png", "name": "x", "use": "photo"}]
    item = authoring.create(db, who.editor, "qinghe", texts.plain(attachments=smuggled))
    authoring.edit(db, who.editor, draft, texts.plain(attachments=smuggled))
    with db.read() as connection:
        for one in (item, draft):
            assert "attachments" not in content.draft(connection, one)


def test_one_file_of_two_texts_is_kept_once(db: Database, who: texts.People, draft: str) -> None:
    """It stays in both folders until the last text that names it is gone."""
    other = authoring.create(db, who.editor, "qinghe", texts.plain(title="另一件"))
    village = authoring.create(db, who.editor, "liushu", texts.plain(title="村里的", level="village"))
    sha256 = attach(db, who, draft)
    assert {attach(db, who, one) for one in (other, village)} == {sha256}
    public(db, who, draft)
    public(db, who, other)
    assert (in_tree(db), in_tree(db, "liushu")) == ({sha256}, set())
    publishing.withdraw(db, who.publisher, draft, "错了")
    assert in_tree(db) == {sha256}
    publishing.withdraw(db, who.publisher, other, "错了")
    assert in_tree(db) == set()
    assert faults(db) == ()


def test_what_nothing_names_any_more_is_removed(db: Database, who: texts.People, draft: str) -> None:
    """A file of drafts only goes with the last of them; one that was submitted is the archive."""
    only, kept = attach(db, who, draft), attach(db, who, draft, png("blue"))
    service.detach(db, who.editor, draft, only[:8])
    assert private(db) == {kept}
    again = authoring.create(db, who.editor, "qinghe", texts.plain(title="只是草稿"))
    attach(db, who, again)
    authoring.remove(db, who.editor, again)
    assert private(db) == {kept}
    passed(db, who, draft)
    service.detach(db, who.editor, draft, kept)
    assert private(db) == {kept}


def test_what_a_crash_left_is_removed(db: Database, who: texts.People, draft: str) -> None:
    """A file that was written for a text that was never saved; what texts name stays."""
    sha256 = attach(db, who, draft)
    for name in ("f" * 64, f".{'e' * 64}.new"):
        (db.config.blobs / name).write_bytes(b"x")
    tidy(db)
    assert private(db) == {sha256}


_tampering = {
    "other bytes": lambda path: path.write_bytes(png("blue")),
    "one byte": lambda path: path.write_bytes(path.read_bytes()[:-1] + b"?"),
    "gone": lambda path: path.unlink(),
    "a link": lambda path: (path.unlink(), path.symlink_to("/etc/passwd")),
    "a pipe": lambda path: (path.unlink(), os.mkfifo(path)),
}


@pytest.mark.parametrize("story", _tampering)
def test_another_file_than_the_approved_one_is_not_published(
    db: Database, who: texts.People, draft: str, story: str
) -> None:
    """Promise 4 covers attached files: that text is refused by name, the others go on, and `check` says so."""
    sha256 = attach(db, who, draft)
    passed(db, who, draft)
    other = texts.approved(db, who, title="别的")
    _tampering[story](db.config.blobs / sha256)
    made = publication.publish(db, who.publisher, "qinghe")
    assert made.done == (other,)
    assert made.refused == ((draft, "附件“桥.png”与提交时不一致，或者丢失了：请作者取下重新附上，再提交审查。"),)
    assert in_tree(db) == set()
    assert any(sha256 in fault for fault in faults(db))


def test_a_lost_file_is_told_before_it_is_submitted(db: Database, who: texts.People, draft: str) -> None:
    """The author is still there then, and can attach it again."""
    sha256 = attach(db, who, draft)
    (db.config.blobs / sha256).unlink()
    outcome = submission.submit(db, who.editor, "qinghe", only=draft)
    assert outcome.refused == ((draft, "附件“桥.png”在服务器上丢失或损坏：请取下，重新附上。"),)


def test_a_withdrawal_waits_for_no_file(db: Database, who: texts.People, draft: str) -> None:
    """Another item's file is lost on this server: the withdrawal goes out all the same, and `check` names the loss."""
    lost, other = attach(db, who, draft), authoring.create(db, who.editor, "qinghe", texts.plain(title="撤的"))
    gone = attach(db, who, other, png("blue"))
    public(db, who, draft)
    public(db, who, other)
    for folder in (db.config.blobs, db.config.repo / "qinghe" / "blobs"):
        (folder / lost).unlink()
    publishing.withdraw(db, who.publisher, other, "错了")
    assert texts.state(db, other).state == "withdrawn"
    assert gone not in in_tree(db)
    assert sum(lost in fault for fault in faults(db)) == 2


def test_a_crash_in_a_withdrawal_leaves_no_file(
    db: Database, who: texts.People, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is out of the tree before the withdrawal is signed, and stays out however the act ends."""
    attach(db, who, draft)
    public(db, who, draft)

    def power_fails(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("content_sync.publish.Publisher.publish", power_fails)
    with pytest.raises(KeyboardInterrupt):
        publishing.withdraw(db, who.publisher, draft, "错了")
    assert in_tree(db) == set()
    monkeypatch.undo()
    publishing.finish_all_interrupted(db)
    assert in_tree(db) == set()
    assert texts.state(db, draft).state == "withdrawn"
    assert faults(db) == ()


def test_a_crash_after_the_edition_leaves_no_old_file(
    db: Database, who: texts.People, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit took a photo off; the power failed when the edition was out. Whoever goes on removes the photo."""
    old = attach(db, who, draft)
    public(db, who, draft)
    service.detach(db, who.editor, draft, old)
    passed(db, who, draft)
    monkeypatch.setattr(publishing.attached, "prune", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        publication.publish(db, who.publisher, "qinghe")
    assert in_tree(db) == {old}
    monkeypatch.undo()
    publishing.finish_all_interrupted(db)
    assert in_tree(db) == set()


def test_a_damaged_row_publishes_no_file(db: Database, who: texts.People, draft: str) -> None:
    """The row is edited to name another file: the text is refused before any file is looked for."""
    sha256, village = attach(db, who, draft), authoring.create(db, who.editor, "liushu", texts.plain(level="village"))
    secret = attach(db, who, village, png("blue"))
    public(db, who, draft)
    with db.write() as connection:
        body = connection.execute(select(versions.c.body)).scalar_one().replace(sha256.encode(), secret.encode())
        connection.execute(update(versions).values(body=body))
    texts.approved(db, who, title="别的")
    with pytest.raises(Broken):
        publication.publish(db, who.publisher, "qinghe")
    assert in_tree(db) == {sha256}


def test_bounds_of_one_text(db: Database, who: texts.People, draft: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same twice, too many, too much: one sentence each, and nothing is kept of it."""
    attach(db, who, draft)
    with pytest.raises(Refused, match="已经附过"):
        attach(db, who, draft)
    monkeypatch.setattr(limits, "attachments_max", 1)
    with pytest.raises(Refused, match="最多附 1 个"):
        attach(db, who, draft, png("blue"))
    monkeypatch.setattr(limits, "attachments_max", 9)
    monkeypatch.setattr(limits, "item_blob_bytes_max", 200)
    with pytest.raises(Refused, match="加起来最多"):
        attach(db, who, draft, pdf * 2, file_name="a.pdf")
    assert len(private(db)) == 1


def test_bounds_of_one_channel(db: Database, who: texts.People, draft: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """More files than devices and sticks should carry: not published, in a sentence; the edition before stays."""
    monkeypatch.setattr(limits, "channel_blobs_max", 1)
    attach(db, who, draft)
    attach(db, who, draft, pdf, file_name="a.pdf")
    passed(db, who, draft)
    with pytest.raises(Refused, match="2 attached files"):
        publication.publish(db, who.publisher, "qinghe")
    assert publishing.publisher(db).newest("qinghe").number == 0


@pytest.mark.parametrize("act", ["attach", "detach"])
def test_who_may_not_write_may_not_attach(db: Database, who: texts.People, draft: str, act: str) -> None:
    """Reviewers and editors of other units; and nobody, once it is withdrawn."""
    sha256 = attach(db, who, draft)
    strangers = [who.reviewer, who.publisher, who.admin, texts.person("far", "editor", units=("liushu",))]
    for stranger in strangers:
        with pytest.raises(Refused, match="没有这个权限"):
            _do(act, db, stranger, draft, sha256)
    public(db, who, draft)
    publishing.withdraw(db, who.publisher, draft, "错了")
    with pytest.raises(Refused, match="已撤下"):
        _do(act, db, who.editor, draft, sha256)
    with pytest.raises(BadInput):
        service.detach(db, who.editor, authoring.create(db, who.editor, "qinghe", texts.plain()), sha256)


def _do(act: str, db: Database, actor: object, item: str, sha256: str) -> None:
    if act == "attach":
        service.attach(db, actor, item, photo(), "a.jpg")  # type: ignore[arg-type]
    else:
        service.detach(db, actor, item, sha256)  # type: ignore[arg-type]


def test_a_refused_file_leaves_nothing(db: Database, who: texts.People, draft: str) -> None:
    """What cannot be attached is not kept, and the text is as it was."""
    with pytest.raises(BadInput):
        attach(db, who, draft, b"<html>")
    assert private(db) == set()
    with db.read() as connection:
        assert connection.execute(select(attached)).all() == []
        assert "attachments" not in content.draft(connection, draft)


def test_check_names_what_should_not_be_there(db: Database, who: texts.People, draft: str) -> None:
    """A file that anybody can fetch and no item names; a private folder that others can read."""
    attach(db, who, draft)
    public(db, who, draft)
    stray: Path = db.config.repo / "qinghe" / "blobs" / ("0" * 64)
    stray.write_bytes(b"x")
    db.config.blobs.chmod(0o755)
    assert [("0" * 64 in fault, "chmod 700" in fault) for fault in faults(db)] == [(False, True), (True, False)]
    stray.unlink()
    db.config.blobs.chmod(0o700)
    report = check.examine(db)
    assert (report.problems, report.blobs) == ((), 1)


def test_a_disk_that_knows_no_second_names_gets_copies(
    db: Database, who: texts.People, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tree lies on another disk: the file is copied, whole."""

    def refused(*_: object, **__: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refused)
    sha256 = attach(db, who, draft)
    public(db, who, draft)
    private_file, published = (folder / sha256 for folder in (db.config.blobs, db.config.repo / "qinghe" / "blobs"))
    assert private_file.read_bytes() == published.read_bytes()
    assert private_file.stat().st_ino != published.stat().st_ino
    assert json.dumps(faults(db)) == "[]"


def test_the_table_follows_the_texts(db: Database, who: texts.People, draft: str) -> None:
    """Each text's files stand in it: of the working text and of every submitted version."""
    first, second = attach(db, who, draft), attach(db, who, draft, png("blue"))
    passed(db, who, draft)
    service.detach(db, who.editor, draft, first)
    passed(db, who, draft)
    with db.read() as connection:
        rows = {(row.version, row.sha256) for row in connection.execute(select(attached))}
        assert files.hashes_of(connection, draft) == tuple(sorted((first, second)))
    assert rows == {(0, second), (1, first), (1, second), (2, second)}
