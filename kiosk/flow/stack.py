"""The stack of pages: what lies open, and what 返回 does.

1. The stack is bounded; the oldest page above the first goes first.
2. A pad keeps what was written on it, whatever key leads back from it.
3. 返回 closes what lies over a text before it leaves it: the card of its terms, a chapter's contents, the contents.
4. 返回 in an application or a questionnaire leads to the question before; what was answered stays. On a guide it
   asks the last question of the visitor's case again.
"""

from dataclasses import replace

from content_sync.domain import limits
from kiosk.flow.pages.plain import Home, Idle
from kiosk.flow.pages.reading import Element, Guide, HandoutOf, Reader
from kiosk.flow.state import Page, State
from kiosk.flow.voices import Application, Pad, Poll, Said, kept, moved


def back(state: State) -> State:
    """Take the top page off, or go to the question before (rules 2, 3 and 4)."""
    if len(state.pages) == 1:
        return state
    *below, page = state.pages
    if isinstance(page, (Reader, Element)) and page != (below_it := uncovered(page)):  # rule 3
        return changed(state, below_it)
    if isinstance(page, Application) and page.step != "kind":  # rule 4
        return changed(state, moved(page, -1))
    if isinstance(page, Poll) and page.at > 1:
        return changed(state, replace(page, at=page.at - 1, number=0))
    if isinstance(page, Guide) and page.answers:
        return changed(state, replace(page, answers=page.answers[:-1]))
    if isinstance(page, Pad) and isinstance(below[-1], Said):  # rule 2
        below[-1] = kept(below[-1], page)
    return replace(state, pages=tuple(below))


def uncovered(page: Reader | Element) -> Reader | Element:
    """The page without the topmost of what lies over its text; itself when nothing does."""
    if page.explained:
        return replace(page, explained=False)
    if isinstance(page, Reader) and page.chapter >= 0:
        return replace(page, contents=0, chapter=-1)
    if isinstance(page, Reader) and page.contents >= 0:
        return replace(page, contents=-1)
    return page


def changed(state: State, page: Page) -> State:
    """The page on top becomes this one."""
    return replace(state, pages=(*state.pages[:-1], page))


def awake(state: State) -> State:
    """Somebody is here."""
    return replace(state, pages=(Home(),)) if isinstance(state.page, Idle) else state


def left(state: State, kind: type[Page]) -> State:
    """Without a page of this kind on top: what it asked is answered."""
    return replace(state, pages=state.pages[:-1]) if isinstance(state.page, kind) else state


def opened(state: State, page: Page) -> State:
    """This page on top (rule 1)."""
    if isinstance(page, HandoutOf):
        state = replace(state, handout="")  # the paper of another slip is not this one's
    first, *rest = awake(state).pages
    return replace(state, pages=(first, *[*rest, page][-limits.pages_open_max :]))  # rule 1


def replaced(state: State, page: Page) -> State:
    """This page in place of the top one, never of the first."""
    return replace(state, pages=(*state.pages[:-1], page)) if len(state.pages) > 1 else opened(state, page)
