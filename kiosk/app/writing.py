"""Whether handwriting is recognised in search: looked at once at the start, told to the staff.

The shapes of 6,763 characters take some tenths of a second, so they are read beside the screen, some seconds after its
start; the key that opens the sheet is there from then on. The word in the report: `both`, `shapes`, `zinnia` or `none`.
"""

import logging
import threading
from contextlib import closing
from pathlib import Path

from content_sync.clock import SystemClock
from content_sync.domain.errors import GongkailanError
from content_sync.storage.desk import DeskStore
from kiosk.app.gather import Gatherer
from kiosk.devices import hand

_log = logging.getLogger(__name__)
_after_seconds = 2


def look(folder: Path, gatherer: Gatherer) -> None:
    """Give the gatherer what this machine has, and write the word down."""
    gatherer.seeking.hand = hand.find()
    try:
        with closing(DeskStore(folder / "desk.db")) as desk:
            desk.note_part(
                "hand", gatherer.seeking.hand.kinds if gatherer.seeking.hand else "none", SystemClock().now()
            )
    except GongkailanError:
        _log.exception("How handwriting is recognised could not be noted.")


def begin(folder: Path, gatherer: Gatherer) -> None:
    """Look, beside the screen."""
    timer = threading.Timer(_after_seconds, look, (folder, gatherer))
    timer.daemon = True
    timer.start()
