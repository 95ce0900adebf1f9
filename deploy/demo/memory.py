"""How much memory the demonstration's processes hold, each shared page counted once in parts (PSS).

Linux tells it in /proc; a process that ended meanwhile holds nothing.
"""

from pathlib import Path


def megabytes(leaders: frozenset[int]) -> float:
    """The memory of the process groups of `leaders`, their children and grandchildren included."""
    kilobytes = sum(_held(folder) for folder in Path("/proc").glob("[0-9]*") if _group(folder) in leaders)
    return kilobytes / 1024


def _group(process: Path) -> int:
    try:
        stat = (process / "stat").read_text()
    except OSError:
        return 0
    return int(stat.rpartition(")")[2].split()[3])  # the session: every role begins one of its own


def _held(process: Path) -> int:
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
