"""The bell, the manager's and the supervisor's pages in a real browser: by keyboard, cut off, through axe, narrow."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from deploy.demo.county import DemoCounty
from display_server.cases import enquiries, service
from display_server.cases.service import Opening
from display_server.config import Config
from display_server.database.engine import Database
from display_server.database.tables.records import enquiries as rows
from display_server.queue import issuing
from tests.browser.conftest import Open, computer, phone
from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.process]
hall = "qinghe-hall"
Join = Callable[[str, str], Person]


@pytest.fixture
def db(county: DemoCounty, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The serving county's database, on its clock."""
    monkeypatch.setenv("GONGKAILAN_CLOCK_OFFSET", county.processes.environment["GONGKAILAN_CLOCK_OFFSET"])
    opened = Database(Config(county.server))
    with opened.write() as connection:
        connection.execute(rows.update().values(state="closed"))  # what the test before left ringing
    yield opened
    opened.close()


@pytest.fixture
def joins(county: DemoCounty, window: Open) -> Join:
    """`joins(name, role)`: a new account at a computer of its own."""

    def signed_in(name: str, role: str) -> Person:
        add = ("display-server", "--dir", str(county.server), "user", "add", name, "--role", role)
        sitting = Person(window(computer), county.url)
        sitting.signs_in(name, county.processes.run(*add).split()[-1])
        return sitting

    return signed_in


def test_a_bell_from_a_window_page(db: Database, joins: Join) -> None:
    """A clerk at a window is told, goes with one key, hands over, and the colleague closes; the first stays owner."""
    clerk, colleague = joins("zhou", "clerk"), joins("wu", "clerk")
    page = clerk.page
    page.goto(f"{clerk.url}/desk")
    strip = page.locator("#rings")
    expect(strip).to_be_hidden()
    enquiries.ask(db, "touch-1", hall, "b1", "取号")
    expect(strip).to_have_text("touch-1 有人求助：去应答")
    clerk.goes_to("touch-1 有人求助").presses("Enter")
    clerk.is_led_to("我来")
    clerk.presses("Enter")
    expect(page.get_by_text("现在没有人求助。")).to_be_visible()
    clerk.follows("了结或转交")
    page.get_by_label("交给哪一位同事").select_option("wu")
    clerk.goes_to("转交给这位同事").presses("Enter")
    colleague.page.goto(f"{colleague.url}/bell")
    colleague.follows("了结或转交")
    expect(colleague.page.get_by_text("首问人").first).to_contain_text("zhou")
    colleague.is_led_to("已经帮好")
    colleague.presses("Enter")
    expect(colleague.page.get_by_role("region", name="已经了结")).to_contain_text("zhou")


def test_the_bell_page_rings_by_itself(db: Database, joins: Join) -> None:
    """The open page shows a new call within seconds, takes the focus to it, and says so in the title."""
    clerk = joins("zheng", "clerk")
    clerk.page.goto(f"{clerk.url}/bell")
    clerk.page.evaluate("document.activeElement.blur()")
    enquiries.ask(db, "touch-2", hall, "b2", "首页")
    ring = clerk.page.locator("[data-ring]")
    expect(ring).to_contain_text("touch-2")
    expect(clerk.page).to_have_title("● 1 人求助 · 找人帮忙 · 公开栏")
    clerk.is_led_to("我来")
    clerk.page.context.set_offline(True)  # Playwright's own signature
    expect(clerk.page.locator("#lost")).to_be_visible()
    clerk.page.context.set_offline(False)  # Playwright's own signature
    expect(clerk.page.locator("#lost")).to_be_hidden()


def test_the_hall_follows_by_itself(db: Database, joins: Join) -> None:
    """A number that was just taken stands on the manager's page within seconds, without a key."""
    manager = joins("guan", "manager")
    manager.page.goto(f"{manager.url}/hall/{hall}")
    line = manager.page.get_by_role("region", name="各项业务的队伍")
    issuing.issue(db, "touch-1", hall, "huji", "hall-1")
    expect(line).to_contain_text("A001")


def test_pages_pass_axe_and_fit(db: Database, joins: Join, county: DemoCounty) -> None:
    """Axe-core finds nothing, contrast of 7:1 included, and no page is wider than a phone."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    rules = {"resultTypes": ["violations"], "rules": {"color-contrast-enhanced": {"enabled": True}}}
    enquiries.ask(db, "touch-3", hall, "b3", "办事指南")
    with db.write() as connection:
        number = service.open_case(db, connection, Opening("axe", "rating", hall, "qinghe", "户口：不满意", "slow"))
    clerk, watcher = joins("axe-clerk", "clerk"), joins("axe-supervisor", "supervisor")
    watched = (f"/hall/{hall}", f"/hall/{hall}/figures", f"/hall/{hall}/shown?device=lcd-1&at=2026-11-22T10:32")
    supervised = ("/supervision", "/supervision/given", f"/supervision/matter/{number}", "/supervision/log?check=1")
    found: list[str] = []
    for person, addresses in ((clerk, ("/bell",)), (watcher, (*watched, *supervised, f"/cases/{number}"))):
        for address in addresses:
            found += examined(axe.Axe(), rules, person.page, county.url + address)
    assert found == []


def examined(axe: object, rules: object, page: Page, address: str) -> list[str]:
    """What axe finds on a page, and how much wider than its window it is."""
    page.goto(address)
    found = []
    for size in (phone, computer):
        page.set_viewport_size(size)
        width = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{address}: {width} px wide in {size['width']}"] if width > size["width"] else []
    broken = axe.run(page, options=rules).response["violations"]  # type: ignore[attr-defined]  # axe has no types
    return found + [f"{address}: {one['id']} {one['nodes'][0]['html']}" for one in broken]
