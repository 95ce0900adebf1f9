"""Targets that wait for signatures which this machine cannot give, beside the keys in `waiting/`.

1. They are prepared whole and lie where no reader sees them. What was prepared fits as long as the state it follows
   stands; then it is asked for with the same bytes, so that several signers may sign copies.
2. What comes back is published only if it is, byte for byte, what was prepared last, and enough signatures are good.
3. Its files come before the metadata that names them; a release that was cut is done again.
"""

import shutil
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tuf.api.metadata import Metadata, Targets

from content_sync import durable
from content_sync.domain import limits
from content_sync.domain.errors import Refused
from content_sync.trust.metadata import compact, expiry, is_worn, whole
from content_sync.trust.requests import Request, lacking_targets
from content_sync.trust.signing import Repository
from content_sync.trust.texts import texts_of
from content_sync.trust.tree import Target, Tree, described

_targets_file = "targets.json"


class Staging:
    """What waits for one channel."""

    def __init__(self, repository: Repository) -> None:
        self.repository, self._tree = repository, Tree(repository.keys_folder / "waiting")
        self.packs = self._tree.folder / "packs"

    def custom(self, now: datetime, name: str) -> Mapping[str, Any] | None:
        """What is to be signed beside a prepared target; None when nothing is prepared, or it does not fit (rule 1)."""
        prepared, standing = self._prepared(), self.repository.state()[0]
        fits = (
            prepared is not None
            and prepared.signed.version == standing.version + 1
            and prepared.signed.delegations == standing.delegations
            and not is_worn(prepared.signed, now, limits.targets_days)
        )
        target = prepared.signed.targets.get(name) if prepared is not None and fits else None
        return None if target is None else target.custom or {}

    def clear(self) -> None:
        """Forget what is prepared."""
        shutil.rmtree(self._tree.folder, ignore_errors=True)

    def put(self, now: datetime, targets: Mapping[str, Target]) -> None:
        """Prepare exactly these targets; their packs lie in `packs` already."""
        signed = self._next(now)
        signed.targets = {name: described(name, target) for name, target in targets.items()}
        for name, target in targets.items():
            self._tree.store(name, target)
        self._tree.write(_targets_file, compact(Metadata(signed)))

    def request(
        self, now: datetime, hashes: Mapping[str, str], bodies: Mapping[str, bytes], *, again: bool, all_texts: bool
    ) -> Request:
        """Ask for what is prepared, or, `again`, for the same targets as now; `hashes` are of the standing edition."""
        held, prepared = self.repository.tree.targets("targets"), self._prepared()
        asked = Metadata(self._next(now)) if again or prepared is None else prepared
        texts = texts_of(None if all_texts else held, hashes, bodies)
        return Request(self.repository.folder.name, self.repository.tree.roots(), None, asked, texts)

    def check(self, request: Request) -> None:
        """Rule 2. Raises Refused."""
        prepared, asked = self._prepared(), request.targets
        if prepared is None or asked is None or prepared.signed_bytes != asked.signed_bytes:
            raise self.changed()
        if waiting := lacking_targets(request):
            raise Refused(f"The edition of {request.channel} lacks signatures of {', '.join(waiting)}.")

    def changed(self) -> Refused:
        """The sentence for signatures under something that is not what would be published."""
        return Refused(
            f"{self.repository.folder.name} changed after this request was made, so its signatures sign something "
            "else; ask for a new one with display-server keys pending."
        )

    def release(self, now: datetime, request: Request) -> None:
        """Publish what was checked (rule 3); raises Broken when the online key is missing."""
        root, (_, hidden) = self.repository.tree.root().signed, self.repository.state()
        assert request.targets is not None
        files = self.repository.signed(now, request.targets.signed, hidden, [root], request.targets)
        for part in ("packs", "targets"):
            for path in (self._tree.folder / part).glob("*"):
                durable.write(self.repository.folder / part / path.name, path.read_bytes())
        self.repository.release(files)

    def _prepared(self) -> Metadata[Targets] | None:
        path = self._tree.folder / "metadata" / _targets_file
        return whole(Targets, path.read_bytes()) if path.exists() else None

    def _next(self, now: datetime) -> Targets:
        signed = self.repository.state()[0]
        signed.version, signed.expires = signed.version + 1, expiry(now, limits.targets_days)
        return signed
