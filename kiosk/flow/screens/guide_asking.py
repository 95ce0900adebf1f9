"""我的情形 (B1.5): the guide's next question with its answers as large keys, then the case as one key to change it.

1. One question at a time; how many there are stands above it. 不清楚 is always the last answer.
2. The answers stand below each other, as large as there is room for; where there is not, side by side.
3. Once nothing is left to ask, one key says the case, and asks anew.
"""

from dataclasses import replace

from content_sync.domain.disclosure.guides import Guide as GuideBody
from content_sync.domain.disclosure.guides import Which
from content_sync.domain.disclosure.which import answer_to, asked, case_of, questions_of, settled, unclear
from kiosk.flow import sizes
from kiosk.flow.actions import Action, Change
from kiosk.flow.frame import Rect
from kiosk.flow.handout import case_words
from kiosk.flow.pages.reading import Guide
from kiosk.flow.sheet import Sheet

_most_high = 168.0
_Key = tuple[str, Action, str, str]


def question(sheet: Sheet, guide: GuideBody, page: Guide, asking: Which, bottom: float) -> None:
    """The question in words, at the cursor (rule 1); smaller where the answers need the room above `bottom`."""
    words, size = sheet.words, sheet.size
    every = asked(guide, page.answers)
    place = 1 + sum(bool(answer_to(one, page.answers)) for one in every)
    count = words("guide.question_at", n=place, all=len(every)) if len(every) > 1 else words("guide.question_one")
    text = asking.text or words("guide.which")
    lines = sheet.broken(text, size.title, sizes.room, bold=True, most=2)
    high = sheet.leading(size.small) + sheet.leading(size.title) * len(lines) + 14
    if sheet.y + high + _least(sheet, len(asking.answers) + 1, 2) > bottom:
        sheet.text(text, size.head, bold=True, most=2)
    else:
        sheet.text(f"{count} · {words('guide.ask_why')}", size.small, color="soft", most=1)
        sheet.text(text, size.title, bold=True, most=2)
    sheet.y += 14


def answers(sheet: Sheet, guide: GuideBody, page: Guide, asking: Which, bottom: float) -> None:
    """Its answers, down to `bottom` (rule 2)."""
    keys: list[_Key] = [
        (one.label, Change(replace(page, answers=settled(guide, (*page.answers, one.id)))), "", "plain")
        for one in asking.answers
    ]
    unsure = settled(guide, (*page.answers, unclear(asking)))
    keys.append((sheet.words("guide.unclear"), Change(replace(page, answers=unsure)), "help", "plain"))
    size, gap = sheet.size, sheet.size.gap
    room = bottom - sheet.y
    columns = next((n for n in (1, 2, 3) if _least(sheet, len(keys), n) <= room), 3)
    rows = -(-len(keys) // columns)
    high = max(size.key, min(_most_high, (room + gap) / rows - gap))
    sheet.keys(keys, columns, high=high, size=size.head)


def fits(sheet: Sheet, asking: Which, bottom: float) -> bool:
    """Whether its answers stand in two columns at most above `bottom`."""
    return _least(sheet, len(asking.answers) + 1, 2) <= bottom - sheet.y


def _least(sheet: Sheet, count: int, columns: int) -> float:
    return -(-count // columns) * (sheet.size.key + sheet.size.gap) - sheet.size.gap


def case_key(sheet: Sheet, guide: GuideBody, page: Guide) -> None:
    """Rule 3: nothing where the guide asks nothing."""
    if not questions_of(guide) or not page.answers:
        return
    words, size = sheet.words, sheet.size
    label = case_words(case_of(guide, page.answers), words)
    again = Change(replace(page, answers=()))
    rect = Rect(sizes.left, sheet.y, sizes.room, size.key)
    sheet.key(rect, label, again, icon="check", note=words("guide.case_change"))
    sheet.y += size.key + size.gap
