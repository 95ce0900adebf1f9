"""What single screens promise: reach, honesty about time, nothing lost, nothing chosen for the visitor."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from content_sync.domain.disclosure import guides
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.catalogue import sections, topics
from content_sync.domain.disclosure.items import Document
from kiosk import config
from kiosk.flow import show, text_pages
from kiosk.flow.actions import Change, Open, TakeTicket
from kiosk.flow.frame import Box, Code, Frame, Icon, Text
from kiosk.flow.pages.finding import Catalogue, Guides, Listing, Search, Section
from kiosk.flow.pages.hall import PositionOf, Rate, Services, TicketOf
from kiosk.flow.pages.plain import Home, Idle
from kiosk.flow.pages.reading import Accounts, CodeOf, Element, Guide, Reader, Samples, Way
from kiosk.flow.reduce import reduce
from kiosk.flow.screens.accounts_table import children
from kiosk.flow.sheet import Sheet
from kiosk.flow.state import Page, State
from kiosk.flow.view import Edition, Position, Ticket, View
from kiosk.flow.voices import Opinion
from kiosk.flow.words import Words
from kiosk.typeset.measuring import FontMeasure
from tests.content_sync.attaching import attachment
from tests.kiosk import county, filming
from tests.kiosk.flow import pages
from tests.kiosk.flow.looks import drawn

_measure, _words = FontMeasure(), Words(config.wording())


def _frame(page: Page, view: View, *, elder: bool = False, low: bool = False) -> Frame:
    stack = (page,) if isinstance(page, (Home, Idle)) else (Home(), page)
    return show.frame(State(stack, elder, low), view, _measure, _words)


def _text(frame: Frame) -> str:
    return "\n".join(line for mark in frame.marks if isinstance(mark, Text) for line in mark.lines)


def _opens(frame: Frame) -> list[Page]:
    return [target.action.page for target in frame.targets if isinstance(target.action, Open)]


@pytest.mark.parametrize(("elder", "low"), [(False, False), (True, False), (False, True), (True, True)])
def test_the_first_page_has_the_six_sections(elder: bool, low: bool) -> None:
    """CAT-12: all six without turning a page, in every view."""
    opened = _opens(_frame(Home(), county.view(), elder=elder, low=low))
    assert [page.section for page in opened if isinstance(page, Section)] == list(sections)


@pytest.mark.parametrize("topic", topics)
def test_a_topic_is_two_touches_from_the_first_page(topic: str) -> None:
    """CAT-06: 政务公开, then 钱 (人, 物, 事), and its items stand there."""
    first = next(page for page in _opens(_frame(Home(), county.view())) if isinstance(page, Catalogue))
    second = Listing(topic=topic)
    assert second in _opens(_frame(first, county.view()))
    newest = next(row for row in county.rows() if topic in row.topics)
    assert newest.id in dict(_frame(second, county.view()).shown)


@pytest.mark.parametrize("elder", [False, True])
@pytest.mark.parametrize("item", [i for i, (_, _, row) in county.items().items() if row.kind == "guide"])
def test_all_nine_elements_of_a_guide_can_be_reached_and_read(item: str, elder: bool) -> None:
    """GUI-01: every element has a key behind 指南, and its page shows its words."""
    view = county.view(item)
    opened = _opens(_frame(Guide(item), view, elder=elder))
    opened += _opens(_frame(next(p for p in opened if p == Element(item)), view, elder=elder))
    names = {page.name for page in opened if isinstance(page, Element)}
    assert {"steps", "conditions", "limits", "result", "handler", "bases", "fees", "fee_bases", "supervision"} <= names
    for name in names - {""}:
        assert "还没有写" not in _text(_frame(Element(item, name), view))


@pytest.mark.parametrize(("elder", "low"), [(False, False), (True, False), (False, True), (True, True)])
@pytest.mark.parametrize("item", [i for i, (_, _, row) in county.items().items() if row.kind == "guide"])
def test_the_way_is_one_tap_from_any_guide(item: str, elder: bool, low: bool) -> None:
    """GUI-04: 您在这里 and the right window lit up, for every guide that is done in this hall."""
    view = county.view(item)
    seen = State((Home(), Guide(item)), elder=elder, low=low)
    assert Way(item) in _opens(show.frame(seen, view, FontMeasure(), Words(config.wording())))
    whole, site = county.items()[item][0].body, county.county().sites[0]
    assert isinstance(whole, guides.Guide)
    window = next((one for one in site.windows if one.id == whole.handler.window), None)
    frame = _frame(Way(item), view, elder=elder)
    if window is None:
        assert "这件事不在这个大厅办" in _text(frame)
        return
    assert f"到 {window.number} 号窗口" in _text(frame)
    assert "您在这里" in _text(frame)
    upstairs = [t.action for t in frame.targets if t.label == "二楼"]
    if upstairs:
        assert isinstance(upstairs[0], Change)
        frame = _frame(upstairs[0].page, view, elder=elder)
    lit = [mark.rect for mark in frame.marks if isinstance(mark, Box) and mark.fill == "blue" and mark.rect.h > 60]
    numbers = [m for m in frame.marks if isinstance(m, Text) and m.lines == (str(window.number),)]
    assert any(r.x <= n.x and n.y >= r.y and n.y < r.bottom and n.color == "on_blue" for r in lit for n in numbers)


@pytest.mark.parametrize(("elder", "low"), [(False, False), (True, False), (False, True), (True, True)])
def test_a_number_leads_to_the_map_of_the_windows_it_may_be_called_to(elder: bool, low: bool) -> None:
    """B1.6: every window of the service lit up while it waits; once it is called, the one and the way there."""
    view = county.view(ticket=Ticket("given", "x", "A023", 4, paper="printed", again=True))
    called = replace(view, position=Position("answered", "A023", "huji", "called", 0, 3))
    waits, comes, asked = (
        [page for page in _opens(show.frame(State((Home(), page), elder=elder, low=low), one, FontMeasure(), _words))
         if isinstance(page, Way)]
        for page, one in ((TicketOf("huji"), view), (TicketOf("huji"), called), (PositionOf("A023"), called))
    )  # fmt: skip
    assert waits == [Way(windows=("w01", "w02", "w03"), waits=True)]
    assert comes == asked == [Way(windows=("w03",))]
    several, one = _frame(waits[0], view, elder=elder), _frame(comes[0], view, elder=elder)
    assert "到 1、2、3 号窗口" in _text(several)
    assert "到 3 号窗口" in _text(one)
    assert "您在这里" in _text(several)
    assert "您在这里" in _text(one)
    assert (_lit(several), _lit(one)) == (_spots("w01", "w02", "w03"), _spots("w03"))
    assert (_is_led(several), _is_led(one)) == (False, True)


def _lit(frame: Frame) -> int:
    """How many spots of a floor are lit up."""
    return len([m for m in frame.marks if isinstance(m, Box) and m.fill == "blue" and min(m.rect.w, m.rect.h) > 60])


def _spots(*windows: str) -> int:
    """How many spots these windows have on the floors of the hall."""
    return sum(spot.window in windows for floor in county.county().sites[0].floors for spot in floor.spots)


def _is_led(frame: Frame) -> bool:
    """Whether a way is drawn: a thick line, which no key and no spot is as thin as."""
    return any(isinstance(m, Box) and m.fill == "blue" and min(m.rect.w, m.rect.h) == 12 for m in frame.marks)


def test_windows_that_no_map_has_are_named_all_the_same() -> None:
    """A map with one of three windows leads nobody there alone: the number may be called to any of them."""
    view = county.view(ticket=Ticket("given", "x", "A023", 4))
    assert view.site
    drawn = [
        replace(floor, spots=tuple(spot for spot in floor.spots if spot.window not in {"w02", "w03"}))
        for floor in view.site.floors
    ]
    halved = replace(view, site=replace(view.site, floors=tuple(drawn)))
    (page,) = [page for page in _opens(_frame(TicketOf("huji"), halved)) if isinstance(page, Way)]
    frame = _frame(page, halved)
    assert "到 1、2、3 号窗口" in _text(frame)
    assert "请坐下等" in _text(frame)
    assert (_lit(frame), _is_led(frame)) == (1, False)
    unmapped = replace(view, site=replace(view.site, floors=()))
    assert not [page for page in _opens(_frame(TicketOf("huji"), unmapped)) if isinstance(page, Way)]


def test_nobody_is_led_to_the_only_window_before_it_calls() -> None:
    """The one window of a service, a floor higher: lit up and named while one waits, and no stairs are climbed yet."""
    view = county.view(ticket=Ticket("given", "x", "B023", 4))
    called = replace(view, position=Position("answered", "B023", "zhizhao", "called", 0, 11))
    for now, is_called in ((view, False), (called, True)):
        (page,) = [page for page in _opens(_frame(TicketOf("zhizhao"), now)) if isinstance(page, Way)]
        frame = _frame(page, now)
        assert page == Way(windows=("w11",), waits=not is_called)
        assert "到 11 号窗口" in _text(frame)
        assert [word in _text(frame) for word in ("请坐下等", "先走楼梯或电梯")] == [not is_called, is_called]
        assert _is_led(frame) is is_called
        assert _lit(frame) == 1


def test_who_chose_english_reads_in_english_how_the_minutes_were_computed() -> None:
    """The hall's own Chinese sentence for all others; an estimate is never told without its method."""
    ticket, basis = Ticket("given", "x", "A023", 4), "按今天最近办完的12位估算。"
    told = Position("answered", "A023", "huji", "waiting", 4, 0, 6, 19, basis)
    for language, answer, said in (
        ("zh-Hans", told, basis),
        ("en", told, "An estimate from how today goes"),
        ("zh-Hans", replace(told, basis=""), "按今天办事的快慢估的"),
    ):
        state = State((Home(), TicketOf("huji")), language=language)
        view = county.view(ticket=ticket, position=answer)
        frame = show.frame(state, view, _measure, Words(config.wording(language)))
        assert said in _text(frame).replace("\n", " " if language == "en" else "")
        assert (basis in _text(frame)) is (said == basis)


