"""Instants as the database keeps them: ISO text in the place's own offset, so that text order is time order."""

from datetime import datetime

from content_sync.clock import place
from content_sync.domain.errors import BadInput


def text_of(instant: datetime) -> str:
    """An instant as kept."""
    return instant.astimezone(place).isoformat()


def parsed(value: object, name: str) -> str:
    """What a device sent as `name`, as kept; BadInput when it is no instant with a time zone."""
    try:
        made = datetime.fromisoformat(str(value))
        if made.tzinfo is not None:
            return text_of(made)
    except (ValueError, OverflowError):
        pass
    raise BadInput(f"{name} is {str(value)[:40]!r}; it is an instant with its time zone, as 2026-11-23T09:00:00+08:00.")
