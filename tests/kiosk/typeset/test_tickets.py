"""The paper ticket: every size is read by a phone's eye and by a person's."""

import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from kiosk import config
from kiosk.flow.slip import Slip, Taken, slip
from kiosk.flow.words import Words
from kiosk.typeset import tickets
from kiosk.typeset.tickets import dots, picture
from tests.kiosk import county

_county, _words = county.county(), Words(config.wording())
_site = _county.sites[0]
_at = datetime.fromisoformat("2026-11-24T09:42:00+08:00")
_basis = "按今天最近办完的20位估算，前面7位，3个窗口开着；只供参考。"
taken = Taken("k7m2p9x4w8q3z5t1", "A032", _site.services[0].id, _at, True, 7, 12, 36, _basis)


def made(change: Taken = taken, public_url: str = "https://www.qinghe.example") -> Slip:
    """The ticket of the demonstration hall."""
    return slip(change, _site, replace(_county, public_url=public_url), _words)


@pytest.mark.parametrize("paper_mm", [58, 80])
@pytest.mark.parametrize("large", [False, True])
def test_a_phone_reads_the_code_of_every_size(paper_mm: int, large: bool, tmp_path: Path) -> None:
    """Zbar finds the ticket's own address on the picture that is printed."""
    drawn = picture(made(), paper_mm, large=large)
    assert (drawn.mode, drawn.width) == ("1", dots[paper_mm])
    drawn.save(tmp_path / "ticket.png")
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", str(tmp_path / "ticket.png")], capture_output=True, text=True, check=True
    )
    assert read.stdout.strip() == "https://www.qinghe.example/t/k7m2p9x4w8q3z5t1"


def test_without_a_public_address_no_code_is_printed() -> None:
    """A code that no phone can follow would send people away from the screen (QUE-02)."""
    assert made(public_url="").link == made(public_url="").scan == ""
    assert picture(made(public_url=""), 80).height < picture(made(), 80).height
    assert tickets.code("", 576) is None
    assert tickets.code("https://www.qinghe.example/" + "x" * 1000, 384) is None


def test_it_says_what_people_ask_in_their_order() -> None:
    """Number, how many ahead, where to go, whom to complain to; a reason of going first is not printed."""
    found = made()
    assert (found.number, found.ahead, found.priority) == ("A032", "前面还有 7 人", "优先")
    assert (found.estimate, found.basis) == ("大约要等 12 到 36 分钟", _basis)
    assert found.windows[0][0].endswith("号窗口")
    assert found.phone == "监督电话 0000-1234567"
    assert "2026-11-24 09:42" in found.time


@pytest.mark.parametrize(
    "change",
    [{"low": -1, "high": -1, "basis": ""}, {"basis": ""}, {"ahead": -1}, {"ahead": 0}],
    ids=["nobody knows", "nobody says how", "a leased number", "next"],
)
def test_nothing_is_promised_that_nobody_knows(change: dict[str, object]) -> None:
    """An estimate stands with its method or not at all."""
    found = made(replace(taken, **change))  # type: ignore[arg-type]
    assert found.estimate == found.basis == ""


def test_a_kiosk_without_content_prints_a_number() -> None:
    """Before its first edition a kiosk knows no hall: the number alone is a ticket."""
    found = slip(taken, None, None, _words)
    assert (found.hall, found.service, found.windows, found.phone) == ("", "", (), "")
    assert picture(found, 58).height > 200


@pytest.mark.parametrize("number", ["A001", "Z1000", "AK1001", "A"])
@pytest.mark.parametrize("paper_mm", [58, 80])
def test_the_number_fills_the_width_and_nothing_touches_the_edge(number: str, paper_mm: int) -> None:
    """The largest thing, whole; the head of a printer cuts nothing off."""
    ink = picture(made(replace(taken, number=number)), paper_mm).convert("L").point(lambda value: 255 - value)
    left, top, right, bottom = ink.getbbox() or (0, 0, 0, 0)
    assert left > 0
    assert right < ink.width
    assert top > 0
    assert bottom < ink.height


def test_large_is_larger_and_everything_is_large_enough() -> None:
    """The large view's paper is for the same eyes."""
    assert picture(made(), 80, large=True).height > picture(made(), 80).height * 1.1
    assert tickets._smallest / 8 >= 2.75  # mm


def test_a_long_name_is_broken_evenly() -> None:
    """No character stands alone on a line."""
    lines = tickets._even("清河县政务服务大厅", 45, 384 - 24, True)
    assert lines == ("清河县政务", "服务大厅")
    assert tickets._even("一楼进门左手，低位台面", 37, 384 - 24, False) == ("一楼进门左手，", "低位台面")


def test_only_dots_and_no_grey() -> None:
    """A thermal head prints a dot or none."""
    assert set(picture(made(), 80).convert("L").tobytes()) == {0, 255}
    assert isinstance(picture(made(), 80), Image.Image)
