"""Sites as the database holds them: canonical JSON of `content_sync.domain.county.Site`."""

from functools import lru_cache

from sqlalchemy import Connection, bindparam, select

from content_sync.domain import profiles
from content_sync.domain.county import Service, Site, Unit, Window
from content_sync.domain.errors import Refused
from content_sync.domain.profiles import Profile
from content_sync.wire import canonical, shapes
from display_server.database.prepared import Prepared
from display_server.database.tables.core import sites, units

_detail = Prepared(select(sites.c.detail).where(sites.c.id == bindparam("site")))


def site(connection: Connection, site_id: str) -> Site:
    """The site with this id. Raises Refused when there is none."""
    detail = _detail.scalar(connection, site=site_id)
    if detail is None:
        raise Refused(f"没有这个大厅：{site_id}。")
    return _parsed(detail)


def every(connection: Connection) -> list[Site]:
    """All sites, by id."""
    return [_parsed(row.detail) for row in connection.execute(select(sites.c.detail).order_by(sites.c.id))]


def service_of(found: Site, service_id: str) -> Service:
    """The service of this site. Raises Refused when it has none by that id."""
    service = next((s for s in found.services if s.id == service_id), None)
    if not service:
        raise Refused(f"这里没有这项业务：{service_id}。")
    return service


def window_of(found: Site, window_id: str) -> Window:
    """The window of this site. Raises Refused when it has none by that id."""
    window = next((w for w in found.windows if w.id == window_id), None)
    if not window:
        raise Refused(f"这里没有这个窗口：{window_id}。")
    return window


def profile(connection: Connection, site_id: str, unit_id: str) -> Profile:
    """The rule profile that a case of this hall follows; without a hall that of the unit's level."""
    detail = connection.execute(select(units.c.detail).where(units.c.id == unit_id)).scalar()
    level = shapes.from_plain(Unit, canonical.load(detail.encode(), "unit"), "unit").level if detail else ""
    return profiles.of_hall(site(connection, site_id).rules.profile if site_id else "", level)


@lru_cache(maxsize=256)  # every ticket asks for its site; the text itself is the key, so an edit is seen at once
def _parsed(detail: str) -> Site:
    return shapes.from_plain(Site, canonical.load(detail.encode(), "site"), "site")
