"""What the tree of a channel says now, read by whoever made it (devices verify instead, see pull)."""

from collections.abc import Iterable

from content_sync.domain.edition import Edition
from content_sync.domain.errors import Broken
from content_sync.trust.tree import Tree, withdrawn_target
from content_sync.wire import canonical
from content_sync.wire.editions import Catchup, Manifest, hashes_in, parse_catchup, parse_custom, parse_manifest

edition_target = "edition"
catchup_target = "catchup"


def edition_in(tree: Tree) -> Edition:
    """The newest edition, number 0 when nothing was published yet; Broken when there is no such channel."""
    described, channel = tree.target(edition_target), tree.folder.name
    if described is None:
        raise Broken(f"{channel} has no repository; create the channel first.")
    return parse_custom(channel, described.custom)


def manifest_in(tree: Tree, number: int) -> Manifest:
    """The manifest of the newest edition, which has this number."""
    return parse_manifest(tree.read(edition_target) or b"", number)


def named_in(tree: Tree, number: int) -> tuple[Manifest, Catchup]:
    """Everything that leads to the newest edition, which has this number."""
    data = tree.read(catchup_target)
    return manifest_in(tree, number), parse_catchup(data, number) if data else Catchup(0)


def is_complete(tree: Tree) -> bool:
    """Whether every way to the newest edition was made; edition 0 needs none."""
    number, data = edition_in(tree).number, tree.read(catchup_target)
    return not number or (data is not None and parse_catchup(data, number).number == number)


def withdrawn_in(tree: Tree) -> set[str]:
    """Every id the channel ever withdrew."""
    return set(canonical.load(tree.read(withdrawn_target) or b"[]", withdrawn_target))


def packs_named(tree: Tree, *, before: bool) -> set[str]:
    """Hashes of the packs that the newest state names, and with `before` also those that the state before named."""
    kept = (tree.folder / "targets").iterdir() if before else ()
    old = [path.read_bytes() for path in kept if path.suffix in (f".{edition_target}", f".{catchup_target}")]
    new: Iterable[bytes | None] = (tree.read(name) for name in (edition_target, catchup_target))
    return set().union(*(hashes_in(data) for data in (*old, *new) if data))
