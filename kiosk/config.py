"""What a screen is made from besides content: its theme, its words, its icons. All are files of `assets/`."""

import json
from contextlib import suppress
from functools import lru_cache
from typing import Any

from content_sync import assets
from content_sync.domain.calendar import Calendar, Table, calendar_of, with_later
from content_sync.domain.errors import BadInput, Broken
from content_sync.wire.calendars import parse_table


@lru_cache
def theme(name: str = "day") -> dict[str, str]:
    """Colour names → "#RRGGBB". The theme's numbers are in kiosk.flow.tokens, made from the same file."""
    return dict(_read(f"themes/{name}.json")["colours"])


def themes() -> dict[str, dict[str, str]]:
    """Every theme by its name."""
    return {path.stem: theme(path.stem) for path in assets.path("themes").glob("*.json")}


@lru_cache
def wording(language: str = "zh-Hans") -> dict[str, str]:
    """Keys → sentences of one language."""
    return dict(_read(f"i18n/{language}.json"))


@lru_cache
def icon(name: str) -> dict[str, Any]:
    """An icon's strokes: see assets/icons/README.md."""
    return dict(_read(f"icons/{name}.json"))


@lru_cache
def terms() -> dict[str, tuple[str, str]]:
    """Words of officials → what they mean, in Chinese and in English."""
    return {term: (chinese, english) for term, (chinese, english) in _read("terms.json").items()}


@lru_cache
def calendar(added: tuple[Table, ...] = ()) -> Calendar:
    """The holidays a screen knows of: tables that came with the program, and those the county added to them.

    Added ones that are not sound are passed over: a hall's screen works on without them.
    """
    with suppress(BadInput):
        return calendar_of(with_later(_tables(), added))
    return calendar_of(_tables())


def _tables() -> list[Table]:
    return [parse_table(path.read_bytes(), path.name) for path in sorted(assets.path("calendar").glob("*.json"))]


def speech(name: str) -> dict[str, str]:
    """A table of how Chinese is said (assets/speech/README.md). Not kept: whoever speaks keeps what it makes of it."""
    return dict(_read(f"speech/{name}.json"))


def _read(name: str) -> Any:
    path = assets.path(name)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Broken(f"{path} is missing or not JSON: install the program again ({error}).") from error
