"""A case from the window's key to the visitor's phone, with the keyboard alone; its pages pass axe and fit."""

import re

import pytest
from playwright.sync_api import Page, expect

from deploy.demo.county import DemoCounty
from tests.browser.conftest import Open, Sign, computer, phone
from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.process]
_new = "/handlings/new?site=qinghe-hall&item=qh-dibao"
_long = "四川省广安市前锋区" * 8  # as long as a name may be; no page grows wider by it


def test_a_case_from_the_form_to_a_phone(county: DemoCounty, person: Sign, window: Open) -> None:
    """Guide, situation, ticks, notice; the phone shows step and date and no name; then the case is finished."""
    clerk, visitor = person("clerk"), window(phone)
    _passes(clerk.page, county.url, "/handlings", "/handlings/new", _new, f"{_new}&situation=jiali,dabing,meican")
    _passes(clerk.page, county.url, "/cases/new", "/applications", "/applications/new")
    number, case = _accepted(clerk)
    _is_printed(clerk)
    visitor.goto(f"{county.url}/n/{number}-{case.rsplit('/', 1)[1]}")
    expect(visitor.get_by_role("heading", level=1)).to_have_text(number)
    expect(visitor.get_by_text("正在办理")).to_be_visible()
    assert _long[:20] not in visitor.content()
    _passes(clerk.page, "", case, visitor.url)
    clerk.goes_to("结果")
    clerk.follows("办结")
    expect(clerk.page.get_by_text("已办结")).to_be_visible()
    visitor.reload()
    expect(visitor.get_by_text("已办结：办成了")).to_be_visible()


def test_the_supervisors_pages(county: DemoCounty, person: Sign) -> None:
    """Lists of cases, opinions and ratings pass axe and fit a phone."""
    _passes(
        person("supervisor").page,
        county.url,
        "/handlings",
        "/handlings?over=1",
        "/cases",
        "/ratings",
        "/reports",
        "/applications",
        "/panels",
    )


def _accepted(clerk: Person) -> tuple[str, str]:
    """Register a case by the keyboard; its number and its address."""
    clerk.page.goto(clerk.url)
    clerk.follows("办件")
    clerk.follows("受理一件")
    clerk.follows("清河县政务服务大厅")
    clerk.follows("最低生活保障申请")
    for answer in ("自己或家里人来", "有人得大病", "没有残疾人"):
        clerk.follows(answer)
    for place in range(4):
        clerk.page.locator(f'input[name="received"][value="{place}"]').focus()
        clerk.page.keyboard.press("Space")
    clerk.goes_to("申请人").types(_long)
    clerk.page.locator("#window").select_option(index=7)
    clerk.follows("登记受理")
    clerk.is_led_to("打印受理通知书")
    number = clerk.page.get_by_role("heading", level=1).inner_text().split()[-1]
    assert re.fullmatch(r"C\d{4}-\d{5}", number)
    return number, clerk.page.url


def _is_printed(clerk: Person) -> None:
    """The notice names the day, and fits a roll of 80 mm and A5 with nothing else on it."""
    clerk.presses("Enter")
    clerk.is_led_to("打印")
    page = clerk.page
    due = page.locator(".promise dd").inner_text().splitlines()[0]
    assert re.fullmatch(r"20\d\d年\d+月\d+日", due), due
    page.emulate_media(media="print")
    for width in (272, 500):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        expect(page.locator("nav")).to_be_hidden()
    page.emulate_media(media="screen")
    page.set_viewport_size(computer)


def _passes(page: Page, url: str, *addresses: str) -> None:
    """Axe-core finds nothing, contrast of 7:1 included, and nothing is wider than a phone; ends on the first page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    rules = {"resultTypes": ["violations"], "rules": {"color-contrast-enhanced": {"enabled": True}}}
    found: list[str] = []
    for address in (*addresses, addresses[0]):
        page.goto(url + address)
        page.set_viewport_size(phone)
        width = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{address}: {width} px wide"] if width > phone["width"] else []
        page.set_viewport_size(computer)
        broken = axe.Axe().run(page, options=rules).response["violations"]
        found += [f"{address}: {one['id']} {one['nodes'][0]['html']}" for one in broken]
    assert found == []
