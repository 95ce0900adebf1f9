"""The staff pages' colours and navigation, checked without a browser."""

import json
import re
from pathlib import Path

from flask import Flask

from content_sync import assets
from display_server import web
from display_server.web import navigation

_style = (Path(web.__file__).parent / "static" / "style.css").read_text()
_tokens = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", _style))


def _light(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_light(_tokens.get(one, one)), _light(_tokens.get(other, other))))
    return (light + 0.05) / (dark + 0.05)


def test_the_pages_wear_the_day_theme() -> None:
    """Staff pages and screens share one set of colours."""
    day = json.loads((assets.path("themes") / "day.json").read_text())["colours"]
    assert {name: day[name].lower() for name in _tokens} == _tokens


def test_text_can_be_read_on_every_ground() -> None:
    """Every text colour has at least 7:1 on the grounds it stands on."""
    pairs = [(text, ground) for text in ("ink", "soft", "blue", "red") for ground in ("paper", "card")]
    pairs += [("ink", "wash"), ("blue", "wash"), ("#ffffff", "blue"), ("#ffffff", "red"), ("#ffffff", "night")]
    weak = {pair: round(_contrast(*pair), 2) for pair in pairs if _contrast(*pair) < 7}
    assert weak == {}


def test_edges_of_fields_can_be_seen() -> None:
    """Field borders and focus rings have at least 3:1."""
    assert min(_contrast("rim", "card"), _contrast("rim", "paper"), _contrast("blue", "paper")) >= 3


def test_every_place_in_the_bar_exists(app: Flask) -> None:
    """No entry leads nowhere."""
    assert [entry.endpoint for entry in navigation.entries if entry.endpoint not in app.view_functions] == []


_beyond = {
    "#fff3d6": "the ground of what wants attention soon",
    "#5c3800": "type on it",
    "#7a4b00": "its rim",
    "#8c1515": "the ground of an urgent page on a phone",
    "#3b3833": "the ground of a window that is closed",
    "#16181d": "handwriting as it was written",
    "#000000": "what is printed on paper",
}


def test_every_page_wears_the_colours_of_the_theme() -> None:
    """A colour in any stylesheet is one of the theme's, or one of the few that are named here with their reason."""
    day = {value.lower() for value in json.loads((assets.path("themes") / "day.json").read_text())["colours"].values()}
    root = Path(web.__file__).parents[1]
    written = {path: set(re.findall(r"#[0-9a-f]{6}\b", path.read_text().lower())) for path in root.rglob("*.css")}
    assert {
        str(path.relative_to(root)): odd for path, all_ in written.items() if (odd := all_ - day - _beyond.keys())
    } == {}
    assert set(_beyond) <= set().union(*written.values())
    short = [path.name for path in written if re.search(r"#[0-9a-fA-F]{3}\b", path.read_text())]
    assert short == []
