"""The PIN of the staff screen: `staff.json` in the device folder, set by the operator, only its hash kept.

1. There is none to begin with: without one nothing opens the screen.
2. Six to ten digits, not all alike, no run up or down; kept as salted scrypt, for its owner's eyes only.
3. After `limits.staff_free_tries` wrong tries there is a pause, twice as long after each further one, up to
   `limits.staff_pause_seconds_max`: a million PINs take a century. How many were wrong is kept on disk; pulling the
   plug gives no fresh tries, and a pause begins anew at the start. No clock that can be set has a say.
4. On a full disk the tries are counted until the program ends: whoever comes to make room must get in. A start
   of the machine takes half a minute, so a million PINs still take months.
"""

import errno
import hashlib
import hmac
import json
import os
from itertools import pairwise
from pathlib import Path

from content_sync import durable
from content_sync.domain import limits
from content_sync.domain.errors import BadInput

_name, _tries_name = "staff.json", "staff-tries.json"
_salt_bytes, _cost, _block, _lanes = 16, 2**14, 8, 1


def checked(pin: str) -> str:
    """The PIN, when it is one (rule 2)."""
    if not pin.isascii() or not pin.isdigit() or not _least <= len(pin) <= _most:
        raise BadInput(f"A PIN is {_least} to {_most} digits.")
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        raise BadInput("A PIN of one digit repeated, or of digits in a row, is the first one anybody tries.")
    return pin


_least, _most = limits.staff_pin_digits_min, limits.staff_pin_digits_max


def put(folder: Path, pin: str) -> None:
    """Set the PIN; wrong tries are forgotten."""
    salt = os.urandom(_salt_bytes)
    plain = {"salt": salt.hex(), "hash": _hash(checked(pin), salt).hex()}
    durable.write(folder / _name, json.dumps(plain).encode(), mode=0o600)
    (folder / _tries_name).unlink(missing_ok=True)


def drop(folder: Path) -> None:
    """Take the PIN away: the screen cannot be opened any more."""
    (folder / _name).unlink(missing_ok=True)


def is_set(folder: Path) -> bool:
    """Whether there is one."""
    return _read(folder) is not None


class Lock:
    """The door of one kiosk; `moment` arguments are seconds of a steady clock, 0 at the program's start or earlier."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._wrong = self._kept()
        self._since: float | None = None

    def pause(self, moment: float) -> int:
        """Seconds until the next try (rule 3)."""
        if self._wrong < limits.staff_free_tries:
            return 0
        if self._since is None:
            self._since = moment
        doubled = limits.staff_pause_seconds * 2 ** min(12, self._wrong - limits.staff_free_tries)
        left = min(doubled, limits.staff_pause_seconds_max) - (moment - self._since)
        return max(0, int(left + 0.999))

    def opens(self, pin: str, moment: float) -> bool:
        """Whether this is the PIN; during a pause nothing is."""
        kept = _read(self._folder)
        if kept is None or self.pause(moment):
            return False
        self._note(self._wrong + 1, moment)  # before the comparison: a plug pulled meanwhile wins nothing
        if not hmac.compare_digest(_hash(pin, kept[0]), kept[1]):
            return False
        self._note(0, moment)
        return True

    def _note(self, wrong: int, moment: float) -> None:
        self._wrong, self._since = wrong, moment
        try:
            durable.write(self._folder / _tries_name, json.dumps({"wrong": wrong}).encode(), mode=0o600)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):  # rule 4
                raise

    def _kept(self) -> int:
        try:
            return max(0, int(json.loads((self._folder / _tries_name).read_bytes())["wrong"]))
        except FileNotFoundError:
            return 0
        except (ValueError, KeyError, TypeError, OSError):
            return limits.staff_free_tries  # cut short by a power loss: one pause, then on


def _read(folder: Path) -> tuple[bytes, bytes] | None:
    try:
        plain = json.loads((folder / _name).read_bytes())
        return bytes.fromhex(plain["salt"]), bytes.fromhex(plain["hash"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _hash(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=_cost, r=_block, p=_lanes)
