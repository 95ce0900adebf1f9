"""The kiosk at work over real stores, without a window: tickets, forgetting, faults, damage, withdrawal."""

import gc
import json
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from types import FunctionType, ModuleType

import pytest

from content_sync.domain import limits
from content_sync.storage.content import ContentStore, Full
from content_sync.storage.desk import Block, Position, ServiceState
from kiosk import config
from kiosk.app.gather import Gatherer
from kiosk.app.printing import parse_handout
from kiosk.app.visit import TooManyFaults, Visit
from kiosk.flow import actions, show, typed
from kiosk.flow.frame import Code, Frame, Picture
from kiosk.flow.pages.finding import Listing, Search
from kiosk.flow.pages.hall import Services, TicketOf
from kiosk.flow.pages.plain import Home, Idle
from kiosk.flow.pages.reading import CodeOf, HandoutOf, Reader, Samples
from kiosk.flow.screens.keypad import letters
from kiosk.flow.state import Page, State
from kiosk.flow.voices import Opinion, ProgressOf
from kiosk.flow.words import Words
from tests.content_sync.attaching import attachment, file
from tests.kiosk import county
from tests.kiosk.app.twins import Glass, Ids, Kiosk


def test_ten_presses_ask_for_one_ticket_and_the_agents_answer_stands_there(kiosk: Kiosk) -> None:
    """QUE-01: one press row; the number appears as soon as the agent wrote it."""
    kiosk.act(actions.Open(Services()))
    for _ in range(10):
        kiosk.act(actions.TakeTicket("huji"))
    (press,) = kiosk.agent.waiting_presses()
    assert "正在给您取号" in kiosk.glass.text
    kiosk.agent.answer(press.id, "ticket", "A023", 4)
    kiosk.later(0.05)
    assert "A023" in kiosk.glass.text


def test_without_an_answer_the_screen_takes_a_leased_number_after_300_ms(kiosk: Kiosk) -> None:
    """Promise 8: agent alive or not; its late answer is void."""
    kiosk.agent.put_block(Block("b", "huji", "A", "2026-11-23", 5001, 5050))
    kiosk.act(actions.TakeTicket("huji", "elder"))
    (press,) = kiosk.agent.waiting_presses()
    kiosk.later(0.25)
    assert kiosk.agent.pressed(press.id).state == "waiting"
    kiosk.later(0.1)
    kiosk.later(0.05)
    assert "A5001" in kiosk.glass.text
    assert not kiosk.agent.answer(press.id, "late", "A024", 1)
    (record,) = [r for r in kiosk.agent.waiting_records(50) if r.kind == "ticket"]
    assert record.body["priority"] == 1


def test_without_a_number_anywhere_the_visitor_is_sent_to_the_desk(kiosk: Kiosk) -> None:
    """Nobody waits before a picture that never changes; no number is given for it later."""
    kiosk.act(actions.TakeTicket("huji"))
    (press,) = kiosk.agent.waiting_presses()
    kiosk.later(limits.press_patience_seconds)
    kiosk.later(0.1)
    assert "这次没有取到号" in kiosk.glass.text
    assert not kiosk.agent.answer(press.id, "t", "A001", 0)


def test_a_rating_and_an_opinion_are_records_once(kiosk: Kiosk) -> None:
    """What was sent is in the outbox; the rated ticket is offered no more; the receipt stands on the glass."""
    kiosk.act(actions.SendRating("t0", 2, ("slow", "rude")))
    kiosk.act(actions.Open(Opinion("failed", ("paper", "again"), "qh-dibao")))
    kiosk.act(actions.Send())
    records = {r.kind: dict(r.body) for r in kiosk.agent.waiting_records(50) if r.kind != "display"}
    assert records == {
        "rating": {"ticket": "t0", "level": 2, "reasons": "slow,rude"},
        "opinion": {
            "receipt": records["opinion"]["receipt"],
            "about": "failed",
            "taps": "paper,again",
            "codes": "4,8",
            "text": "",
            "strokes": "",
            "item": "qh-dibao",
        },
    }
    assert kiosk.agent.invitations() == []
    assert str(records["opinion"]["receipt"]) in kiosk.glass.text


