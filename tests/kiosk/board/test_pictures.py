"""The boards' states for `kiosk shots`, and their lamps."""

from pathlib import Path

import pytest
from PIL import Image

from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.items import Answer, Emergency, Notice
from kiosk.app.judging import judge
from kiosk.board import lamps
from kiosk.board.pictures import lcd_frames, led_images
from kiosk.board.reading import Reading
from kiosk.devices.led import PngSink
from kiosk.flow.board import lcd_grid
from kiosk.flow.frame import Frame, Text
from kiosk.typeset.measuring import FontMeasure
from tests.content_sync.making import item, small_ledger
from tests.kiosk.board.making import Device, now

_items = (
    item(),
    item(id="l-1", kind="ledger", body=small_ledger),
    item(id="p-1", body=Notice((Block("p", "拟任"),), True, "电话"), shown_until="2026-12-01T00:00:00+08:00"),
    item(id="s-1", section="discipline"),
    item(id="a-1", kind="answer", body=Answer("没有饮水机", "done", (Block("p", "装好了。"),))),
    item(id="e-1", kind="emergency", body=Emergency("red", "洪水", "上涨", "转移", "往高处走")),
)


def test_every_designed_state_has_a_picture(device: Device, reading: Reading) -> None:
    """From first start to night, also when nobody is called and no emergency is due at the moment (SCREENS A7)."""
    device.publish(_items)
    names = [name for name, _ in lcd_frames(reading.content, reading.desk, now, FontMeasure(), "hall")]
    assert names[:2] == ["lcd-notice", "lcd-public-notice"]
    hall = ["flash", "one-call", "nobody-called", "night", "nothing-due", "first-start", "stale-3", "stale-30"]
    for state in ["ledger", "section", "long-title", "emergency-1", *hall]:
        assert f"lcd-{state}" in names
    assert len(set(names)) == len(names)


def test_the_pictures_need_no_content_at_all(reading: Reading) -> None:
    """An empty device has its states too."""
    assert {"lcd-first-start", "lcd-nothing-due"} <= {
        name for name, _ in lcd_frames(reading.content, reading.desk, now, FontMeasure())
    }
    assert led_images(reading.content, reading.desk, now, "192x64")


@pytest.mark.parametrize("upright", [False, True])
def test_every_state_of_a_board_keeps_the_laws_of_pictures(device: Device, reading: Reading, *, upright: bool) -> None:
    """Contrast on what is really below, nothing under 52 px, nothing cut or covered, a glyph for each character."""
    device.publish(_items)
    measure = FontMeasure()
    judging = judge(measure)
    for name, frame in lcd_frames(reading.content, reading.desk, now, measure, "hall", upright=upright):
        assert judging.board(frame, lcd_grid.small) == (), name


def test_lamps_are_on_or_off_and_have_their_panels_size(device: Device, reading: Reading) -> None:
    """One pixel per lamp, four colours and no grey, something lit in every picture."""
    device.publish(_items)
    images = led_images(reading.content, reading.desk, now, "256x64", "hall")
    assert [name for name, _ in images][:2] == ["led-256x64-notice", "led-256x64-call"]
    for name, image in images:
        assert image.size == (256, 64)
        found = {color for _, color in image.getcolors() or []}
        assert found <= set(lamps.colors.values()), name
        assert len(found) > 1, name


def test_no_stroke_leaves_its_line() -> None:
    """The densest characters, digits, capitals and marks stay within their 16, 24 or 32 lamps: no half lines."""
    for size in (16, 24, 32):
        text = Text(0, size, 400, ("赢警囊鬱A0129（，。】—…",), size, size, "amber")
        image = lamps.draw(Frame("led", 400, 3 * size, "black", (text,)))
        box = image.getbbox()
        assert box is not None
        assert box[1] >= size
        assert box[3] <= 2 * size


def test_the_folder_always_holds_a_whole_current_picture(tmp_path: Path) -> None:
    """Numbered pictures beside the current one, the oldest dropped, no half file left."""
    sink = PngSink(tmp_path / "led")
    for number in range(103):
        sink.show(Image.new("RGB", (8, 4), (number, 0, 0)))
    names = sorted(path.name for path in (tmp_path / "led").iterdir())
    assert names[0] == "led-000004.png"
    assert names[-2:] == ["led-000103.png", "led-current.png"]
    assert len(names) == 101
    with Image.open(tmp_path / "led" / "led-current.png") as current:
        assert current.getpixel((0, 0)) == (102, 0, 0)
    assert sink.rest(0)
