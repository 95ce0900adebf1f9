"""What a device says of itself, without a network: status, verify, search."""

import os
from datetime import datetime
from pathlib import Path
from time import time as seconds_since_epoch
from typing import Any

from content_sync.agent import room
from content_sync.agent.attached import outlook
from content_sync.agent.device import read_device
from content_sync.agent.six_sections import empty_sections
from content_sync.clock import SystemClock, SystemSteady
from content_sync.domain.disclosure.catalogue import sections
from content_sync.pull.clocking import Time
from content_sync.pull.spool import Transfer, spool_name, transfers
from content_sync.pull.timekeeping import time_of
from content_sync.storage.blobs import BlobFolder, coming_name
from content_sync.storage.content import ContentStore, Damaged, Held
from content_sync.storage.desk import DeskStore
from content_sync.storage.desk_mending import put_aside

_shown_refusals = 5
_of_parts = {
    ("printer", "out"): "The printer has no paper: put in a new roll.",
    ("printer", "dead"): "The printer does not print: look at its cover, its cable and its power.",
    ("paper", "low"): "The printer's paper ends soon: have a new roll ready.",
    ("speaker", "no_player"): "Nothing is said aloud: neither aplay nor paplay is installed (package alsa-utils).",
    ("speaker", "no_voice"): "Nothing is said aloud: espeak-ng is not installed (clips of voice/ say calls alone).",
    ("speaker", "failing"): "Nothing is said aloud: the sound card does not play.",
    ("hand", "none"): "No handwriting in search: assets/strokes is damaged, and libzinnia0 is not installed.",
    ("letters", "missing"): "Some characters are drawn as boxes: no font here has them (the screen's log names them).",
    ("letters", "no_font"): "A language of this hall is not offered: its font (package fonts-noto-core) is missing.",
}

_of_disk = {
    "low": "The disk is nearly full: free some space before nothing can be kept any more.",
    "full": "The disk is full: screens show what they have, but nothing that a visitor does can be kept. Free space.",
}


def status(folder: Path, clock: SystemClock) -> dict[str, Any]:
    """The JSON of `content-sync status`; `about` says of each problem what it is about, for whoever has own words."""
    device, store, told = (
        read_device(folder),
        ContentStore(folder / "content.db", readonly=True),
        list[tuple[str, str]](),
    )
    held: dict[str, Held] = {}
    desk, time = DeskStore(folder / "desk.db"), Time(clock.now(), None, doubtful=False, sure=clock.now())
    blobs = {"named": 0, "held": 0, "bytes": 0, "wanted": 0}
    try:
        held = store.held()
        blobs = outlook(folder, device, store, desk, clock)
        told += [(f"content:{name}", sentence) for name, sentence in store.problems().items()]
        time = time_of(store, clock, SystemSteady())
        told += [(f"section:{name}", _of_section(name)) for name in empty_sections(store, device, time.now)]
    except Damaged as error:
        told.append(("store", str(error)))
    told += _of_desk(desk, folder)
    told += [(f"disk:{room.state(folder)}", _of_disk[room.state(folder)])] if room.state(folder) in _of_disk else []
    if time.doubtful:
        wrong = f"The clock says {clock.now():%Y-%m-%d %H:%M}, which cannot be right; it is at least "
        wrong += f"{time.sure:%Y-%m-%d %H:%M}. Set it, or let the device reach its server."
        told.append(("clock", wrong))
    if clock.offset:
        seconds = os.environ["GONGKAILAN_CLOCK_OFFSET"]
        told.append(("offset", f"GONGKAILAN_CLOCK_OFFSET shifts the clock by {seconds} seconds."))
    return {
        "channels": {channel: _channel(held.get(channel)) for channel in device.channels},
        "outbox": desk.outbox_size(),
        "clock": "doubtful" if time.doubtful else "ok",
        "problems": [sentence for _, sentence in told],
        "about": [about for about, _ in told],
        "parts": desk.parts(),
        "blobs": blobs,
        "transfers": [_transfer(one) for name in (spool_name, coming_name) for one in transfers(folder / name)],
    }


def _of_desk(desk: DeskStore, folder: Path) -> list[tuple[str, str]]:
    refused = desk.refused_records()
    told = [("record", f"Record {record} was refused: {reason}") for record, reason in refused[:_shown_refusals]]
    if put_aside(folder / "desk.db").exists():
        aside = "desk.db was damaged; what waited in it is kept in desk.db.damaged, and a new one was begun."
        told.append(("desk", aside))
    return told + [(":".join(part), _of_parts[part]) for part in desk.parts().items() if part in _of_parts]


def _of_section(name: str) -> str:
    return f"The section {sections[name]} is empty: a service hall must show something in it (publish an item there)."


def _transfer(transfer: Transfer) -> dict[str, Any]:
    """Bytes done and in all, and how many seconds ago the last one came."""
    seconds = max(0, round(seconds_since_epoch() - transfer.moved))
    return {"channel": transfer.channel, "done": transfer.done, "of": transfer.of, "seconds": seconds}


def verify(folder: Path) -> dict[str, Any]:
    """The JSON of `content-sync verify`; nothing is made or repaired."""
    read_device(folder)
    path = folder / "content.db"
    try:
        found = ContentStore(path, readonly=not path.exists()).verify()
        items, bad = found.items, list(found.bad)
    except Damaged:
        items, bad = 0, [path.name]
    files = BlobFolder(folder)
    return {"items": items, "blobs": len(files.held()), "bad": [*bad, *files.odd()]}


def search(folder: Path, query: str, limit: int, now: datetime) -> list[dict[str, str | bool]]:
    """The JSON of `content-sync search`: what answers all of the query, then what answers a part (`near`)."""
    read_device(folder)
    found = ContentStore(folder / "content.db", readonly=True).find(query, now, limit)
    rows = [(row, False) for row in found.hits] + [(row, True) for row in found.near]
    return [
        {"id": row.id, "channel": row.channel, "title": row.title, "kind": row.kind, "near": near}
        for row, near in rows[:limit]
    ]


def _channel(held: Held | None) -> dict[str, Any]:
    if held is None:
        return {"edition": 0, "as_of": "", "items": 0}
    return {"edition": held.number, "as_of": held.as_of, "items": held.items}
