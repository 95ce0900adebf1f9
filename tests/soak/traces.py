"""What a process holds, as numbers that may grow: memory three ways, Python's heap, textures, files, threads, the desk.

1. `rss_mb` counts a page of the font file once for each size it is opened in; `pss_mb` counts it once, as the machine
   does; `own_mb` is what this process alone holds.
2. `heap_mb` is what C and Python asked for and did not give back, without the holes between; `blocks` are Python's own
   allocations, `objects` those the collector knows, counted after it ran.
3. `textures` are names that the graphics driver knows, `kept_kb` all that the device folder takes on the disk.
"""

import ctypes
import gc
import sys
import threading
from pathlib import Path

_mega = 1_000_000
_own = ("Private_Clean", "Private_Dirty")


class _Heap(ctypes.Structure):
    """glibc's struct mallinfo2."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks"),
            *("uordblks", "fordblks", "keepcost"),
        )
    ]


def taken(folder: Path) -> dict[str, float]:
    """All of them now, for a kiosk over this device folder."""
    gc.unfreeze()  # what the kiosk set aside is counted too
    gc.collect()
    pages = _pages()
    return {
        "rss_mb": pages["Rss"] / 1000,
        "pss_mb": pages["Pss"] / 1000,
        "own_mb": sum(pages[name] for name in _own) / 1000,
        "heap_mb": _heap_bytes() / _mega,
        "blocks": sys.getallocatedblocks(),
        "objects": len(gc.get_objects()),
        "textures": _textures(),
        "files": len(list(Path("/proc/self/fd").iterdir())),
        "threads": threading.active_count(),
        "kept_kb": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1000,
        "desk_kb": (folder / "desk.db").stat().st_size / 1000,
    }


def _pages() -> dict[str, int]:
    """/proc/self/smaps_rollup, in kB."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    return {name: int(rest.split()[0]) for name, rest in (line.split(":", 1) for line in lines)}


def _heap_bytes() -> int:
    libc = ctypes.CDLL("libc.so.6")
    libc.mallinfo2.restype = _Heap
    told = libc.mallinfo2()
    return int(told.uordblks) + int(told.hblkhd)


def _textures() -> int:
    """How many names the driver knows. It gives each name once, so the next one stands above all that are in use."""
    driver, above = ctypes.CDLL("libGL.so.1"), ctypes.c_uint()
    driver.glIsTexture.restype = ctypes.c_ubyte
    driver.glGenTextures(1, ctypes.byref(above))
    driver.glDeleteTextures(1, ctypes.byref(above))
    return sum(map(driver.glIsTexture, range(1, above.value)))
