"""What somebody who watches a long transfer reads."""

import io

import pytest

from content_sync.agent.progress import Progress
from tests.content_sync.world import HandTicks


class Screen(io.StringIO):
    """A terminal, or a journal."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def _watched(screen: Screen, seconds: int, begun: int = 0) -> list[str]:
    """Six megabytes at an even rate, told twice a second."""
    ticks, of = HandTicks(), 6_000_000
    progress = Progress(screen, ticks)
    for half in range(2 * seconds + 1):
        ticks.at = half / 2
        progress.report("qinghe/packs/x.zst", begun + (of - begun) * half // (2 * seconds), of)
    return screen.getvalue().split("\r" if screen.terminal else "\n")


def test_a_terminal_has_one_line_that_renews_itself() -> None:
    """Bytes here, bytes to come and the rate; in the end the line is left behind whole."""
    first, *_, last = (line.replace("\x1b[K", "") for line in _watched(Screen(terminal=True), 30) if line)
    assert first == "qinghe: 0 KB of 6.0 MB here, 6.0 MB to come"
    assert last == "qinghe: 6.0 MB of 6.0 MB here, 200 KB/s\n"


def test_a_journal_has_a_line_now_and_then() -> None:
    """One in ten seconds, and nobody needs to read of a quick one."""
    assert _watched(Screen(terminal=False), 30)[:3] == [
        "qinghe: 2.0 MB of 6.0 MB here, 4.0 MB to come, 200 KB/s",
        "qinghe: 4.0 MB of 6.0 MB here, 2.0 MB to come, 200 KB/s",
        "qinghe: 6.0 MB of 6.0 MB here, 200 KB/s",
    ]
    assert _watched(Screen(terminal=False), 9) == [""]


@pytest.mark.parametrize("begun", [3_000_000])
def test_the_rate_is_of_what_came_now(begun: int) -> None:
    """What was here before a restart took no time of this transfer."""
    assert _watched(Screen(terminal=False), 30, begun)[0].endswith("4.0 MB of 6.0 MB here, 2.0 MB to come, 100 KB/s")