def test_a_ticket_is_three_touches_away_at_most() -> None:
    """取号排队, the service: the number is asked for."""
    first = next(page for page in _opens(_frame(Home(), county.view())) if isinstance(page, Services))
    taken = [t.action for t in _frame(first, county.view()).targets if isinstance(t.action, TakeTicket)]
    assert [action.service for action in taken] == [s.id for s in county.county().sites[0].services]


def test_a_closed_service_cannot_be_pressed() -> None:
    """Who serves nobody now takes no numbers and says so."""
    view = county.view()
    closed = replace(view, services=(replace(view.services[0], open=False), *view.services[1:]))
    frame = _frame(Services(), closed)
    assert "现在不办" in _text(frame)
    taken = [t.action.service for t in frame.targets if isinstance(t.action, TakeTicket)]
    assert closed.services[0].service not in taken


@pytest.mark.parametrize(("why", "waits"), [("A023 正在窗口办：不想办了，请跟窗口说一声。", False), ("", True)])
def test_a_ticket_that_could_not_be_given_back_says_only_what_is_so(why: str, *, waits: bool) -> None:
    """Being served it waits no more: nobody is ahead of it. When the hall could not be asked, it does."""
    ticket = Ticket("given", "abcdefghijklmnop", "A023", 4, why, back="no", again=True)
    frame = _frame(TicketOf("huji"), county.view(ticket=ticket))
    said = _text(frame).replace("\n", "")
    assert "这个号没有退成。" in said
    assert why in said
    assert [word in said for word in ("前面还有", "请坐下等", "用手机扫一扫")] == [waits] * 3
    keys = {target.label for target in frame.targets}
    assert [key in keys for key in ("怎么走", "再印一张", "知道了")] == [waits, waits, True]


