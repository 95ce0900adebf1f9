"""The county's structure: units, channels, sites, services, windows; and the words it explains.

1. Only an administrator changes it (the shell of the server counts as one); every change stands in the audit log. The
   rules and the map of a hall its manager decides, too.
2. An id is given once; what a part names (its unit, parent, services) must be there already.
3. A ticket's letter is one of A–Z and belongs to one service of its site; so does a window's number.
4. Every change is signed in the same step (desk.county_signing): devices never hear of half a change.
5. On a relay the county is described by its upstream: units and channels of its own are made here, the county learns of
   them when it adopts a channel; halls, services and windows are described where the directory is signed.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection

from content_sync.domain import ids
from content_sync.domain.calendar import Table
from content_sync.domain.county import ChannelOf, County, Service, Site, Unit, Window, site_of, unit_of
from content_sync.domain.disclosure.glossary import OwnTerm
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall import floors
from content_sync.domain.hall.deciding import decided
from content_sync.domain.hall.floors import Plan
from display_server import access
from display_server.access import Actor
from display_server.database import audit, calendars, mirrored
from display_server.database import county as kept
from display_server.database.engine import Database
from display_server.desk import county_signing
from display_server.publishing.service import publisher


def add_unit(db: Database, actor: Actor, unit: Unit) -> None:
    """A new unit. Raises Refused when its id is taken or its parent is not there."""

    def step(connection: Connection, county: County) -> None:
        _new(unit.id, "单位编号", [other.id for other in county.units])
        if unit.parent:
            _unit(county, unit.parent)
        kept.put_unit(connection, unit)

    _change(db, actor, "unit.add", unit.id, unit.name, step)


def add_channel(db: Database, actor: Actor, channel: ChannelOf) -> None:
    """A new channel with keys of its own, at edition 0. Raises Refused when its id is taken or its unit is unknown."""

    def step(connection: Connection, county: County) -> None:
        _new(channel.id, "频道编号", [*mirrored.units_of_channels(connection)])
        if db.config.is_relay and mirrored.is_named(db.config, channel.id):
            raise Refused(f"县的目录里已经有频道 {channel.id}：请换一个编号。")
        _unit(county, channel.unit)
        publisher(db).create_channel(channel.id)
        kept.put_channel(connection, channel)

    _change(db, actor, "channel.add", channel.id, channel.unit, step)


def add_site(db: Database, actor: Actor, site: Site) -> None:
    """A new hall or office. Raises Refused when its id is taken or its unit is not there."""

    def step(connection: Connection, county: County) -> None:
        _new(site.id, "大厅编号", [other.id for other in county.sites])
        _unit(county, site.unit)
        kept.put_site(connection, site)

    _change(db, actor, "site.add", site.id, site.name, step)


def add_service(db: Database, actor: Actor, site_id: str, service: Service) -> None:
    """A new service of a site (rule 3)."""

    def step(connection: Connection, county: County) -> None:
        site = _site(county, site_id)
        _new(service.id, "业务编号", [other.id for other in site.services])
        if len(service.letter) != 1 or not "A" <= service.letter <= "Z":
            raise BadInput(f"号码字母要用 A 到 Z 中的一个，不能用“{service.letter}”。")
        if any(other.letter == service.letter for other in site.services):
            raise Refused(f"字母 {service.letter} 已经给了别的业务：请换一个。")
        kept.put_site(connection, dataclasses.replace(site, services=(*site.services, service)))

    _change(db, actor, "service.add", f"{site_id}/{service.id}", service.name, step)


def add_window(db: Database, actor: Actor, site_id: str, window: Window) -> None:
    """A new window of a site (rules 2 and 3)."""

    def step(connection: Connection, county: County) -> None:
        site = _site(county, site_id)
        _new(window.id, "窗口编号", [other.id for other in site.windows])
        lacking = set(window.services) - {service.id for service in site.services}
        if lacking or not window.services:
            raise BadInput(f"{site_id} 没有业务“{'、'.join(sorted(lacking))}”：请先用 service add 建立。")
        if window.number < 1 or any(other.number == window.number for other in site.windows):
            raise Refused(f"窗口号 {window.number} 不能用：要从 1 起，而且不能重复。")
        kept.put_site(connection, dataclasses.replace(site, windows=(*site.windows, window)))

    _change(db, actor, "window.add", f"{site_id}/{window.id}", window.name, step)


def draw_map(db: Database, actor: Actor, site_id: str, plan: Plan) -> None:
    """The map of a hall (domain.hall.floors), in place of the one it had. For its manager, too (rule 1)."""
    with db.read() as connection:
        unit = _site(kept.county(connection), site_id).unit

    def step(connection: Connection, county: County) -> None:
        site = _site(county, site_id)
        if fault := floors.fault(plan, [window.id for window in site.windows]):
            raise BadInput(fault)
        kept.put_site(connection, dataclasses.replace(site, floors=plan.floors, kiosks=plan.kiosks))

    detail = f"{len(plan.floors)}层，{sum(len(floor.spots) for floor in plan.floors)}处"
    _change(db, actor, "hall.map", site_id, detail, step, manager_of=unit)


def explain_terms(db: Database, actor: Actor, terms: Sequence[OwnTerm]) -> None:
    """The words that this county explains (disclosure.glossary), in place of those before."""

    def step(connection: Connection, _county: County) -> None:
        kept.put_terms(connection, terms)

    _change(db, actor, "county.terms", "county", f"{len(terms)}", step)


def decide_rules(db: Database, actor: Actor, site_id: str, said: Mapping[str, str]) -> None:
    """New rules of a hall, as somebody wrote them down (domain.hall.deciding). For its manager, too (rule 1)."""
    with db.read() as connection:
        unit = _site(kept.county(connection), site_id).unit

    def step(connection: Connection, county: County) -> None:
        site = _site(county, site_id)
        kept.put_site(connection, dataclasses.replace(site, rules=decided(site.rules, said)))
        db.announce(connection, "queue", {"site": site_id})

    detail = " ".join(f"{name}={' / '.join(text.split())}" for name, text in sorted(said.items()))
    _change(db, actor, "hall.rules", site_id, detail, step, manager_of=unit)


def _change(
    db: Database,
    actor: Actor,
    action: str,
    subject: str,
    detail: str,
    step: Callable[[Connection, County], None],
    manager_of: str = "",
) -> None:
    if not (manager_of and actor.may("hall", manager_of)):
        access.check(actor, "structure")  # rule 1
    if db.config.is_relay and action not in ("unit.add", "channel.add"):  # rule 5
        raise Refused(
            "这是转发服务器：大厅、业务、窗口和词语解释由签发目录的上级服务器维护，请在那里修改，几秒钟后这里就会更新。"
        )
    with db.write() as connection:
        step(connection, kept.county(connection))
        audit.append(connection, db.config.clock.now().isoformat(), actor.name, actor.via, action, subject, detail)
        if not db.config.is_relay:
            county_signing.sign(db, connection)  # rule 4


def add_holidays(db: Database, actor: Actor, data: bytes, what: str) -> Table:
    """Keep the holiday table of one year, and let devices know of it where the county is signed here.

    Raises BadInput for a table that is not sound or not finished.
    """
    access.check(actor, "structure")
    table = calendars.add(db.config, data, what)
    with db.write() as connection:
        now = db.config.clock.now().isoformat()
        audit.append(connection, now, actor.name, actor.via, "calendar.add", str(table.year), table.source)
        if county_signing.is_signed_here(db.config):
            county_signing.sign(db, connection)
    return table


def _new(part: str, what: str, taken: list[str]) -> None:
    ids.checked_id(part, what)
    if part in taken:
        raise Refused(f"{what} {part} 已经有了：请换一个。")


def _unit(county: County, unit: str) -> None:
    if unit_of(county, unit) is None:
        raise BadInput(f"没有单位 {unit}：请先用 unit add 建立。")


def _site(county: County, site_id: str) -> Site:
    site = site_of(county, site_id) if site_id else None
    if site is None:
        raise BadInput(f"没有大厅 {site_id}：请先用 site add 建立。")
    return site
