"""Somebody at a keyboard: no mouse, no script of ours in the page; what has the focus is found by what it says."""

import re

from playwright.sync_api import Page, expect

_steps_max = 150
_focused = """() => {
  const at = document.activeElement, label = at.labels && at.labels[0];
  return (at.getAttribute("aria-label") || (label || at).textContent || "").replace(/\\s+/g, " ").trim();
}"""
password = "柳河镇的柳树都是一九七三年栽的"


class Person:
    """One account's browser window, driven by keys alone."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url

    def signs_in(self, name: str, one_time: str) -> None:
        """Sign in with a one-time password and replace it, which ends on the first page."""
        self.page.goto(self.url)
        self.types(name)
        self.goes_to("密码").types(one_time)
        self.presses("Enter")
        expect(self.page.get_by_role("heading", name="修改密码")).to_be_visible()
        self.types(one_time)
        for field in ("新密码", "再输一遍新密码"):
            self.goes_to(field).types(password)
        self.presses("Enter")
        expect(self.page.get_by_role("heading", name="您好")).to_be_visible()

    def goes_to(self, words: str) -> "Person":
        """Press Tab until what has the focus begins with these words."""
        for _ in range(_steps_max):
            if self.says().startswith(words):
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches “{words}” on {self.page.url}")

    def says(self) -> str:
        """What the focused key, link or field is called."""
        return str(self.page.evaluate(_focused))

    def types(self, text: str) -> None:
        """Type into the field that has the focus, which the page itself or Tab has chosen."""
        expect(self.page.locator("input:focus, textarea:focus")).to_be_visible()
        self.page.keyboard.insert_text(text)

    def presses(self, key: str) -> None:
        """Press a key that leads to another page, and wait until it is there."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def strikes(self, words: str, key: str = "Enter") -> None:
        """Go to a key whose work is done without leaving the page, and press it."""
        self.goes_to(words).page.keyboard.press(key)

    def follows(self, words: str) -> None:
        """Go to a link or key and press it."""
        self.goes_to(words).presses("Enter")

    def is_led_to(self, words: str) -> None:
        """The page itself has put the focus on the next step."""
        expect(self.page.locator(":focus")).to_have_text(re.compile(re.escape(words)))
