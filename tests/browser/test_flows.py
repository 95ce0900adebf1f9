"""The three flows of a day, with the keyboard alone: a notice from its author to a phone, a visitor at a window."""

import re

import pytest
from playwright.sync_api import expect

from content_sync.domain.disclosure import review
from deploy.demo.county import DemoCounty
from display_server.config import Config
from display_server.database.engine import Database
from display_server.queue import issuing
from tests.browser.conftest import Open, Sign, computer, phone

pytestmark = [pytest.mark.browser, pytest.mark.process]
_title = "关于柳河镇十二月集中办理养老金资格认证的通知"


def test_a_notice_goes_from_its_author_to_a_phone(county: DemoCounty, person: Sign, window: Open) -> None:
    """Written, submitted, passed by two reviewers, published, read on a phone; nobody touches a mouse."""
    editor = person("editor")
    for step in ("内容", "柳河镇人民政府", "通知公示"):
        editor.follows(step)
    editor.types(_title)
    editor.goes_to("正文").types("# 时间\n12月1日到12月20日。\n- 带身份证")
    editor.follows("保存并提交审查")
    expect(editor.page.get_by_role("status")).to_contain_text("已保存并提交审查。")
    item = editor.page.url.rsplit("/", 1)[1]

    for name, pass_words in (("reviewer", "通过"), ("secrecy", "没有涉密内容，通过")):
        reviewer = person(name)
        reviewer.is_led_to("1 件等您审查")
        reviewer.presses("Enter")
        reviewer.follows(_title)
        if name == "reviewer":
            reviewer.follows(pass_words)
            expect(reviewer.page.get_by_role("alert")).to_contain_text("逐项勾选")
            for principle in review.principles:
                reviewer.goes_to(principle).page.keyboard.press("Space")
        reviewer.follows(pass_words)
        expect(reviewer.page.get_by_role("status")).to_contain_text("已通过")

    publisher = person("publisher")
    publisher.is_led_to("1 件等着发布")
    publisher.presses("Enter")
    expect(publisher.page.get_by_text("12月1日到12月20日。")).to_be_visible()
    publisher.follows("发布第 2 期")
    expect(publisher.page.get_by_role("status")).to_contain_text("发布了 1 件")

    reading = window(phone)
    reading.goto(f"{county.url}/d/{item}")
    expect(reading.get_by_role("heading", level=1)).to_have_text(_title)
    expect(reading.get_by_text("带身份证")).to_be_visible()
    assert reading.evaluate("document.documentElement.scrollWidth") <= phone["width"]


@pytest.fixture
def tickets(county: DemoCounty, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three visitors with a number for 户口和身份证."""
    monkeypatch.setenv("GONGKAILAN_CLOCK_OFFSET", county.processes.environment["GONGKAILAN_CLOCK_OFFSET"])
    db = Database(Config(county.server))
    taken = [issuing.issue(db, "touch-1", "qinghe-hall", "huji", f"press-{number}").ticket for number in range(3)]
    db.close()
    return taken


def test_a_clerk_serves_a_queue(county: DemoCounty, tickets: list[str], person: Sign, window: Open) -> None:
    """Sit down, call, serve, finish: Enter alone; who is missed is called again by name, and the phone says it all."""
    clerk, waiting = person("clerk"), window(phone)
    number, state = clerk.page.locator(".now .number"), clerk.page.locator(".now .state")
    clerk.is_led_to("请先选窗口")
    clerk.presses("Enter")
    clerk.follows("坐下：清河县政务服务大厅2号窗口")
    for key, shown, told in (
        ("叫下一位", "A001", "正在叫号"),
        ("开始办理", "A001", "正在办理"),
        ("办结，叫下一位", "A002", "正在叫号"),
    ):
        clerk.is_led_to(key)
        clerk.page.keyboard.press("Enter")
        expect(number).to_have_text(shown)
        expect(state).to_contain_text(told)
    clerk.strikes("过号")
    expect(number).to_have_text("空闲")
    waiting.goto(f"{county.url}/t/{tickets[1]}")
    expect(waiting.get_by_role("status")).to_contain_text("不用重新取号")
    clerk.strikes("A002 叫到本窗口")
    expect(number).to_have_text("A002")
    waiting.goto(f"{county.url}/t/{tickets[1]}")
    expect(waiting.get_by_role("status")).to_contain_text(re.compile("正在叫您，请到\\s*2号窗口"))
    clerk.strikes("办结")
    expect(number).to_have_text("空闲")
    waiting.goto(f"{county.url}/t/{tickets[0]}")
    expect(waiting.get_by_role("status")).to_contain_text("已经办结")


_staff_pages = (
    *("/", "/content/qinghe/items", "/content/items/qh-sfz-buling", "/review/items/qh-sfz-buling"),
    *("/devices", "/accounts"),
)
_visitor_pages = ("/login", "/d", "/d/qh-sfz-buling", "/d/ls-zhang-202610", "/t/nobody")


def test_pages_pass_axe_and_fit(county: DemoCounty, person: Sign, window: Open) -> None:
    """Axe-core finds nothing, contrast of 7:1 included, and no page is wider than its window."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    rules = {"resultTypes": ["violations"], "rules": {"color-contrast-enhanced": {"enabled": True}}}
    found: list[str] = []
    for page, usual, addresses in (
        (person("admin").page, computer, _staff_pages),
        (person("supervisor").page, computer, ("/boards", "/boards/qinghe-hall/show")),
        (window(phone), phone, _visitor_pages),
    ):
        for address in addresses:
            page.goto(county.url + address)
            for size in (phone, computer):
                page.set_viewport_size(size)
                width = page.evaluate("document.documentElement.scrollWidth")
                found += [f"{address}: {width} px wide in {size['width']}"] if width > size["width"] else []
            page.set_viewport_size(usual)
            broken = axe.Axe().run(page, options=rules).response["violations"]
            found += [f"{address}: {one['id']} {one['nodes'][0]['html']}" for one in broken]
    assert found == []
