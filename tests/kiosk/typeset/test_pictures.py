"""Attached pictures: drawn when they are what they say, left out when they are not."""

from pathlib import Path

import pytest
from PIL import Image

from content_sync.domain import limits
from kiosk.typeset.pictures import opened


def _file(folder: Path, image: Image.Image, form: str = "PNG") -> Path:
    image.save(folder / "file", form)
    return folder / "file"


def test_a_quarter_is_the_quarter_that_was_asked_for(tmp_path: Path) -> None:
    """Above left, above right, below left, below right."""
    colors = ["red", "green", "blue", "white"]
    image = Image.new("RGB", (40, 60))
    for n, color in enumerate(colors):
        image.paste(color, (n % 2 * 20, n // 2 * 30, n % 2 * 20 + 20, n // 2 * 30 + 30))
    path = _file(tmp_path, image)
    for n, color in enumerate(colors, 1):
        part = opened(path, n)
        assert part is not None
        assert part.size == (22, 34)  # they overlap
        assert part.getpixel((10, 10)) == Image.new("RGB", (1, 1), color).getpixel((0, 0))


def test_no_picture_is_larger_than_a_screen_needs(tmp_path: Path) -> None:
    """A scan of a large sheet does not fill the memory of the graphics card."""
    found = opened(_file(tmp_path, Image.new("L", (4_000, 5_000), 255), "JPEG"))
    assert found is not None
    assert max(found.size) <= limits.picture_side_max


def test_what_is_clear_lies_on_white(tmp_path: Path) -> None:
    """A PNG without a ground is not black on black."""
    found = opened(_file(tmp_path, Image.new("RGBA", (9, 9), (0, 0, 0, 0))))
    assert found is not None
    assert found.getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("name", ["half", "nothing", "gif", "absent", "bomb"])
def test_a_file_that_is_no_picture_is_left_out(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page stands without it; no fault, no 请稍候."""
    path = _file(tmp_path, Image.effect_noise((200, 200), 90), "GIF" if name == "gif" else "PNG")
    if name == "half":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif name == "nothing":
        path.write_bytes(b"")
    elif name == "absent":
        path.unlink()
    elif name == "bomb":
        monkeypatch.setattr(limits, "picture_pixels_max", 39_999)
    assert opened(path) is None
