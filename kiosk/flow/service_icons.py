"""Which picture stands beside a service or a guide, so that who reads little finds it again.

The words each picture stands for are in the language's sentences; the first picture one of whose words occurs wins.
"""

from kiosk.flow.words import Words

_pictures = ("cross", "umbrella", "idcard", "key", "shop", "heart")


def picture(name: str, words: Words, otherwise: str) -> str:
    """The icon for a service or guide called `name`."""
    return next((icon for icon in _pictures if any(word in name for word in words(f"icon.{icon}").split())), otherwise)
