"""Who hears what, as text of the stream."""

import pytest

from display_server.serving.frames import concerns, frame
from display_server.serving.handover import Listener

HALL = Listener("k1", "qinghe-hall", ("qinghe", "liuhe"))
CHANGES: list[tuple[str, dict[str, str | int], bool]] = [
    ("the queue of its own site", {"site": "qinghe-hall"}, True),
    ("the queue of another site", {"site": "liushu-office"}, False),
    ("a channel it follows", {"channel": "liuhe", "edition": 3}, True),
    ("a channel it does not follow", {"channel": "liushu", "edition": 3}, False),
    ("a followed channel at another site", {"channel": "liuhe", "site": "liushu-office"}, False),
    ("what concerns everybody", {}, True),
]


@pytest.mark.parametrize(("detail", "heard"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_a_listener_hears_only_its_own(detail: dict[str, str | int], heard: bool) -> None:
    """A device learns nothing of other halls and other channels."""
    assert concerns(HALL, detail) is heard


def test_an_event_is_one_block_of_text() -> None:
    """No text of a change can end its event early or begin another one."""
    data = frame("edition", {"channel": "a\n\nevent: forged", "edition": 2, "site": "s"})
    assert data == b'event: edition\ndata: {"channel":"a\\n\\nevent: forged","edition":2}\n\n'
