"""What the tree of a channel says now, read by whoever made it (devices verify instead, see pull)."""

from collections.abc import Iterable

from content_sync.domain.edition import Edition
from content_sync.domain.errors import Broken
from content_sync.trust.signing import Repository, withdrawn_target
from content_sync.wire import canonical
from content_sync.wire.editions import Catchup, Manifest, hashes_in, parse_catchup, parse_custom, parse_manifest

edition_target = "edition"
catchup_target = "catchup"


def edition_in(repository: Repository) -> Edition:
    """The newest edition, number 0 when nothing was published yet; Broken when there is no such channel."""
    custom, channel = repository.custom(edition_target), repository.folder.name
    if custom is None:
        raise Broken(f"{channel} has no repository; create the channel first.")
    return parse_custom(channel, dict(custom))


def manifest_in(repository: Repository, number: int) -> Manifest:
    """The manifest of the newest edition, which has this number."""
    return parse_manifest(repository.read(edition_target) or b"", number)


def named_in(repository: Repository, number: int) -> tuple[Manifest, Catchup]:
    """Everything that leads to the newest edition, which has this number."""
    data = repository.read(catchup_target)
    return manifest_in(repository, number), parse_catchup(data, number) if data else Catchup(0)


def is_complete(repository: Repository) -> bool:
    """Whether every way to the newest edition was made; edition 0 needs none."""
    number, data = edition_in(repository).number, repository.read(catchup_target)
    return not number or (data is not None and parse_catchup(data, number).number == number)


def withdrawn_in(repository: Repository) -> set[str]:
    """Every id the channel ever withdrew."""
    return set(canonical.load(repository.read(withdrawn_target) or b"[]", withdrawn_target))


def packs_named(repository: Repository, *, before: bool) -> set[str]:
    """Hashes of the packs that the newest state names, and with `before` also those that the state before named."""
    kept = (repository.folder / "targets").iterdir() if before else ()
    old = [path.read_bytes() for path in kept if path.suffix in (f".{edition_target}", f".{catchup_target}")]
    new: Iterable[bytes | None] = (repository.read(name) for name in (edition_target, catchup_target))
    return set().union(*(hashes_in(data) for data in (*old, *new) if data))
