"""我的情形 (B1.5): the guide's next question with its answers as large keys, then the case as one key to change it.

1. One question at a time; how many there are stands above it. 不清楚 is always the last answer.
2. The answers stand below each other, as large as there is room for; where there is not, side by side. On a panel that
   lies they stay in the column of their question.
3. Once nothing is left to ask, one key says the case, and asks anew.
"""

from dataclasses import replace

from content_sync.domain.disclosure.guides import Guide as GuideBody
from content_sync.domain.disclosure.guides import Which
from content_sync.domain.disclosure.which import answer_to, asked, case_of, questions_of, settled, unclear
from kiosk.flow import sizes, surroundings
from kiosk.flow.actions import Action, Change
from kiosk.flow.frame import Rect, Text
from kiosk.flow.handout import case_words
from kiosk.flow.pages.reading import Guide
from kiosk.flow.sheet import Sheet

_most_high, _most_lines = 168.0, 2
_spare = 60.0  # what the blanks of a column can give
_Key = tuple[str, Action, str, str]


def question(sheet: Sheet, guide: GuideBody, page: Guide, asking: Which, bottom: float) -> None:
    """The question in words, at the cursor (rule 1); smaller where the answers need the room above `bottom`."""
    words, size = sheet.words, sheet.size
    every = asked(guide, page.answers)
    place = 1 + sum(bool(answer_to(one, page.answers)) for one in every)
    count = words("guide.question_at", n=place, all=len(every)) if len(every) > 1 else words("guide.question_one")
    text = asking.text or words("guide.which")
    if sheet.y + high(sheet, asking) + _least(sheet, len(asking.answers) + 1, 2) > bottom:
        sheet.text(text, size.head, bold=True, most=2)
    else:
        sheet.text(f"{count} · {words('guide.ask_why')}", size.small, color="soft", most=1)
        sheet.text(text, size.title, bold=True, most=2)
    sheet.y += 14


def high(sheet: Sheet, asking: Which) -> float:
    """What the question takes in its usual size."""
    size = sheet.size
    lines = sheet.broken(asking.text or sheet.words("guide.which"), size.title, sizes.room, bold=True, most=2)
    return sheet.leading(size.small) + sheet.leading(size.title) * len(lines) + 14


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
    if sheet.view.lies and sheet.y + _least(sheet, len(keys), columns) > surroundings.column_end + _spare:
        columns = max(columns, 2)
    rows = -(-len(keys) // columns)
    tall = max(size.key, min(_most_high, (room + gap) / rows - gap))
    told = _may_bring(sheet, guide, page)
    above = round(size.small * 1.4) * len(told) + 8 if told else 0.0
    fits_above = rows * (size.key + gap) - gap + above <= room
    tall = min(tall, (room - above + gap) / rows - gap) if fits_above else tall
    sheet.keys(keys, columns, high=tall, size=size.head)
    if told and fits_above:
        sheet.add(Text(sizes.left, sheet.y, sizes.room, told, size.small, round(size.small * 1.4), "soft"))


def _may_bring(sheet: Sheet, guide: GuideBody, page: Guide) -> tuple[str, ...]:
    """Everything that may be asked for, for whoever does not want to answer; nothing where two lines do not hold it."""
    names = sheet.words("guide.between").join(one.name for one in case_of(guide, page.answers).materials)
    lines = sheet.broken(sheet.words("guide.may_bring", names=names), sheet.size.small, sizes.room) if names else ()
    return lines if len(lines) <= _most_lines else ()


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
    room = rect.w - 56 - round(size.body * 1.15)  # beside the tick
    note = words("guide.case_change") if sheet.measure.width(label, size.small, bold=True) <= room else ""
    sheet.key(rect, label, again, icon="check", note=note)
    sheet.y += size.key + size.gap
