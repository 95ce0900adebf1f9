"""Whether everything this screen says can be drawn (N-14, no tofu): looked at once at its start, told to the staff.

1. The Chinese faces must have every character of the sentences and of the titles held; a second language's words may
   also use that language's own font.
2. What is found is a word in the health report, never a message to a visitor: `ok`, `missing` (a character no font
   here has), `no_font` (a language the hall names cannot be set and is not offered).
3. It runs beside every screen, touch, LCD and LED, some seconds after its start, with its own hold of the files: no
   touch waits for it.
"""

import logging
import threading
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from content_sync.clock import SystemClock
from content_sync.domain.county import Site, site_of
from content_sync.domain.errors import GongkailanError
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from kiosk import config
from kiosk.app import tongues
from kiosk.typeset import coverage, fonts, scripts

_log = logging.getLogger(__name__)
_after_seconds = 5


def state(titles: Iterable[str], site: Site | None) -> tuple[str, str]:
    """Rules 1 and 2: the word for the report, and the characters that no font has."""
    said = "".join([*titles, *(sentence for one in tongues.complete for sentence in config.wording(one).values())])
    missing = "".join(coverage.lacking(said, (fonts.find(bold=bold),)) for bold in (False, True))
    if second := tongues.of_site(site)["second"]:
        faces = (scripts.font(second), fonts.find())
        missing += coverage.lacking("".join(config.wording(second).values()), faces)
    missing = "".join(dict.fromkeys(missing))
    if missing:
        return "missing", missing
    return ("no_font" if tongues.lacking(site) else "ok"), ""


def look(folder: Path, site: str) -> None:
    """Look at what this device holds and write the word down."""
    try:
        with closing(ContentStore(folder / "content.db", readonly=True)) as content:
            county, now = content.county(), SystemClock().now()
            titles = [title for row in content.rows(now) for title in (row.title, row.plain_title, row.summary)]
        found, missing = state(titles, site_of(county, site) if county else None)
    except (GongkailanError, OSError, ValueError):
        _log.exception("Whether every character can be drawn is not known.")
        return
    finally:
        coverage.characters.cache_clear()  # two faces of 45,000 characters are not needed again
    if missing:
        _log.warning("No font here has %s.", " ".join(f"{char} (U+{ord(char):04X})" for char in missing[:20]))
    with closing(DeskStore(folder / "desk.db")) as desk:
        desk.note_part("letters", found, SystemClock().now())


def begin(folder: Path, site: str) -> None:
    """Rule 3."""
    timer = threading.Timer(_after_seconds, look, (folder, site))
    timer.daemon = True
    timer.start()
