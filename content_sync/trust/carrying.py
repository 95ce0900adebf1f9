"""A verified state as whoever passes it on must publish it: every byte as it was downloaded.

1. All of it is verified, the delegated roles too, although no reader has asked for them yet.
2. Metadata comes in the order in which it is written: what nobody can see before the timestamp names it, then the
   roots, the timestamp last.
3. Names are signed, and looked at all the same: nothing leads out of the folder of its repository.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tuf.api.metadata import Snapshot, TargetFile, Targets

from content_sync.domain.errors import Unverified
from content_sync.trust.metadata import target_name, whole
from content_sync.trust.verifying import Described, Trusted


@dataclass(frozen=True)
class Carried:
    """Metadata by its path below the repository, in writing order (rule 2), and every target by its path."""

    metadata: tuple[tuple[str, bytes], ...]
    targets: dict[str, Described]


def carried(trusted: Trusted) -> Carried:
    """All that the verified state consists of. Raises Unverified, Unreachable."""
    folder, roles = trusted.everything()  # rule 1
    data = (folder / "snapshot.json").read_bytes()
    snapshot, files, targets = whole(Snapshot, data).signed, list[tuple[str, bytes]](), dict[str, Described]()
    for role in roles:
        signed = (folder / f"{_plain(trusted.channel, role)}.json").read_bytes()
        files.append((f"metadata/{snapshot.meta[f'{role}.json'].version}.{role}.json", signed))
        described = whole(Targets, signed).signed.targets
        targets |= {f"targets/{_file(trusted.channel, one)}": _described(one) for one in described.values()}
    files.append((f"metadata/{snapshot.version}.snapshot.json", data))
    files += [(f"metadata/{path.name}", path.read_bytes()) for path in _roots(folder)]
    files.append(("metadata/timestamp.json", (folder / "timestamp.json").read_bytes()))
    return Carried(tuple(files), targets)


def _roots(folder: Path) -> Iterator[Path]:
    return iter(sorted((folder / "root_history").glob("*.root.json"), key=lambda path: int(path.name.split(".")[0])))


def _described(target: TargetFile) -> Described:
    custom = target.custom if isinstance(target.custom, dict) else {}
    return Described(target.path, target.hashes.get("sha256", ""), custom, target)


def _file(channel: str, target: TargetFile) -> str:
    return _plain(channel, target_name(target, target.path) if "sha256" in target.hashes else "")


def _plain(channel: str, name: str) -> str:
    if not name or name.startswith(".") or not all(letter.isalnum() or letter in "._-" for letter in name):
        raise Unverified(f"{channel}: {name[:80]!r} is signed as a file's name and is none; nothing of it was taken.")
    return name
