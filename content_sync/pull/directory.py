"""The county's directory: the first root of each channel, and the county facts.

1. A channel's first root is pinned once, from the verified directory; later only TUF's rotation changes it.
2. For whom records on sticks are sealed (wire.sealed) is believed from here only.
3. The directory's signed time moves the clock's floor, unless it is past belief (pull.clocking rule 4).
"""

from collections.abc import Sequence
from pathlib import Path

from content_sync.domain import limits
from content_sync.domain.errors import Unverified
from content_sync.domain.ids import directory_channel
from content_sync.ports import Fetcher
from content_sync.pull.clocking import Time, credible
from content_sync.pull.fresh import newest
from content_sync.storage.content import ContentStore
from content_sync.storage.facts import directory_fact, records_key_fact
from content_sync.trust.verifying import is_pinned, pin

county_target = "county.json"
records_target = "records.key"


def take_directory(trust: Path, store: ContentStore, fetcher: Fetcher, time: Time, channels: Sequence[str]) -> None:
    """Refresh the directory and take what is new of it. Raises Unverified, Unreachable."""
    seen = store.fact(directory_fact)
    with newest(trust / directory_channel, directory_channel, fetcher, time, seen) as trusted:
        for channel in channels:
            if not is_pinned(trust / channel) and (root := trusted.find(f"{channel}.root.json")) is not None:
                pin(trust / channel, trusted.read(root, limits.metadata_bytes_max))  # rule 1
        records = trusted.find(records_target)
        if records is not None and records.sha256 != store.fact(f"{records_key_fact}_hash"):  # rule 2
            store.put_fact(records_key_fact, trusted.read(records, limits.metadata_bytes_max).hex())
            store.put_fact(f"{records_key_fact}_hash", records.sha256)
        trusted.keep()
        if credible(trusted.as_of, time, store.floor()):
            store.put_fact(directory_fact, trusted.as_of.isoformat())
            store.note_as_of(directory_channel, trusted.as_of.isoformat())  # rule 3
        county = trusted.find(county_target)  # the last, because a newer one may be more than this program reads
        if county is not None and (county.sha256 != store.fact("county_hash") or store.county() is None):
            store.put_county(trusted.read(county, limits.directory_bytes_max))
            store.put_fact("county_hash", county.sha256)


def lacking(trust: Path, channels: Sequence[str]) -> list[str]:
    """Channels whose first root is not known yet."""
    return [channel for channel in channels if not is_pinned(trust / channel)]


def unknown(channel: str) -> Unverified:
    """The refusal of a channel that the directory does not name."""
    return Unverified(f"{channel} is not in the county's directory; the county must adopt it first.")
