"""Making a server's folder.

1. All or nothing: the folder is built under another name beside its place and renamed there when it is whole.
2. A folder that holds anything is refused, so that no `init` ever overwrites keys or records.
3. Keys, the session secret and the database are readable by the server's user only, from the moment they exist.
4. The first administrator gets a one-time password; there is no password in the code and no account without one.
5. A relay (role site with an upstream) has no directory of its own: it enrols at its upstream, last of all because
   that uses the code up, and pins and serves the county's directory. Its hall: what the upstream says, or `--site`.
6. The public address is what phones reach: an intranet address is refused, and without one no code has a link (QUE-02).
"""

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from content_sync import durable
from content_sync.domain import ids, limits
from content_sync.domain.county import ChannelOf, County, Unit
from content_sync.domain.disclosure.addresses import public_address_fault
from content_sync.domain.disclosure.catalogue import Level
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.ids import directory_channel
from content_sync.net.http import HttpServer
from content_sync.ports import Clock, Ids, Server
from display_server.access import shell
from display_server.accounts import service
from display_server.config import Config
from display_server.database import audit
from display_server.database import county as kept
from display_server.database.engine import Database
from display_server.database.migrations import upgrade
from display_server.database.mirrored import site_setting
from display_server.desk import demonstration, records_key

_secret_bytes = 32


@dataclass(frozen=True)
class Wishes:
    """What `init` was asked for."""

    name: str
    level: Level
    public_url: str
    role: str
    demo: bool
    upstream: str = ""
    code: str = ""
    site: str = ""


def found(home: Path, wishes: Wishes, clock: Clock, chance: Ids) -> dict[str, str]:
    """Make the folder `home`; the one-time password of each account. Raises Refused and leaves nothing behind."""
    county = _county(wishes)
    if home.exists() and (not home.is_dir() or any(home.iterdir())):  # rule 2
        raise Refused(f"{home} is not empty: name a new folder.")
    home.parent.mkdir(parents=True, exist_ok=True)
    building = home.with_name(f".{home.name}.{ids.spelled(chance.random(5))}")
    try:
        passwords = _built(Config(building, clock, chance), wishes, county)
        building.replace(home)  # rule 1
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    durable.settle(home.parent)
    return passwords


def _county(wishes: Wishes) -> County:
    if not wishes.name.strip():
        raise BadInput("The name is empty: give the county's, township's or village's name.")
    demo = demonstration.county() if wishes.demo else None
    fault = public_address_fault(wishes.public_url) if wishes.public_url else ""
    if fault and not (demo and wishes.public_url == demo.public_url):  # rule 6
        raise BadInput(fault)
    if demo:
        return County(wishes.name, wishes.public_url, demo.units, demo.channels, demo.sites)
    if wishes.upstream:
        return County(wishes.name, wishes.public_url, (), (), ())
    unit = Unit(_id_of(wishes.name, wishes.level), wishes.name, wishes.level)
    return County(wishes.name, wishes.public_url, (unit,), (ChannelOf(unit.id, unit.id),), ())


def _built(config: Config, wishes: Wishes, county: County) -> dict[str, str]:
    config.home.mkdir(mode=0o755)
    config.keys.mkdir(mode=0o700)  # rule 3
    config.repo.mkdir()
    config.database_path.touch(mode=0o600)
    durable.write(config.session_key, config.ids.random(_secret_bytes), mode=0o600)
    db = Database(config)
    try:
        upgrade(db)
        _describe(db, wishes, county)
        if not wishes.upstream:
            _sign(db, county)
        if wishes.demo:
            return demonstration.fill(db)
        passwords = {"admin": service.add_account(db, shell, "admin", ("admin",), ("*",), "系统管理员")}  # rule 4
        if wishes.upstream:
            with closing(HttpServer(wishes.upstream)) as server:
                join(db, wishes, server)  # rule 5
        return passwords
    finally:
        db.close()


def _describe(db: Database, wishes: Wishes, county: County) -> None:
    with db.write() as connection:
        for key in ("name", "level", "public_url", "role"):
            kept.put_setting(connection, key, getattr(wishes, key))
        for unit in county.units:
            kept.put_unit(connection, unit)
        for channel in county.channels:
            kept.put_channel(connection, channel)
        kept.put_terms(connection, county.terms)
        for site in county.sites:
            kept.put_site(connection, site)
        audit.append(connection, db.config.clock.now().isoformat(), shell.name, shell.via, "init", county.name)


def _sign(db: Database, county: County) -> None:
    from content_sync.publish import Publisher

    publisher = Publisher(db.config.repo, db.config.keys, db.config.clock)
    publisher.create_directory()
    for channel in county.channels:
        publisher.create_channel(channel.id)
    publisher.put_county(county)
    records_key.ensure(db.config)


def join(db: Database, wishes: Wishes, server: Server) -> None:
    """Make a founded folder the relay of an upstream, reached by `server` (rule 5). Raises Refused, Unverified."""
    from content_sync.agent.enrol import enrol
    from content_sync.trust.verifying import pinned_name

    config = db.config
    device = enrol(config.upstream, wishes.upstream, wishes.code, server, config.ids)
    if device.kind != "relay":
        raise Refused(f"登记码是给“{device.device}”的，不是给转发服务器的：请上级用 device add --kind relay 重新添加。")
    if wishes.site and device.site not in ("", wishes.site):
        raise Refused(f"上级把这台服务器登记在大厅 {device.site}，不是 {wishes.site}：请核对以后重新添加。")
    root = (config.upstream / "trust" / directory_channel / pinned_name).read_bytes()
    durable.write(config.repo / directory_channel / "metadata" / "1.root.json", root)  # codes are printed from it
    with db.write() as connection:
        kept.put_setting(connection, site_setting, wishes.site or device.site)


def _id_of(name: str, level: str) -> str:
    """An id from a name: its pinyin without what kind of place it is, or the level where that gives none."""
    from pypinyin import lazy_pinyin

    place = name[:-1] if len(name) > 1 and name[-1] in "县市区旗乡镇村" else name  # 清河县 → qinghe, as people say it
    letters = "".join(lazy_pinyin(place)).lower()
    spelled = "".join(letter for letter in letters if letter.isascii() and letter.isalnum())[: limits.item_id_chars_max]
    return spelled if ids.is_id(spelled) else level
