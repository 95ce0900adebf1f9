"""The files that carry the text of editions: base packs and deltas, made for readers of every age.

1. A step makes one delta, from the edition before; a hasty base only when nobody could reach the edition otherwise.
2. The ways made afterwards lead from each of the editions asked for, and from the base. A base that no way leads from,
   or from which it is too long, is made anew.
3. Files are named by their content; they are written whole and durably before anything names them.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from content_sync import durable
from content_sync.domain import limits
from content_sync.domain.edition import Edition
from content_sync.domain.errors import Refused
from content_sync.wire import deltas
from content_sync.wire.editions import Base, Catchup, Delta, Manifest, pack_items
from content_sync.wire.routes import cheapest

Past = Callable[[int], Mapping[str, bytes | None] | None]
"""Every item touched after an edition, with its body in that edition (None: it was not in it); None: not known."""


@dataclass(frozen=True)
class Packs:
    """The folder of one channel's packs."""

    channel: str
    folder: Path

    def base(self, number: int, bodies: Mapping[str, bytes], *, quick: bool = False) -> Base:
        """A base pack of edition `number`; Refused when the channel is too large for one."""
        base, data = pack_items(number, bodies, quick=quick)
        if base.length > limits.pack_bytes_max or len(bodies) > limits.edition_items_max:
            raise Refused(f"{self.channel} is too large for one edition; split it into two channels.")
        self._write(f"{base.sha256}.zst", data)
        return base

    def step(
        self, edition: Edition, bodies: Mapping[str, bytes], past: Past, before: tuple[Manifest, Catchup] | None
    ) -> Manifest:
        """The manifest of the next edition (rule 1); `before` is what was named so far, None when that must go."""
        made = self._delta(edition.number - 1, edition.number, bodies, past)
        steps = (made,) if made else ()
        if before is not None:
            manifest, caught = before
            late = [one for one in manifest.deltas if one.to > caught.number]  # not among the merged ones yet
            steps = (*steps, *late[: limits.steps_named_max])
            if cheapest(None, manifest.base, [*steps, *caught.deltas], edition.number) is not None:
                return Manifest(manifest.base, steps)
        return Manifest(self.base(edition.number, bodies, quick=True), steps)

    def ways(
        self, edition: Edition, bodies: Mapping[str, bytes], past: Past, starts: Collection[int], before: Manifest
    ) -> tuple[Manifest, Catchup]:
        """The base and the ways to the edition from the editions `starts` (rule 2)."""
        base, number = before.base, edition.number
        made = (self._delta(since, number, bodies, past) for since in sorted({*starts, base.number}) if since < number)
        found = [one for one in made if one is not None]
        way = cheapest(None, base, found, number)
        if base.quick or way is None or 100 * (way.bytes - base.length) > limits.base_way_percent_max * base.length:
            base = self.base(number, bodies)
        return Manifest(base, before.deltas), Catchup(number, tuple(one for one in found if one not in before.deltas))

    def prune(self, named: set[str]) -> None:
        """Delete every file whose hash is not named."""
        for path in self.folder.iterdir():
            if path.stem not in named:
                path.unlink(missing_ok=True)

    def _delta(self, since: int, to: int, bodies: Mapping[str, bytes], past: Past) -> Delta | None:
        old = past(since) if since else None
        if old is None:
            return None
        data = deltas.encode(old, bodies)
        if len(data) > limits.pack_bytes_max:
            return None
        sha256 = hashlib.sha256(data).hexdigest()
        self._write(f"{sha256}.delta", data)
        return Delta(since, to, sha256, len(data))

    def _write(self, name: str, data: bytes) -> None:
        if not (self.folder / name).exists():
            durable.write(self.folder / name, data)


def nothing_known(_since: int) -> None:
    """The past of a caller that has none: every edition then needs a base of its own."""
