"""What is made of the items that a relay mirrored, kept for each channel.

1. A tree is read when its state is new, not for every form; what was made of the state before is dropped then.
2. An item that the channel withdrew is passed over, also when its packs still hold it.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Generic, TypeVar

from display_server.config import Config
from display_server.database.mirrored import Mirrored

_Made = TypeVar("_Made")


class MadeOfTrees(Generic[_Made]):
    """Keeps what `make` gives for the items on show in each mirrored channel, by their ids."""

    def __init__(self, make: Callable[[Mapping[str, bytes]], _Made]) -> None:
        self._make = make
        self._kept: dict[tuple[Path, str], tuple[tuple[int, str], _Made]] = {}

    def of(self, config: Config, one: Mirrored) -> _Made:
        """What is made of this channel as it is mirrored now. Raises Broken for a damaged tree."""
        place, state = (config.repo, one.channel), (one.edition, one.as_of)
        kept = self._kept.get(place)
        if kept is None or kept[0] != state:
            kept = self._kept[place] = (state, self._make(_shown(config.repo / one.channel)))
        return kept[1]


def _shown(folder: Path) -> dict[str, bytes]:
    from content_sync.current import bodies_in, withdrawn_in
    from content_sync.trust.tree import Tree

    tree = Tree(folder)
    gone = withdrawn_in(tree)  # rule 2
    return {name: body for name, body in bodies_in(tree).items() if name not in gone}
