"""A hall in real browsers: two windows, a window's display and pad, a phone; keys, a cut line, a restart."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from deploy.demo.county import DemoCounty
from display_server.config import Config
from display_server.database.engine import Database
from display_server.queue import issuing, log, queries
from tests.browser.conftest import Open, computer, phone
from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.process]
small, tablet = {"width": 1024, "height": 600}, {"width": 1280, "height": 800}
hall = "qinghe-hall"
Take = Callable[..., list[issuing.Issued]]


@pytest.fixture
def db(county: DemoCounty, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The serving county's database, on its clock."""
    monkeypatch.setenv("GONGKAILAN_CLOCK_OFFSET", county.processes.environment["GONGKAILAN_CLOCK_OFFSET"])
    opened = Database(Config(county.server))
    yield opened
    opened.close()


@pytest.fixture
def take(db: Database, request: pytest.FixtureRequest) -> Take:
    """`take(service, count)`: tickets of visitors who came just now."""

    def taken(service: str, count: int, claim: str = "") -> list[issuing.Issued]:
        presses = (f"{abs(hash(request.node.name))}-{service}-{n}" for n in range(count))
        return [issuing.issue(db, "touch-1", hall, service, press, claim) for press in presses]

    return taken


@pytest.fixture
def clerks(county: DemoCounty, window: Open) -> Callable[[str], Person]:
    """`clerks(name)`: a new clerk at a computer of their own."""

    def signed_in(name: str) -> Person:
        one_time = county.processes.run(
            "display-server", "--dir", str(county.server), "user", "add", name, "--role", "clerk"
        )
        sitting = Person(window(computer), county.url)
        sitting.signs_in(name, one_time.split()[-1])
        return sitting

    return signed_in


def sits(clerk: Person, number: int) -> None:
    """Sit down at a window."""
    clerk.page.goto(f"{clerk.url}/desk")
    clerk.page.get_by_role("button", name=f"：清河县政务服务大厅{number}号窗口").click()
    expect(clerk.page.locator(".head h1")).to_contain_text(f"{number}号")
    is_ready(clerk.page)


def comes_back(clerk: Person, window: str) -> None:
    """Open the page of the window where the clerk sits anew."""
    clerk.page.goto(f"{clerk.url}/desk/{hall}/{window}")
    is_ready(clerk.page)


def is_ready(page: Page) -> None:
    """Wait until the page's script runs and the big key has the focus: a key pressed before is nobody's."""
    expect(page.locator(".strip")).to_be_attached()
    expect(page.locator("[data-key=main]")).to_be_focused()


def paired(clerk: Person, kind: str, address: str, screen: Page) -> Page:
    """Make a browser the pad or display of the clerk's window."""
    words = {"pad": "评价屏", "show": "窗口屏"}[kind]
    clerk.page.get_by_role("button", name=f"{words}：取配对码").click()
    expect(clerk.page.locator(".code")).to_contain_text(words)
    code = clerk.page.locator(".secret").inner_text()
    screen.goto(f"{clerk.url}/{kind}/{address}")
    screen.get_by_label("配对码").fill(code)
    screen.get_by_role("button", name="配对").click()
    expect(screen.locator("[data-live]")).to_be_visible()
    return screen


def number(clerk: Person) -> object:
    """The current number of a window's page."""
    return clerk.page.locator(".now .number")


