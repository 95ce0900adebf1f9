"""Behind the PIN: the device's report and the stick's turn, asked of `content-sync` and kept for the screen.

1. Without a PIN nothing is ever asked (devices.staff_pin).
2. One report and one stick at a time; a second request while one runs is not there.
3. What was learnt is forgotten with the visit; a stick's turn goes on and is then nobody's.
"""

import json
import logging
import shutil
from pathlib import Path
from typing import Any

from content_sync.domain import limits
from kiosk.app.errand import Errand
from kiosk.devices import settings, staff_pin
from kiosk.devices.stick import find_sticks, is_unread
from kiosk.flow.behind import Behind, Carried, Carrying, Health, Held, Problem

_log = logging.getLogger(__name__)
_mega = 1_000_000
_commands: dict[Carried, str] = {"import": "import-bundle", "export": "export-records"}


class StaffDesk:
    """What the staff screen of one device folder knows. `moment` arguments are seconds of a steady clock."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._lock = folder, staff_pin.Lock(folder)
        self._wrong = False
        self._health: Health | None = None
        self._asking: Errand | None = None
        self._said: list[str] = []
        self._carrying: Carrying | None = None
        self._end: Carrying | None = None
        self._stick: Errand | None = None

    def is_set(self) -> bool:
        """Rule 1."""
        return staff_pin.is_set(self._folder)

    def opens(self, pin: str, moment: float) -> bool:
        """Whether this PIN opens the screen."""
        found = self._lock.opens(pin, moment)
        self._wrong = not found
        return found

    def read_health(self, moment: float) -> None:
        """Ask for a report afresh (rule 2)."""
        if self._asking is None:
            self._health, self._said = None, []
            self._asking = Errand(self._folder, ["status", "--json"], moment)

    def run_stick(self, what: Carried, moment: float) -> None:
        """Begin the stick's turn (rule 2)."""
        if self._stick is not None:
            return
        found = find_sticks(settings.read(self._folder).stick)
        if len(found) != 1:
            word = "two" if found else "unread" if is_unread() else "missing"
            self._carrying = Carrying(what, "over", bundle=word)
            return
        self._carrying, self._end = Carrying(what), None
        self._stick = Errand(self._folder, [_commands[what], str(found[0]), "--told"], moment)

    def is_busy(self) -> bool:
        """Whether a stick has its turn now: nobody is sent away meanwhile."""
        return self._stick is not None

    def listen(self, moment: float) -> None:
        """Hear what the commands said; call it often."""
        if self._asking is not None:
            self._said += self._asking.lines()
            late = moment - self._asking.since > limits.staff_errand_seconds_max
            if late and not self._asking.is_over():
                self._asking.give_up()
            if self._asking.is_over():
                self._asking, self._health = None, _health(self._said, self._folder)
        if self._stick is not None:
            for line in self._stick.lines():
                self._hear(line)
            if self._stick.is_over():
                self._stick = None
                self._carrying = self._end or Carrying("import", "over", bundle="broken")

    def behind(self, moment: float) -> Behind:
        """For the screen."""
        return Behind(self._wrong, self._lock.pause(moment), self._health, self._carrying)

    def forget(self) -> None:
        """Rule 3."""
        self._wrong, self._health = False, None
        if self._stick is None:
            self._carrying = None

    def close(self) -> None:
        """The screen ends: a report is no longer wanted, a stick's turn goes on."""
        if self._asking is not None:
            self._asking.give_up()
        if self._stick is not None:
            self._stick.let_go()

    def _hear(self, line: str) -> None:
        try:
            told = json.loads(line)
            what = self._carrying.what if self._carrying else "import"
            heard = _carrying(what, told)
            if heard.state == "over":
                self._end = heard  # said when the process is gone
            else:
                self._carrying = heard
        except (ValueError, KeyError, TypeError):
            _log.warning("A stick's turn said what nobody understands: %s", line[: limits.quoted_chars_max])


def _carrying(what: Carried, told: dict[str, Any]) -> Carrying:
    if told["at"] == "reading":
        return Carrying(what, "reading", done=int(told["done"]), of=int(told["of"]))
    if told["at"] == "read":
        return Carrying(what, "working")
    taken = sum(before < now for before, now in told["channels"].values())
    return Carrying(
        what,
        "over",
        bundle=str(told["bundle"]),
        records=str(told["records"]),
        written=int(told["written"]),
        taken=taken,
        sentences=tuple(map(str, told["sentences"])),
    )


def _health(said: list[str], folder: Path) -> Health:
    """The report as `content-sync status --json` printed it; anything else is a report that could not be had."""
    try:
        told = json.loads(next((line for line in said if line.startswith("{")), ""))
        held = [Held(name, c["edition"], c["as_of"], c["items"]) for name, c in told["channels"].items()]
        parts = told["parts"]
        return Health(
            held=tuple(held),
            outbox=int(told["outbox"]),
            doubtful=told["clock"] == "doubtful",
            printer=parts.get("printer", "none"),
            paper=parts.get("paper", "none"),
            speaker=parts.get("speaker", "none"),
            free=shutil.disk_usage(folder).free // _mega,
            problems=tuple(Problem(str(of), str(it)) for of, it in zip(told["about"], told["problems"], strict=True)),
        )
    except (ValueError, KeyError, TypeError, OSError, AttributeError):
        sentence = " ".join(said)[: limits.quoted_chars_max] or "content-sync status"
        return Health(failed=True, problems=(Problem("", sentence),))
