"""`attach` and `detach` from the shell; and files of an edition that publishers sign on their own machines."""

import json
import os
from pathlib import Path

import pytest
from sqlalchemy import select

from content_sync.clock import SystemClock
from content_sync.pull.step import Puller
from display_server.authoring import service as authoring
from display_server.authoring import submission
from display_server.authoring.attaching import service
from display_server.database.engine import Database
from display_server.database.tables.core import audit
from display_server.review import service as review
from tests.display_server import texts, world
from tests.display_server.cli.shell import Run, anywhere, done, sign
from tests.display_server.pictures import pdf, photo, png


@pytest.fixture
def clock() -> SystemClock:
    """Commands have no other clock."""
    return SystemClock()


@pytest.fixture
def draft(server: Run, db: Database) -> str:
    """A working text, and the account `editor`."""
    world.add(db, "editor", "editor")
    return authoring.create(db, texts.people().editor, "qinghe", texts.plain(title="桥修好了"))


def test_a_photo_is_attached_and_taken_off(server: Run, db: Database, draft: str, tmp_path: Path) -> None:
    """One JSON value each, the photo cleaned, both acts in the log as done from the shell."""
    (tmp_path / "IMG_1.jpg").write_bytes(photo())
    words = (draft, tmp_path / "IMG_1.jpg", "--as", "editor", "--name", "修好的桥", "--json")
    made = json.loads(done(server("attach", *words)))
    said = [made[name] for name in ("id", "type", "name", "use", "width", "height")]
    assert said == [draft, "image/jpeg", "修好的桥", "photo", 40, 30]
    assert (db.config.blobs / made["sha256"]).stat().st_size == made["length"]
    assert b"Telephone" not in (db.config.blobs / made["sha256"]).read_bytes()
    gone = json.loads(done(server("detach", draft, made["sha256"][:10], "--as", "editor", "--json")))
    assert gone == {"id": draft, "sha256": made["sha256"], "name": "修好的桥"}
    with db.read() as connection:
        acts = connection.execute(select(audit).where(audit.c.action.in_(("attach", "detach")))).all()
    assert [(row.action, row.actor, row.via, row.detail) for row in acts] == [
        ("attach", "editor", "shell", "修好的桥"),
        ("detach", "editor", "shell", "修好的桥"),
    ]


def test_words_for_people(server: Run, draft: str, tmp_path: Path) -> None:
    """Without --json: one line each."""
    (tmp_path / "申请表.pdf").write_bytes(pdf)
    said = done(server("attach", draft, tmp_path / "申请表.pdf", "--as", "editor", "--use", "form"))
    assert said.startswith(f"{draft}  附件 申请表.pdf（表格，PDF，1 KB，指纹 ")
    assert done(server("detach", draft, "申请表.pdf", "--as", "editor")) == f"{draft}  已取下“申请表.pdf”\n"


def test_refusals_are_one_sentence(server: Run, draft: str, tmp_path: Path) -> None:
    """Whatever is named as a file, and whoever asks: exit 1, one sentence, nothing attached."""
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "a.html").write_bytes(b"<html>")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    attach = [(draft, tmp_path / name, "--as", "editor") for name in ("a.html", "folder", "pipe", "absent", "a.png")]
    attach[-1] = (draft, tmp_path / "a.png", "--as", "nobody")
    attach.append(("no-such-item", tmp_path / "a.png", "--as", "editor"))
    attach.append((draft, tmp_path / "a.png", "--as", "editor", "--use", "wallpaper"))
    for words in attach:
        result = server("attach", *words)
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1), words
    for which in ("a.png", "0" * 64, ""):
        result = server("detach", draft, which, "--as", "editor")
        assert (result.exit_code, "说不清是哪个附件" in result.stderr) == (1, True)


def test_two_files_of_one_name_are_told_apart(server: Run, draft: str, tmp_path: Path) -> None:
    """A name that two files have is no answer to which one; the beginning of the hash is."""
    made = []
    for color in ("red", "blue"):
        (tmp_path / "a.png").write_bytes(png(color))
        made.append(json.loads(done(server("attach", draft, tmp_path / "a.png", "--as", "editor", "--json"))))
    vague = server("detach", draft, "a.png", "--as", "editor")
    assert (vague.exit_code, all(one["sha256"][:8] in vague.stderr for one in made)) == (1, True)
    done(server("detach", draft, made[1]["sha256"], "--as", "editor"))
    done(server("detach", draft, "a.png", "--as", "editor"))


def test_files_of_an_edition_that_others_sign(
    server: Run, db: Database, device: Puller, keys: dict[str, Path], tmp_path: Path
) -> None:
    """The signers see its hash; the file is in the tree when the edition is out, and leaves with a withdrawal."""
    who, tree = texts.people(), db.config.repo / "qinghe" / "blobs"
    item = authoring.create(db, who.editor, "qinghe", texts.plain(title="桥修好了"))
    sha256 = service.attach(db, who.editor, item, png(), "桥.png").sha256
    submission.submit(db, who.editor, "qinghe", only=item)
    for reviewer in (who.reviewer, who.secrecy):
        review.approve(db, reviewer, "qinghe")
    done(server("publish", "qinghe", "--as", "publisher"))
    assert not (tree / sha256).exists()
    request = tmp_path / "edition.json"
    done(server("keys", "pending", "qinghe", request))
    assert sha256 in done(anywhere("keys", "show", request, item))
    for key in keys.values():
        done(sign(request, key))
    done(server("keys", "apply", request))
    assert (tree / sha256).exists()
    assert device.step(force=True).failures == []
    assert [use.blob.sha256 for use in device.store.uses()] == [sha256]
    done(server("withdraw", item, "--as", "publisher", "--reason", "拍到了人"))
    assert not (tree / sha256).exists()  # though nobody has signed the edition without it yet
    assert (db.config.blobs / sha256).exists()
    device.step(force=True)
    assert device.store.uses() == []
