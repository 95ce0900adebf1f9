"""The notice slip on paper: read by a phone and by a person, whole on both widths."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from content_sync.domain.disclosure.guides import Guide
from kiosk import config
from kiosk.app.printing import handout_text, parse_handout
from kiosk.flow.handout import Handout, handout
from kiosk.flow.words import Words
from kiosk.typeset.handouts import picture
from kiosk.typeset.tickets import dots
from tests.kiosk import county

_county = replace(county.county(), public_url="https://www.qinghe.example")


def made(item: str = "qh-sfz-buling", answers: tuple[str, ...] = ("diu",), language: str = "zh-Hans") -> Handout:
    """The slip of a demonstration guide."""
    whole = county.items()[item][0]
    assert isinstance(whole.body, Guide)
    return handout(whole, whole.body, answers, _county.sites[0], _county, county.now, Words(config.wording(language)))


@pytest.mark.parametrize("paper_mm", [58, 80])
@pytest.mark.parametrize("large", [False, True])
def test_a_phone_reads_the_code_of_every_size(paper_mm: int, large: bool, tmp_path: Path) -> None:
    """Zbar finds the address of the guide's page, with the case, on the picture that is printed."""
    drawn = picture(made(), paper_mm, large=large)
    assert (drawn.mode, drawn.width) == ("1", dots[paper_mm])
    drawn.save(tmp_path / "slip.png")
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", str(tmp_path / "slip.png")], capture_output=True, text=True, check=True
    )
    assert read.stdout.strip() == "https://www.qinghe.example/d/qh-sfz-buling?case=diu"


@pytest.mark.parametrize("paper_mm", [58, 80])
@pytest.mark.parametrize("large", [False, True])
def test_nothing_touches_the_edge(paper_mm: int, large: bool) -> None:
    """The head of a printer cuts nothing off, however many papers there are."""
    ink = picture(made("qh-budongchan-guohu", ()), paper_mm, large=large).convert("L").point(lambda v: 255 - v)
    left, top, right, bottom = ink.getbbox() or (0, 0, 0, 0)
    assert 0 < left < right < ink.width
    assert 0 < top < bottom < ink.height


def test_what_the_desk_keeps_is_the_same_slip() -> None:
    """It is printed in the words that stood on the glass, to the letter."""
    assert parse_handout(handout_text(made())) == made()
