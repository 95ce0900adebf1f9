"""How often somebody may try something: one counter for all pages of a server.

1. Counts live in the memory of the one process that answers requests (serving.requests) and are gone when it starts
   anew: they slow guessing down. What must hold longer is counted in the database by whoever needs it.
2. Whoever is stopped is told how long it really takes, in words and as `Retry-After`.
"""

import math
import time
from typing import TYPE_CHECKING, cast

from flask import Flask, g

if TYPE_CHECKING:
    from flask_limiter import Limiter, RequestLimit

_extension, _wait = "gongkailan.limiting", "seconds_to_wait"
_minute = 60


def of(app: Flask) -> "Limiter":
    """The counter of this application; it counts by address where nothing else is said."""
    if _extension not in app.extensions:
        from flask_limiter import Limiter
        from flask_limiter.util import get_remote_address

        counter = Limiter(get_remote_address, app=app, storage_uri="memory://", on_breach=_note)
        app.extensions[_extension] = counter
    return cast("Limiter", app.extensions[_extension])


def seconds() -> int:
    """How long whoever asks now has to wait (rule 2)."""
    return int(g.get(_wait, _minute))


def wait() -> str:
    """The same in words: whole minutes, never too few."""
    return f"{math.ceil(seconds() / _minute)} 分钟"


def _note(reached: "RequestLimit") -> None:
    left = max(1, math.ceil(reached.window.reset_time - time.time()))
    setattr(g, _wait, max(left, g.get(_wait, 0)))  # of several that are reached the longest
