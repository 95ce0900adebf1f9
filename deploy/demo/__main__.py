"""`bash deploy/demo.sh [--once]` ends here once everything is installed."""

import os
import shutil
import signal
import sys
from pathlib import Path

from deploy.demo.county import DemoCounty, devices
from deploy.demo.processes import DemoError, Processes
from deploy.demo.visitor import Screen
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
    own_display = once or not os.environ.get("DISPLAY")
    number = 100 + os.getpid() % 400
    screens = {"touch": Screen(processes, number, "1080x1920"), "lcd": Screen(processes, number + 500, "1920x1080")}
    if own_display:
        for screen in screens.values():
            screen.start()
    _start_screens(processes, county, screens if own_display else {})
    if once:
        Walk(processes, county, screens["touch"], screens["lcd"], shots).go()
        print("done: every step was seen")
        return
    print(f"The county runs. Pages: {county.url}/login  Its folder: {processes.folder}")
    for name, password in county.passwords.items():
        print(f"  {name:<10} {password}")
    print("Ctrl+C ends it." if not own_display else "There is no display: the screens run unseen. Ctrl+C ends it.")
    signal.pause()


def _start_screens(processes: Processes, county: DemoCounty, screens: dict[str, Screen]) -> None:
    led = ("--size", "192x64", "--output", "png" if screens else "window")
    for name, kind in devices.items():
        where = {"DISPLAY": screens[kind].display} if kind in screens else {}
        arguments = led if kind == "led" else ()
        processes.start(f"screen-{name}", "kiosk", kind, "--dir", str(county.home(name)), *arguments, **where)


def _stop(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


sys.exit(main())
