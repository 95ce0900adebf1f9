"""How much room the disk of a device folder has, in one word for reports: `ok`, `low` or `full`."""

import shutil
from pathlib import Path

from content_sync.domain import limits

_mega = 1_000_000


def state(folder: Path) -> str:
    """The word; a folder that cannot be asked is none of a full disk."""
    try:
        free = shutil.disk_usage(folder).free // _mega
    except OSError:
        return "ok"
    return "full" if free < limits.disk_full_mb else "low" if free < limits.disk_low_mb else "ok"
