"""Adding, enrolling and revoking devices.

1. An enrolment code works once and for `limits.enrol_code_hours`; a new code for the same device ends the old one.
2. Codes and tokens are kept as hashes; each is shown once, to the one who asked for it.
3. A device enrolled before must be revoked before it gets a new code, so that a stolen code replaces no live device.
4. A revoked device is told so; it sends and takes nothing more.
5. A hall has one server. Where a relay is registered for a hall, its queue is the relay's: devices of that hall are
   registered there, and nowhere else.
6. On a relay devices follow what is mirrored. A channel of its own they follow once the county's directory names it:
   until then no device could believe it.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from content_sync.domain import limits
from content_sync.domain.county import site_of
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.ids import checked_id, spelled
from display_server.access import Actor, check
from display_server.config import Config
from display_server.database import audit, mirrored, sites
from display_server.database import county as kept
from display_server.database.engine import Database
from display_server.database.tables.devices import devices, enrol_codes
from display_server.devices import codes, queries
from display_server.devices.queries import Device

kinds: dict[str, str] = {"touch": "触摸查询机", "lcd": "大厅显示屏", "led": "LED 条屏", "relay": "转发服务器"}
_key_bytes = 32  # Ed25519


def add(
    db: Database, actor: Actor, device: str, kind: str, channels: Sequence[str], site: str, fingerprint: bytes
) -> str:
    """Register a device and give its printed code. `site` empty: the one whose unit fills the first channel."""
    check(actor, "devices")
    checked_id(device, "device")
    if kind not in kinds:
        raise BadInput(f"设备类型 {kind} 不认识：可以是 {'、'.join(kinds)}。")
    secret = db.config.ids.random(limits.enrol_code_bytes)
    now = db.config.clock.now()
    with db.write() as connection:
        known = queries.by_id(connection, device)
        if known and known.state == "enrolled":  # rule 3
            raise Refused(f"设备 {device} 已经登记在用；要换机器，请先停用它。")
        values = {
            "kind": kind,
            "channels": ",".join(_known_channels(db.config, connection, channels)),
            "site": _site(db.config, connection, device, kind, site, channels),
            "state": "added",
            "token_hash": f"-{device}",
            "public_key": "",
            "added_at": now.isoformat(),
        }
        connection.execute(devices.delete().where(devices.c.id == device))
        connection.execute(devices.insert().values(id=device, **values))
        connection.execute(enrol_codes.delete().where(enrol_codes.c.device == device))  # rule 1
        expires = (now + timedelta(hours=limits.enrol_code_hours)).isoformat()
        connection.execute(
            enrol_codes.insert().values(secret_hash=hashed(secret), device=device, expires_at=expires)  # rule 2
        )
        audit.append(connection, now.isoformat(), actor.name, actor.via, "device.add", device, values["channels"])
    return codes.printed(secret, fingerprint)


def enrol(db: Database, code: str, public_key: str) -> tuple[Device, str]:
    """Take a code for a token. Raises Refused for a code that is wrong, used or expired, BadInput for a bad key."""
    _check_key(public_key)
    secret_hash, now = hashed(codes.secret_of(code)), db.config.clock.now()
    token = spelled(db.config.ids.random(limits.token_bytes))
    with db.write() as connection:
        found = connection.execute(enrol_codes.select().where(enrol_codes.c.secret_hash == secret_hash)).first()
        if not found or found.used or datetime.fromisoformat(found.expires_at) <= now:  # rule 1
            raise Refused("这个登记码不对、用过了或已过期：请管理员重新添加设备，打印新的登记码。")
        connection.execute(enrol_codes.update().where(enrol_codes.c.secret_hash == secret_hash).values(used=1))
        values = {
            "state": "enrolled",
            "token_hash": hashed(token.encode()),
            "public_key": public_key,
            "enrolled_at": now.isoformat(),
        }
        connection.execute(devices.update().where(devices.c.id == found.device).values(**values))
        audit.append(connection, now.isoformat(), found.device, "device", "device.enrol", found.device)
        row = queries.by_id(connection, found.device)
    assert row is not None  # a code is deleted with its device
    return queries.as_device(row), token


def revoke(db: Database, actor: Actor, device: str) -> None:
    """End a device's token and its code (rule 4). Raises Refused when there is no such device."""
    check(actor, "devices")
    now = db.config.clock.now().isoformat()
    with db.write() as connection:
        changed = connection.execute(devices.update().where(devices.c.id == device).values(state="revoked"))
        if changed.rowcount == 0:
            raise Refused(f"没有设备 {device}。")
        connection.execute(enrol_codes.delete().where(enrol_codes.c.device == device))
        audit.append(connection, now, actor.name, actor.via, "device.revoke", device)


