"""An edition that waits for signatures which this server cannot give (its publishers' keys are on their own machines).

1. A withdrawal waits for nobody: the withdrawn ids are published at once under their own key, over the edition that
   stands; devices hide what that edition still holds. Its text leaves the packs with the next edition that is signed.
2. Everything of the waiting edition is made beforehand, also the ways that take time: what is signed is not added to.
3. Making it holds up nobody but other signers who ask: not the channel, whose withdrawals go on meanwhile.
4. An edition is released when its texts are still the ones that were prepared; then old packs go, as after any other.
"""

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from content_sync.current import catchup_target, edition_in, edition_target, named_in, packs_named, withdrawn_in
from content_sync.domain.edition import Edition, root_of
from content_sync.domain.errors import Refused
from content_sync.packs import Packs, Past
from content_sync.ports import Clock
from content_sync.trust.lock import alone
from content_sync.trust.signing import Repository, Target
from content_sync.trust.staging import Staging
from content_sync.wire import canonical
from content_sync.wire.editions import edition_custom, hashes_in, manifest_bytes, parse_custom

if TYPE_CHECKING:
    from content_sync.trust.requests import Request


@dataclass(frozen=True)
class Waiting:
    """One channel of the tree `repo`, with the keys in `keys`."""

    repo: Path
    keys: Path
    channel: str
    clock: Clock

    @property
    def _repository(self) -> Repository:
        return Repository(self.repo / self.channel, self.keys / self.channel)

    def is_signed_elsewhere(self) -> bool:
        """Whether editions of the channel wait for keys that are not on this server."""
        return not self._repository.can_sign_targets()

    def hide(self, withdrawn: Iterable[str]) -> bool:
        """Publish these ids as withdrawn, with all that were before (rule 1); False when they all stood already."""
        with alone(self.keys / self.channel):
            before = withdrawn_in(self._repository.tree)
            if hidden := set(withdrawn) - before:
                self._repository.put(self.clock.now(), {}, canonical.dump(sorted(before | hidden)))
        return bool(hidden)

    def request(
        self,
        number: int,
        bodies: Mapping[str, bytes],
        past: Past,
        starts: Collection[int],
        hashes: Mapping[str, str],
        *,
        all_texts: bool,
    ) -> "Request":
        """What signers are asked for edition `number` with these bodies; for the standing edition, to sign it again.

        `starts` are the editions from which devices may come, `hashes` those of the standing edition's items;
        `all_texts` for signers who did not sign that one.
        """
        with self._asking():  # rule 3
            staging, standing, now = Staging(self._repository), edition_in(self._repository.tree), self.clock.now()
            again, root = number == standing.number, root_of(bodies)
            if number not in (standing.number, standing.number + 1) or (again and root != standing.root):
                raise Refused(f"{self.channel} is at edition {standing.number}; edition {number} cannot be asked for.")
            if not again and not self._is_prepared(staging, number, root):
                edition = Edition(self.channel, number, now.isoformat(timespec="seconds"), len(bodies), root)
                self._prepare(staging, edition, bodies, past, starts, hashes)
            return staging.request(now, hashes, bodies, again=again, all_texts=all_texts)

    def release(self, request: "Request", number: int, root: str, held: Collection[str]) -> None:
        """Publish the edition that signers signed; `held` are the ids of the edition before (rule 4).

        Raises Refused when the edition to be published is another one by now, or signatures are lacking.
        """
        with self._asking(), alone(self.keys / self.channel):
            repository = self._repository
            staging, standing = Staging(repository), edition_in(repository.tree)
            if (number, root) != (standing.number, standing.root):  # otherwise an earlier release was cut after it
                if number != standing.number + 1 or not self._is_prepared(staging, number, root):
                    raise staging.changed()
                staging.check(request)
                staging.release(self.clock.now(), request)
            clean = withdrawn_in(repository.tree).isdisjoint(held)
            self._packs().prune(packs_named(repository.tree, before=clean))
            staging.clear()

    def _prepare(
        self,
        staging: Staging,
        edition: Edition,
        bodies: Mapping[str, bytes],
        past: Past,
        starts: Collection[int],
        held: Collection[str],
    ) -> None:
        """Rule 2: what `publish` and `complete` make one after the other."""
        staging.clear()
        staging.packs.mkdir(mode=0o700, parents=True)
        packs, number = Packs(self.channel, staging.packs), edition.number - 1
        clean = withdrawn_in(self._repository.tree).isdisjoint(held)
        step = packs.step(edition, bodies, past, named_in(self._repository.tree, number) if clean and number else None)
        manifest, catchup = packs.ways(edition, bodies, past, starts, step)
        texts = {edition_target: manifest_bytes(manifest), catchup_target: manifest_bytes(catchup)}
        packs.prune(set().union(*map(hashes_in, texts.values())))
        custom = {edition_target: edition_custom(edition)}
        staging.put(self.clock.now(), {name: Target(data, custom.get(name)) for name, data in texts.items()})

    def _asking(self) -> AbstractContextManager[None]:
        """What is prepared is read and written by one process at a time."""
        return alone(self.keys / self.channel / "asking")

    def _packs(self) -> Packs:
        return Packs(self.channel, self.repo / self.channel / "packs")

    def _is_prepared(self, staging: Staging, number: int, root: str) -> bool:
        custom = staging.custom(self.clock.now(), edition_target)
        prepared = parse_custom(self.channel, dict(custom)) if custom is not None else None
        return prepared is not None and (prepared.number, prepared.root) == (number, root)
