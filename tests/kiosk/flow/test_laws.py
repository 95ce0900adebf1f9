"""Laws of every touch screen in every view: nothing cut, nothing overlapping, everything large enough and reachable.

Most of them are kiosk.flow.laws, which `kiosk shots` asks too; here are those that need more than the finished frame.
"""

import re

import pytest

from content_sync.domain.disclosure.catalogue import sections, topics
from kiosk import config
from kiosk.app import tongues
from kiosk.flow import sizes
from kiosk.flow.actions import Change, GoHome, Stay
from kiosk.flow.frame import Frame, Picture, Script, Target, Text
from kiosk.flow.laws import contrast, ink, letters
from kiosk.flow.laws.ink import meet
from kiosk.flow.pages.plain import Idle
from kiosk.flow.reduce import reduce
from tests.kiosk import county
from tests.kiosk.flow import looks, pages
from tests.kiosk.flow.looks import drawn

_latin = re.compile(r"\b[A-Za-z]{3,}\b")
_made_up = {"SFZ", "XYZ", "QXA"}


@pytest.fixture(params=looks.looks)
def look(request: pytest.FixtureRequest) -> str:
    """Each of the four views, in Chinese, in English, and with Mongolian signs."""
    return str(request.param)


def test_every_screen_keeps_every_law(look: str) -> None:
    """Contrast, least type and keys, nothing cut or covered, a glyph for all, phone and moment, reach in low view."""
    for name, frame in drawn(look).items():
        state, _ = looks.state(name, look)
        words = tongues.words(state.language)
        assert looks.judging.touch_screen(frame, words, elder=state.elder, low=state.low) == (), name


def test_no_paragraph_ends_with_a_lone_character(look: str) -> None:
    """孤字不成行: one character on a line of its own looks like a fault."""
    for name, frame in drawn(look).items():
        assert list(letters.lone(frame)) == [], name


@pytest.mark.parametrize("view", looks.views)
def test_every_screen_keeps_its_contrast_white_on_black(view: str) -> None:
    """The same screens in the other theme: the same places, other colours, which one law alone looks at."""
    colours = looks.judging.colours["contrast"]
    for name, frame in drawn(view).items():
        state, _ = looks.state(name, view)
        if state.pages[-1] == Idle() and frame.background == "night":
            continue  # is not darkened there
        lines = [line for line in ink.lines(frame, looks.measure) if line.words.strip()]
        assert list(contrast.weak(frame, lines, colours)) == [], name


def test_a_place_to_write_in_is_large_and_apart_from_keys(look: str) -> None:
    """No stroke begins on a key; the sheet keeps its shape; in low view a low hand reaches all of it."""
    fields = [(name, frame) for name, frame in drawn(look).items() if frame.field]
    assert fields
    for name, frame in fields:
        assert frame.field
        field, r = frame.field, frame.field.rect
        assert r.w * field.height == pytest.approx(r.h * field.width), name
        assert min(r.w, r.h) >= 200, name
        assert r.x >= 0, name
        assert r.right <= sizes.wide, name
        assert [t.label for t in frame.targets if meet(t.rect, r, 11.9)] == [], name
        assert "low" not in look or r.y >= sizes.reach - 1, name


def test_attached_pictures_lie_inside_and_under_no_type(look: str) -> None:
    """A form on the glass is whole: nothing is written over it."""
    for name, frame in drawn(look).items():
        for picture in (mark for mark in frame.marks if isinstance(mark, Picture)):
            assert 0 <= picture.rect.x < picture.rect.right <= sizes.wide, name
            assert sizes.header < picture.rect.y < picture.rect.bottom < sizes.high, name
            assert not [line for line in ink.lines(frame, looks.measure) if meet(line.rect, picture.rect)], name


