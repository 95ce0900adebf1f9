"""State and view → the frame on the glass. The only door to the screens; pure.

1. Before any content there is one designed screen, except for what needs no content: tickets, ratings, opinions, help.
2. While time runs out, the countdown stands in place of any page (OFF-08).
3. What is being read aloud is marked on the finished frame; the frame without the mark is what is read from.
"""

from kiosk.flow import night
from kiosk.flow.frame import Frame, Measure
from kiosk.flow.pages.finding import Area, Catalogue, Guides, Listing, Search, Section
from kiosk.flow.pages.hall import Booking, MyNumber, PositionOf, Rate, Services, TicketOf
from kiosk.flow.pages.plain import Apply, Help, Home, Idle, Languages, NoRoom, Sight, Thanks, Unheard
from kiosk.flow.pages.reading import Accounts, CodeOf, Element, Guide, HandoutOf, Reader, Samples, Translated, Way
from kiosk.flow.pages.staff import Staff, StaffPin, Stick, all_of_them
from kiosk.flow.screens import (
    accounts,
    application,
    area,
    booking,
    browse,
    code,
    element,
    guide,
    guides,
    handouts,
    helping,
    home,
    idle,
    languages,
    my_number,
    no_room,
    opinion,
    pad,
    panel,
    plain,
    poll,
    progress,
    rate,
    reader,
    report,
    samples,
    search,
    sight,
    staff,
    staff_pin,
    staff_stick,
    ticket,
    tickets,
    translated,
    unheard,
    way,
)
from kiosk.flow.sheet import Sheet
from kiosk.flow.speech import aloud
from kiosk.flow.state import Page, State
from kiosk.flow.view import View
from kiosk.flow.voices import Application, Opinion, Pad, Panel, Poll, Progress, ProgressOf, Report
from kiosk.flow.words import Words

_without_content = (
    *(Services, TicketOf, MyNumber, Booking, PositionOf, Rate),
    *(Opinion, Report, Application, Progress, ProgressOf, Pad, Thanks, Apply, Help, Languages, Sight, Unheard, NoRoom),
)


def frame(state: State, view: View, measure: Measure, words: Words) -> Frame:
    """What the visitor sees now."""
    page = state.page
    if view.idle_left is not None and not isinstance(page, Idle):  # rule 2
        sheet = Sheet("leaving", state, view, measure, words)
        plain.leaving(sheet)
        return sheet.frame()
    if not view.has_content and not isinstance(page, (*_without_content, *all_of_them)):  # rule 1
        sheet = Sheet("first", state, view, measure, words)
        plain.first(sheet)
        return sheet.frame()
    sheet = Sheet(type(page).__name__.lower(), state, view, measure, words)
    _draw(sheet, page)
    drawn = sheet.frame()
    dark = isinstance(page, Idle) and night.is_night(view.now) and not state.contrast
    return night.darkened(drawn) if dark else drawn


def read_aloud(drawn: Frame, state: State, measure: Measure, words: Words) -> Frame:
    """The frame with the sentence marked that is being read (rule 3)."""
    found = aloud.sentences(drawn, words("aloud.keys")) if state.aloud >= 0 else ()
    return aloud.marked(drawn, found[state.aloud], measure) if 0 <= state.aloud < len(found) else drawn


def please_wait(state: State, view: View, measure: Measure, words: Words) -> Frame:
    """What stands there after a fault of the program (promise 7)."""
    sheet = Sheet("wait", state, view, measure, words)
    plain.wait(sheet)
    return sheet.frame()


def _draw(sheet: Sheet, page: Page) -> None:
    match page:
        case Idle():
            idle.draw(sheet)
        case Home():
            home.draw(sheet)
        case Section():
            browse.section(sheet, page)
        case Guides():
            guides.draw(sheet, page)
        case Catalogue():
            browse.catalogue(sheet, page)
        case Listing():
            browse.listing(sheet, page)
        case Area():
            area.draw(sheet, page)
        case _:
            _draw_item(sheet, page)


def _draw_item(sheet: Sheet, page: Page) -> None:
    match page:
        case Guide():
            guide.draw(sheet, page)
        case Element():
            element.draw(sheet, page)
        case Reader():
            reader.draw(sheet, page)
        case Accounts():
            accounts.draw(sheet, page)
        case Translated():
            translated.draw(sheet, page)
        case CodeOf():
            code.draw(sheet, page)
        case Samples():
            samples.draw(sheet, page)
        case Way():
            way.draw(sheet, page)
        case HandoutOf():
            handouts.draw(sheet, page)
        case _:
            _draw_act(sheet, page)


def _draw_act(sheet: Sheet, page: Page) -> None:
    match page:
        case Search():
            search.draw(sheet, page)
        case Services():
            tickets.draw(sheet, page)
        case TicketOf():
            ticket.draw(sheet, page)
        case Booking():
            booking.draw(sheet, page)
        case MyNumber():
            my_number.tapping(sheet, page)
        case PositionOf():
            my_number.position(sheet, page)
        case Rate():
            rate.draw(sheet, page)
        case _:
            _draw_plain(sheet, page)


def _draw_plain(sheet: Sheet, page: Page) -> None:
    match page:
        case Thanks():
            plain.thanks(sheet, page)
        case Apply():
            plain.apply(sheet, page)
        case Help():
            helping.draw(sheet, page)
        case Languages():
            languages.draw(sheet)
        case Sight():
            sight.draw(sheet)
        case Unheard():
            unheard.draw(sheet)
        case NoRoom():
            no_room.draw(sheet, page)
        case _:
            _draw_voice(sheet, page)


def _draw_voice(sheet: Sheet, page: Page) -> None:
    match page:
        case Opinion():
            opinion.draw(sheet, page)
        case Report():
            report.draw(sheet, page)
        case Application():
            application.draw(sheet, page)
        case Poll():
            poll.draw(sheet, page)
        case Panel():
            panel.draw(sheet, page)
        case Progress():
            progress.tapping(sheet, page)
        case ProgressOf():
            progress.told(sheet, page)
        case Pad():
            pad.draw(sheet, page)
        case _:
            _draw_staff(sheet, page)


def _draw_staff(sheet: Sheet, page: Page) -> None:
    match page:
        case StaffPin():
            staff_pin.draw(sheet, page)
        case Staff():
            staff.draw(sheet, page)
        case Stick():
            staff_stick.draw(sheet)
