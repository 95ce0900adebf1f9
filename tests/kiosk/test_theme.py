"""The theme files: one place for every number, and colours a weak eye can tell apart wherever they meet (SCREENS A2).

Which colours meet is not listed here: it is looked up in the pictures (kiosk.flow.laws.contrast).
"""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

import kiosk.flow
from content_sync import assets
from deploy import tokens
from kiosk import config
from kiosk.flow import sizes
from kiosk.flow.frame import Text
from kiosk.flow.laws import contrast, ink
from tests.kiosk.flow.looks import drawn, measure

_flow = Path(kiosk.flow.__file__).parent


def test_the_numbers_are_those_of_the_theme() -> None:
    """kiosk/flow/tokens.py is what deploy/tokens.py makes of day.json today."""
    made = tokens.made((assets.path("themes") / "day.json").read_text(encoding="utf-8"))
    assert made.split() == (_flow / "tokens.py").read_text(encoding="utf-8").split()


def test_every_theme_names_the_same_colours() -> None:
    """A frame may wear any of them."""
    names = {frozenset(theme) for theme in config.themes().values()}
    assert len(names) == 1
    assert all(re.fullmatch("#[0-9A-F]{6}", value) for theme in config.themes().values() for value in theme.values())


@pytest.mark.parametrize("theme", ["day", "contrast"])
def test_what_meets_on_a_screen_can_be_told_apart(theme: str) -> None:
    """7:1 for type, 4.5:1 for the rest, for every pair that meets on any screen: the pairs are many and known."""
    colours, pairs = config.theme(theme), set[tuple[str, str, float]]()
    for frame in (replace(frame, theme=theme) for look in ("normal", "low") for frame in drawn(look).values()):
        if theme == "day" or frame.background == "paper":
            pairs |= contrast.pairs(frame, list(ink.lines(frame, measure)))
    assert len(pairs) >= 20
    assert {("ink", "paper", 7.0), ("on_blue", "blue", 7.0), ("rim", "card", 4.5)} <= pairs
    weak = {pair for pair in pairs if contrast.ratio(colours[pair[0]], colours[pair[1]]) < pair[2]}
    assert weak == set()


def test_no_colour_is_written_outside_the_themes() -> None:
    """The flow, the widgets and the screens know colours by their names."""
    written = [
        (path.name, node.value)
        for folder in (_flow, _flow.parent / "widgets", _flow.parent / "app", _flow.parent / "board")
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and re.fullmatch("#?[0-9A-Fa-f]{6}", str(node.value))
    ]
    assert [one for one in written if str(one[1]).startswith("#")] == []


# digits, six names in one row, the film: as large as there is room
_fitted = {"progress", "panel", "home", "section", "idle"}


@pytest.mark.parametrize("look", ["normal", "elder", "low", "elder low", "normal, en", "elder, en", "normal, mn"])
def test_type_has_the_sizes_of_the_theme(look: str) -> None:
    """Four sizes to read; what is larger than a title is a figure, and as large as its place allows."""
    size = sizes.elder if look.startswith("elder") else sizes.normal
    scale = {size.small, size.body, size.head, size.title}
    odd = {
        (frame.name, mark.size)
        for frame in drawn(look).values()
        for mark in frame.marks
        if isinstance(mark, Text) and mark.size < size.title and mark.size not in scale and frame.name not in _fitted
    }
    assert odd == set()


def test_no_size_of_type_is_written_in_a_screen() -> None:
    """Whatever sets type says a size of the theme, or a part of one: a number alone stands nowhere."""
    written = [
        (path.name, call.lineno)
        for path in (*(_flow / "screens").glob("*.py"), *_flow.glob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and any(isinstance(one, ast.Constant) for one in _sizes_in(call))
    ]
    assert written == []


def _sizes_in(call: ast.Call) -> list[ast.expr]:
    """The argument that is the size of the type, in a call that sets some."""
    place = {"text": 1, "Text": 4, "broken": 1, "even": 1, "leading": 0}.get(
        call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", ""), -1
    )
    named = [keyword.value for keyword in call.keywords if keyword.arg == "size"]
    return named + ([call.args[place]] if 0 <= place < len(call.args) else [])