def test_every_touch_leads_somewhere(look: str) -> None:
    """Every action is one the reducer knows; it changes the state or is a touch that only says "still here"."""
    for name, frame in drawn(look).items():
        state, _ = looks.state(name, look)
        for target in frame.targets:
            after, effects = reduce(state, target.action)  # type: ignore[arg-type]  # a target carries any object
            assert after != state or effects or isinstance(target.action, (Stay, GoHome, Change)), (name, target)


def _footer(frame: Frame) -> list[Target]:
    return [t for t in frame.targets if t.rect.y > 1600 and t.label in {"大字", "低位", "找人帮忙"}]


def test_the_footer_stays_where_it_is() -> None:
    """大字, 低位 and 找人帮忙 stand in the same place on all screens."""
    assert len({(t.label, t.rect) for frame in drawn("normal").values() for t in _footer(frame)}) == 3


@pytest.mark.parametrize("view", looks.views)
def test_no_english_word_is_cut(view: str) -> None:
    """Every Latin word on a screen is a whole word of the sentences or of what is published: none is broken or cut."""
    said = (
        *config.wording("en").values(),
        *(str(pages.every()[name]) for name in ("translated qh-dibao", "staff ill")),
        *map(str, (county.items(), county.county(), pages.long_title)),
    )
    known = {word for sentence in said for word in _latin.findall(sentence)}
    for name, frame in drawn(f"{view}, en").items():
        found = {
            word for mark in frame.marks if isinstance(mark, Text) for word in _latin.findall(" ".join(mark.lines))
        }
        assert found - known <= _made_up, name


@pytest.mark.parametrize("view", looks.views)
def test_section_titles_stand_in_both_scripts_chinese_first_and_not_smaller(view: str) -> None:
    """In a hall with Mongolian signs every section's name is in both, the Chinese one before and at least as large."""
    frames = drawn(f"{view}, mn")
    for section, name in sections.items():
        frame = frames[f"section {section}"]
        word = config.wording("mn")[f"section_name.{section}"]
        scripts = [mark for mark in frame.marks if isinstance(mark, Script) and mark.text == word]
        named = [mark for mark in frame.marks if isinstance(mark, Text) and "".join(mark.lines) == name]
        assert len(scripts) == len(named) == 2, (section, view)  # the title, and its key among the six
        for script, chinese in zip(
            sorted(scripts, key=lambda s: s.rect.y), sorted(named, key=lambda n: n.y), strict=True
        ):
            assert script.size <= chinese.size
            assert script.rect.x >= chinese.x
    home = [mark.text for mark in frames["home"].marks if isinstance(mark, Script)]
    assert {config.wording("mn")[f"section_name.{section}"] for section in sections} <= set(home)


_behind = {
    "guides": "guides",
    "ticket": "services",
    "open": "catalogue",
    "opinion": "opinion",
    "rate": "rate",
    "apply": "apply",
}

_areas = ("inquire", "consult", "voice", "reading")


@pytest.mark.parametrize("view", looks.views)
def test_every_heading_of_the_first_page_and_of_what_is_disclosed_stands_in_both_scripts(view: str) -> None:
    """LNG-01: tiles of both first pages and the page behind each, topics and each one's page; the second not larger."""
    frames, signs, words = drawn(f"{view}, mn"), config.wording("mn"), tongues.words("zh-Hans")
    headings = {f"home.{key}": ("home", page) for key, page in _behind.items()}
    headings |= {f"home.{area}": ("home of areas", f"area {area}") for area in _areas}
    headings |= {f"topic.{topic}": ("catalogue", f"topic {topic}") for topic in topics}
    for key, (on, behind) in headings.items():
        for screen in (on, behind):
            (script,) = [m for m in frames[screen].marks if isinstance(m, Script) and m.text == signs[key]]
            left = [m for m in frames[screen].marks if isinstance(m, Text) and m.x < script.rect.x]
            level = [m for m in left if m.y < script.rect.bottom and script.rect.y < m.y + m.leading * len(m.lines)]
            assert max(m.size for m in level) >= script.size, (key, screen, view)
            assert words(key) in {"".join(m.lines) for m in level} or screen == behind, (key, screen, view)
