"""Which characters a font has, read from its own table."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from kiosk.typeset import coverage, fonts, scripts


@pytest.mark.parametrize("path", [fonts.find(), fonts.find(bold=True), *map(scripts.font, scripts.known)], ids=str)
def test_it_is_what_a_font_library_says(path: Path) -> None:
    """The table read here and the one fontTools reads name the same characters."""
    if not path.is_file():
        pytest.skip(f"{path} is not installed")
    font = TTFont(path)
    known = {code for code, glyph in font.getBestCmap().items() if glyph != ".notdef"}
    assert coverage.characters(path) == known


def test_what_is_lacking_is_told_once_and_spaces_never() -> None:
    """Mongolian letters are not in the Chinese face; a blank is nothing to draw."""
    assert coverage.lacking("\u1820\u529e\u1820 \n\u202f", (fonts.find(),)) == "\u1820"


def test_what_is_no_font_is_refused(tmp_path: Path) -> None:
    """A collection or a page saved under a font's name is told, not read as if it had nothing."""
    (tmp_path / "x.ttf").write_bytes(b"<html>no font here</html>")
    with pytest.raises(ValueError, match="no font"):
        coverage.characters(tmp_path / "x.ttf")
