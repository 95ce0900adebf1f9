"""The pages of content as people use them: written, reviewed, published, read on a phone, withdrawn."""

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from display_server.authoring import service as authoring
from display_server.authoring import submission
from display_server.database import content
from display_server.database.engine import Database
from display_server.desk import publication
from display_server.review import service as review
from tests.display_server import pages, texts, world

Browser = Callable[..., FlaskClient]


@pytest.fixture
def who(db: Database) -> texts.People:
    """Everybody, on a server with a tree."""
    texts.plant(db)
    return texts.people()


_guide = {
    "materials__0__name": "户口簿",
    "materials__0__originals": "1",
    "conditions__0__text": "丢了证",
    "bases__0__law": "居民身份证法",
    "steps__0__name": "拍照",
    "result": "身份证",
    "quantity": "每人一张",
    "free": "1",
    "limits__0__kind": "promised",
    "limits__0__amount": "20",
    "limits__0__unit": "working_day",
    "supervision__0__name": "公安局督察",
    "responsible": "雷振国",
}


def test_a_guide_goes_from_the_editor_to_a_phone_and_is_withdrawn(
    db: Database, who: texts.People, browser: Browser, app: Flask
) -> None:
    """B4: four people in four browsers; rows are added without a script; the phone reads what was approved."""
    assert who
    editor, reviewer = browser("ed", "editor"), browser("re", "reviewer")
    secrecy, publisher = browser("se", "secrecy"), browser("pu", "publisher")
    path = "/content/qinghe/new/guide"
    more = pages.fill(editor, path, "title", title="补办身份证", more="materials")
    assert 'name="materials.2.name"' in more.text
    assert re.search(r'name="materials\.0\.name"[^>]* autofocus>', more.text)  # the first of the new rows
    assert "补办身份证" in more.text
    made = pages.fill(editor, path, "title", title="补办身份证", **_guide)
    assert made.status_code == 302
    item = made.headers["Location"].rsplit("/", 1)[1]
    handed_in = pages.fill(editor, f"/content/items/{item}", "title", hand_in="1")
    assert "已保存并提交审查" in editor.get(handed_in.headers["Location"]).text
    assert "补办身份证" in reviewer.get("/review/qinghe").text
    ticks = ["全面", "时效", "合法", "真实", "整体"]
    assert pages.fill(reviewer, f"/review/items/{item}", "hash", verdict="pass", ticks=ticks).status_code == 302
    assert pages.fill(secrecy, f"/review/items/{item}", "hash", verdict="pass").status_code == 302
    assert "1 件可以发布" in publisher.get("/content").text
    assert (
        pages.fill(publisher, "/content/qinghe/publish", "csrf_token", to="/content/qinghe/publish").status_code == 302
    )
    phone = app.test_client()
    assert "户口簿" in phone.get(f"/d/{item}").text
    assert "每人一张" in phone.get(f"/d/{item}").text
    away = f"/publishing/items/{item}/withdraw"
    assert pages.fill(publisher, away, "confirm", reason="写错了", confirm="撤下").status_code == 302
    assert phone.get(f"/d/{item}").status_code == 410
    assert "写错了" in publisher.get("/publishing/qinghe/editions").text


def test_a_slip_of_the_mouse_neither_passes_nor_withdraws(
    db: Database, who: texts.People, browser: Browser, app: Flask
) -> None:
    """A content review without its ticks and a withdrawal without the typed word are told why and change nothing."""
    shown = texts.published(db, who, title="在架")
    item = authoring.create(db, who.editor, "qinghe", texts.plain())
    submission.submit(db, who.editor, "qinghe")
    both = browser("both", "reviewer", "publisher")
    unticked = pages.fill(both, f"/review/items/{item}", "hash", verdict="pass")
    assert (unticked.status_code, "五项原则" in unticked.text) == (403, True)
    slip = pages.fill(both, f"/publishing/items/{shown}/withdraw", "confirm", reason="写错了", confirm="好")
    assert (slip.status_code, "写错了" in slip.text) == (403, True)
    assert app.test_client().get(f"/d/{shown}").status_code == 200