def test_why_the_hall_refuses_is_said_to_be_its_own_sentence() -> None:
    """It comes in Chinese whatever the visitor reads: English says whose it is, and leaves it whole."""
    for name in ("ticket refused", "ticket, kept"):
        said = {language: _text(drawn(f"normal{language}")[name]).replace("\n", "") for language in ("", ", en")}
        own = said[", en"].partition("The hall says:")[2].strip()[:4]
        assert own
        assert own in said[""]


def test_nobody_is_asked_to_touch_a_questionnaire_that_is_not_there() -> None:
    """The last one ended while the list lay open: what one has to say is one touch away."""
    frame = drawn("normal")["questionnaires, none"]
    assert "点一件" not in _text(frame)
    assert "现在没有问大家的事" in _text(frame)
    assert Opinion() in _opens(frame)


def test_the_number_is_the_largest_thing_on_the_ticket() -> None:
    """One thing is biggest."""
    frame = _frame(TicketOf("huji"), county.view(ticket=Ticket("given", "x", "A023", 4)))
    largest = max((mark for mark in frame.marks if isinstance(mark, Text)), key=lambda mark: mark.size)
    assert largest.lines == ("A023",)
    assert "前面还有 4 人" in _text(frame)


@pytest.mark.parametrize("page", [Home(), Idle(), Services(), Guide("qh-sfz-buling")])
def test_an_old_count_of_waiting_people_is_not_told(page: Page) -> None:
    """Cut off from the server, no screen says how many wait or that nobody does; a number can still be taken."""
    view = county.view("qh-sfz-buling")
    words = _text(_frame(page, replace(view, services=tuple(replace(s, waiting=None) for s in view.services))))
    assert not any(claim in words for claim in ("等候", "不用等", "前面", "人在等"))
    assert any(offer in words for offer in ("点一下出号", "可以取号", "取号排队"))


