"""怎样看得清楚 (N-07): how large, on what ground, in which language. It lies behind 大字.

1. Each question is a pair of keys, what holds now is chosen; nothing has to be read twice to be found.
2. What is chosen here holds for this visit only.
"""

from collections.abc import Sequence

from kiosk.flow import sizes, surroundings
from kiosk.flow.actions import Action, Back, Stay, SwitchContrast, SwitchElder, SwitchLanguage
from kiosk.flow.frame import Rect
from kiosk.flow.sheet import Sheet


def draw(sheet: Sheet) -> None:
    """The questions, and the way back to what was being read."""
    words, size, state = sheet.words, sheet.size, sheet.state
    surroundings.begin(sheet)
    sheet.title(words("sight.title"), "" if state.low else words("sight.note"))
    high = size.key if state.low else size.key + 24
    if state.low:
        sheet.reach(sheet.bottom - 4 * high - 3 * size.gap)
    _ask(
        sheet,
        "size",
        [("normal", _to(SwitchElder(), state.elder)), ("large", _to(SwitchElder(), not state.elder))],
        high,
    )
    ground = [("light", _to(SwitchContrast(), state.contrast)), ("dark", _to(SwitchContrast(), not state.contrast))]
    _ask(sheet, "ground", ground, high)
    spoken: list[tuple[str, Action]] = [
        (one, _to(SwitchLanguage(one), one != state.language)) for one in sheet.view.languages
    ]
    _ask(sheet, "language", spoken, high)
    sheet.to_bottom(high)
    done = Rect(sizes.left, sheet.y, sizes.room, high)
    sheet.key(done, words("sight.done"), Back(), icon="check", look="filled", size=size.head)
    surroundings.finish(sheet)


def _to(action: Action, changes: bool) -> Action:  # what the key would change is what it is about
    return action if changes else Stay()


def _ask(sheet: Sheet, what: str, answers: Sequence[tuple[str, Action]], high: float) -> None:
    """One question and its keys (rule 1); in low view the keys alone: there they say enough."""
    words = sheet.words
    if not sheet.state.low:
        sheet.heading(words(f"sight.{what}"))
    named = "language" if what == "language" else f"sight.{what}"
    keys = [
        (words(f"{named}.{name}"), action, "", "chosen" if isinstance(action, Stay) else "plain")
        for name, action in answers
    ]
    sheet.keys(keys, len(keys), high)
    sheet.y += 0 if sheet.state.low else 20
