"""What a server offers a device that tells what it holds (wire.news), read from the published tree.

1. It makes no difference who published a repository: the server itself, or whoever it mirrors.
2. Of a repository that changed come: roots the device has not seen, timestamp and snapshot, and of targets, withdrawal,
   withdrawn ids and manifests what is newer than told; then the deltas of the cheapest way, when they are small.
3. What a device needs beyond that it fetches from the tree, where it can go on after a cut. Of a repository whose tree
   is damaged only the timestamp comes: the device goes there, and finds out and tells what is wrong.
4. The state of a repository is read once and remembered until its timestamp.json is another file.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from content_sync.current import catchup_target, edition_in, edition_target, named_in
from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError
from content_sync.domain.ids import directory_channel
from content_sync.trust.metadata import target_name
from content_sync.trust.state import timestamp_path
from content_sync.trust.tree import Tree, withdrawal_role, withdrawn_target
from content_sync.wire.news import Known, news_bytes
from content_sync.wire.routes import cheapest

_remembered = 4_096


@dataclass(frozen=True)
class State:
    """The current state of a repository: versions as a device tells them, and that of the snapshot."""

    known: Known
    snapshot: int


def state_of(repo: Path, name: str) -> State | None:
    """The state that the tree of a repository is in; None when there is no such repository."""
    try:
        return _state(repo / name, (repo / name / "metadata" / "timestamp.json").stat().st_mtime_ns)
    except (FileNotFoundError, GongkailanError):
        return None


def news(repo: Path, names: Sequence[str], known: Sequence[Known], *, all_of_them: bool) -> bytes | None:
    """The answer for a device that follows `names` and holds `known` of them; None when there is nothing to tell."""
    files: dict[str, bytes] = {}
    for name, one in zip(names, known, strict=True):
        state = state_of(repo, name)
        if state is not None and (all_of_them or _is_newer(state.known, one)):
            more = {**files, **_read(repo, name, _led(Tree(repo / name), state, one))}
            if sum(map(len, more.values())) < limits.news_raw_bytes_max // 2 and len(more) < limits.news_files_max:
                files = more  # what would be too much is told with the next question
    if not files:
        return None
    return news_bytes(files, [_root(repo, name, one.root) for name, one in zip(names, known, strict=True)])


def _led(tree: Tree, state: State, told: Known) -> list[str]:
    """Paths below the repository that lead on (rules 2 and 3)."""
    try:
        return _wanted(tree, state, told)
    except (OSError, GongkailanError):
        roots = range(told.root + 1, state.known.root + 1)
        return [timestamp_path, *(f"metadata/{version}.root.json" for version in roots)]


def _read(repo: Path, name: str, paths: Sequence[str]) -> dict[str, bytes]:
    """The files that are there, by their path in the tree."""
    found: dict[str, bytes] = {}
    for path in paths:
        with suppress(OSError):  # pruned meanwhile: the device fetches what stands there now
            found[f"{name}/{path}"] = (repo / name / path).read_bytes()
    return found


def names_of(channels: Sequence[str]) -> list[str]:
    """The repositories of a device that follows these channels, in the order in which it tells of them."""
    return [directory_channel, *channels]


@lru_cache(_remembered)
def _state(folder: Path, _changed: int) -> State:
    tree = Tree(folder)
    snapshot = tree.snapshot().signed
    number = edition_in(tree).number if tree.target(edition_target) else 0
    targets, withdrawal = (
        snapshot.meta[f"{role}.json"].version if f"{role}.json" in snapshot.meta else 0
        for role in ("targets", withdrawal_role)
    )
    return State(Known(tree.root().signed.version, targets, withdrawal, number), snapshot.version)


def _is_newer(now: Known, told: Known) -> bool:
    if not now.edition:  # the directory, or a channel before its first edition
        return (now.root, now.targets) != (told.root, told.targets)
    return (now.root, now.withdrawal, now.edition) != (told.root, told.withdrawal, told.edition)


def _wanted(tree: Tree, state: State, told: Known) -> list[str]:
    now, targets, packs = state.known, list[str](), list[str]()
    names = [f"{version}.root.json" for version in range(told.root + 1, now.root + 1)]
    names += ["timestamp.json", f"{state.snapshot}.snapshot.json"]
    if now.targets != told.targets:
        names.append(f"{now.targets}.targets.json")
    if now.withdrawal != told.withdrawal:
        names.append(f"{now.withdrawal}.{withdrawal_role}.json")
        targets.append(withdrawn_target)
    if now.edition not in (0, told.edition):
        more, packs = _way(tree, now.edition, told.edition)
        targets += more
    described = ((name, tree.target(name)) for name in targets)
    files = [target_name(one, name) for name, one in described if one is not None]
    folders = (("metadata", names), ("targets", files), ("packs", packs))
    return [f"{folder}/{name}" for folder, named in folders for name in named]


def _way(tree: Tree, number: int, held: int) -> tuple[list[str], list[str]]:
    """The manifests that a device needs to find its way, and the deltas of the way (rule 3)."""
    manifest, caught = named_in(tree, number)
    way, targets = cheapest(held or None, manifest.base, manifest.deltas, number), [edition_target]
    if way is None or way.base is not None:
        way = cheapest(held or None, manifest.base, (*manifest.deltas, *caught.deltas), number)
        targets.append(catchup_target)
    if way is None or sum(one.length for one in way.deltas) > limits.news_delta_bytes_max:
        return targets, []
    return targets, [f"{one.sha256}.delta" for one in way.deltas]


def _root(repo: Path, name: str, version: int) -> bytes:
    """The root that the device told of; nothing when there is none, and then it cannot read the answer either."""
    try:
        return (repo / name / "metadata" / f"{version}.root.json").read_bytes()
    except FileNotFoundError:
        return b""
