"""The first page: every role is told what waits for it, and nothing else."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from content_sync.domain.disclosure.review import Decision
from display_server.authoring import service as authoring
from display_server.authoring import submission
from display_server.cases.service import Opening, open_case
from display_server.database import content
from display_server.database.engine import Database
from display_server.queue import issuing
from display_server.review import service as review
from tests.display_server import hall, texts
from tests.display_server.world import post

Browser = Callable[..., FlaskClient]


@pytest.fixture
def who() -> texts.People:
    """One account for each step."""
    return texts.people()


def told(client: FlaskClient) -> list[tuple[str, str]]:
    """What the first page says waits, as (address, sentence)."""
    found = re.findall(r'<a href="([^"]+)"(?: autofocus)?><strong>([^<]+)</strong>', client.get("/").text)
    return [(address, words) for address, words in found]


def test_each_role_is_told_its_own_step(db: Database, who: texts.People, browser: Browser) -> None:
    """A text waits for its author, then its reviewers, then the publisher; everybody else hears nothing of it."""
    pages = {role: browser(f"{role}-2", role) for role in ("editor", "reviewer", "secrecy", "publisher")}
    authoring.create(db, who.editor, "qinghe", texts.plain(title="停水通知"))

    def waiting() -> dict[str, list[tuple[str, str]]]:
        return {role: found for role, page in pages.items() if (found := told(page))}

    assert waiting() == {"editor": [("/content/qinghe/items?state=draft", "1 件草稿还没有提交审查")]}
    submission.submit(db, who.editor, "qinghe")
    assert waiting() == {role: [("/review/qinghe", "1 件等您审查")] for role in ("reviewer", "secrecy")}
    review.approve(db, who.reviewer, "qinghe")
    assert waiting() == {"secrecy": [("/review/qinghe", "1 件等您审查")]}
    review.approve(db, who.secrecy, "qinghe")
    assert waiting() == {"publisher": [("/content/qinghe/publish", "1 件等着发布")]}


def test_returned_texts_come_first_with_their_reason(db: Database, who: texts.People, browser: Browser) -> None:
    """What was returned stands before drafts, and its page begins with what the reviewer wrote."""
    item = authoring.create(db, who.editor, "qinghe", texts.plain(title="停水通知"))
    submission.submit(db, who.editor, "qinghe")
    authoring.create(db, who.editor, "liushu", texts.plain(title="换届公告"))
    with db.read() as connection:
        (version,) = content.waiting(connection, "qinghe")
    review.decide(db, who.reviewer, item, Decision("content", "reviewer", version.hash, False, (), "写明时间"))
    editor = browser("ed", "editor")
    assert [words for _, words in told(editor)] == ["1 件被退回，等着修改", "1 件草稿还没有提交审查"]
    assert '<p class="alert">内容审查退回：写明时间</p>' in editor.get(f"/content/items/{item}").text


def test_a_clerk_is_led_to_the_own_window(db: Database, browser: Browser) -> None:
    """Before sitting down the clerk is sent to choose; then to the window, with how many wait there."""
    hall.opened(db)
    issuing.issue(db, "k1", "hall", "huji", "p1")
    with db.write() as connection:
        open_case(db, connection, Opening("r1", "opinion", "hall", "qinghe", "取号", "", "等了很久"))
    clerk = browser("wang", "clerk")
    opinion = ("/cases", "1 件意见等着答复")
    assert told(clerk) == [("/desk", "您还没有坐到窗口：请先选窗口"), opinion]
    post(clerk, "/desk/hall/w1/sit", form="/desk", plate="刘志勇")
    assert told(clerk) == [("/desk/hall/w1", "您坐在 1 号窗口，有 1 人在等"), opinion]


def test_nothing_waiting_is_said(browser: Browser) -> None:
    """An account for which nothing waits reads so, and where it can go."""
    page = browser("su", "supervisor").get("/").text
    assert "现在没有等您办的事。" in page
    assert 'href="/ratings"' in page
