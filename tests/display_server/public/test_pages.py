"""The pages a phone opens, through the real application."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from display_server.authoring import service as authoring
from display_server.authoring import submission
from display_server.database.engine import Database
from display_server.database.tables.content import versions
from display_server.publishing import service as publishing
from tests.display_server import texts, world

_hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"' {{7*7}}"


@pytest.fixture
def who(db: Database) -> texts.People:
    """Everybody, on a server with a tree."""
    texts.plant(db)
    return texts.people()


@pytest.fixture
def phone(app: Flask) -> FlaskClient:
    """A phone that never signs in."""
    return app.test_client()


_shows = {
    "guide": (
        *("办理主体", "办理依据", "办理条件", "办理程序", "办理时限", "办事结果", "收费依据", "收费标准", "监督渠道"),
        *(
            "民政窗口",
            "社会救助暂行办法第九条",
            "承诺：20个工作日",
            "工本费：10.50元/证",
            "只限：别人代办",
            "能代办吗？",
        ),
    ),
    "notice": ("停水", "周三停水一天。"),
    "document": ("第一条　为了公开。", "清政发〔2026〕1号", "解读", "尚无解读"),
    "ledger": ("2026年10月", "何秀英", "修路", "1,200.50", "孙德旺"),
    "answer": ("路灯坏了", "已办结", "已经修好。"),
    "emergency": ("红色", "山洪", "水位上涨", "正在转移", "往高处走"),
}


@pytest.mark.parametrize("kind", texts.kinds)
def test_every_kind_has_its_page(db: Database, who: texts.People, phone: FlaskClient, kind: str) -> None:
    """Without a login, a script or a cookie: the text, the day it is true of, the edition and the approved hash."""
    item = texts.published(db, who, kind=kind, title=f"{kind}的标题")
    page = phone.get(f"/d/{item}")
    assert page.status_code == 200
    with db.read() as connection:
        hash_ = connection.execute(versions.select()).one().hash
    for words in (*_shows[kind], f"{kind}的标题", "截至 2026年11月23日", "第 1 期", hash_, "清河县人民政府"):
        assert words in page.text, words
    assert "<script" not in page.text
    assert "Set-Cookie" not in page.headers


def test_a_free_guide_says_so(db: Database, who: texts.People, phone: FlaskClient) -> None:
    """“不收费” is said in words, not left blank."""
    body = {**texts.plain("guide")["body"], "free": True, "fees": [], "fee_bases": []}
    item = texts.published(db, who, kind="guide", body=body)
    assert "不收费。" in phone.get(f"/d/{item}").text


def test_a_slips_code_opens_the_page_of_its_own_case(db: Database, who: texts.People, phone: FlaskClient) -> None:
    """GUI-03: the phone shows what the slip lists; an unknown case is the whole guide."""
    plain = texts.plain("guide")["body"]
    cases = [{"id": "self", "label": "本人来办"}, {"id": "agent", "label": "别人代办"}]
    papers = [{"name": "身份证", "originals": 1}, {"name": "委托书", "originals": 1, "situations": ["agent"]}]
    item = texts.published(db, who, kind="guide", body={**plain, "situations": cases, "materials": papers})
    whole, own = phone.get(f"/d/{item}"), phone.get(f"/d/{item}?case=self")
    assert "委托书" in whole.text
    assert "委托书" not in own.text
    assert "您的情况：<strong>本人来办</strong>" in own.text
    assert whole.headers["ETag"] != own.headers["ETag"]
    assert f'href="/d/{item}?case=self">本人来办' in whole.text
    assert "别人代办</a>" not in own.text
    assert phone.get(f"/d/{item}?case=%3Cscript%3E").text == whole.text


def _everywhere(value: object) -> object:
    """The same body with every text that may be free text made hostile."""
    coded = {"style", "type", "level", "status", "kind", "unit", "id", "situations"}
    if isinstance(value, dict):
        return {key: part if key in coded else _everywhere(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_everywhere(part) for part in value]
    return value + _hostile if isinstance(value, str) else value


@pytest.mark.parametrize("kind", texts.kinds)
def test_hostile_text_is_only_text(db: Database, who: texts.People, phone: FlaskClient, kind: str) -> None:
    """Every field of every kind is escaped."""
    body = _everywhere(texts.plain(kind)["body"])
    changed = {"title": f"题{_hostile}", "summary": _hostile, "source": _hostile, "responsible": _hostile}
    item = texts.published(db, who, kind=kind, body=body, **changed)
    page = phone.get(f"/d/{item}").text
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "{{7*7}}" in page


def test_only_the_published_state_is_read(db: Database, who: texts.People, phone: FlaskClient) -> None:
    """A draft, a text in review and one approved but not published do not exist; an edited draft changes nothing."""
    draft = authoring.create(db, who.editor, "qinghe", texts.plain(title="秘密草稿"))
    assert phone.get(f"/d/{draft}").status_code == 404
    submission.submit(db, who.editor, "qinghe")
    assert phone.get(f"/d/{draft}").status_code == 404
    shown = texts.published(db, who, title="公开的标题")
    authoring.edit(db, who.editor, shown, texts.plain(title="改了的标题"))
    assert "公开的标题" in phone.get(f"/d/{shown}").text
    listing = phone.get("/d").text
    assert "公开的标题" in listing
    assert "改了的标题" not in listing


@pytest.mark.parametrize("path", ["/d/nothing", "/d/..%2f..%2fetc", "/d/" + "a" * 300, "/d/%00", "/d/A%20B"])
def test_an_unknown_address_says_so_in_plain_words(phone: FlaskClient, path: str) -> None:
    """Never an error page of the machine."""
    page = phone.get(path)
    assert page.status_code == 404
    assert "没有" in page.text


def test_a_withdrawn_item_is_gone_without_a_reason(db: Database, who: texts.People, phone: FlaskClient) -> None:
    """410, one sentence, and the reason stays inside."""
    item = texts.published(db, who, title="写错的标题")
    publishing.withdraw(db, who.publisher, item, "内部原因不外传")
    page = phone.get(f"/d/{item}")
    assert page.status_code == 410
    assert "已撤下" in page.text
    assert "内部原因" not in page.text
    assert "写错的标题" not in page.text
    assert "写错的标题" not in phone.get("/d").text


def test_nothing_is_shown_before_or_after_its_time(
    db: Database, who: texts.People, phone: FlaskClient, clock: world.HandClock
) -> None:
    """An item begins and ends by itself (promise 5), on its page and in the list, whatever the offsets."""
    until = "2026-11-23T05:00:00+00:00"  # 13:00 here
    item = texts.published(db, who, title="限时的", shown_from="2026-11-23T10:00:00+08:00", shown_until=until)
    assert phone.get(f"/d/{item}").status_code == 404
    clock.advance(hours=1)
    assert phone.get(f"/d/{item}").status_code == 200
    assert "限时的" in phone.get("/d").text
    clock.advance(hours=3)
    assert phone.get(f"/d/{item}").status_code == 410
    assert "限时的" not in phone.get("/d").text


def test_damaged_bytes_are_not_shown(db: Database, who: texts.People, phone: FlaskClient) -> None:
    """The text is hashed again when it is read; an edited row is not shown to anybody."""
    item = texts.published(db, who)
    with db.write() as connection:
        body = connection.execute(versions.select()).one().body.replace("周三".encode(), "周四".encode())
        connection.execute(update(versions).values(body=body))
    assert phone.get(f"/d/{item}").status_code == 404


def test_the_same_state_is_not_sent_twice(db: Database, who: texts.People, phone: FlaskClient) -> None:
    """The tag stands for the state: unchanged → 304, a new edition → the whole page."""
    item = texts.published(db, who)
    first = phone.get(f"/d/{item}")
    assert "public" in first.headers["Cache-Control"]
    tag = {"If-None-Match": first.headers["ETag"]}
    assert phone.get(f"/d/{item}", headers=tag).status_code == 304
    texts.published(db, who, title="又一件")
    assert phone.get(f"/d/{item}", headers=tag).status_code == 200


def test_the_list_is_by_kind(db: Database, who: texts.People, phone: FlaskClient) -> None:
    """All kinds stand on one page; one kind alone can be asked for."""
    texts.published(db, who, title="一则通知")
    texts.published(db, who, kind="answer", title="一个答复")
    assert all(words in phone.get("/d").text for words in ("通知公示（1）", "一则通知", "答复（1）", "一个答复"))
    assert "一则通知" not in phone.get("/d?kind=answer").text
