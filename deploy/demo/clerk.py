"""A clerk's browser, reduced to what a browser does: pages, forms, a cookie jar."""

import re
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from http.cookiejar import CookieJar

from deploy.demo.processes import DemoError


class Form:
    """One form of a page: where it goes and what it would send."""

    def __init__(self, action: str) -> None:
        self.action = action
        self.fields: dict[str, str] = {}
        self.words = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(said.get("action", ""))
            self.forms.append(self.open)
        elif self.open and tag in ("input", "button") and said.get("name") and _is_sent(said):
            self.open.fields.setdefault(said["name"], said.get("value", ""))
        elif tag == "select":
            self.select = said.get("name", "")
        elif (
            self.open
            and self.select
            and tag == "option"
            and (self.select not in self.open.fields or "selected" in said)
        ):
            self.open.fields[self.select] = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open.words += data.strip()


def _is_sent(field: dict[str, str]) -> bool:
    return field.get("type") not in ("checkbox", "radio") or "checked" in field


class Clerk:
    """Somebody signed in to the server's pages."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.at = url
        self.page = ""
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def opens(self, path: str) -> str:
        """Open a page; gives its text."""
        return self._load(urllib.request.Request(urllib.parse.urljoin(self.url, path)))  # noqa: S310 - our own server

    def sends(self, words: str, **fields: str) -> str:
        """Fill and send the form of the open page whose words or address contain `words`."""
        reader = _Reader()
        reader.feed(self.page)
        form = next((form for form in reader.forms if words in form.words or words in form.action), None)
        if form is None:
            text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.page))[:400]
            raise DemoError(f"{self.at} has no form that says “{words}”: {text}")
        data = urllib.parse.urlencode({**form.fields, **fields}).encode()
        target = urllib.parse.urljoin(self.at, form.action)
        headers = {"Referer": self.at, "Content-Type": "application/x-www-form-urlencoded"}
        return self._load(urllib.request.Request(target, data, headers))  # noqa: S310 - our own server

    def _load(self, request: urllib.request.Request) -> str:
        try:
            with self.opener.open(request, timeout=10) as answer:
                self.at, self.page = answer.geturl(), answer.read().decode()
        except urllib.error.HTTPError as error:
            said = re.sub(r"<[^>]+>", " ", error.read().decode(errors="replace"))
            raise DemoError(f"{request.full_url} answered {error.code}: {' '.join(said.split())[:400]}") from error
        return self.page