def seen(db: Database, device: str, last_seen: str) -> None:
    """Note a device's contact, at most once in `limits.last_seen_seconds`."""
    if is_long_ago(db, last_seen):
        note(db, [device])


def is_long_ago(db: Database, last_seen: str) -> bool:
    """Whether a contact now is worth noting."""
    patience = timedelta(seconds=limits.last_seen_seconds)
    return not last_seen or db.config.clock.now() - datetime.fromisoformat(last_seen) >= patience


def note(db: Database, heard: Sequence[str]) -> None:
    """Note that these devices were heard just now."""
    now = db.config.clock.now().isoformat()
    with db.write() as connection:
        connection.execute(devices.update().where(devices.c.id.in_(heard)).values(last_seen=now))


def key_of(device: Device) -> bytes:
    """The device's Ed25519 key, empty when it has none."""
    return base64.b64decode(device.public_key)


def hashed(secret: bytes) -> str:
    """How secrets of 80 bits and more are kept (rule 2)."""
    return hashlib.sha256(secret).hexdigest()


def _known_channels(config: Config, connection: Connection, channels: Sequence[str]) -> list[str]:
    known, wanted = mirrored.units_of_channels(connection), list(dict.fromkeys(channels))
    if not wanted or len(wanted) > limits.device_channels_max:
        raise BadInput(f"设备要跟随 1 到 {limits.device_channels_max} 个频道。")
    unknown = [channel for channel in wanted if channel not in known]
    if unknown:
        raise BadInput(f"没有频道 {'、'.join(unknown)}；现有：{'、'.join(sorted(known)) or '无'}。")
    if alone := [channel for channel in wanted if config.is_relay and not mirrored.is_named(config, channel)]:  # rule 6
        raise Refused(
            f"频道 {'、'.join(alone)} 还没有列入县的目录，设备无法核对：先用 channel root 导出，请县里 channel adopt。"
        )
    return wanted


def _site(config: Config, connection: Connection, device: str, kind: str, site: str, channels: Sequence[str]) -> str:
    relays = {row.site: row.id for row in queries.every(connection) if row.kind == "relay" and row.state != "revoked"}
    relays.pop("", None)
    if site:
        if relays.get(site, device) != device:  # rule 5
            raise Refused(f"大厅 {site} 由转发服务器 {relays[site]} 管理：请在那台服务器上添加设备。")
        if kind == "relay":
            return _hall_of_relay(config, connection, site)
        return sites.site(connection, site).id
    found, units = sites.every(connection), mirrored.units_of_channels(connection)
    found = [one for one in found if one.id not in relays]
    if not found or kind == "relay":
        return ""  # a board of a unit without a hall still shows its channels
    return next((s.id for channel in channels for s in found if s.unit == units[channel]), found[0].id)


def _hall_of_relay(config: Config, connection: Connection, site: str) -> str:
    if site_of(mirrored.facts(config, connection), site) is None:
        raise Refused(f"没有这个大厅：{site}。")
    if site == kept.setting(connection, mirrored.site_setting):
        raise Refused(f"大厅 {site} 由这台服务器自己管理：请写转发服务器自己的大厅。")
    return site


def _check_key(public_key: str) -> None:
    try:
        raw = base64.b64decode(public_key, validate=True)
    except binascii.Error as error:
        raise BadInput("public_key is not base64.") from error
    if public_key and len(raw) != _key_bytes:
        raise BadInput(f"public_key has {len(raw)} bytes; an Ed25519 key has {_key_bytes}.")
