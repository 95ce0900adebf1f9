"""Where a plugged-in stick is found.

1. At the place the operator set (`kiosk parts --stick`), else where the runbook's rule mounts one; and wherever a
   desktop mounted one under /media or /run/media.
2. A folder that nothing is mounted on and nothing lies in is an empty mount point: there is no stick.
3. Two of them are one too many: nobody is asked to guess which one was meant.
4. A removable disk of which nothing is mounted is plugged in but cannot be read: without a partition, or with a file
   system that this machine does not know.
"""

from collections.abc import Iterable
from pathlib import Path

usual = Path("/run/gongkailan/stick")
_mounts, _blocks = Path("/proc/self/mounts"), Path("/sys/block")
_under = ("/media/", "/run/media/")


def find_sticks(place: str, mounts: Path = _mounts) -> list[Path]:
    """The folders of all sticks that are there, the set place first (rules 1 and 2)."""
    known = [Path(place) if place else usual, *(path for _, path in _mounted(mounts) if str(path).startswith(_under))]
    found = {path.resolve(): path for path in reversed(known) if _is_there(path)}
    return list(reversed(found.values()))


def is_unread(mounts: Path = _mounts, blocks: Path = _blocks) -> bool:
    """Rule 4."""
    devices = [device for device, _ in _mounted(mounts)]
    return any(not any(_is_of(device, disk.name) for device in devices) for disk in _removable(blocks))


def _is_of(device: str, disk: str) -> bool:
    """Whether a mounted device is this disk or a partition of it: sdb, sdb1."""
    name = device.rpartition("/")[2]
    return name == disk or (name.startswith(disk) and name[len(disk) :].isdigit())


def _removable(blocks: Path) -> list[Path]:
    """Disks that can be pulled out and have a medium; no reader of discs, which says so of itself when it is empty."""
    try:
        disks = [disk for disk in blocks.iterdir() if disk.name.startswith("sd")]
        return [disk for disk in disks if _number(disk / "removable") == 1 and _number(disk / "size")]
    except OSError:
        return []


def _number(path: Path) -> int:
    try:
        return int(path.read_text(encoding="ascii").strip() or 0)
    except (OSError, ValueError):
        return 0


def _is_there(path: Path) -> bool:
    """Rule 2."""
    try:
        return path.is_dir() and (path.is_mount() or any(path.iterdir()))
    except OSError:
        return path.is_mount()


def _mounted(mounts: Path) -> Iterable[tuple[str, Path]]:
    """What is mounted where."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    parts = (line.split(" ") for line in lines if line.count(" ") > 1)
    return [(device, Path(place.replace("\\040", " "))) for device, place, *_ in parts]
