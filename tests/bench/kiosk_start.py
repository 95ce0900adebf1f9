"""`python -m tests.bench.kiosk_start DIR WxH`: the touch kiosk until its first picture is on the glass; prints when.

The moment is of the machine's steady clock, which the parent process reads too: it knows when it started this one.
"""

import os
import signal
import sys
from pathlib import Path
from time import monotonic

from kiosk import bootstrap
from kiosk.app import scrubbing


def main(folder: Path, size: str) -> None:
    """One life."""
    wide, high = map(int, size.split("x"))
    bootstrap.prepare(wide, high, offscreen=not os.environ.get("DISPLAY"))
    from kivy.core.window import Window

    from kiosk.app.touch import run

    flip, told = Window.flip, list[float]()

    def flipped() -> None:
        flip()
        if not told and Window.children and Window.children[0].frame.name:
            told.append(monotonic())
            print(told[0], flush=True)
            os.kill(os.getpid(), signal.SIGTERM)

    Window.flip = flipped
    run(folder, size=(wide, high))


if __name__ == "__main__":
    scrubbing.start_filling()  # as on the glass
    main(Path(sys.argv[1]), sys.argv[2])