def test_old_content_is_told_before_a_doubtful_clock() -> None:
    """A box that was off for a month says how old its content is."""
    old = {c: Edition(318, (county.now - timedelta(days=40)).isoformat()) for c in county.view().held}
    assert "40 天没更新" in _text(_frame(Home(), county.view(held=old, doubtful=True)))


def test_nothing_is_said_about_people_ahead_when_nobody_knows() -> None:
    """A leased number knows no queue."""
    assert "前面还有" not in _text(_frame(TicketOf("huji"), county.view(ticket=Ticket("given", "x", "A200", -1))))


@pytest.mark.parametrize("elder", [False, True])
def test_no_level_of_a_rating_is_chosen_or_larger(elder: bool) -> None:
    """Promise 11: five keys alike, none marked, no way to send before one is chosen."""
    frame = _frame(Rate("t0", "A019"), county.view(), elder=elder)
    keys = [t for t in frame.targets if isinstance(t.action, Change)]
    assert [t.label for t in keys] == ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
    assert len({(t.rect.w, t.rect.h) for t in keys}) == 1
    assert not any(isinstance(mark, Icon) and mark.name == "check" and mark.rect.y < 1600 for mark in frame.marks)


@pytest.mark.parametrize("low", [False, True])
def test_a_hall_of_three_levels_asks_for_three(low: bool) -> None:
    """The seed's 满意, 基本满意, 不满意 where the hall's rules say so (N-05); the page behind names the one chosen."""
    view = county.view()
    assert view.site
    three = replace(view, site=replace(view.site, rules=replace(view.site.rules, rating_levels=3)))
    keys = [t.label for t in _frame(Rate("t0", "A019"), three, low=low).targets if isinstance(t.action, Change)]
    assert keys == ["满意", "基本满意", "不满意"]
    assert "A019 · 不满意" in _text(_frame(Rate("t0", "A019", 1), three, low=low))


