"""`bash deploy/demo.sh [--hall] [--once]` ends here once everything is installed.

1. A demonstration, a whole hall (`--hall`) and a walk (`--once`) have a folder each, so that they may run at the same
   time; two of one kind may not.
2. Exit 0 when it ended as asked, 1 with a sentence when it could not go on, 130 when a walk was interrupted.
"""

import os
import signal
import sys
from pathlib import Path

from deploy.demo import place
from deploy.demo.county import DemoCounty, one_of_each
from deploy.demo.processes import DemoError, Processes
from deploy.demo.visitor import Screen
from deploy.demo.walk import Walk
from deploy.demo.whole import run_hall

_interrupted = 130  # as a shell says it
_boards = 500  # how far the numbers of the boards' X servers are from those of the kiosks'


def main() -> int:
    """Start the county; walk one visitor through it (`--once`) or keep it running until Ctrl+C."""
    once, hall = "--once" in sys.argv[1:], "--hall" in sys.argv[1:]
    signal.signal(signal.SIGTERM, _stop)
    try:
        name = "whole-hall" if hall else "walk" if once else "hall"
        with place.own(Path("demo-county").absolute() / name) as folder:  # rule 1
            _run(Processes(folder), once=once, hall=hall)
    except DemoError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return _interrupted if once else 0  # rule 2
    return 0


def _run(processes: Processes, *, once: bool, hall: bool) -> None:
    try:
        if hall:
            run_hall(processes, once=once)
        elif once:
            with place.own(Path("demo-shots").absolute()) as shots:
                _start(processes, DemoCounty(processes), shots)
        else:
            _start(processes, DemoCounty(processes), None)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl+C must not cut the ending short
        processes.end()


def _start(processes: Processes, county: DemoCounty, shots: Path | None) -> None:
    """`shots` is where a walk's pictures go; None keeps the county running."""
    county.begin()
    own_display = shots is not None or not os.environ.get("DISPLAY")
    number = _free_display()
    screens = {"touch": Screen(processes, number, "1080x1920"), "lcd": Screen(processes, number + _boards, "1920x1080")}
    if own_display:
        for screen in screens.values():
            screen.start()
    _start_screens(processes, county, screens if own_display else {})
    if shots is not None:
        Walk(processes, county, screens["touch"], screens["lcd"], shots).go()
        print("done: every step was seen")
        return
    county.tell()
    print("Ctrl+C ends it." if not own_display else "There is no display: the screens run unseen. Ctrl+C ends it.")
    signal.pause()


def _start_screens(processes: Processes, county: DemoCounty, screens: dict[str, Screen]) -> None:
    led = ("--size", "192x64", "--output", "png" if screens else "window")
    for name, kind in one_of_each.items():
        where = {"DISPLAY": screens[kind].display} if kind in screens else {}
        arguments = led if kind == "led" else ()
        processes.start(f"screen-{name}", "kiosk", kind, "--dir", str(county.home(name)), *arguments, **where)


def _free_display() -> int:
    """A number that no X server has, nor the one `_boards` above it."""
    taken = {path.name for path in Path("/tmp/.X11-unix").glob("X*")}  # noqa: S108 - where X puts them
    start = 100 + os.getpid() % _boards
    numbers = (100 + (start + step) % _boards for step in range(_boards))
    return next(number for number in numbers if not {f"X{number}", f"X{number + _boards}"} & taken)


def _stop(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


sys.exit(main())
