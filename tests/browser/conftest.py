"""The demonstration county's server as a real process, and Debian's Chromium before it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from deploy.demo.county import DemoCounty
from tests.browser.person import Person
from tests.system.forked import Forked, founded

_patience_ms = 20_000  # a busy machine is slow, not wrong
chromium = Path("/usr/bin/chromium")
computer, phone = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
Open = Callable[..., Page]
Sign = Callable[[str], Person]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoCounty]:
    """The demonstration county with its server running; one for all tests of a file, which use different people."""
    processes = Forked(tmp_path_factory.mktemp("county"))
    found = founded(processes)
    try:
        found.start_server()
        yield found
    finally:
        processes.end()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    if not chromium.exists():
        pytest.skip(f"{chromium} is not installed: apt-get install chromium")
    expect.set_options(timeout=_patience_ms)
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def window(browser: Browser) -> Iterator[Open]:
    """`window(size)`: a new window that shares no cookie with the others."""
    contexts = []

    def opened(size: dict[str, int]) -> Page:
        contexts.append(browser.new_context(viewport=size, locale="zh-CN", bypass_csp=True))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def person(county: DemoCounty, window: Open) -> Sign:
    """`person(name)`: an account of the demonstration at its computer, on its first page."""

    def signed_in(name: str) -> Person:
        sitting = Person(window(computer), county.url)
        sitting.signs_in(name, county.passwords[name])
        return sitting

    return signed_in
