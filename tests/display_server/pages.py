"""What a browser does with a form: read every field as it stands on the page, change some, send it."""

from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse


class _Fields(HTMLParser):
    """The fields of every form of a page, by the order of the forms."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[MultiDict[str, str]] = []
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what a field holds."""
        given = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.forms.append(MultiDict())
        name = given.get("name", "")
        if tag == "input" and name and given.get("type") not in ("submit", "file"):
            if given.get("type") != "checkbox" or "checked" in given:
                self.forms[-1].add(name, given.get("value", ""))
        elif tag == "textarea":
            self._area = name
            self.forms[-1].add(name, "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in given or self._select not in self.forms[-1]):
            self.forms[-1][self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """A text area ends."""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        """What stands in a text area."""
        if self._area:
            self.forms[-1][self._area] = data


def fields(text: str, having: str) -> MultiDict[str, str]:
    """The fields of the form of a page that has a field named `having`."""
    reader = _Fields()
    reader.feed(text)
    return next(form for form in reader.forms if having in form)


def fill(client: FlaskClient, path: str, having: str, *, to: str = "", **changed: str | list[str]) -> TestResponse:
    """Open `path`, take its form with a field named `having`, change fields (`__` for a dot) and send it."""
    page = client.get(path)
    assert page.status_code == 200, page.text[:600]
    form = fields(page.text, having)
    for name, value in changed.items():
        form.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
    return client.post(to or path, data=form)
