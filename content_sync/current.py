"""What the tree of a channel says now, read by whoever made it (devices verify instead, see pull)."""

from collections.abc import Iterable

from content_sync.domain.edition import Edition, root_of
from content_sync.domain.errors import Broken, Unverified
from content_sync.trust.tree import Tree, withdrawn_target
from content_sync.wire import canonical
from content_sync.wire.deltas import applied
from content_sync.wire.editions import (
    Catchup,
    Manifest,
    hashes_in,
    parse_catchup,
    parse_custom,
    parse_manifest,
    unpack_items,
)
from content_sync.wire.routes import cheapest

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


def bodies_in(tree: Tree) -> dict[str, bytes]:
    """Every item of the newest edition, from the packs in the tree; Broken when they do not give what was signed."""
    edition, channel = edition_in(tree), tree.folder.name
    manifest, caught = named_in(tree, edition.number)
    way = cheapest(None, manifest.base, (*manifest.deltas, *caught.deltas), edition.number)
    if way is None:
        raise Broken(f"{channel}: no way leads to edition {edition.number}; publish again.")
    try:
        packs = tree.folder / "packs"
        bodies = unpack_items(manifest.base, (packs / f"{manifest.base.sha256}.zst").read_bytes(), channel)
        for one in way.deltas:
            bodies = applied(bodies, (packs / f"{one.sha256}.delta").read_bytes())
    except (FileNotFoundError, Unverified) as error:
        raise Broken(f"{channel}: its packs are damaged ({error}); restore a backup, or mirror it anew.") from error
    if root_of(bodies) != edition.root:
        raise Broken(f"{channel}: its packs do not give edition {edition.number}; restore a backup.")
    return bodies


def packs_named(tree: Tree, *, before: bool) -> set[str]:
    """Hashes of the packs that the newest state names, and with `before` also those that the state before named."""
    kept = (tree.folder / "targets").iterdir() if before else ()
    old = [path.read_bytes() for path in kept if path.suffix in (f".{edition_target}", f".{catchup_target}")]
    new: Iterable[bytes | None] = (tree.read(name) for name in (edition_target, catchup_target))
    return set().union(*(hashes_in(data) for data in (*old, *new) if data))
