"""The keys of the search screen: letters, taking back, characters that narrow.

1. i, u and v begin no syllable; 23 letters and one key to take back make four rows of six.
2. In elder low view the letters come in two halves of two rows, and taking back stands below them.
"""

from collections import Counter
from dataclasses import replace

from content_sync.domain import limits
from kiosk.flow import sizes
from kiosk.flow.actions import Change
from kiosk.flow.frame import Box, Rect
from kiosk.flow.sheet import Sheet, radius, rim
from kiosk.flow.state import Search

letters = "abcdefghjklmnopqrstwxyz"
halves = (letters[:12], letters[12:])
_plain = "的一了在和有不怎么个们年月日第县镇村"


def suggestions(sheet: Sheet, page: Search) -> tuple[str, ...]:
    """Characters that stand in some of the found titles but not in all: tapping one narrows."""
    titles = [set(row.plain_title or row.title) for row in sheet.view.hits]
    counts = Counter(char for title in titles for char in title if "\u4e00" <= char <= "\u9fff" and char not in _plain)
    typed = set(page.terms)
    parting = [char for char, n in counts.items() if n < len(titles) and char not in typed]
    order = {char: n for n, row in enumerate(sheet.view.hits) for char in reversed(row.plain_title or row.title)}
    parting.sort(key=lambda char: (-min(counts[char], len(titles) - counts[char]), order.get(char, 99)))
    return tuple(parting[:6]) if len(titles) > 1 else ()


def strip(sheet: Sheet, page: Search, characters: tuple[str, ...], y: float) -> None:
    """The characters that narrow, in one row at `y`."""
    gap = 12.0
    wide = (sizes.room - 5 * gap) / 6
    for n, char in enumerate(characters):
        rect = Rect(sizes.left + n * (wide + gap), y - 4, wide, sheet.size.key)
        terms = f"{page.terms} {char}"[: limits.query_chars_max]
        sheet.add(Box(rect, "wash", "blue", rim, radius))
        sheet.text(char, sheet.size.head, x=rect.x, y=rect.y, width=wide, bold=True, align="center", leading=rect.h)
        sheet.touchable(rect, char, Change(replace(page, terms=terms, number=0)))


def draw(sheet: Sheet, page: Search, shown: str) -> None:
    """The letters at the cursor, and the key that takes one back (rules 1 and 2)."""
    gap, high = 12.0, sheet.size.key
    wide = (sizes.room - 5 * gap) / 6
    for n, letter in enumerate(shown):
        rect = Rect(sizes.left + n % 6 * (wide + gap), sheet.y + n // 6 * (high + gap), wide, high)
        sheet.add(Box(rect, "card", "rim", rim, radius))
        sheet.text(
            letter.upper(), sheet.size.head, x=rect.x, y=rect.y, width=wide, bold=True, align="center", leading=high
        )
        terms = f"{page.terms}{letter}" if not page.terms or page.terms[-1].isascii() else f"{page.terms} {letter}"
        sheet.touchable(rect, letter.upper(), Change(replace(page, terms=terms[: limits.query_chars_max], number=0)))
    n = len(shown)
    if not (sheet.state.elder and sheet.state.low):
        _erase(sheet, page, Rect(sizes.left + n % 6 * (wide + gap), sheet.y + n // 6 * (high + gap), wide, high))
    sheet.y += -(-n // 6) * (high + gap) - gap


def _erase(sheet: Sheet, page: Search, rect: Rect) -> None:
    erased = replace(page, terms=page.terms[:-1].rstrip(), number=0)
    sheet.key(rect, sheet.words("search.erase"), Change(erased), icon="erase", stacked=True, size=sheet.size.small + 2)


def low_keys(sheet: Sheet, page: Search) -> None:
    """The other half of the letters, taking back, a clean field, and the results."""
    words, size, gap, hits = sheet.words, sheet.size, 12.0, len(sheet.view.hits)
    elder = sheet.state.elder
    wide = (sizes.room - (2 if elder else 1) * gap) / (3 if elder else 2)
    place = Rect(sizes.left, sheet.y, wide, size.key)
    if elder:
        other = 1 - page.half
        label = words("search.half", first=halves[other][0].upper(), last=halves[other][-1].upper())
        sheet.key(place, label, Change(replace(page, half=other)))
        place = replace(place, x=place.right + gap)
        _erase(sheet, page, place)
    elif page.terms:
        sheet.key(place, words("search.clear"), Change(Search()))
    if hits:
        right = replace(place, x=place.right + gap)
        sheet.key(right, words("search.look", n=hits), Change(replace(page, found=True)), look="filled")
    sheet.y += size.key
