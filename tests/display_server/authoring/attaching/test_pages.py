"""Attaching by browser: the upload, who may look at a file before it is published, and what a phone gets."""

import io
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from content_sync.domain import limits
from display_server.authoring import service as authoring
from display_server.authoring import submission
from display_server.authoring.attaching import service
from display_server.database import content
from display_server.database.engine import Database
from display_server.desk import publication
from display_server.publishing import service as publishing
from display_server.review import service as review
from tests.display_server import texts, world
from tests.display_server.pages import fill
from tests.display_server.pictures import opened, pdf, photo, png, tail

Browser = Callable[..., FlaskClient]


@pytest.fixture
def who(db: Database) -> texts.People:
    """Everybody, on a server with a tree."""
    texts.plant(db)
    return texts.people()


@pytest.fixture
def draft(db: Database, who: texts.People) -> str:
    """A working text."""
    return authoring.create(db, who.editor, "qinghe", texts.plain(title="桥修好了"))


def upload(client: FlaskClient, item: str, data: bytes, file_name: str, **fields: str) -> TestResponse:
    """Choose a file in the editor and send it; the page that follows."""
    form = {"csrf_token": world.token(client.get(f"/content/items/{item}")), **fields}
    chosen = FileStorage(io.BytesIO(data), file_name)
    boundary, body = encode_multipart({**form, "file": chosen})  # in memory: the client leaves its own files open
    kind = f"multipart/form-data; boundary={boundary}"
    sent = client.post(f"/content/items/{item}/attachments", data=body, content_type=kind)
    return client.get(sent.location) if sent.status_code == 302 else sent


def address(item: str, sha256: str, at: str = "/content/items/{}/attachments/{}") -> str:
    """Where a file is."""
    return at.format(item, sha256)


def _published(db: Database, who: texts.People, item: str) -> None:
    assert submission.submit(db, who.editor, "qinghe", only=item).done == (item,)
    for reviewer in (who.reviewer, who.secrecy):
        review.approve(db, reviewer, "qinghe")
    assert item in publication.publish(db, who.publisher, "qinghe").done


def kept(db: Database, item: str) -> list[str]:
    """The hashes a working text names."""
    with db.read() as connection:
        return [one.sha256 for one in service.attachments_of(content.draft(connection, item))]


def test_an_editor_attaches_and_takes_off(browser: Browser, db: Database, draft: str) -> None:
    """A photo and a form by the page: named as the author says, cleaned, listed with their size, and off again."""
    client = browser("editor", "editor")
    assert "已附上“修好的桥”" in upload(client, draft, photo() + tail, "IMG_0001.JPG", name="修好的桥").text
    page = upload(client, draft, pdf, "申请表.pdf", use="form")
    assert "照片，JPEG，40×30，1 KB" in page.text
    assert "表格，PDF，1 KB" in page.text
    first, second = kept(db, draft)
    seen = client.get(address(draft, first))
    assert (seen.mimetype, tail in seen.data) == ("image/jpeg", False)
    assert seen.headers["Cache-Control"] == "no-store"
    token = {"csrf_token": world.token(client.get(f"/content/items/{draft}"))}
    off = client.post(address(draft, second) + "/detach", data=token, follow_redirects=True)
    assert "已取下" in off.text
    assert kept(db, draft) == [first]


def test_saving_the_text_keeps_what_is_attached(browser: Browser, db: Database, draft: str) -> None:
    """The form of the text shows no files, and loses none."""
    client = browser("editor", "editor")
    upload(client, draft, png(), "a.png")
    before = kept(db, draft)
    fill(client, f"/content/items/{draft}", "title", title="桥修好了，可以走车")
    assert kept(db, draft) == before != []


@pytest.mark.parametrize(
    ("data", "file_name", "sentence"),
    [
        (b"<html>", "a.png", "只能附 PNG"),
        (png()[:60], "a.png", "图片打不开"),
        (pdf + tail, "a.pdf", "这个 PDF 的末尾后面"),
        (b"", "", "请先选一个文件"),
    ],
)
def test_a_refusal_is_a_sentence_on_the_page(
    browser: Browser, db: Database, draft: str, data: bytes, file_name: str, sentence: str
) -> None:
    """What was wrong, and nothing is attached."""
    page = upload(browser("editor", "editor"), draft, data, file_name)
    assert f"没有附上：{sentence}" in unescape(page.text)
    assert kept(db, draft) == []


def test_a_large_file_goes_through_and_a_larger_one_does_not(browser: Browser, db: Database, draft: str) -> None:
    """Files may be larger than forms; there is an end to that too, and other pages keep theirs."""
    client = browser("editor", "editor")
    large = b"%PDF-1.7\n" + bytes(limits.request_bytes_max) + b"%%EOF"
    assert "已附上" in upload(client, draft, large, "a.pdf").text
    assert upload(client, draft, large + bytes(limits.upload_bytes_max), "b.pdf").status_code == 413
    assert client.post(f"/content/items/{draft}", data={"title": "长" * limits.request_bytes_max}).status_code == 413
    assert len(kept(db, draft)) == 1


def test_a_form_without_its_token_attaches_nothing(browser: Browser, db: Database, draft: str) -> None:
    """Another site cannot make a signed-in editor's browser attach a file, or take one off."""
    client = browser("editor", "editor")
    sent = client.post(f"/content/items/{draft}/attachments", data={"file": (io.BytesIO(png()), "a.png")})
    assert sent.status_code == 400
    upload(client, draft, png(), "a.png")
    [sha256] = kept(db, draft)
    assert client.post(address(draft, sha256) + "/detach").status_code == 400
    assert kept(db, draft) == [sha256]


