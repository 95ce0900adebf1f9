"""The kiosks and boards of a hall: when each was heard last, as of when its content is, what hangs on it (HAL-12).

1. What a device does not say is shown as a dash; what a silent one said last is not believed.
2. Every zone needs at least one live kiosk and one live board: people must be able to ask, and to see. A zone is a
   floor of the hall's map on which devices stand by name; a hall without such floors is one zone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from content_sync.clock import place
from content_sync.domain.county import Site
from content_sync.wire import canonical
from display_server.devices import behind, health, service
from display_server.devices import queries as devices

_boards = frozenset({"lcd", "led"})
_unsaid = {"": "—", "none": "没有装", "ok": "正常", "ready": "正常"}
_parts: dict[str, dict[str, str]] = {  # what a part says, in words; of the printer, paper is told by itself
    "clock": {"doubtful": "不可信"},
    "printer": {"low": "正常", "out": "正常", "dead": "坏了或没开"},
    "paper": {"low": "快没有了", "out": "没有了", "unknown": "不报告"},
    "speaker": {"silent": "不出声", "no_player": "没有放音程序", "no_voice": "没有嗓音", "failing": "出不了声"},
}
_worn = {  # what somebody must see to; a doubtful clock is told by devices.health
    ("printer", "dead"): "打印机坏了或没开",
    ("paper", "low"): "打印纸快没有了",
    ("paper", "out"): "打印纸没有了",
    ("speaker", "no_player"): "没有放音程序，不能叫号、朗读",
    ("speaker", "no_voice"): "没有嗓音，不能叫号、朗读",
    ("speaker", "failing"): "喇叭出不了声",
    ("disk", "low"): "存储快满了",
    ("disk", "full"): "存储满了，不能取号、留言",
    ("letters", "missing"): "有的字显示不出来",
    ("letters", "no_font"): "缺少民族文字的字体，没有提供这种文字",
}


@dataclass(frozen=True)
class Machine:
    """One device as the page shows it; `problems` in words, empty when it is well."""

    id: str
    kind: str
    seen: str
    as_of: str
    clock: str
    printer: str
    paper: str
    speaker: str
    problems: tuple[str, ...]
    is_live: bool


def machines(connection: Connection, site: str, now: datetime) -> list[Machine]:
    """Every device of the hall that is in use, those with problems first."""
    rows = [row for row in devices.every(connection) if row.site == site and row.kind != "relay"]
    rows += [row for row in behind.every(connection) if row.site == site and row.kind != "relay"]
    found = [_machine(row, now) for row in rows if row.state != "revoked"]
    return sorted(found, key=lambda machine: (not machine.problems, machine.id))


def lacking(found: Iterable[Machine], site: Site) -> list[str]:
    """What the zones of the hall lack by rule 2, each in one sentence."""
    live = [machine for machine in found if machine.is_live]
    zones = {
        floor.name: {one.device for one in site.kiosks if one.floor == floor.id and one.device} for floor in site.floors
    }
    named = {name: devices for name, devices in zones.items() if devices}
    if not named:
        return _lacks("", {machine.kind for machine in live})
    return [
        sentence
        for name, devices in named.items()
        for sentence in _lacks(name, {machine.kind for machine in live if machine.id in devices})
    ]


def _lacks(zone: str, live: set[str]) -> list[str]:
    kiosk = [] if service.kinds["touch"] in live else [f"{zone}没有一台能用的触摸查询机"]
    board = [] if live & {service.kinds[kind] for kind in _boards} else [f"{zone}没有一块能用的显示屏"]
    return kiosk + board


def _machine(row: Row[Any], now: datetime) -> Machine:
    live = health.is_live(row, now)
    said = canonical.load(row.heartbeat.encode(), "heartbeat") if row.heartbeat and live else {}  # rule 1
    parts = {name: str(said.get(name, "")) for name in _parts}
    worn = [words for (name, state), words in _worn.items() if said.get(name) == state]
    words = {name: _unsaid.get(state) or _parts[name].get(state, state) for name, state in parts.items()}
    return Machine(
        id=getattr(row, "way", "") or row.id,
        kind=service.kinds.get(row.kind, row.kind),
        seen=_moment(row.last_seen),
        as_of=_moment(str(said.get("as_of", ""))),
        **words,
        problems=(*health.problems(row, now), *worn),
        is_live=live,
    )


def _moment(at: str) -> str:
    """An instant of any offset as the hall's own day and time."""
    try:
        return f"{datetime.fromisoformat(at).astimezone(place):%m-%d %H:%M}"
    except ValueError:
        return "—"
