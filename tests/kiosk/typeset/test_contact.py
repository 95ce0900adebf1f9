"""Contact sheets and the page over all pictures."""

from pathlib import Path

from PIL import Image

from kiosk.typeset import contact


def _picture(path: Path, size: tuple[int, int], color: str) -> None:
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", size, color).save(path)


def test_every_folder_gets_its_sheets_and_all_pictures_one_page(tmp_path: Path) -> None:
    """25 upright pictures are two sheets, the last with one picture; what is broken stands on the page."""
    for n in range(25):
        _picture(tmp_path / "upright-en" / f"touch-{n:02}.png", (1080, 1920), "#a61b1b")
    _picture(tmp_path / "lying-1280x800-en" / "touch-home.png", (1280, 800), "#0b4f8a")
    assert contact.bind(tmp_path, {"upright-en/touch-07": ["“<您好>” is 27 px, not 28."]}) == 26
    folder = tmp_path / "upright-en"
    with Image.open(folder / "sheet-1.png") as sheet, Image.open(folder / "sheet-2.png") as last:
        assert sheet.width > sheet.height > last.height
        assert (166, 27, 27) in {color for _, color in sheet.getcolors(1 << 20) or ()}
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "26 pictures, 1 of them broken" in page
    assert page.count("<img ") == 26
    assert "“&lt;您好&gt;” is 27 px, not 28." in page
    assert "<script" not in page


def test_binding_again_counts_no_sheet(tmp_path: Path) -> None:
    """Sheets are no pictures."""
    _picture(tmp_path / "lamps" / "led-night.png", (64, 32), "#000000")
    assert contact.bind(tmp_path, {}) == contact.bind(tmp_path, {}) == 1
