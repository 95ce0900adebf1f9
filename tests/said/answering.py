"""A kiosk whose visitors answer a questionnaire for ever, to be killed: `python -m tests.said.answering FOLDER`.

After each sheet that is on the disk (the visitor sees the thanks) its record's id is printed.
"""

import sys
from pathlib import Path

from content_sync.clock import SystemClock, SystemIds
from content_sync.storage.desk import DeskStore
from kiosk.app.deeds import Deeds
from kiosk.flow.voices import Poll


class _Ids(SystemIds):
    """Chance that remembers what it gave last."""

    last = b""

    def random(self, size: int) -> bytes:
        self.last = super().random(size)
        return self.last


def main(folder: Path) -> None:
    """Answer for ever."""
    from content_sync.domain.ids import spelled

    ids = _Ids()
    deeds = Deeds(DeskStore(folder / "desk.db"), ids)
    number = 0
    while True:
        number += 1
        deeds.said(Poll("qh-poll", 3, ((1, number % 3 + 1), (2, number % 5 + 1))), SystemClock().now(), b"")
        print(spelled(ids.last), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
