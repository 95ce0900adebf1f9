"""What the newest state of a repository consists of, read by whoever carries it on (devices verify instead).

1. The timestamp is the state; every other file has a name that never gets another content. So the timestamp is read
   once, and whatever is published meanwhile changes nothing of what it names (old files may go, see FileNotFoundError).
2. All versions of the root belong to it: a device may have met none of them yet.
3. A state is good until the first of its files expires.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tuf.api.metadata import Root, Snapshot, Targets, Timestamp

from content_sync.domain.errors import Broken
from content_sync.trust.metadata import target_name, whole

_timestamp_name = "timestamp.json"


@dataclass(frozen=True)
class State:
    """A state: true as of when, good until when, the bytes of its timestamp and the paths of its other files."""

    as_of: datetime
    until: datetime
    timestamp: bytes
    files: tuple[str, ...]


timestamp_path = f"metadata/{_timestamp_name}"


def state(folder: Path) -> State:
    """The newest state of the repository in `folder`.

    Raises Broken when there is none or it is damaged, FileNotFoundError when it was replaced while it was read.
    """
    metadata = folder / "metadata"
    try:
        data = (metadata / _timestamp_name).read_bytes()
    except FileNotFoundError as error:
        raise Broken(f"{folder} holds no published tree.") from error
    timestamp = whole(Timestamp, data).signed
    names = [f"{timestamp.snapshot_meta.version}.snapshot.json"]
    snapshot = whole(Snapshot, (metadata / names[0]).read_bytes()).signed
    roles = {f"{meta.version}.{role}": role for role, meta in snapshot.meta.items()}
    signed = [whole(Targets, (metadata / name).read_bytes()).signed for name in roles]
    roots = sorted(metadata.glob("*.root.json"), key=lambda path: int(path.name.split(".")[0]))
    newest = whole(Root, roots[-1].read_bytes()).signed
    files = [*(f"metadata/{name}" for name in (*(path.name for path in roots), *names, *roles)), *_targets(signed)]
    until = min(part.expires for part in (timestamp, snapshot, newest, *signed))
    return State(datetime.fromisoformat(timestamp.unrecognized_fields["as_of"]), until, data, tuple(files))


def _targets(signed: list[Targets]) -> Iterator[str]:
    for role in signed:
        for name, target in role.targets.items():
            yield f"targets/{target_name(target, name)}"
