"""The real clock and real chance.

`GONGKAILAN_CLOCK_OFFSET` (seconds, may be negative) shifts the clock of a demonstration or a test; a device that
runs with it says so in `content-sync status`.
"""

import os
import secrets
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from content_sync.domain.uptime import Uptime

place = ZoneInfo("Asia/Shanghai")


class SystemClock:
    """ports.Clock over the machine's clock, in the place's own time zone."""

    def __init__(self) -> None:
        self.offset = timedelta(seconds=float(os.environ.get("GONGKAILAN_CLOCK_OFFSET", "0")))

    def now(self) -> datetime:
        """The present instant, whole microseconds, at +08:00."""
        return datetime.now(place) + self.offset


class SystemIds:
    """ports.Ids over the operating system's random source."""

    def random(self, size: int) -> bytes:
        """`size` bytes from the operating system."""
        return secrets.token_bytes(size)


class SystemSteady:
    """ports.Steady over the kernel's boot; where it names none, each process counts as a boot of its own."""

    def __init__(self) -> None:
        try:
            self._boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        except OSError:
            self._boot = secrets.token_hex(16)

    def uptime(self) -> Uptime:
        """Whole seconds since the boot, sleep included."""
        return Uptime(self._boot, int(time.clock_gettime(time.CLOCK_BOOTTIME)))
