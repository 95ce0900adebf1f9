"""A board's screen without its window: `python -m tests.bench.glass DIR` draws frames and says what is on them.

Everything is the screen's own (Reading, LcdPlayer, Watch, its poll); only the painter is left out. Each frame is one
line: the machine's monotonic clock when the frame was there, and the ticket numbers in its texts.
"""

import re
import sys
import time
from pathlib import Path

from content_sync.clock import SystemClock
from content_sync.domain import limits
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from kiosk.board.players import LcdPlayer
from kiosk.board.reading import Reading, site_named
from kiosk.board.watching import Watch
from kiosk.flow.board import layouts
from kiosk.flow.frame import Frame, Text
from kiosk.typeset.measuring import FontMeasure

_number = re.compile(r"[A-Z]\d{3,}")


def main(directory: Path) -> None:
    """Draw until killed."""
    content, desk = ContentStore(directory / "content.db", readonly=True), DeskStore(directory / "desk.db")
    reading = Reading(content, desk, site_named(directory))
    player = LcdPlayer(reading, FontMeasure(), lambda site: layouts.layout(layouts.usual(site), 1920, 1080, 0))
    watch = Watch(reading, player, SystemClock(), "lcd", _say)
    while True:
        watch.step()
        time.sleep(limits.board_poll_ms / 1000)


def _say(frame: Frame) -> None:
    texts = [line for mark in frame.marks if isinstance(mark, Text) for line in mark.lines]
    numbers = dict.fromkeys(number for text in texts for number in _number.findall(text))
    print(f"{time.monotonic():.6f} {' '.join(numbers)}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
