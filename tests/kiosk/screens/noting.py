"""Whether the kiosk has noted the picture that stands on its glass: it does so once that stands there."""

from typing import Any

from content_sync.storage.desk import DeskStore


def is_noted(desk: DeskStore, painter: Any) -> bool:
    """Where to touch can be read from the desk."""
    glass = desk.glass()
    labels = [target.label for target in painter.frame.targets]
    return glass is not None and glass.screen == painter.frame.name and [one[0] for one in glass.targets] == labels