def test_walking_away_stores_nothing_and_leaves_nothing(kiosk: Kiosk) -> None:
    """OFF-08: after the countdown no typed letters are in memory, in the stores or on the glass."""
    typed = "zqx" + "wvk"
    kiosk.act(actions.Wake())
    kiosk.act(actions.Open(Search(typed)))
    assert "Z Q X W V K" in kiosk.glass.text
    kiosk.later(limits.idle_seconds - limits.idle_warning_seconds + 1)
    assert "您还在看吗" in kiosk.glass.text
    kiosk.later(limits.idle_warning_seconds)
    assert kiosk.visit.state.pages == (Idle(),)
    kiosk.later(1)
    assert kiosk.glass.forgotten == 1
    wanted = {typed, "Z Q X W V K"}
    assert not wanted & _texts(kiosk.visit, kiosk.gatherer, kiosk.glass)
    files = [path.read_bytes() for path in kiosk.folder.iterdir()]
    assert not any(text.encode() in data for text in wanted for data in files)


def _touch(kiosk: Kiosk, label: str) -> None:
    """A finger on the key of this name."""
    kiosk.act(next(target.action for target in kiosk.glass.frames[-1].targets if target.label == label))
    kiosk.later(1)


def test_a_word_is_written_by_letters_and_characters(kiosk: Kiosk) -> None:
    """S 身, F 份, Z 证: six touches write 身份证, each of them leads to results; nothing of it stays."""
    kiosk.act(actions.Wake())
    kiosk.act(actions.Open(Search()))
    for letter, char in ("S身", "F份", "Z证"):
        _touch(kiosk, letter)
        assert kiosk.gatherer.view(kiosk.visit.state, None).hits
        _touch(kiosk, char)
        assert kiosk.gatherer.view(kiosk.visit.state, None).hits
    assert kiosk.visit.state.page == Search("身份证")
    assert "补办身份证" in kiosk.glass.text
    _touch(kiosk, "删除")
    assert kiosk.visit.state.page == Search("身份")
    _touch(kiosk, "Z")
    assert kiosk.gatherer.view(kiosk.visit.state, None).characters[0] == "证"
    assert {"身份z", "身份"} <= _texts(kiosk.visit, kiosk.gatherer, kiosk.glass)
    kiosk.act(actions.Finish())
    kiosk.later(1)
    left = _texts(kiosk.visit, kiosk.gatherer, kiosk.glass)
    assert {"身份z", "身份 Z", "身份"} & left == set()


@pytest.mark.parametrize("terms", ["身份z", "低b", "补b身份证", "sfz"])
def test_letters_and_characters_find_together(kiosk: Kiosk, terms: str) -> None:
    """身份 Z and 低 B find, and what the last letter may stand for follows what stands before."""
    kiosk.act(actions.Open(Search(terms)))
    view = kiosk.gatherer.view(kiosk.visit.state, None)
    assert view.hits
    assert view.following == (1 if terms[-1].isascii() else 0)
    assert view.characters[:1] == (("保",) if terms == "低b" else ("证",) if terms[-1].isascii() else ())


def test_every_key_of_a_character_leads_to_results(kiosk: Kiosk) -> None:
    """From any letter, and from any letter after its first character: no key ends in nothing."""
    for letter in letters:
        kiosk.act(actions.Open(Search(letter)))
        first = kiosk.gatherer.view(kiosk.visit.state, None)
        for char in first.characters:
            assert kiosk.gatherer.content.search(typed.with_character(letter, char, joined=False), county.now)
        for second in letters[::4] if first.characters else ():
            terms = first.characters[0] + second
            kiosk.act(actions.Change(Search(terms)))
            view = kiosk.gatherer.view(kiosk.visit.state, None)
            for n, char in enumerate(view.characters):
                after = typed.with_character(terms, char, joined=n < view.following)
                assert kiosk.gatherer.content.search(after, county.now), after


