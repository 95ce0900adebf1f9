"""The staff's report in plain words: whatever `content-sync status` knows to say has a sentence of this place."""

import re

import pytest

from content_sync.agent import reporting
from content_sync.domain.disclosure.catalogue import sections
from content_sync.pull.blobs import blobs_name
from content_sync.pull.step import server_name
from kiosk import config
from kiosk.flow import show
from kiosk.flow.behind import Behind, Health, Problem
from kiosk.flow.frame import Text
from kiosk.flow.pages.plain import Home
from kiosk.flow.pages.staff import Staff
from kiosk.flow.state import State
from kiosk.flow.words import Words
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk import county

_measure, _words = FontMeasure(), Words(config.wording())
_above = frozenset({"printer", "paper", "speaker", "disk", "clock"})  # each has a line of its own on the first page
_parts = {":".join(part) for part in reporting._of_parts}
_disk = {f"disk:{state}" for state in reporting._of_disk}
_content = {
    "content:qinghe",
    f"content:{server_name}",
    f"content:{blobs_name}",
    *(f"section:{name}" for name in sections),
}
_kinds = sorted({*_parts, *_disk, *_content, "store", "record", "desk", "offset", "clock"})


def _said(about: str) -> str:
    """All that the report says when this is the only problem."""
    view = county.view(behind=Behind(health=Health(problems=(Problem(about, "Only a technician reads this."),))))
    found = ""
    for number in range(3):
        frame = show.frame(State((Home(), Staff(number))), view, _measure, _words)
        found += "".join(line for mark in frame.marks if isinstance(mark, Text) for line in mark.lines)
    return found


@pytest.mark.parametrize("about", _kinds)
def test_every_problem_has_words_of_its_own(about: str) -> None:
    """In Chinese; the command's own words stand only behind 给技术员看的原话, and never alone."""
    said = _said(about)
    if about.partition(":")[0] in _above:
        assert "照着念" not in said
        assert "Only" not in said
        return
    told = re.split("照着念", said)[-1]
    assert "。" in told.partition("给技术员看")[0]
    assert "Only" not in told.replace("给技术员看的原话：Only", "")


def test_what_a_newer_command_says_is_not_kept_back() -> None:
    """A kind that this screen does not know stands there as it was said."""
    assert "Only" in _said("weather:storm")


def test_the_server_and_the_attached_files_are_no_units_content() -> None:
    """What `content-sync` keeps beside the channels' problems is told by its own sentence."""
    assert "没有和县里连上" in _said(f"content:{server_name}")
    assert "图片和附件还没有收到" in _said(f"content:{blobs_name}")
    assert "“清河县人民政府”的新内容这次没有收下" in _said("content:qinghe")