def test_a_closed_hall_says_when_it_opens_again() -> None:
    """The hall's own sentence stands larger than the office hours."""
    view = county.view()
    why = "现在不是取号时间，明天08:30起可以取号。"
    closed = replace(view, services=tuple(replace(s, open=False, why=why) for s in view.services))
    assert "明天08:30" in _text(_frame(Services(), closed)).replace("\n", "")


def test_an_item_page_is_as_old_as_its_own_channel_a_list_as_the_oldest_drawn() -> None:
    """Promise 6."""
    old = (county.now - timedelta(days=9)).isoformat()
    held = {**county.view().held, "liushu": Edition(7, old)}
    view = replace(county.view("qh-dibao"), held=held)
    assert "内容截至 今天 9:38 · 第 318 期" in _text(_frame(Guide("qh-dibao"), view))
    assert "第 7 期" in _text(_frame(Home(), view)) or "liushu" not in _channels(_frame(Home(), view))
    village = _frame(Listing(unit="liushu", node="v01"), view)
    assert "内容截至 11月14日 9:41 · 第 7 期" in _text(village)


def _channels(frame: Frame) -> set[str]:
    return {county.items()[item][0].channel for item, _ in frame.shown}


def test_every_item_on_a_screen_is_named_with_its_hash() -> None:
    """Promise 17: what a list draws is logged as well as what a page draws."""
    frame = _frame(Section("commitment"), county.view())
    assert dict(frame.shown) == {i: h for i, (item, h, _) in county.items().items() if item.section == "commitment"}
    assert _frame(Guide("qh-dibao"), county.view("qh-dibao")).shown == (("qh-dibao", county.items()["qh-dibao"][1]),)


def test_the_fee_list_is_one_touch_from_the_fees() -> None:
    """HAL-13: beside what a guide costs stands everything that may be asked for; without a list there is no key."""
    page, view = Element("qh-sfz-buling", "fees"), county.view("qh-sfz-buling")
    assert Accounts("qh-shoufei-mulu") in _opens(_frame(page, view))
    assert "收费目录" in _text(_frame(page, view))
    without = replace(view, rows=tuple(row for row in view.rows if row.id != "qh-shoufei-mulu"))
    assert "收费目录" not in _text(_frame(page, without))


@pytest.mark.parametrize("page", [Reader("x"), Guide("x"), Accounts("x"), Element("x"), CodeOf("x")])
def test_a_withdrawn_item_says_so_and_shows_nothing_of_it(page: Page) -> None:
    """Promise 3: the open page is replaced by plain words."""
    frame = _frame(page, county.view())
    assert "这条内容撤下了" in _text(frame)
    assert frame.shown == ()


@pytest.mark.parametrize(("page", "item"), [(Reader, "qh-nuan-butie"), (Guide, "qh-sfz-buling"), (Reader, "qh-caigou")])
def test_an_item_with_attached_files_is_shown_as_before(page: Callable[[str], Page], item: str) -> None:
    """Files that are no forms change nothing of a page's text; a text has a key more, which leads to them."""
    known, hash_ = county.items()[item][:2]
    files = (attachment(b"x", name="现场"), attachment(b"y", type="application/pdf", use="file", name="申请表"))
    before = county.view(item)
    now = replace(before, item=(replace(known, attachments=files), hash_))
    shown, usual = _frame(page(item), now), _frame(page(item), before)
    keys = [target.action for target in shown.targets if target.label in {"看图 2 张", "看图"}]
    assert keys == ([] if page is Guide else [Open(Samples(item, -1))])
    place = [(mark.y, mark.lines) for mark in usual.marks if isinstance(mark, Text) and mark.y < 1400]
    assert [(mark.y, mark.lines) for mark in shown.marks if isinstance(mark, Text) and mark.y < 1400] == place