def test_a_withdrawn_items_characters_leave_the_open_search(kiosk: Kiosk) -> None:
    """Promise 3: the key is gone with the item."""
    kiosk.act(actions.Open(Search("s")))
    before = kiosk.gatherer.view(kiosk.visit.state, None).characters
    store = ContentStore(kiosk.folder / "content.db")
    gone = [
        (item.channel, item.id)
        for item, _, _ in county.items().values()
        if "身" in "".join((item.title, item.plain_title, *item.aliases))
    ]
    for channel, item in gone:
        store.hide(channel, [item])
    store.close()
    kiosk.later(0.05)
    assert "身" in before
    assert "身" not in kiosk.gatherer.view(kiosk.visit.state, None).characters
    assert "身" not in {target.label for target in kiosk.glass.frames[-1].targets}


def _texts(*roots: object) -> set[str]:
    """Every string that can be reached from these objects, whatever holds it."""
    found, seen, todo = set(), set(), list(roots)
    while todo:
        one = todo.pop()
        if id(one) in seen or isinstance(one, (type, ModuleType, FunctionType)):
            continue
        seen.add(id(one))
        if isinstance(one, str):
            found.add(one)
        todo += gc.get_referents(one)
    return found


def test_elder_view_has_more_time_and_any_touch_counts(kiosk: Kiosk) -> None:
    """Slow readers are not thrown out; a finger anywhere says somebody is there."""
    kiosk.act(actions.SwitchElder())
    kiosk.later(limits.idle_seconds)
    assert "您还在看吗" not in kiosk.glass.text
    kiosk.later(limits.elder_idle_seconds - limits.idle_seconds - 5)
    assert "您还在看吗" in kiosk.glass.text
    kiosk.visit.touched(kiosk.moment)
    kiosk.later(1)
    assert "您还在看吗" not in kiosk.glass.text
    assert isinstance(kiosk.visit.state.page, Home)


def test_a_withdrawn_item_leaves_the_glass_while_it_is_open(kiosk: Kiosk) -> None:
    """Promise 3: the next look at the store replaces the page."""
    kiosk.act(actions.Open(Reader("qh-tousu")))
    assert "投诉" in kiosk.glass.text
    agent = ContentStore(kiosk.folder / "content.db")
    agent.hide("qinghe", ["qh-tousu"])
    agent.close()
    kiosk.later(0.05)
    assert "这条内容撤下了" in kiosk.glass.text
    assert kiosk.glass.frames[-1].shown == ()


def test_a_list_is_forgotten_with_the_edition_it_was_cut_from(kiosk: Kiosk) -> None:
    """OFF-08: the rows that go take the list along that was opened of them; the next list is cut of the new rows."""
    kiosk.act(actions.Open(Listing()))
    before = kiosk.gatherer.view(kiosk.visit.state, None).rows
    assert before._last is not None
    with closing(ContentStore(kiosk.folder / "content.db")) as agent:
        agent.hide("qinghe", ["qh-tousu"])
    kiosk.later(0.05)
    after = kiosk.gatherer.view(kiosk.visit.state, None).rows
    assert len(after) == len(before) - 1
    assert before._last is None
    kiosk.act(actions.Finish())
    assert after._last is None


