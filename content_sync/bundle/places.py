"""Where things lie on a stick.

    gongkailan/<county>-<number>/repo/<channel>/…     a bundle: the same tree as under /repo/
    gongkailan/<county>-<number>/listing.txt          written last; without it the bundle is unfinished
    gongkailan/records/<device>/<key>-<hash>.sealed   a device's records for the server
    gongkailan/receipts/<device>-<key>.receipt        the server's answer to them

1. `<county>` is the beginning of the fingerprint of the directory's first root, so that the bundles of two counties
   share a stick without harm; the number grows with each bundle, whatever a clock says.
2. A bundle is written beside the one before, and that one goes when the new one is whole: at no moment is there none.
3. A person may name the mount point, the folder `gongkailan`, or a bundle's own folder.
"""

import re
from contextlib import closing
from pathlib import Path

from content_sync.domain.errors import Refused
from content_sync.net.stick import StickFolder

folder_name = "gongkailan"
listing_name = "listing.txt"
tree_name = "repo"
blobs_name = "blobs"  # of a channel, in its tree
records_name = "records"
receipts_name = "receipts"
sealed_suffix = ".sealed"
_county_chars = 8
_bundle = re.compile(r"([a-z2-7]{8})-([0-9]{6})")


class NothingOfOurs(Refused):
    """A stick without a bundle."""


def opened(path: Path, *, make: bool = False) -> StickFolder:
    """The folder `gongkailan` of a stick (rule 3), made where `make` says so.

    Raises NothingOfOurs when there is none, Refused, Unverified, Unreachable.
    """
    path = path.absolute()
    if _bundle.fullmatch(path.name) and path.parent.name == folder_name:
        path = path.parent
    if path.name == folder_name:
        return StickFolder.at(path)
    with closing(StickFolder.at(path)) as stick:
        try:
            return stick.made(folder_name) if make else stick.sub(folder_name)
        except FileNotFoundError as error:
            raise NothingOfOurs(
                f"{path} holds nothing of ours; have display-server bundle write onto it first."
            ) from error


def bundle_name(county: str, number: int) -> str:
    """The folder of a county's bundle (rule 1)."""
    return f"{county[:_county_chars]}-{number:06d}"


def bundles(base: StickFolder, county: str) -> list[str]:
    """A county's bundles, newest first, whole or not."""
    found = (match for name in base.names() if (match := _bundle.fullmatch(name)))
    return sorted((match[0] for match in found if match[1] == county[:_county_chars]), reverse=True)


def other_bundles(base: StickFolder, county: str) -> list[str]:
    """Bundles of other counties."""
    found = (match for name in base.names() if (match := _bundle.fullmatch(name)))
    return [match[0] for match in found if match[1] != county[:_county_chars]]


def receipt_name(device: str, mark: str) -> str:
    """The server's receipt for the device whose key has this mark."""
    return f"{device}-{mark}.receipt"


def number_of(bundle: str) -> int:
    """The number in a bundle's name."""
    return int(bundle.rpartition("-")[2])
