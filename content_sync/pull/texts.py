"""From the signed manifests of an edition to its texts in the store.

1. The cheapest way from what is held is taken. The manifest of merged deltas is read only when the edition's own names
   no way from there.
2. When a way from what is held fails (a bit rotted on either side), the way from the base pack is taken.
3. A line that is cut ends the attempt; the next one goes on where it stopped.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from content_sync.domain import limits
from content_sync.domain.edition import Edition
from content_sync.domain.errors import BadInput, Unverified
from content_sync.pull.named import Named, pack_of
from content_sync.storage.content import ContentStore
from content_sync.trust.verifying import Described, Trusted
from content_sync.wire.deltas import applied
from content_sync.wire.editions import Catchup, Delta, parse_catchup, parse_manifest, unpack_items
from content_sync.wire.routes import Way, cheapest

catchup_target = "catchup"


@dataclass(frozen=True)
class Texts:
    """The texts of one signed edition; `described` is its manifest, `fetch` gives the bytes of a named file."""

    edition: Edition
    trusted: Trusted
    described: Described
    fetch: Callable[[Named], bytes]

    def bring(self, store: ContentStore, as_of: str, withdrawn: Sequence[str], held: int | None) -> None:
        """Put them into the store, where edition `held` is whole (None: nothing is). Raises Unverified, Unreachable."""
        way = self._way(held)
        if way.base is None:
            try:
                store.advance(self.edition, as_of, self._read(way.deltas), withdrawn)
            except Unverified:
                way = self._way(None)  # rule 2
            else:
                return
        assert way.base is not None
        channel = self.edition.channel
        pack, deltas = self.fetch(pack_of(channel, way.base)), self._read(way.deltas)
        try:
            bodies = unpack_items(way.base, pack, channel)
            for data in deltas:
                bodies = applied(bodies, data)
            store.apply(self.edition, as_of, bodies, withdrawn)
        except Unverified as error:
            raise Unverified(f"{error} The publisher of {channel} must publish another edition.") from error

    def _way(self, held: int | None) -> Way:
        channel, number = self.edition.channel, self.edition.number
        try:
            manifest = parse_manifest(self.trusted.read(self.described, limits.manifest_bytes_max), number)
            way = cheapest(held, manifest.base, manifest.deltas, number)
            if way is None or way.base is not None:  # rule 1
                way = cheapest(held, manifest.base, (*manifest.deltas, *self._caught().deltas), number)
        except BadInput as error:
            raise Unverified(
                f"{channel}: its signed manifest cannot be read: {error} Its publisher must sign another."
            ) from error
        if way is None:
            raise Unverified(f"{channel}: no way leads to edition {number}; its publisher must publish again.")
        return way

    def _caught(self) -> Catchup:
        described = self.trusted.find(catchup_target)
        if described is None:
            return Catchup(0)
        return parse_catchup(self.trusted.read(described, limits.manifest_bytes_max), self.edition.number)

    def _read(self, deltas: Sequence[Delta]) -> list[bytes]:
        return [self.fetch(pack_of(self.edition.channel, one)) for one in deltas]