def test_two_windows_a_display_and_a_pad(
    county: DemoCounty, take: Take, clerks: Callable[[str], Person], window: Open
) -> None:
    """A call at one window is on the other's page and on the display at once; the pad asks after the end, and rates."""
    first, *_ = take("yibao", 3)
    one, other = clerks("hall-one"), clerks("hall-two")
    sits(one, 6)
    sits(other, 1)
    show = paired(one, "show", f"{hall}/w06", window(small))
    pad = paired(one, "pad", f"{hall}/w06", window(tablet))
    expect(show.locator(".big")).to_have_text("请等候叫号")

    comes_back(one, "w06")
    one.page.keyboard.press("Enter")
    expect(number(one)).to_have_text(first.number)
    expect(show.locator(".big")).to_have_text(first.number)
    expect(other.page.locator(".windows li").filter(has_text="6号")).to_contain_text(first.number)
    one.page.keyboard.press("Space")
    expect(one.page.locator(".now .state")).to_contain_text("正在办理")
    expect(show.locator(".under")).to_have_text("正在办理")
    expect(pad.get_by_text("您满意吗")).to_have_count(0)

    one.page.keyboard.press("4")
    expect(number(one)).to_have_text("空闲")
    expect(pad.get_by_text("这一次，您满意吗？")).to_be_visible()
    before = one.page.content()
    pad.get_by_role("button", name="不满意", exact=True).click()
    pad.get_by_text("等得太久").click()
    pad.get_by_role("button", name="送出评价").click()
    expect(pad.get_by_text("谢谢您的评价")).to_be_visible()
    expect(pad.get_by_text("办完以后，可以在这里评价")).to_be_visible()
    assert _without_tokens(one.page.content()) == _without_tokens(before)

    one.page.get_by_role("button", name="午间休息").click()
    expect(show.locator(".big")).to_have_text("暂停服务")
    expect(show.locator(".under")).to_have_text("午间休息")


def test_a_cut_line_is_said_and_nobody_is_called_twice(
    county: DemoCounty, db: Database, take: Take, clerks: Callable[[str], Person], window: Open
) -> None:
    """The server goes away under a waiting click: the page says so, sends it when it can, and one person is called."""
    first, *_ = take("zhizhao", 3)
    clerk = clerks("hall-cut")
    sits(clerk, 11)
    show = paired(clerk, "show", f"{hall}/w11", window(small))
    county.processes.end("server")
    strip = clerk.page.locator(".strip")
    expect(strip).to_contain_text("连接断开，正在重试")
    expect(show.locator(".strip")).to_contain_text("连接断开")
    clerk.page.get_by_role("button", name="叫下一位").dblclick()
    expect(strip).to_contain_text("还没有送到")
    county.start_server()
    expect(number(clerk)).to_have_text(first.number)
    expect(show.locator(".big")).to_have_text(first.number)
    expect(strip).to_be_hidden()
    _, day = log.stamp(db)
    with db.read() as connection:
        called = [
            event for event in queries.log(connection, hall, day) if event.kind == "called" and event.window == "w11"
        ]
    assert len(called) == 1


def test_the_answer_is_lost_not_the_step(db: Database, take: Take, clerks: Callable[[str], Person]) -> None:
    """The step arrives, its answer does not: the page asks again with the same form and one person is called."""
    first, *_ = take("budongchan", 3)
    clerk = clerks("hall-lost")
    sits(clerk, 9)
    tries: list[str] = []

    def lose_the_first(route: object) -> None:
        tries.append(route.request.post_data)  # type: ignore[attr-defined]
        if len(tries) == 1:
            route.fetch()  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    clerk.page.route("**/next", lose_the_first)
    clerk.page.keyboard.press("Enter")
    expect(number(clerk)).to_have_text(first.number)
    assert len(tries) == 2
    assert tries[0] == tries[1]
    _, day = log.stamp(db)
    with db.read() as connection:
        assert len([event for event in queries.log(connection, hall, day) if event.window == "w09"]) == 1


def test_keys_do_not_fire_while_typing(take: Take, clerks: Callable[[str], Person]) -> None:
    """Digits and space in a field are the field's; a key held down works once; the switch turns them off and on."""
    first, *_ = take("minzheng", 3)
    clerk = clerks("hall-keys")
    sits(clerk, 7)
    keys, state = clerk.page.keyboard, clerk.page.locator(".now .state")
    keys.press("Enter")
    expect(number(clerk)).to_have_text(first.number)
    keys.press("5")
    expect(clerk.page.get_by_label("转到")).to_be_focused()
    keys.press("2")
    keys.press("4")
    clerk.page.get_by_role("button", name="转过去，位置不变").focus()
    expect(state).to_contain_text("正在叫号")
    keys.press("1")
    expect(state).to_contain_text("第2遍")
    clerk.page.get_by_role("button", name="关闭快捷键").click()
    keys.press("2")
    expect(clerk.page.get_by_role("button", name="打开快捷键")).to_be_visible()
    expect(number(clerk)).to_have_text(first.number)
    clerk.page.get_by_role("button", name="打开快捷键").click()
    keys.press("2")
    expect(number(clerk)).to_have_text("空闲")
    expect(clerk.page.get_by_role("button", name=f"{first.number} 叫到本窗口")).to_be_visible()