@pytest.mark.parametrize("elder", [False, True])
def test_five_keys_and_what_is_missing_says_whom_to_ask(elder: bool) -> None:
    """GUI-02: without a form 样表 is grey and names the window; with one it opens the samples."""
    whole, hash_, _ = county.items()["qh-sfz-buling"]
    without = _frame(Guide("qh-sfz-buling"), county.view("qh-sfz-buling"), elder=elder)
    assert "样表" not in {target.label for target in without.targets}
    assert ("问窗口" if elder else "请咨询窗口") in _text(without)
    formed = replace(whole, attachments=(attachment(b"y", use="form", name="申请表.jpg"),))
    frame = _frame(Guide("qh-sfz-buling"), replace(county.view(), item=(formed, hash_)), elder=elder)
    assert {"手机看", "指南", "告知单", "评价", "样表"} <= {target.label for target in frame.targets}
    assert Samples("qh-sfz-buling") in _opens(frame)


def test_online_is_where_the_thing_itself_is_done() -> None:
    """网上办 leads to the office's own address, not to this text at home; where there is none the key is 手机看."""
    whole, hash_, _ = county.items()["qh-dibao"]
    linked = county.view("qh-dibao")
    assert CodeOf("qh-dibao", online=True) in _opens(_frame(Guide("qh-dibao"), linked))
    (code,) = [m for m in _frame(CodeOf("qh-dibao", online=True), linked).marks if isinstance(m, Code)]
    assert code.payload == whole.link
    bare = replace(linked, item=(replace(whole, link=""), hash_))
    frame = _frame(Guide("qh-dibao"), bare)
    assert "网上办" not in {target.label for target in frame.targets}
    assert CodeOf("qh-dibao") in _opens(frame)


def test_no_code_is_drawn_without_a_public_address() -> None:
    """QUE-02: an intranet address becomes words, not squares."""
    inner = replace(county.county(), public_url="http://192.168.1.20:8080")
    frame = _frame(CodeOf("qh-nuan-butie"), county.view("qh-nuan-butie", county=inner))
    assert not any(isinstance(mark, Code) for mark in frame.marks)
    assert "没有手机网址" in _text(frame)
    ticket = county.view(ticket=Ticket("given", "x", "A001", 0), county=inner)
    assert not any(isinstance(mark, Code) for mark in _frame(TicketOf("huji"), ticket).marks)


def test_a_public_address_is_a_large_code_of_the_items_own_page() -> None:
    """QUE-02: the code leads to /d/<item>."""
    public = replace(county.county(), public_url="https://www.qinghe.gov.cn")
    frame = _frame(CodeOf("qh-dibao"), county.view("qh-dibao", county=public))
    (code,) = [mark for mark in frame.marks if isinstance(mark, Code)]
    assert code.payload == "https://www.qinghe.gov.cn/d/qh-dibao"
    assert code.rect.w >= 8 * (17 + 4 * 10 + 8)


@pytest.mark.parametrize("elder", [False, True])
def test_turning_through_a_long_document_shows_every_character_once(elder: bool) -> None:
    """40,000 characters: the pages follow each other without a gap or a repeat."""
    item = pages.long_item()
    assert isinstance(item.body, Document)
    whole = "".join(block.text for block in item.body.blocks)
    view, drawn = replace(county.view(), item=(item, "0" * 64)), ""
    number, last = 0, False
    while not last:
        frame = _frame(Reader("x", number=number), view, elder=elder)
        drawn += _body(frame, whole)
        last = not any(t.label == "下一页" for t in frame.targets)
        number += 1
    assert drawn == whole
    assert number > 20


def _is_body(mark: Text) -> bool:
    """The chapter a page stands in is said above it in soft letters."""
    return mark.align == "left" and mark.color == "ink"


def _body(frame: Frame, whole: str) -> str:
    """The marks that are parts of the document's text, in their order."""
    texts = ("".join(mark.lines) for mark in frame.marks if isinstance(mark, Text) and _is_body(mark))
    return "".join(text for text in texts if text in whole)


