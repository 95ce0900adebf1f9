"""The channel on a stick and off it: `display-server bundle`, then `content-sync import-bundle` on a new device."""

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.bench.ours import Ours


@dataclass(frozen=True)
class Stick:
    """Seconds of the two commands, from start to exit, and the bytes on the stick."""

    on: float
    off: float
    bytes: int


def stick(method: Ours, folder: Path, bodies: dict[str, bytes]) -> Stick:
    """Carry everything to a device that holds nothing yet; it must then hold exactly `bodies`."""
    device = method.client(folder / "carried", method.port)
    run, media = method.office.processes.run, folder / "stick"
    media.mkdir()
    started = perf_counter()
    run(
        "display-server",
        "--dir",
        str(method.office.home),
        "bundle",
        str(media),
        "--channels",
        ",".join(method.office.channels),
    )
    on, started = perf_counter() - started, perf_counter()
    run("content-sync", "--dir", str(device.folder), "import-bundle", str(media))
    off = perf_counter() - started
    device.close()
    if not device.holds(bodies):
        raise AssertionError("The device does not hold what was put on the stick.")
    return Stick(on, off, sum(path.stat().st_size for path in media.rglob("*") if path.is_file()))
