"""The boards' states as pictures, for `kiosk shots`: real content, and calls made up where nobody is called.

Every state that SCREENS A7 names for a board is among them; one without content for it (no emergency due) is left out.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from content_sync.domain import limits
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from kiosk.board import lamps
from kiosk.board.reading import Reading
from kiosk.flow.board import layouts, lcd, led, led_panel, playlist
from kiosk.flow.board.facts import Called, Facts, Plate, Waiting
from kiosk.flow.board.layouts import Layout
from kiosk.flow.board.pages import Page
from kiosk.flow.board.stories import Story
from kiosk.flow.frame import Frame, Measure
from kiosk.typeset.measuring import FontMeasure

if TYPE_CHECKING:
    from PIL.Image import Image

Cut = Callable[[Story], tuple[Page, ...]]
_State = tuple[str, Facts, Page | None, Page | None]
_windows = (3, 4, 6, 9, 11, 7)


def lcd_frames(
    content: ContentStore, desk: DeskStore, now: datetime, measure: Measure, site: str = "", *, upright: bool = False
) -> list[tuple[str, Frame]]:
    """(name, frame) of every state of the LCD board in every layout, the hall board's first."""
    reading = Reading(content, desk, site)
    facts, stories = _busy(reading.facts(now)), reading.stories(now)
    size = (1080, 1920) if upright else (1920, 1080)
    made = []
    for name in layouts.names:
        on = layouts.layout(name, *size, _windows[0])
        states = _hall_states if name == "hall" else _other_states
        prefix = "lcd" if name == "hall" and not upright else f"lcd-{name}{'-upright' if upright else ''}"
        made += [
            (f"{prefix}-{state}", lcd.frame(known, page, said, measure, on))
            for state, known, page, said in states(facts, stories, content, measure, on)
        ]
    return made


def _hall_states(
    facts: Facts, stories: tuple[Story, ...], content: ContentStore, measure: Measure, on: Layout
) -> list[_State]:
    now = facts.now

    def cut(story: Story) -> tuple[Page, ...]:
        return lcd.cut(story, measure, on)

    answer = _first(playlist.answer_round(stories, cut, now, limits.dwell_seconds_min))
    pages = dict(_kinds(stories, cut, now))
    rows = {row.hash: row.title for row in content.rows(now, kind="notice")}
    named = [replace(s, title=rows[s.hash]) for s in stories if s.hash in rows]
    if named:  # without its plain title
        pages["long-title"] = cut(max(named, key=lambda s: len(s.title)))[0]
    page = pages.get("notice")
    quiet = replace(facts, called=(), missed=())
    closed = replace(quiet, waiting=tuple(replace(service, open=False) for service in facts.waiting))
    states: list[_State] = [(name, facts, shown, answer) for name, shown in pages.items()]
    states += [
        ("flash", replace(facts, called=(replace(facts.called[0], since=now), *facts.called[1:])), page, answer),
        ("one-call", replace(facts, called=facts.called[:1], missed=()), page, None),
        ("nobody-called", quiet, page, answer),
        ("closed", closed, page, answer),
        ("night", replace(closed, is_quiet=True), None, None),
        ("blanked", replace(facts, is_blanked=True), None, None),
        ("nothing-due", quiet, None, None),
        ("first-start", Facts(now), None, None),
    ]
    for days in (limits.fresh_days_warn, limits.fresh_days_alarm):
        states.append((f"stale-{days}", replace(facts, as_of=(now - timedelta(days=days)).isoformat()), page, answer))
    return states


def _other_states(
    facts: Facts, stories: tuple[Story, ...], _content: ContentStore, measure: Measure, on: Layout
) -> list[_State]:
    def cut(story: Story) -> tuple[Page, ...]:
        return lcd.cut(story, measure, on)

    answer = _first(playlist.answer_round(stories, cut, facts.now, limits.dwell_seconds_min))
    pages = dict(_kinds(stories, cut, facts.now))
    fresh = replace(facts, called=(replace(facts.called[0], since=facts.now, times=2), *facts.called[1:]))
    away = replace(facts, called=facts.called[1:], plates=tuple(replace(p, staff="") for p in facts.plates[:4]))
    states: list[_State] = [(name, facts, page, answer) for name, page in pages.items() if on.notice]
    if not on.notice:
        states += [(name, facts, page, answer) for name, page in pages.items() if name == "emergency-1"]
        states[:0] = [("now", facts, None, answer), ("called-again", fresh, None, answer), ("away", away, None, answer)]
        states.append(("free", replace(facts, called=()), None, answer))
    return [
        *states,
        ("blanked", replace(facts, is_blanked=True), None, None),
        ("unknown", Facts(facts.now), None, None),
    ]