def test_every_heading_leads_to_the_page_it_stands_on() -> None:
    """Contents jump to where the words are."""
    item = pages.long_item()
    assert isinstance(item.body, Document)
    sheet = Sheet("t", State((Home(),)), county.view(), _measure, _words)
    laid = text_pages.lay(sheet, item.body.blocks, 900, 600)
    assert len(laid.headings) == 22
    for heading in laid.headings:
        assert heading.text in {line.text for line in laid.pages[heading.page]}


def test_a_heading_never_ends_a_page() -> None:
    """It goes where its text goes."""
    blocks = [Block("p", "字" * n) if n % 3 else Block("h2", "标题") for n in range(1, 200)]
    sheet = Sheet("t", State((Home(),)), county.view(), _measure, _words)
    assert not any(page[-1].heading for page in text_pages.lay(sheet, blocks, 500).pages[:-1])


@pytest.mark.parametrize("item", [i for i, (_, _, row) in county.items().items() if row.kind == "ledger"])
def test_every_line_of_a_ledger_can_be_reached(item: str) -> None:
    """Opening rows and turning pages shows all of them, and no amount is cut."""
    view = county.view(item)
    body = county.items()[item][0].body
    seen, todo = "", [Accounts(item)]
    while todo:
        page = todo.pop()
        frame = _frame(page, view)
        seen += _text(frame)
        assert "…" not in _text(frame).replace("（", "")
        todo += [p for p in _opens(frame) if isinstance(p, Accounts)]
        todo += [t.action.page for t in frame.targets if isinstance(t.action, Change) and t.label == "下一页"]  # type: ignore[misc]  # only accounts turn here
    names = "".join(seen.split())
    for row in getattr(body, "rows", ()):
        assert "".join(row.name.split()) in names


def test_direct_lines_are_the_next_level_only() -> None:
    """A ledger opens level by level."""
    ledger = county.items()["ls-zhang-202610"][0].body
    assert [ledger.rows[n].level for n in children(ledger, -1)] == [1] * len(children(ledger, -1))  # type: ignore[union-attr,arg-type]  # it is a ledger


def test_what_was_typed_is_gone_after_finishing() -> None:
    """OFF-08: the next visitor's screen holds no trace."""
    from kiosk.flow.actions import Finish

    after, _ = reduce(State((Home(), Search("sfz 补"))), Finish())
    assert "S F Z" not in _text(show.frame(after, county.view(), _measure, _words))


def test_the_countdown_offers_more_time() -> None:
    """The seconds left are the largest thing, and one key stays."""
    frame = _frame(Guides(), county.view(idle_left=12))
    assert "12" in _text(frame)
    assert "再给我一点时间" in {target.label for target in frame.targets}


def test_a_blanked_hall_shows_nobody_an_item_unasked() -> None:
    """The idle film and what is new on the first page are gone; what the page is for stays."""
    notice = filming.told("sq-shui")
    for page in (Idle(), Home()):
        views = (county.view(blanked=hidden) for hidden in (False, True))
        filmed = (filming.playing(notice, 1, State((page,)), view, _measure, _words) for view in views)
        usual, blanked = (_frame(page, view) for view in filmed)
        assert usual.shown
        assert not blanked.shown
        assert blanked.targets


def test_every_sentence_of_the_catalogue_is_used() -> None:
    """No dead wording: each key stands somewhere in the screens' code, or is made from a prefix that does."""
    from pathlib import Path

    code = "".join(path.read_text(encoding="utf-8") for path in Path(show.__file__).parents[1].rglob("*.py"))
    made: Callable[[str], bool] = lambda key: f'"{key}"' in code or f'f"{key.split(".")[0]}.' in code  # noqa: E731  # one test's helper
    assert [key for key in config.wording() if not made(key)] == []
