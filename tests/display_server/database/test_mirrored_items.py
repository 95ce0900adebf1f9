"""What is made of mirrored channels is made once for each state of each, however many there are."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from content_sync.domain.errors import Broken
from content_sync.publish import Publisher
from display_server.config import Config
from display_server.database.mirrored import Mirrored
from display_server.database.mirrored_items import MadeOfTrees
from tests.display_server import world


@pytest.fixture
def config(tmp_path: Path, clock: world.HandClock) -> Config:
    """A server's folder with a tree for each of twelve channels, of one item each."""
    config = Config(tmp_path, clock)
    signer = Publisher(config.repo, config.keys, clock)
    for channel in channels:
        signer.create_channel(channel)
        signer.publish(channel, 1, one_item(f"item-{channel}"), [])
    return config


def one_item(name: str) -> dict[str, bytes]:
    """The bodies of an edition of one item."""
    return {name: b'{"id":"%s"}' % name.encode()}


channels = tuple(f"town{n}" for n in range(12))


def noted(channel: str, edition: int = 1, as_of: str = "2026-11-23T09:00:00+08:00") -> Mirrored:
    """A channel as the relay's database knows it."""
    return Mirrored(channel, "unit", edition, 1, as_of, "")


def test_twelve_channels_in_turn_are_each_read_once(config: Config) -> None:
    """Case after case asks all channels: their trees are read for the first one only; a new state is read anew."""
    read: list[str] = []

    def names(bodies: Mapping[str, bytes]) -> tuple[str, ...]:
        read.extend(bodies)
        return tuple(bodies)

    made = MadeOfTrees(names)
    for _ in range(3):
        assert [made.of(config, noted(one)) for one in channels] == [(f"item-{one}",) for one in channels]
    assert len(read) == len(channels)
    Publisher(config.repo, config.keys, config.clock).publish("town3", 2, one_item("other"), ["item-town3"])
    assert made.of(config, noted("town3", 2)) == made.of(config, noted("town3", 2)) == ("other",)
    assert len(read) == len(channels) + 1


def test_a_damaged_tree_is_told_and_read_again_once_it_is_whole(config: Config) -> None:
    """Nothing is kept of a tree that could not be read."""
    made = MadeOfTrees(tuple)
    packs = {path: path.read_bytes() for path in (config.repo / "town0" / "packs").iterdir()}
    for path in packs:
        path.write_bytes(b"torn")
    with pytest.raises(Broken):
        made.of(config, noted("town0"))
    for path, data in packs.items():
        path.write_bytes(data)
    assert made.of(config, noted("town0")) == ("item-town0",)