def test_a_fault_shows_please_wait_and_never_its_words(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Promise 7: the visitor sees 请稍候 and a way on; the next touch works again."""

    def fails(*_: object) -> Frame:
        raise ZeroDivisionError("secret detail")

    with monkeypatch.context() as broken:
        broken.setattr(show, "frame", fails)
        kiosk.act(actions.Wake())
    assert "请稍候" in kiosk.glass.text
    assert "secret" not in kiosk.glass.text
    kiosk.act(actions.Finish())
    assert "点一下屏幕" in kiosk.glass.text


def test_faults_without_end_end_the_program(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A supervisor starts it anew; it does not spin for ever."""
    monkeypatch.setattr(show, "frame", lambda *_: 1 / 0)
    for _ in range(limits.faults_per_minute_max):
        kiosk.act(actions.Wake())
    with pytest.raises(TooManyFaults):
        kiosk.act(actions.Wake())


def test_a_count_of_waiting_people_is_told_only_while_it_is_fresh(kiosk: Kiosk) -> None:
    """Two minutes after the server last said how many wait, nobody knows."""
    kiosk.agent.put_services([ServiceState("huji", "A", "户口和身份证", True, 6, kiosk.clock.time.isoformat())])
    assert [s.waiting for s in kiosk.gatherer.view(State(), None).services] == [6]
    kiosk.clock.time += timedelta(minutes=10)
    assert [s.waiting for s in kiosk.gatherer.view(State(), None).services] == [None]


def test_a_damaged_content_store_is_the_first_start_screen(kiosk: Kiosk) -> None:
    """Never an error text; tickets still work."""
    kiosk.gatherer.content.close()
    (kiosk.folder / "content.db").write_bytes(b"not a database at all" * 400)
    other = Gatherer(kiosk.folder, "qinghe-hall", kiosk.clock)
    glass = Glass()
    visit = Visit(other, glass, lambda language: Words(config.wording(language)), Ids())
    visit.tick(1.0)
    assert "公开内容正在送来" in glass.text
    visit.end()


def test_what_is_on_the_glass_is_logged_with_its_hash(kiosk: Kiosk) -> None:
    """Promise 17: leaving a page writes when it was shown; the glass names places, never typed letters."""
    kiosk.act(actions.Open(Reader("qh-tousu")))
    kiosk.later(10)
    kiosk.act(actions.Back())
    shown = [dict(r.body) for r in kiosk.agent.waiting_records(200) if r.kind == "display"]
    page = next(body for body in shown if body["item"] == "qh-tousu")
    assert page["hash"] == county.items()["qh-tousu"][1]
    assert page["screen"] == "touch"
    kiosk.act(actions.Open(Search("sfz")))
    glass = kiosk.agent.glass()
    assert glass is not None
    assert glass.screen == "search"
    assert "sfz" not in json.dumps(glass.targets).lower()


def test_a_screen_that_stands_still_is_drawn_once(kiosk: Kiosk) -> None:
    """No change, no new frame; a minute later the clock turns."""
    kiosk.act(actions.Wake())
    kiosk.later(1)
    drawn = len(kiosk.glass.frames)
    for _ in range(20):
        kiosk.later(0.05)
    assert len(kiosk.glass.frames) == drawn
    kiosk.later(58)
    assert len(kiosk.glass.frames) == drawn + 1


def test_a_new_ticket_page_shows_no_earlier_number(kiosk: Kiosk) -> None:
    """Another service, another press: first it is being asked for."""
    kiosk.act(actions.TakeTicket("huji"))
    (press,) = kiosk.agent.waiting_presses()
    kiosk.agent.answer(press.id, "t", "A023", 4)
    kiosk.later(0.1)
    kiosk.act(actions.Back())
    kiosk.act(actions.TakeTicket("shebao"))
    assert kiosk.visit.state.page == TicketOf("shebao")
    assert "A023" not in kiosk.glass.text


def test_the_screen_says_what_becomes_of_the_paper_and_prints_another(kiosk: Kiosk) -> None:
    """On its way, there, once more; without paper the number stays and says so, and nothing is offered."""
    kiosk.agent.note_part("printer", "ready", kiosk.gatherer.now())
    kiosk.act(actions.TakeTicket("huji"))
    (press,) = kiosk.agent.waiting_presses()
    kiosk.agent.answer(press.id, "t" * 16, "A001", 0)
    kiosk.later(0.1)
    assert "号票正在打印" in kiosk.glass.text
    kiosk.agent.note_print(press.id, "printed", kiosk.gatherer.now())
    kiosk.later(0.1)
    assert "号票打好了，请取走" in kiosk.glass.text
    _touch(kiosk, "再印一张")
    assert kiosk.agent.print_of(press.id).state == "wanted"
    kiosk.agent.note_print(press.id, "failed", kiosk.gatherer.now(), "no paper")
    kiosk.agent.note_part("printer", "out", kiosk.gatherer.now())
    kiosk.later(0.1)
    assert "打印机没有纸了" in kiosk.glass.text
    assert "A001" in kiosk.glass.text
    assert "再印一张" not in kiosk.glass.text


def test_a_paper_lost_in_a_power_cut_is_offered_to_who_looks_the_number_up(kiosk: Kiosk) -> None:
    """Nobody knows whether it came out: 查我的号 offers one, without the code that is the ticket's key."""
    kiosk.agent.note_part("printer", "ready", kiosk.gatherer.now())
    kiosk.act(actions.TakeTicket("huji"))
    (press,) = kiosk.agent.waiting_presses()
    kiosk.agent.answer(press.id, "t" * 16, "A001", 2)
    kiosk.agent.note_print(press.id, "printing", kiosk.gatherer.now())
    kiosk.agent.resume_prints()
    kiosk.act(actions.GoHome())
    kiosk.act(actions.AskNumber("A001"))
    (ask,) = kiosk.agent.waiting_asks()
    kiosk.agent.decide(ask.id, "answered", Position("A001", "huji", "waiting", 2, 0))
    kiosk.later(0.1)
    _touch(kiosk, "补打号票")
    found = kiosk.agent.print_of(press.id)
    assert (found.state, found.plain) == ("wanted", True)
    kiosk.later(0.1)
    assert "补打号票" not in kiosk.glass.text


def test_large_letters_on_the_glass_are_large_letters_on_paper(kiosk: Kiosk) -> None:
    """Who switched to the large view gets a paper for the same eyes."""
    kiosk.act(actions.SwitchElder())
    kiosk.act(actions.TakeTicket("huji"))
    (press,) = kiosk.agent.waiting_presses()
    assert kiosk.agent.print_of(press.id).large


def test_a_notice_slip_is_written_down_as_it_stands_on_the_glass(kiosk: Kiosk) -> None:
    """GUI-03, offline: item, case and version of the page; a version that was not shown is not printed."""
    kiosk.act(actions.Open(HandoutOf("qh-sfz-buling", ("diu", "ziji", "bendi"))))
    shown = county.items()["qh-sfz-buling"]
    kiosk.act(actions.PrintHandout("qh-sfz-buling", ("diu", "ziji", "bendi"), "0" * 64))
    assert kiosk.agent.next_handout(county.now) is None
    kiosk.act(actions.PrintHandout("qh-sfz-buling", ("diu", "ziji", "bendi"), shown[1]))
    job = kiosk.agent.next_handout(county.now)
    assert job is not None
    made = parse_handout(job.text)
    assert (made.name, [paper.name for paper in made.papers]) == ("补办身份证", ["1. 户口簿"])
    assert f"第 {shown[0].version} 版" in made.version
    assert made.version in kiosk.glass.text


def test_a_form_is_asked_for_while_it_is_open_and_shown_when_it_came(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GUI-02: 正在取 first; once the agent laid the file down, its picture. Bytes of another file are never shown."""
    item, body_hash, _ = county.items()["qh-dibao"]
    form = attachment(file("form"), name="申请书.jpg", use="form")
    formed = replace(item, attachments=(form,))
    monkeypatch.setattr(ContentStore, "item", lambda *_: (formed, body_hash))
    kiosk.act(actions.Open(Samples("qh-dibao")))
    assert "正在取这张表的图" in kiosk.glass.text
    assert list(kiosk.agent.wishes(county.now)) == [form.sha256]
    (kiosk.folder / "blobs").mkdir()
    (kiosk.folder / "blobs" / form.sha256).write_bytes(file("something else"))
    kiosk.later(1)
    assert "正在取这张表的图" in kiosk.glass.text
    (kiosk.folder / "blobs" / form.sha256).unlink()
    (kiosk.folder / "blobs" / form.sha256).write_bytes(file("form"))
    kiosk.later(1)
    assert [mark.blob for mark in kiosk.glass.frames[-1].marks if isinstance(mark, Picture)] == [form.blob]


def test_hard_words_are_explained_in_the_language_of_the_reader(kiosk: Kiosk) -> None:
    """The word stays as it is published; its sentence is English for who chose English."""
    kiosk.act(actions.Open(Reader("qh-cunwu-banfa", "text", 1, explained=True)))
    assert "村里要办一件事" in kiosk.glass.text
    kiosk.act(actions.SwitchLanguage("en"))
    assert "一事一议" in kiosk.glass.text
    assert "The village meets and votes" in kiosk.glass.text.replace("\n", " ")


@pytest.mark.parametrize("page", [CodeOf("qh-dibao"), HandoutOf("qh-dibao")])
def test_a_hall_that_wants_no_codes_shows_none(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, page: Page) -> None:
    """LNG-02: one rule of the hall; the item's own link counts no more than the county's address."""
    public = replace(county.county(), public_url="https://www.qinghe.example")
    for codes in (True, False):
        site = replace(public.sites[0], rules=replace(public.sites[0].rules, codes=codes))
        monkeypatch.setattr(ContentStore, "county", lambda *_, site=site: replace(public, sites=(site,)))
        kiosk.later(61)  # another minute: the store is read again
        kiosk.act(actions.Open(page))
        assert any(isinstance(mark, Code) for mark in kiosk.glass.frames[-1].marks) == codes


@pytest.mark.parametrize("write", ["forget_receipts", "forget_glass"])
def test_a_disk_that_takes_no_write_keeps_nothing_of_a_visitor_in_memory(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, write: str
) -> None:
    """OFF-08, also where no test may mount a small disk: memory is wiped whatever the disk says."""
    kiosk.act(actions.Open(Search("sfz")))
    forgotten, written, room = kiosk.visit.forgotten, getattr(kiosk.gatherer.desk, write), list[str]()

    def perhaps() -> None:
        if not room:
            raise Full("no room")
        written()

    monkeypatch.setattr(kiosk.gatherer.desk, write, perhaps)
    kiosk.later(limits.idle_seconds + 1)
    assert isinstance(kiosk.visit.state.page, Idle)
    assert kiosk.visit.forgotten == forgotten + 1
    assert "sfz" not in _texts(kiosk.visit, kiosk.gatherer, kiosk.glass)
    room.append("again")
    kiosk.later(limits.display_seen_seconds)
    glass = kiosk.agent.glass()
    assert glass is not None
    assert glass.screen == "idle"


def test_what_a_life_that_was_cut_off_left_on_the_disk_is_forgotten_at_the_next_start(kiosk: Kiosk) -> None:
    """A power cut while somebody types: the next start forgets the names of keys and the receipts asked for."""
    kiosk.act(actions.AskProgress(ProgressOf("394100127745")))
    again = Kiosk(kiosk.folder)
    assert "394100127745" not in "".join(path.read_bytes().decode("latin-1") for path in again.folder.glob("desk.db*"))
    again.close()


@pytest.mark.parametrize("turned_back", [False, True])
def test_a_press_that_a_life_left_waiting_gets_no_number_later(kiosk: Kiosk, turned_back: bool) -> None:
    """A power cut while a number is waited for: the next start waits as long as the visitor would have, no longer."""
    kiosk.act(actions.TakeTicket("huji"))
    (press,) = kiosk.agent.waiting_presses()
    again = Kiosk(kiosk.folder)
    again.later(1)
    assert kiosk.agent.pressed(press.id).state == "waiting"
    again.clock.time -= timedelta(hours=turned_back)
    again.later(0.1 if turned_back else limits.press_patience_seconds)
    assert not kiosk.agent.answer(press.id, "late", "A024", 1)
    assert isinstance(again.visit.state.page, Idle)
    again.close()