@pytest.mark.parametrize("kind", texts.kinds)
def test_the_editor_of_every_kind_saves_what_it_shows(
    db: Database, who: texts.People, browser: Browser, kind: str
) -> None:
    """Opening, changing the title and saving keeps the rest of the item."""
    item = authoring.create(db, who.editor, "qinghe", texts.plain(kind))
    editor = browser("ed", "editor")
    with db.read() as connection:
        before = content.draft(connection, item)
    assert pages.fill(editor, f"/content/items/{item}", "title", title="换了标题").status_code == 302
    with db.read() as connection:
        assert content.draft(connection, item) == {**before, "title": "换了标题"}


def test_what_cannot_be_saved_stays_on_the_page(db: Database, who: texts.People, browser: Browser) -> None:
    """The sentence and everything typed come back; nothing is saved."""
    item = authoring.create(db, who.editor, "qinghe", texts.plain("ledger"))
    wrong = pages.fill(browser("ed", "editor"), f"/content/items/{item}", "title", table="项目\t金额[元]\n修路\t很多")
    assert wrong.status_code == 400
    assert "不是数字" in wrong.text
    assert "很多" in wrong.text
    assert texts.state(db, item).updated_at == "2026-11-23T09:00:00+08:00"


def test_the_list_says_which_of_the_five_ones_a_guide_lacks(db: Database, who: texts.People, browser: Browser) -> None:
    """GUI-02: x/5 beside each guide, with what is missing in words; other kinds have none."""
    authoring.create(db, who.editor, "qinghe", texts.plain("guide"))
    bare = texts.plain("guide", title="空的指南", body={"handler": {"name": "窗口"}}, link="")
    authoring.create(db, who.editor, "qinghe", bare)
    authoring.create(db, who.editor, "qinghe", texts.plain(title="停水通知"))
    listed = browser("ed", "editor").get("/content/qinghe/items").text
    assert re.search(r"4/5 <small>缺样表</small>|3/5 <small>缺网上办、样表</small>", listed)
    assert re.search(r"[12]/5 <small>缺(网上办、)?指南、告知单、样表</small>", listed)
    assert listed.count("/5 <small>") == 2


def test_findings_stand_beside_the_text(db: Database, who: texts.People, browser: Browser) -> None:
    """Submitting a text with a blocking finding says which rule, and the page lists it."""
    item = authoring.create(db, who.editor, "qinghe", texts.plain("guide", body={"handler": {"name": "窗口"}}))
    editor = browser("ed", "editor")
    page = editor.get(pages.fill(editor, f"/content/items/{item}", "title", hand_in="1").headers["Location"])
    assert "还不能提交" in page.text
    assert "GUI-01" in page.text


def test_a_whole_channel_is_submitted_with_each_reason_told_once(
    db: Database, who: texts.People, browser: Browser
) -> None:
    """Three drafts that lack the same are one sentence, not three; what is complete goes to review."""
    lacking: dict[str, object] = {"period": "", "columns": [], "rows": [], "signers": []}
    for number in range(3):
        authoring.create(db, who.editor, "qinghe", texts.plain("ledger", title=f"账目{number}", body=lacking))
    authoring.create(db, who.editor, "qinghe", texts.plain(title="停水通知"))
    editor = browser("ed", "editor")
    world.post(editor, "/content/qinghe/submit", form="/content/qinghe/items")
    told = editor.get("/content/qinghe/items").text
    assert "提交了 1 件，3 件还不能提交。" in told
    assert told.count("<p>3 件：") == 1


def test_only_who_may_withdraw_is_offered_it(db: Database, who: texts.People, browser: Browser) -> None:
    """A page offers nothing that the next page would refuse."""
    item = texts.published(db, who)
    offered = {
        role: f"/items/{item}/withdraw" in browser(f"{role}-2", role).get(f"/content/items/{item}").text
        for role in ("editor", "publisher", "supervisor")
    }
    assert offered == {"editor": False, "publisher": True, "supervisor": True}


