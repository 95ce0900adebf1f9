"""A whole hall on one machine: a server, three touch kiosks, two LCD and two LED boards, an agent for each (ORG-05).

With a display the touch and LCD screens are windows there; without one they draw offscreen, as `kiosk shots` does. LED
boards write their pictures into their folders.
"""

import os
import signal

from content_sync.storage.desk import DeskStore
from deploy.demo.county import DemoCounty, whole_hall
from deploy.demo.memory import megabytes
from deploy.demo.processes import Processes

_sizes = {"led-1": "192x64", "led-2": "320x32"}
_patience_seconds = 90.0


def run_hall(processes: Processes, *, once: bool) -> None:
    """Start the hall, say what memory it takes when every screen has drawn, and keep it running unless `once`."""
    county = DemoCounty(processes, whole_hall)
    county.begin()
    where = {} if os.environ.get("DISPLAY") else {"SDL_VIDEODRIVER": "offscreen"}
    for name, kind in whole_hall.items():
        led = ("--size", _sizes[name], "--output", "png") if kind == "led" else ()
        silent = ("--no-sound",) if name == "lcd-2" else ()  # one room, one voice
        processes.start(f"screen-{name}", "kiosk", kind, "--dir", str(county.home(name)), *led, *silent, **where)
    for name in whole_hall:
        desk = DeskStore(county.home(name) / "desk.db")
        processes.wait_for(f"the first picture of {name}", desk.glass, _patience_seconds)
        desk.close()
    count, held = len(processes.running), megabytes(processes.leaders())
    print(f"{len(whole_hall)} screens have drawn; the hall takes {held:.0f} MB in {count} roles.", flush=True)
    if not once:
        county.tell()
        print("Ctrl+C ends it." if not where else "There is no display: the screens run unseen. Ctrl+C ends it.")
        signal.pause()
