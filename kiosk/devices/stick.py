"""Where a plugged-in stick is found.

1. At the place the operator set (`kiosk parts --stick`), else where the runbook's rule mounts one.
2. Else the first that a desktop mounted under /media or /run/media.
3. A folder that nothing is mounted on and nothing lies in is an empty mount point: there is no stick.
"""

from collections.abc import Iterable
from pathlib import Path

usual = Path("/run/gongkailan/stick")
_mounts = Path("/proc/self/mounts")
_under = ("/media/", "/run/media/")


def find_stick(place: str, mounts: Path = _mounts) -> Path | None:
    """The stick's folder, None when there is none."""
    known = [Path(place) if place else usual]
    return next((path for path in (*known, *_mounted(mounts)) if _is_there(path)), None)


def _is_there(path: Path) -> bool:
    """Rule 3."""
    try:
        return path.is_dir() and (path.is_mount() or any(path.iterdir()))
    except OSError:
        return path.is_mount()


def _mounted(mounts: Path) -> Iterable[Path]:
    """Rule 2."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    places = (line.split(" ")[1].replace("\\040", " ") for line in lines if line.count(" ") > 1)
    return [Path(place) for place in places if place.startswith(_under)]
