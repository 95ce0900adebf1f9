"""The listing of a bundle: whole or refused, with names that every stick can hold."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import limits
from content_sync.domain.errors import BadInput
from content_sync.wire.listing import Listed, Listing, is_safe, listing_bytes, parse_listing

_sha = hashlib.sha256(b"x").hexdigest()
_listing = Listing(
    "2027-03-01T09:00:00+08:00",
    "abcdefghijklmnopqrstuvwxyz",
    (
        Listed("_directory/metadata/1.root.json", 2305, _sha),
        Listed(f"qinghe/targets/{_sha}.edition", 200, _sha),
        Listed(f"qinghe/packs/{_sha}.zst", 0, _sha),
    ),
)


def _with(*files: Listed) -> Listing:
    return replace(_listing, files=files)


def test_a_listing_comes_back_as_it_was_written() -> None:
    """Every file with its length and hash; the files of one channel can be asked for."""
    assert parse_listing(listing_bytes(_listing)) == _listing
    assert [one.length for one in _listing.of("qinghe")] == [200, 0]


def test_a_flipped_byte_anywhere_is_seen() -> None:
    """Whichever byte changes, also in the checksum or the last line's end, the listing is no listing."""
    data = listing_bytes(_listing)
    for place in range(len(data)):
        with pytest.raises(BadInput):
            parse_listing(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])


def test_a_cut_listing_is_seen() -> None:
    """However much of it was written before the stick was pulled out, it is not taken for a whole one."""
    data = listing_bytes(_listing)
    for length in range(len(data)):
        with pytest.raises(BadInput):
            parse_listing(data[:length])


@given(st.binary(max_size=200))
def test_rubbish_is_refused(data: bytes) -> None:
    """Any bytes with a right checksum still have to say what a listing says."""
    text = data + b"\n"
    with pytest.raises(BadInput):
        parse_listing(text + f"end {hashlib.sha256(text).hexdigest()}\n".encode())


_lies = {
    "a way up": "../qinghe/packs/x",
    "an absolute path": "/etc/passwd",
    "a way up in the middle": "qinghe/../x",
    "a drive": "c:/packs/x",
    "a colon in a name": "qinghe/packs/a:b",
    "a name with another case": "qinghe/packs/A",
    "a name with a dot at its end": "qinghe/packs/a.",
    "a hidden name": "qinghe/packs/.a",
    "a name Windows keeps": "qinghe/packs/con",
    "a name Windows keeps, with an ending": "aux/packs/nul.zst",
    "an empty part": "qinghe//x",
    "no folder": "qinghe/x",
    "one folder too many": "qinghe/packs/a/b",
    "a long name": "qinghe/packs/" + "a" * (limits.stick_name_chars_max + 1),
    "a letter beyond ASCII": "qinghe/packs/ä",
}


@pytest.mark.parametrize("story", _lies)
def test_a_name_that_no_stick_should_hold_is_refused(story: str) -> None:
    """Such a name is neither written nor believed, whoever put it into a listing with a right checksum."""
    with pytest.raises(BadInput):
        listing_bytes(_with(Listed(_lies[story], 1, _sha)))
    data = listing_bytes(_with(Listed("qinghe/packs/here", 1, _sha)))
    text = data.rpartition(b"end ")[0].replace(b"qinghe/packs/here", _lies[story].encode())
    with pytest.raises(BadInput):
        parse_listing(text + f"end {hashlib.sha256(text).hexdigest()}\n".encode())


def test_every_bound_holds() -> None:
    """Too many files, too long a file, too much in all, and a file twice: refused before anything is read."""
    many = [Listed(f"qinghe/packs/{n}", 0, _sha) for n in range(limits.bundle_files_max + 1)]
    longest = limits.bundle_file_bytes_max
    for files in (
        many,
        [Listed("qinghe/packs/a", longest + 1, _sha)],
        [Listed(f"qinghe/packs/{n}", longest, _sha) for n in range(limits.bundle_bytes_max // longest + 1)],
        [Listed("qinghe/packs/a", 1, _sha)] * 2,
    ):
        with pytest.raises(BadInput):
            listing_bytes(_with(*files))
    assert len(listing_bytes(_with(*many[1:]))) <= limits.listing_bytes_max


def test_a_newer_listing_says_what_to_do() -> None:
    """A bundle of a later form names the remedy instead of calling itself damaged."""
    text = listing_bytes(_listing).rpartition(b"end ")[0].replace(b"bundle 1", b"bundle 2")
    with pytest.raises(BadInput, match="newer"):
        parse_listing(text + f"end {hashlib.sha256(text).hexdigest()}\n".encode())


@pytest.mark.parametrize("name", ["console", "com", "auxiliary", "lpt", "1.root.json", "timestamp.json", "_directory"])
def test_ordinary_names_are_safe(name: str) -> None:
    """Only the reserved names themselves are refused, not what begins like them."""
    assert is_safe(name)
