"""What screens do with their room: larger where little is to be said, never less than what there is."""

from dataclasses import replace

import pytest

from content_sync.domain.disclosure.catalogue import sections
from kiosk import config
from kiosk.flow import show
from kiosk.flow.actions import Change
from kiosk.flow.frame import Frame, Text
from kiosk.flow.pages.finding import Section
from kiosk.flow.pages.plain import Home, Idle
from kiosk.flow.pages.reading import Accounts, Guide
from kiosk.flow.service_icons import picture
from kiosk.flow.state import Page, State
from kiosk.flow.view import View
from kiosk.flow.words import Words
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk import county

_measure, _words = FontMeasure(), Words(config.wording())


def _frame(page: Page, view: View, *, elder: bool = False, low: bool = False) -> Frame:
    stack = (page,) if isinstance(page, Idle) else (Home(), page)
    return show.frame(State(stack, elder, low), view, _measure, _words)


def _sizes(frame: Frame) -> dict[str, float]:
    return {"".join(mark.lines): mark.size for mark in frame.marks if isinstance(mark, Text)}


@pytest.mark.parametrize(("elder", "low"), [(False, False), (True, False), (False, True), (True, True)])
@pytest.mark.parametrize("section", sections)
def test_each_section_keeps_the_other_five_one_touch_away(section: str, elder: bool, low: bool) -> None:
    """CAT-12: a section's page has all six, and changing between them adds no step to 返回."""
    frame = _frame(Section(section), county.view(), elder=elder, low=low)
    keys = [t.action.page for t in frame.targets if isinstance(t.action, Change)]
    assert [page.section for page in keys if isinstance(page, Section) and not page.number] == list(sections)


def test_a_short_list_is_set_larger_than_a_long_one() -> None:
    """One notice in a section stands in the size of a heading; thirty stand in body size."""
    row = next(row for row in county.rows() if row.section == "discipline")
    title = row.plain_title or row.title
    alone = _sizes(_frame(Section("discipline"), county.view()))[title]
    many = tuple(replace(row, id=f"{row.id}-{n}") for n in range(30))
    assert alone > _sizes(_frame(Section("discipline"), county.view(rows=many)))[title]


def test_the_idle_screen_tells_who_waits_for_what() -> None:
    """Before anybody touches it; nothing about waiting when nobody serves, or while an emergency needs the room."""
    view = county.view(rows=tuple(row for row in county.rows() if row.kind != "emergency"))
    words = "".join(_sizes(_frame(Idle(), view)))
    assert all(service.name in words for service in view.services)
    closed = replace(view, services=tuple(replace(service, open=False) for service in view.services))
    assert _words("idle.waiting") not in "".join(_sizes(_frame(Idle(), closed)))


def test_an_account_tells_the_level_below_its_keys() -> None:
    """柳树村's first page names what income and spending are made of, and keeps the keys that open them."""
    frame = _frame(Accounts("ls-zhang-202610"), county.view("ls-zhang-202610"))
    assert {"集体土地租金", "公益事业"} <= set(_sizes(frame))
    assert {"二、本月收入", "三、本月支出"} <= {target.label for target in frame.targets}


def test_a_guide_with_few_materials_tells_its_steps() -> None:
    """Room that materials leave is filled with what happens next, in order."""
    frame = _frame(Guide("qh-sfz-buling", ("diu", "ziji", "bendi")), county.view("qh-sfz-buling"))
    assert [line for line in _sizes(frame) if line in {"取号", "照相、采指纹", "交工本费", "拿回执", "领新证"}] == [
        "取号",
        "照相、采指纹",
        "交工本费",
        "拿回执",
        "领新证",
    ]


def test_services_have_pictures_of_their_own() -> None:
    """Who reads little tells six services apart by their pictures; an unknown one has the common picture."""
    names = [service.name for service in county.county().sites[0].services]
    assert len({picture(name, _words, "guide") for name in names}) == len(names)
    assert picture("其他", _words, "guide") == "guide"