def test_a_phone_follows_its_ticket(
    county: DemoCounty, take: Take, clerks: Callable[[str], Person], window: Open
) -> None:
    """The page moves by itself from waiting to called to the question; a ticket given back is gone from the line."""
    first, second = take("shebao", 2)
    clerk, mine, theirs = clerks("hall-phone"), window(phone), window(phone)
    sits(clerk, 5)
    mine.goto(f"{county.url}/t/{first.ticket}")
    theirs.goto(f"{county.url}/t/{second.ticket}")
    expect(mine.get_by_role("status").first).to_contain_text("下一位")
    theirs.get_by_text("不办了，取消这个号").click()
    theirs.get_by_role("button", name="确定取消").click()
    expect(theirs.get_by_role("status").first).to_contain_text("已经取消")
    clerk.page.keyboard.press("Enter")
    expect(mine.get_by_role("status").first).to_contain_text("5号窗口")
    clerk.page.keyboard.press("4")
    mine.get_by_label("满意", exact=True).check()
    mine.get_by_role("button", name="送出评价").click()
    expect(mine.get_by_role("status").first).to_contain_text("谢谢您的评价")
    clerk.page.keyboard.press("Enter")
    expect(clerk.page.get_by_text("现在没有人等候。有人取号")).to_be_visible()


def test_without_a_script(county: DemoCounty, take: Take, clerks: Callable[[str], Person], browser: object) -> None:
    """The window's page works by forms alone, and sends a repeated form to the same one person."""
    first, _ = take("huji", 2)
    clerk = clerks("hall-plain")
    sits(clerk, 3)
    state = clerk.page.context.storage_state()
    plain = browser.new_context(java_script_enabled=False, storage_state=state, viewport=computer).new_page()  # type: ignore[attr-defined]
    plain.goto(f"{county.url}/desk/{hall}/w03")
    plain.get_by_role("button", name="叫下一位").click()
    expect(plain.locator(".now .number")).to_have_text(first.number)
    plain.get_by_role("button", name="开始办理").click()
    expect(plain.locator(".now .state")).to_contain_text("正在办理")
    plain.context.close()


def test_hall_pages_pass_axe_and_fit(
    county: DemoCounty, take: Take, clerks: Callable[[str], Person], window: Open
) -> None:
    """Axe-core finds nothing on the window's page, display, pad and ticket in each of their states."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    rules = {"resultTypes": ["violations"], "rules": {"color-contrast-enhanced": {"enabled": True}}}
    (ticket,) = take("huji", 1, "elder")
    clerk, reading = clerks("hall-axe"), window(phone)
    sits(clerk, 2)
    show = paired(clerk, "show", f"{hall}/w02", window(small))
    pad = paired(clerk, "pad", f"{hall}/w02", window(tablet))
    found: list[str] = []

    def look(when: str, *pages: Page) -> None:
        reading.goto(f"{county.url}/t/{ticket.ticket}")
        for page in (clerk.page, show, reading, *pages):
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            found.extend([f"{when}: {page.url} is {wide} px too wide"] if wide > 0 else [])
            broken = axe.Axe().run(page, options=rules).response["violations"]
            found.extend(f"{when}: {page.url} {one['id']} {one['nodes'][0]['html']}" for one in broken)

    look("idle", pad)
    comes_back(clerk, "w02")
    for key, words in (("Enter", "正在叫号"), ("Enter", "正在办理"), ("4", "空闲")):
        clerk.page.keyboard.press(key)
        expect(clerk.page.locator("[data-part=current]")).to_contain_text(words)
        expect(show.locator(".big")).to_be_visible()
        look(words)
    expect(pad.get_by_text("您满意吗")).to_be_visible()
    look("asked", pad)
    pad.get_by_role("button", name="基本满意").click()
    expect(pad.get_by_role("button", name="送出评价")).to_be_visible()
    look("why", pad)
    clerk.page.set_viewport_size(phone)
    look("narrow")
    assert found == [], "\n".join(found)


def _without_tokens(page: str) -> str:
    import re

    return re.sub(r'name="csrf_token" value="[^"]*"|>\d+秒<|>[^<]*分钟<', "", page)
