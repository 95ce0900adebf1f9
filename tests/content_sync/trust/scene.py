"""A county of two channels, a device that follows both, and its keys on the server or carried away."""

from pathlib import Path

from tuf.api.metadata import Metadata, Snapshot, Timestamp

from content_sync.pull.step import Puller
from content_sync.trust import keys
from content_sync.trust.metadata import compact
from content_sync.trust.requests import parsed_request, request_bytes, sign
from content_sync.trust.rotation import Change, asked, carry_out, rotate
from content_sync.trust.signing import Repository
from content_sync.trust.tree import Tree
from tests.content_sync.world import County, bodies


class Scene:
    """A county of two channels on edition 1, and a device that follows both."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.county = County(folder, "qinghe", "liuhe")
        self.texts = bodies(a="冬季取暖补贴")
        self.county.publish("qinghe", self.texts)
        self.county.publish("liuhe", bodies("liuhe", x="六合"))
        self.device: Puller = self.county.device(folder / "device")
        assert self.device.step().failures == []

    def repository(self, channel: str = "qinghe") -> Repository:
        return Repository(self.county.repo / channel, self.folder / "keys" / channel)

    def rotate(self, role: str, channel: str = "qinghe") -> None:
        self.county.clock.pass_time(hours=1)
        rotate(self.repository(channel), channel, self.county.clock.now(), role)

    def step(self, device: Puller | None = None) -> list[str]:
        """The channels that a forced step could not update."""
        return [failure.channel for failure in (device or self.device).step(force=True).failures]

    def shown(self, channel: str = "qinghe") -> int:
        return self.device.store.held()[channel].number

    def away(self, *roles: str) -> dict[str, Path]:
        """Take keys off the server; where they lie now."""
        place = self.folder / "away"
        place.mkdir(exist_ok=True)
        for role in roles:
            (self.folder / "keys" / "qinghe" / f"{role}.key").rename(place / f"{role}.key")
        return {role: place / f"{role}.key" for role in roles}

    def signed_by(self, request: bytes, *signers: Path) -> bytes:
        """The request after it was carried to these keys."""
        parsed = parsed_request(request)
        for path in signers:
            sign(parsed, keys.signer_of(path.read_bytes()))
        return request_bytes(parsed, [])

    def ask(self, change: Change) -> bytes:
        return request_bytes(asked(self.repository(), "qinghe", self.county.clock.now(), change, self.texts), ["…"])

    def apply(self, request: bytes) -> None:
        carry_out(self.repository(), self.county.clock.now(), parsed_request(request))


def fast_forward(repository: Path, online: bytes) -> None:
    """Whoever stole the online key pushes snapshot and timestamp to version 900."""
    signer, tree = keys.signer_of(online), Tree(repository)
    snapshot, timestamp = tree.snapshot().signed, tree.timestamp().signed
    snapshot.version = timestamp.version = timestamp.snapshot_meta.version = 900
    for name, content in (("900.snapshot.json", snapshot), ("timestamp.json", timestamp)):
        metadata: Metadata[Snapshot | Timestamp] = Metadata(content)
        metadata.sign(signer)
        data = compact(metadata)  # type: ignore[type-var]
        timestamp.snapshot_meta.length = len(data)
        tree.write(name, data)
