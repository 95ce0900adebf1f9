"""The county facts ↔ bytes (target `county.json` of the directory repository)."""

from content_sync.domain.county import County
from content_sync.wire import canonical, shapes


def county_bytes(county: County) -> bytes:
    """Canonical bytes of the county facts."""
    return canonical.dump(shapes.to_plain(county))


def parse_county(data: bytes) -> County:
    """The county facts of bytes that this program made; what it does not know is refused."""
    return shapes.from_plain(County, canonical.load(data, "county.json"), "county")


def read_county(data: bytes) -> County:
    """The county facts of verified bytes, for a device: what a newer server says beside them is passed over."""
    return shapes.from_plain(County, canonical.load(data, "county.json"), "county", lenient=True)
