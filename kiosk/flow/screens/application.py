"""申请公开, question by question (APP-01, APP-10): taps, a number pad, one's own hand; no phone and no keyboard needed.

1. Only the fields of APP-01 and APP-07 are asked for; what somebody has not got can be passed over.
2. A number is shown while it is tapped and never again (kiosk.flow.voices rule 3).
3. Whoever would rather not fill it in calls a person with one key.
"""

from dataclasses import replace

from content_sync.domain.cases import askings
from content_sync.domain.disclosure.privacy import personal_numbers
from kiosk.flow import ladder, surroundings
from kiosk.flow.actions import Action, Change, FetchHelp
from kiosk.flow.screens import application_check, digits, pad
from kiosk.flow.sheet import Sheet
from kiosk.flow.voices import Application, answered, moved, sent, shares, sheets

id_digits, phone_digits, phone_digits_min = 18, 12, 7
_spaces = {"id_proof": (6, 14), "contact": (3, 7)}


def draw(sheet: Sheet, page: Application) -> None:
    """The question of this step."""
    surroundings.begin(sheet)
    if page.step in sheets:
        _write(sheet, page)
    elif page.step in _spaces:
        _number(sheet, page)
    elif page.step == "check":
        application_check.draw(sheet, page)
    else:
        _choose(sheet, page)
    surroundings.finish(sheet)


def _choose(sheet: Sheet, page: Application) -> None:
    """Who asks, or in which form the answer is wanted: one touch."""
    words, family = sheet.words, page.step
    told = [(words(f"application.told_{n}"), words(f"application.told_{n}_note")) for n in (1, 2, 3)]
    if family == "kind":
        ladder.above(sheet, told, len(told))
    sheet.title(words(f"application.{family}"), words(f"application.{family}_note"))
    sheet.reach()
    keys: list[tuple[str, Action, str, str]] = []
    for name in askings.kinds if family == "kind" else askings.forms:
        look = "chosen" if name == getattr(page, family) else "plain"
        keys.append((words(f"{family}.{name}"), Change(moved(answered(page, family, name), 1)), "", look))
    low, elder, many = sheet.state.low, sheet.state.elder, len(keys) > 3
    columns = (1 + low + elder) if many else 1
    bottom = sheet.bottom - sheet.size.key - sheet.size.gap
    sheet.keys(keys, columns, high=sheet.tall(len(keys), columns, bottom), size=sheet.size.head if columns == 1 else 0)
    if family == "kind" and not low:
        sheet.y += 32
        ladder.draw(sheet, told, len(told), bottom - 24)
    sheet.y = sheet.bottom - sheet.size.key
    sheet.keys([(words("application.clerk"), FetchHelp(), "help", "plain")], 1)  # rule 3


def _write(sheet: Sheet, page: Application) -> None:
    words, field = sheet.words, page.step
    kind = "_other" if field == "name" and page.kind != "citizen" else ""
    last: pad.Key = (words("application.next"), Change(moved(page, 1)), "check", "filled")
    if not getattr(page, field).strokes:
        last = (words("application.skip"), Change(moved(page, 1)), "", "plain")
        if field == "text":  # what is asked for cannot be passed over
            last = (words("application.clerk"), FetchHelp(), "help", "plain")
    said = (f"application.{field}{kind}", f"application.{field}_note")
    if field == "address" and page.form in sent:
        said = ("application.address_sent", f"application.address_{page.form}_note")
    pad.write(sheet, said, getattr(page, field), lambda one: answered(page, field, one), last, shares[field])


def _number(sheet: Sheet, page: Application) -> None:
    words, field, typed = sheet.words, page.step, getattr(page, page.step)
    most, least = (id_digits, id_digits) if field == "id_proof" else (phone_digits, phone_digits_min)
    odd = field == "id_proof" and len(typed) == most and not personal_numbers(typed)
    sheet.title(words(f"application.{field}"), words("application.odd") if odd else words(f"application.{field}_note"))
    ahead = Change(moved(page, 1))
    if field in page.masked and typed:  # rule 2
        digits.shown(sheet, digits.masked(typed, 4))
        anew = replace(answered(page, field, ""), masked=tuple(one for one in page.masked if one != field))
        high = 2 * (sheet.size.key + sheet.size.gap)
        sheet.settle(sheet.bottom - high)
        sheet.to_bottom(high)
        sheet.keys([(words("application.anew"), Change(anew), "erase", "plain")], 1)
        sheet.keys([(words("application.next"), ahead, "check", "filled")], 1)
        return
    digits.shown(sheet, _spaced(typed, _spaces[field]) or "—")
    sheet.reach()
    last = (words("application.next"), ahead, "filled") if len(typed) >= least else None
    if not typed:
        last = (words(f"application.no_{field}"), ahead, "plain")
    end = "X" if field == "id_proof" else ""
    digits.draw(sheet, typed, most, lambda text: answered(page, field, text), last, end=end)


def _spaced(typed: str, places: tuple[int, ...]) -> str:
    """In groups, as it stands on the card."""
    parts = [typed[a:b] for a, b in zip((0, *places), (*places, len(typed)), strict=True)]
    return " ".join(part for part in parts if part)
