"""Which bundle of a stick a device may take: the newest whole one of its own county, or a sentence.

1. Whole means: its listing is there and its checksum is right. An unfinished one beside it is passed over.
2. A county is told by its name on the stick first, and then by the first root in the bundle itself (spooling).
"""

from contextlib import closing

from content_sync.bundle import places
from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Unverified
from content_sync.net.stick import StickFolder
from content_sync.wire.listing import Listing, parse_listing


class OtherCounty(Unverified):
    """The stick is another county's."""


def another_countys(shown: str) -> OtherCounty:
    """The refusal of a bundle whose directory is not the one this device trusts."""
    return OtherCounty(f"{shown} holds a bundle of another county; nothing was taken. Ask your own county for one.")


def newest(base: StickFolder, county: str) -> tuple[str, Listing]:
    """The bundle's name and its listing. Raises NothingOfOurs, or Unverified when none is whole."""
    faults: list[str] = []
    for name in places.bundles(base, county):
        try:
            return name, _listing(base, name)
        except (FileNotFoundError, BadInput) as error:  # rule 1
            faults.append(_fault(error))
    if faults:
        raise Unverified(f"The bundle on {base.shown} {faults[0]}. Have it written again; nothing was taken.")
    if places.other_bundles(base, county):
        raise another_countys(base.shown)
    raise places.NothingOfOurs(f"{base.shown} holds no bundle; have display-server bundle write one.")


def _listing(base: StickFolder, name: str) -> Listing:
    with closing(base.sub(name)) as folder:
        return parse_listing(folder.read(places.listing_name, limits.listing_bytes_max))


def _fault(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "is unfinished: the stick was pulled out while it was written"
    return f"has a damaged listing ({error})"


def followed(listing: Listing, channels: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the device's channels that the bundle holds, in the device's order."""
    held = {one.channel for one in listing.files}
    return tuple(channel for channel in channels if channel in held)
