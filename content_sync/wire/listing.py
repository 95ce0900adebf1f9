"""The listing of a bundle ↔ bytes: every file on the stick with its length and SHA-256, and a checksum of itself.

1. Lines of text: what it is, when it was made, whose county it is, one line a file, and last the checksum of all lines
   before. It is written last; without a whole listing there is no bundle.
2. Names are safe on FAT and everywhere else: lower case, so that no two differ by case only, no `:`, no name that
   Windows keeps for a device, at most `limits.stick_name_chars_max`. Anything else is refused, when written and read.
3. A file stands at `<channel>/<folder>/<name>`, once; lengths and their sum are bounded.

The listing is not signed. It says early and cheaply what is damaged; what is true is said by the signed metadata.
"""

import hashlib
import re
from dataclasses import dataclass

from content_sync.domain import limits
from content_sync.domain.errors import BadInput

_first = "gongkailan bundle 1"
_name = re.compile(rf"[a-z0-9_][a-z0-9._-]{{0,{limits.stick_name_chars_max - 1}}}(?<!\.)")
_devices = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_county = re.compile(r"[a-z2-7]{1,40}")
_line = re.compile(r"([0-9a-f]{64}) ([0-9]{1,12}) (\S{1,400})")
_depth = 3


@dataclass(frozen=True)
class Listed:
    """A file below the tree, its length in bytes and its SHA-256 in lower-case hex."""

    path: str
    length: int
    sha256: str

    @property
    def channel(self) -> str:
        """The repository it belongs to."""
        return self.path.split("/", 1)[0]


@dataclass(frozen=True)
class Listing:
    """A bundle: made when (ISO, with offset), of which county (fingerprint of the directory root), and its files."""

    made: str
    county: str
    files: tuple[Listed, ...]

    def of(self, channel: str) -> tuple[Listed, ...]:
        """The files of one repository."""
        return tuple(one for one in self.files if one.channel == channel)


def listing_bytes(listing: Listing) -> bytes:
    """The listing as it stands on the stick; BadInput when a name is not safe there (rule 2)."""
    _check(listing)
    lines = [_first, f"made {listing.made}", f"county {listing.county}"]
    lines += [f"{one.sha256} {one.length} {one.path}" for one in listing.files]
    text = "".join(f"{line}\n" for line in lines).encode()
    return text + f"end {hashlib.sha256(text).hexdigest()}\n".encode()


def parse_listing(data: bytes) -> Listing:
    """The listing of bytes from a stick; BadInput when it is not whole or says something impossible."""
    body, _, last = data[:-1].rpartition(b"\n")
    if data[-1:] != b"\n" or last != b"end " + hashlib.sha256(body + b"\n").hexdigest().encode():
        raise BadInput("its checksum is wrong")
    lines = body.decode("ascii", "replace").split("\n")
    if lines[0] != _first:
        raise BadInput("it was written by a newer server; update this device's software")
    if len(lines) < _depth or not lines[1].startswith("made ") or not lines[2].startswith("county "):
        raise BadInput("its first lines are not those of a bundle")
    listing = Listing(lines[1][5:], lines[2][7:], tuple(map(_listed, lines[3:])))
    _check(listing)
    return listing


def is_safe(path: str) -> bool:
    """Whether every part of a path can be a name on any stick (rule 2)."""
    parts = path.split("/")
    return all(_name.fullmatch(part) is not None and _devices.fullmatch(part) is None for part in parts)


def _listed(line: str) -> Listed:
    found = _line.fullmatch(line)
    if found is None:
        raise BadInput(f"its line {line[:80]!a} names no file")
    return Listed(found[3], int(found[2]), found[1])


def _check(listing: Listing) -> None:
    """Rules 2 and 3."""
    if _county.fullmatch(listing.county) is None or len(listing.made) > limits.item_id_chars_max:
        raise BadInput("its first lines are not those of a bundle")
    if len(listing.files) > limits.bundle_files_max:
        raise BadInput(f"it names more than {limits.bundle_files_max} files")
    for one in listing.files:
        if not is_safe(one.path) or one.path.count("/") != _depth - 1:
            raise BadInput(f"{one.path[:80]!a} is no name that every stick and system can hold")
        if one.length > limits.bundle_file_bytes_max:
            raise BadInput(f"{one.path} would have more than {limits.bundle_file_bytes_max} bytes")
    if len({one.path for one in listing.files}) != len(listing.files):
        raise BadInput("it names a file twice")
    if sum(one.length for one in listing.files) > limits.bundle_bytes_max:
        raise BadInput(f"its files have more than {limits.bundle_bytes_max} bytes")