def led_images(
    content: ContentStore, desk: DeskStore, now: datetime, size: str, site: str = ""
) -> list[tuple[str, "Image"]]:
    """(name, image) of every state of an LED board of this size ("192x64"), one pixel per lamp."""
    panel, measure, reading = led_panel.panel(size), FontMeasure(), Reading(content, desk, site)
    facts, stories = _busy(reading.facts(now)), reading.stories(now)
    quiet = replace(facts, called=())

    def cut(story: Story) -> tuple[Page, ...]:
        return led.cut(story, panel, measure, now)

    pages: list[tuple[str, Page | None]] = [*_kinds(stories, cut, now)]
    pages += [("answer", _first(playlist.answer_round(stories, cut, now, limits.led_dwell_seconds_min)))]
    pages += [(f"own-{number}", cut(own)[0]) for number, own in enumerate(led.own_words(facts), 1)]
    pages += [("blanked", cut(led.own_words(replace(facts, is_blanked=True))[-1])[-1])]
    called = tuple(replace(one, since=now) for one in facts.called)
    frames = [(name, led.frame(quiet, page, panel, measure)) for name, page in pages if page]
    frames.append(("night", led.frame(replace(quiet, is_quiet=True), None, panel, measure)))
    for name, count in (("calls", 2), ("call", 1)):  # a call belongs to the first pictures
        frames.insert(1, (name, led.frame(replace(facts, called=called[:count]), None, panel, measure)))
    return [(f"led-{size}-{name}", lamps.draw(frame)) for name, frame in frames]


def _kinds(stories: tuple[Story, ...], cut: Cut, now: datetime) -> Iterator[tuple[str, Page]]:
    """The first pages of the newest story of each kind."""
    calm = [s for s in stories if s.kind not in ("answer", "emergency")]
    slots = playlist.notice_round(calm, cut, now, limits.dwell_seconds_min).slots
    tests: dict[str, Callable[[Story], bool]] = {
        "notice": lambda s: s.kind == "notice" and not s.is_public_notice and not s.section,
        "public-notice": lambda s: s.is_public_notice,
        "ledger": lambda s: s.kind == "ledger",
        "section": lambda s: bool(s.section),
    }
    told = {name: [slot.page for slot in slots if test(slot.page.story)] for name, test in tests.items()}
    for page, ending in ((0, ""), (1, "-2")):
        for name, pages in told.items():
            same = [one for one in pages if one.story == pages[0].story]
            yield from ((f"{name}{ending}", one) for one in same[page : page + 1])
    alarm = playlist.notice_round([s for s in stories if s.kind == "emergency"], cut, now, limits.dwell_seconds_min)
    for slot in alarm.slots[:2]:
        yield f"emergency-{slot.page.number}", slot.page


def _first(of: playlist.Playlist) -> Page | None:
    return of.slots[0].page if of.slots else None


def _busy(facts: Facts) -> Facts:
    """The facts with made-up calls and waiting people where there are none, and the plates of the signed county."""
    services = facts.site.services if facts.site else ()
    letters = [service.letter for service in services] or ["A"]
    calls = tuple(
        Called(f"{letters[n % len(letters)]}{n * 7 % 50 + 8:03d}", window, facts.now - timedelta(minutes=n + 1))
        for n, window in enumerate(_windows)
    )
    staff = {plate.window: plate for plate in facts.site.staff} if facts.site else {}
    lit = [(window, staff.get(window.id)) for window in (facts.site.windows if facts.site else ())]
    plates = tuple(
        Plate(w.number, w.name, p.name, p.post, p.duties, p.number) if p and n % 6 != 4 else Plate(w.number, w.name)
        for n, (w, p) in enumerate(lit)
    )
    waiting = tuple(Waiting(service.name, n * 3 % 5, open=True) for n, service in enumerate(services))
    return replace(
        facts,
        called=facts.called or calls,
        missed=facts.missed or ("A019", "B008"),
        waiting=facts.waiting or waiting,
        plates=plates,
    )