def test_the_reviewer_sees_what_changed(db: Database, who: texts.People, browser: Browser) -> None:
    """Against the published version, line by line; a rejection with a comment reaches the author's page."""
    item = texts.published(db, who, title="停水通知")
    body = {"blocks": [{"style": "p", "text": "周四停水一天。"}]}
    authoring.edit(db, who.editor, item, texts.plain(title="停水通知", body=body))
    submission.submit(db, who.editor, "qinghe")
    reviewer = browser("re", "reviewer")
    page = reviewer.get(f"/review/items/{item}").text
    assert '<p class="gone"><del>周三停水一天。</del></p>' in page
    assert '<p class="added"><ins>周四停水一天。</ins></p>' in page
    assert "屏上的" in page
    assert (
        pages.fill(reviewer, f"/review/items/{item}", "hash", verdict="return", comment="日期再核").status_code == 302
    )
    assert "日期再核" in browser("ed", "editor").get(f"/content/items/{item}").text


def test_the_archive_card_names_everybody(db: Database, who: texts.People, browser: Browser) -> None:
    """PUB-06, CAT-22: who wrote, checked the five principles, passed and published, with the hash that is on show."""
    item = texts.published(db, who, title="归档的")
    card = browser("sup", "supervisor").get(f"/publishing/items/{item}/card").text
    with db.read() as connection:
        version = content.version(connection, item, 1)
    assert version
    acts = ("起草", "提交审查", "内容审查通过", "保密审查通过", "发布", "全面、时效、合法、真实、整体")
    for words in (*acts, version.hash, "归档的", "reviewer", "secrecy", "publisher"):
        assert words in card, words


def test_files_become_drafts(db: Database, who: texts.People, browser: Browser) -> None:
    """An uploaded text is a draft with its defaults told; an unknown ending is refused by name."""
    assert who
    editor = browser("ed", "editor")
    files = [(io.BytesIO("关于停水的通知\n\n周三停水。".encode()), "停水.txt"), (io.BytesIO(b"x"), "a.exe")]
    token = world.token(editor.get("/content/qinghe/import"))
    page = editor.post("/content/qinghe/import", data={"csrf_token": token, "kind": "", "files": files})
    assert "导入了 1 件" in page.text
    assert "a.exe" in page.text
    assert [entry.title for entry in _entries(db)] == ["关于停水的通知"]


def test_traditional_characters_stay_by_a_key_of_the_editor(db: Database, who: texts.People, browser: Browser) -> None:
    """The finding has two keys, quotation and name; one of them, and the text may be handed in."""
    body = {"blocks": [{"style": "p", "text": "碑文写着“為民”。"}]}
    path = f"/content/items/{authoring.create(db, who.editor, 'qinghe', texts.plain(body=body))}"
    editor = browser("ed", "editor")
    page = editor.get(path)
    assert "改好这些才能提交" in page.text
    assert 'aria-label="保留繁体字：是引文"' in page.text
    token = {"csrf_token": world.token(page)}
    assert editor.post(f"{path}/keep", data=token).status_code == 400
    assert editor.post(f"{path}/keep", data=token | {"ground": "quotation"}).status_code == 302
    page = editor.get(path)
    assert "改好这些才能提交" not in page.text
    assert "已写明保留" in page.text
    assert "保留繁体字：是引文" not in page.text


def _entries(db: Database) -> tuple[content.Entry, ...]:
    with db.read() as connection:
        return content.entries(connection, "qinghe")


_acts = [
    ("/content/qinghe/new/notice", "editor"),
    ("/content/items/{item}", "editor"),
    ("/content/items/{item}/delete", "editor"),
    ("/content/items/{item}/settle/1", "editor"),
    ("/content/items/{item}/keep", "editor"),
    ("/content/qinghe/submit", "editor"),
    ("/content/qinghe/import", "editor"),
    ("/review/items/{item}", "reviewer"),
    ("/content/qinghe/publish", "publisher"),
    ("/publishing/items/{item}/withdraw", "publisher"),
]