def test_only_who_may_read_the_draft_sees_its_files(
    browser: Browser, app: Flask, db: Database, who: texts.People, draft: str
) -> None:
    """Not the public, not a clerk, not an editor of another unit, and not by another item's address."""
    sha256 = service.attach(db, who.editor, draft, png(), "a.png").sha256
    other = authoring.create(db, who.editor, "qinghe", texts.plain(title="别的"))
    assert browser("reviewer", "reviewer").get(address(draft, sha256)).status_code == 200
    assert browser("watcher", "supervisor").get(address(draft, sha256)).status_code == 200
    assert browser("clerk", "clerk").get(address(draft, sha256)).status_code == 403
    assert browser("far", "editor", units=("liushu",)).get(address(draft, sha256)).status_code == 403
    assert browser("editor", "editor").get(address(other, sha256)).status_code == 404
    phone = app.test_client()
    assert "/login" in phone.get(address(draft, sha256)).location
    for path in (f"/d/{draft}/{sha256}", f"/repo/qinghe/blobs/{sha256}", f"/blobs/{sha256}"):
        assert phone.get(path).status_code == 404, path
    assert upload(browser("publisher", "publisher"), draft, png("blue"), "b.png").status_code == 403


def test_the_reviewer_sees_the_file(browser: Browser, db: Database, who: texts.People, draft: str) -> None:
    """In the text as its reader will see it, and among what changed."""
    submission.submit(db, who.editor, "qinghe", only=draft)
    sha256 = service.attach(db, who.editor, draft, png(), "修好的桥.png").sha256
    submission.submit(db, who.editor, "qinghe", only=draft)
    client = browser("reviewer", "reviewer")
    page = client.get(f"/review/items/{draft}").text
    assert f'src="{address(draft, sha256)}" alt="修好的桥.png"' in page
    assert f"附件 修好的桥.png（照片，PNG，40×30，1 KB，指纹 {sha256[:12]}）" in page
    assert opened(client.get(address(draft, sha256)).data).size == (40, 30)


def test_a_phone_gets_what_is_published(app: Flask, db: Database, who: texts.People) -> None:
    """Pictures in the page, a PDF under its name; nobody can make the server hand out a page that runs."""
    item = authoring.create(db, who.editor, "qinghe", texts.plain(title="桥修好了"))
    picture = service.attach(db, who.editor, item, png(), "桥.png").sha256
    form = service.attach(db, who.editor, item, pdf, "申请/表.pdf", name="申请/表<b>").sha256
    phone = app.test_client()
    assert phone.get(f"/d/{item}/{picture}").status_code == 404
    _published(db, who, item)
    page = phone.get(f"/d/{item}").text
    assert f'<img src="/d/{item}/{picture}" alt="桥.png"' in page
    assert "申请/表&lt;b&gt;</a>（文件，PDF，1 KB）" in page
    seen = phone.get(f"/d/{item}/{picture}")
    assert (seen.mimetype, seen.headers["ETag"]) == ("image/png", f'"{picture}"')
    assert seen.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in seen.headers["Content-Security-Policy"]
    assert f"max-age={limits.public_file_seconds}" in seen.headers["Cache-Control"]
    assert phone.get(f"/d/{item}/{picture}", headers={"If-None-Match": f'"{picture}"'}).status_code == 304
    taken = phone.get(f"/d/{item}/{form}")
    assert taken.data == pdf
    name = "%E7%94%B3%E8%AF%B7_%E8%A1%A8_b_.pdf"
    assert taken.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert phone.get(f"/d/{item}/{'0' * 64}").status_code == 404
    assert phone.get(f"/d/{item}/..%2f..%2fgongkailan.db").status_code == 404


def test_a_withdrawn_file_is_nowhere(browser: Browser, app: Flask, db: Database, who: texts.People, draft: str) -> None:
    """Not on the public page, not in the tree, not for staff; the archive's copy stays on the disk."""
    sha256 = service.attach(db, who.editor, draft, png(), "a.png").sha256
    _published(db, who, draft)
    publishing.withdraw(db, who.publisher, draft, "拍到了人")
    phone = app.test_client()
    assert phone.get(f"/d/{draft}/{sha256}").status_code == 410
    assert phone.get(f"/repo/qinghe/blobs/{sha256}").status_code == 404
    told = browser("editor", "editor").get(address(draft, sha256))
    assert (told.status_code, "附件只留档" in told.text) == (403, True)
    assert sha256 not in browser("reviewer", "reviewer").get(f"/review/items/{draft}").text.replace("指纹", "")
    assert (db.config.blobs / sha256).exists()


def test_a_file_that_changed_is_handed_to_nobody(
    browser: Browser, app: Flask, db: Database, who: texts.People, draft: str
) -> None:
    """Somebody edits the file on the server's disk: neither staff nor phones are given other bytes."""
    sha256 = service.attach(db, who.editor, draft, png(), "a.png").sha256
    _published(db, who, draft)
    (db.config.blobs / sha256).write_bytes(png("blue"))  # both names of it
    assert app.test_client().get(f"/d/{draft}/{sha256}").status_code == 404
    assert browser("editor", "editor").get(address(draft, sha256)).status_code == 404


def test_the_tree_says_how_long_a_file_may_be_kept(app: Flask, db: Database, who: texts.People, draft: str) -> None:
    """A cache that is not ours cannot be told of a withdrawal, so it may keep a file for a day only."""
    sha256 = service.attach(db, who.editor, draft, png(), "a.png").sha256
    _published(db, who, draft)
    answer = app.test_client().get(f"/repo/qinghe/blobs/{sha256}", headers={"Range": "bytes=10-"}, buffered=True)
    assert (answer.status_code, answer.cache_control.max_age) == (206, limits.kept_text_seconds)
