"""A stick's turn told to whoever watches from another process: one JSON object a line, words for machines.

    {"at": "reading", "done": 12, "of": 400}       bytes; then {"at": "read"}: from here on only the device works
    {"at": "done", "bundle": WORD, "channels": {CH: [from, edition]}, "records": WORD, "written": 12}

1. `bundle`: taken, same (nothing newer), partly (some of it was refused), damaged, old (its time is over), foreign,
   nothing (no bundle on it), pulled, strange, busy (another stick), broken (this device is at fault), or empty when
   only records were asked for.
2. `records`: written, none (nothing waits), full, locked, pulled, unknown (nobody yet to seal them for), or empty when
   the stick was never asked for them.
3. The last line comes whatever happens, with the sentence of the shell's command in `sentences`.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from content_sync.agent.stick_records import Records
from content_sync.agent.sticks import Imported, carry_out, import_stick
from content_sync.bundle.finding import OtherCounty
from content_sync.bundle.judging import nothing_to_do, too_old
from content_sync.bundle.places import NothingOfOurs
from content_sync.domain.errors import Broken, GongkailanError, Unreachable, Unverified
from content_sync.net.stick_faults import Full, Locked
from content_sync.ports import Clock

_told_bytes = 1_000_000
_of_error: dict[type[BaseException], str] = {
    OtherCounty: "foreign",
    NothingOfOurs: "nothing",
    Full: "full",
    Locked: "locked",
    Unreachable: "pulled",
    Unverified: "strange",
    Broken: "broken",
}


def tell_import(folder: Path, path: Path, clock: Clock, say: Callable[[str], None]) -> None:
    """Take the bundle, carry the records out, and tell it."""
    try:
        done = import_stick(folder, path, clock, _Bytes(say), lambda: _say(say, at="read"))
    except (GongkailanError, OSError) as error:
        _say(say, at="done", bundle=_word(error), channels={}, records="", written=0, sentences=[str(error)])
        return
    told = {name: [before, now] for name, (before, now) in done.channels.items()}
    sentences = [*done.refused.values(), *done.sentences(), *done.faults()]
    records, written = ("", 0) if _bundle(done) == "foreign" else (_records(done.records), done.records.written)
    _say(say, at="done", bundle=_bundle(done), channels=told, records=records, written=written, sentences=sentences)


def tell_records(folder: Path, path: Path, say: Callable[[str], None]) -> None:
    """Carry the records out alone, and tell it."""
    try:
        done = carry_out(folder, path)
    except (GongkailanError, OSError) as error:
        word = _word(error)
        bundle, records = ("", word) if word in ("full", "locked", "pulled") else (word, "")
        _say(say, at="done", bundle=bundle, channels={}, records=records, written=0, sentences=[str(error)])
        return
    _say(say, at="done", bundle="", channels={}, records=_records(done), written=done.written, sentences=done.faults)


class _Bytes:
    """Says how far the copy is, once every `_told_bytes` and at its end."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say, self._said = say, 0

    def __call__(self, _path: str, done: int, of: int) -> None:
        if done >= of or not 0 <= done - self._said < _told_bytes:
            self._said = done
            _say(self._say, at="reading", done=done, of=of)


def _bundle(done: Imported) -> str:
    """Rule 1."""
    reasons = [reason for reason in done.refused.values() if not reason.endswith(nothing_to_do)]
    newer = any(before < now for before, now in done.channels.values())
    if not reasons:
        return "taken" if newer else "same"
    if newer:
        return "partly"
    if all("another county" in reason for reason in reasons):
        return "foreign"
    return "old" if all(too_old in reason for reason in reasons) else "damaged"


def _records(done: Records) -> str:
    """Rule 2."""
    if done.stick:
        return done.stick
    if done.written:
        return "written"
    return "unknown" if done.faults else "none"


def _word(error: BaseException) -> str:
    if isinstance(error, Broken) and "Another stick" in str(error):
        return "busy"
    return next((word for kind, word in _of_error.items() if isinstance(error, kind)), "broken")


def _say(say: Callable[[str], None], **told: Any) -> None:
    with suppress(OSError):  # nobody listens any more: the turn goes on
        say(json.dumps(told, ensure_ascii=False))