@pytest.mark.parametrize(("path", "role"), _acts)
def test_every_act_needs_a_token_and_its_role(
    db: Database, who: texts.People, browser: Browser, app: Flask, path: str, role: str
) -> None:
    """A form from another page, nobody signed in, and every other role are refused; nothing changes."""
    item = texts.published(db, who, title="在架")
    draft = authoring.create(db, who.editor, "qinghe", texts.plain())
    if "review" in path:
        submission.submit(db, who.editor, "qinghe")
    state = texts.state(db, draft).state
    path = path.format(item=item if "withdraw" in path else draft)
    right = browser("right", role)
    assert right.post(path, data={"title": "x", "reason": "x", "confirm": "撤下"}).status_code == 400
    wrong = browser("wrong", *({"editor", "reviewer", "publisher", "admin", "clerk"} - {role}))
    token = world.token(wrong.get("/"))
    fields = {"csrf_token": token, "title": "x", "reason": "x", "confirm": "撤下", "kind": "content", "verdict": "pass"}
    assert wrong.post(path, data=fields).status_code == 403
    nobody = app.test_client()
    fields["csrf_token"] = world.token(nobody.get("/login"))
    assert nobody.post(path, data=fields).status_code == 302
    assert {entry.id: entry.state for entry in _entries(db)} == {item: "published", draft: state}


@pytest.mark.parametrize(
    "path",
    [
        "/content/qinghe/items",
        "/content/items/{item}",
        "/review/qinghe",
        "/review/items/{item}",
        "/content/qinghe/publish",
        "/publishing/qinghe/editions",
        "/publishing/items/{item}/card",
    ],
)
def test_unpublished_texts_are_not_for_everybody(db: Database, who: texts.People, browser: Browser, path: str) -> None:
    """A clerk and an editor of another unit cannot read them; a supervisor can and changes nothing."""
    item = authoring.create(db, who.editor, "qinghe", texts.plain())
    submission.submit(db, who.editor, "qinghe")
    path = path.format(item=item)
    assert browser("clerk", "clerk").get(path).status_code == 403
    assert browser("far", "editor", units=("liushu",)).get(path).status_code == 403
    assert browser("sup", "supervisor").get(path).status_code == 200


def test_hostile_text_is_only_text_for_staff_too(db: Database, who: texts.People, browser: Browser) -> None:
    """The editor, the lists, the review page and the publish page escape what they show."""
    hostile = '"><script>alert(1)</script>'
    item = texts.approved(db, who, title=hostile, body={"blocks": [{"style": "p", "text": hostile}]})
    everyone = browser("all", "editor", "reviewer", "publisher")
    for path in (f"/content/items/{item}", "/content/qinghe/items", f"/review/items/{item}", "/content/qinghe/publish"):
        page = everyone.get(path)
        assert page.status_code == 200
        assert "<script" not in page.text


def test_a_long_list_is_parted(db: Database, who: texts.People, browser: Browser) -> None:
    """A hundred rows a page, filtered by words of the title."""
    with db.write() as connection:
        for number in range(120):
            authoring.add(db, connection, who.editor, "qinghe", texts.plain(title=f"第{number}件"))
    editor = browser("ed", "editor")
    assert len(re.findall(r"/content/items/", editor.get("/content/qinghe/items").text)) == 100
    assert len(re.findall(r"/content/items/", editor.get("/content/qinghe/items?page=2").text)) == 20
    assert len(re.findall(r"/content/items/", editor.get("/content/qinghe/items?words=第11").text)) == 11


def test_two_publishers_at_once_make_two_editions(db: Database, who: texts.People) -> None:
    """A second act on a channel waits for the first and starts from what that left."""
    first = texts.approved(db, who, title="甲")
    made = publication.publish(db, who.publisher, "qinghe")
    second = texts.approved(db, who, title="乙")
    other = publication.publish(db, texts.person("other", "publisher"), "qinghe")
    assert (made.done, other.done) == ((first,), (second,))
    assert (made.issued.edition, other.issued.edition) == (1, 2)
    assert review.approve(db, who.reviewer, "qinghe").done == ()
