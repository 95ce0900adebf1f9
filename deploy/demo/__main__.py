"""`bash deploy/demo.sh [--once]` ends here once everything is installed."""

import os
import shutil
import signal
import sys
from pathlib import Path

from deploy.demo.county import DemoCounty, devices
from deploy.demo.processes import DemoError, Processes
from deploy.demo.visitor import Screens
from deploy.demo.walk import Walk


def main() -> int:
    """Start the county; walk one visitor through it (`--once`) or keep it running until Ctrl+C."""
    once = "--once" in sys.argv[1:]
    folder, shots = Path("demo-county").absolute(), Path("demo-shots").absolute()
    for place in (folder, shots):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
    processes = Processes(folder)
    signal.signal(signal.SIGTERM, _stop)
    try:
        _start(processes, DemoCounty(processes), shots, once=once)
    except DemoError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        processes.end()
    return 0


def _start(processes: Processes, county: DemoCounty, shots: Path, *, once: bool) -> None:
    county.found()
    county.start_server()
    for name in devices:
        county.enrol(name)
        county.start_agent(name)
    for name in devices:
        county.wait_for_sync(name)
    screens = Screens(processes, 90 + os.getpid() % 400)
    own_display = once or not os.environ.get("DISPLAY")
    if own_display:
        screens.start()
    _start_screens(processes, county, screens.display if own_display else "")
    if once:
        Walk(processes, county, screens, shots).go()
        print("done: every step was seen")
        return
    print(f"The county runs. Pages: {county.url}/login  Its folder: {processes.folder}")
    for name, password in county.passwords.items():
        print(f"  {name:<10} {password}")
    print("Ctrl+C ends it." if not own_display else "There is no display: the screens run unseen. Ctrl+C ends it.")
    signal.pause()


def _start_screens(processes: Processes, county: DemoCounty, display: str) -> None:
    for name, kind, arguments in (
        ("touch-1", "touch", ()),
        ("lcd-1", "lcd", ()),
        ("led-1", "led", ("--size", "192x64", "--output", "png" if display else "window")),
    ):
        screen = f"{display}.{1 if kind == 'lcd' else 0}"
        where = {"DISPLAY": screen} if display else {}
        processes.start(f"screen-{name}", "kiosk", kind, "--dir", str(county.home(name)), *arguments, **where)


def _stop(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


sys.exit(main())
