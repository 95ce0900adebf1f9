"""A bundle for devices without a network (ARCHITECTURE §6, USB).

1. What this server can sign is signed anew at export, so that a stick is good for as long as possible. A relay writes
   what it has; until when that is good is said either way, and what is over already stays out and is named.
2. The directory travels always: it names each channel's first root and for whom records are sealed.
3. The stick is written by content_sync.bundle; who wrote what and when stands in the audit log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from content_sync.clock import place
from content_sync.domain import limits
from content_sync.domain.errors import Refused
from content_sync.domain.ids import directory_channel
from display_server.access import Actor, check
from display_server.config import Config
from display_server.database import audit
from display_server.database.engine import Database
from display_server.desk import records_key
from display_server.devices import queries
from display_server.publishing.service import publisher

if TYPE_CHECKING:
    from content_sync.bundle.writing import Report


@dataclass(frozen=True)
class Carried:
    """A channel on the stick: true as of when, good until when, and whether it was signed for this stick."""

    channel: str
    edition: int
    items: int
    as_of: str
    valid_until: str
    resigned: bool


@dataclass(frozen=True)
class Bundled:
    """A finished bundle, and channels that stayed out with the reason of each."""

    bundle: str
    files: int
    bytes: int
    channels: tuple[Carried, ...]
    refused: tuple[tuple[str, str], ...]


def channels_of(db: Database, devices: Sequence[str]) -> list[str]:
    """The channels these devices follow, each once. Raises Refused for one that is not there or not in use."""
    found: list[str] = []
    with db.read() as connection:
        for name in devices:
            row = queries.by_id(connection, name)
            if row is None or row.state == "revoked":
                raise Refused(f"没有在用的设备 {name}：用 device list 查看。")
            found += row.channels.split(",")
    return list(dict.fromkeys(found))


def bundle(
    db: Database, actor: Actor, out: Path, channels: Sequence[str], report: "Report", *, texts_only: bool = False
) -> Bundled:
    """Write these channels onto the stick mounted at `out`. Raises Refused when nothing can be written."""
    from content_sync.bundle.writing import write_bundle

    check(actor, "devices")
    config, wanted = db.config, list(dict.fromkeys(channels))
    _check_known(config, wanted)
    records_key.ensure(config)
    signed = publisher(db).resign(hours=limits.resigned_for_stick_hours_max, only=(directory_channel, *wanted))
    good, refused = _sorted(config, wanted)
    made = write_bundle(out, config.repo, good, config.clock.now(), report, texts_only=texts_only)
    with db.write() as connection:
        now = config.clock.now().isoformat()
        audit.append(connection, now, actor.name, actor.via, "bundle", made.name, ",".join(good))
    carried = []
    for name in good:
        found, state = publisher(db).newest(name), made.states[name]
        times = (_text(state.as_of), _text(state.until))
        carried.append(Carried(name, found.number, found.items, *times, resigned=name in signed))
    return Bundled(made.name, made.files, made.bytes, tuple(carried), tuple(refused))


def _check_known(config: Config, channels: Sequence[str]) -> None:
    known = {path.name for path in config.repo.iterdir() if (path / "metadata").is_dir()} - {directory_channel}
    unknown = [name for name in channels if name not in known]
    if unknown or not channels:
        raise Refused(f"没有频道 {'、'.join(unknown) or '（空）'}；现有：{'、'.join(sorted(known)) or '无'}。")


def _sorted(config: Config, channels: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Channels that devices would take, and what is over, with the reason (rule 1)."""
    from content_sync.trust.state import state

    now, good, refused = config.clock.now(), [], []
    for name in (directory_channel, *channels):
        until = state(config.repo / name).until
        if until > now:
            good.append(name)
        else:
            refused.append((name, f"签名到 {_text(until)} 已过期，设备不会接受：请先与签发它的服务器同步。"))
    if not set(good) > {directory_channel}:
        raise Refused("；".join(f"{name}：{reason}" for name, reason in refused))
    return [name for name in good if name != directory_channel], refused


def _text(at: datetime) -> str:
    return at.astimezone(place).isoformat(timespec="seconds")
