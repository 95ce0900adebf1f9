"""Somebody answers in the server's place while a device enrols: he knows the public root, and makes up the rest."""

from pathlib import Path

import pytest

from content_sync.agent.enrol import enrol
from content_sync.clock import SystemIds
from content_sync.domain.errors import BadInput, Unverified
from content_sync.domain.ids import spelled
from content_sync.net.http import Reply
from tests.content_sync.served import secret
from tests.content_sync.world import County


class Impostor:
    """ports.Server with an answer of its own."""

    def __init__(self, answer: dict[str, object]) -> None:
        self.answer = answer

    def call(self, *_: object) -> Reply:
        return Reply(200, {}, self.answer)


def _enrol(county: County, folder: Path, **made_up: object) -> None:
    root = county.publisher.directory_root().decode()
    names = {"device": "k1", "token": "secret-token", "site": "hall", "kind": "touch", "channels": ["qinghe"]}
    impostor = Impostor({**names, "directory_root": root, **made_up})
    enrol(folder, "http://127.0.0.1:1", secret + spelled(county.publisher.fingerprint()), impostor, SystemIds())


_made_up: dict[str, dict[str, object]] = {
    "a channel that is a way out": {"channels": ["../../../escape"]},
    "the directory as a channel": {"channels": ["_directory"]},
    "a channel without a name": {"channels": [""]},
    "a channel with a hole in its name": {"channels": ["a\x00b"]},
    "more channels than a device has": {"channels": [f"c{number}" for number in range(1_000)]},
    "a list that is none": {"channels": "qinghe"},
    "a token with a header of its own": {"token": "x\r\nX-Evil: 1"},
    "a token of half a character": {"token": "\ud800"},
    "a token that is no header": {"token": "秘密"},
    "no token": {"token": ""},
    "a token without end": {"token": "x" * 50_000},
    "a name that moves a terminal": {"device": "\x1b[2J"},
    "a site that is a way out": {"site": "../hall"},
    "a kind of device that nobody makes": {"kind": "toaster"},
}


@pytest.mark.parametrize("story", _made_up)
def test_a_made_up_answer_leaves_nothing_behind(tmp_path: Path, story: str) -> None:
    """Refused with a sentence; no folder was made, so the person can simply try again."""
    county, folder = County(tmp_path, "qinghe"), tmp_path / "device"
    with pytest.raises((Unverified, BadInput)):
        _enrol(county, folder, **_made_up[story])
    assert not folder.exists()
    _enrol(county, folder)
    assert (folder / "device.json").exists()
