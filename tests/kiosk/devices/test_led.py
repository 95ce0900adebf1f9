"""Where LED pictures go: one contract for every output, and the wiring of modules."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from content_sync.domain.errors import BadInput, Broken
from kiosk.board import lamps
from kiosk.board.led import Sink
from kiosk.devices import matrix_twin, rgbmatrix
from kiosk.devices.led import PngSink
from kiosk.flow.frame import Frame, Text

_size = (192, 64)
Made = tuple[Sink, Callable[[], Image.Image]]


def _wired(size: tuple[int, int] = _size, module: str = "") -> rgbmatrix.Wiring:
    return rgbmatrix.wiring(size, module, mapping="regular", slowdown=2, brightness=70)


def _png(folder: Path) -> Made:
    def current() -> Image.Image:
        with Image.open(folder / "led" / "led-current.png") as picture:
            return picture.convert("RGB")

    return PngSink(folder / "led"), current


def _matrix(_: Path) -> Made:
    sink = rgbmatrix.MatrixSink(_wired(), matrix_twin)
    return sink, lambda: matrix_twin.RGBMatrix.made[-1].lit


@pytest.fixture(params=[_png, _matrix])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Made:
    """Each output, and a look at its lamps."""
    make: Callable[[Path], Made] = request.param
    return make(tmp_path)


def _picture(words: str) -> Image.Image:
    return lamps.draw(Frame("led", *_size, "black", (Text(0, 16, 192, (words,), 32, 32, "amber"),)))


def test_the_lamps_show_the_newest_picture_whole(made: Made) -> None:
    """Pixel by pixel, also after many pictures: nothing of an earlier one stays."""
    sink, current = made
    for words in ("A012", "B007 → 3号", "请等叫号", ""):
        sink.show(_picture(words))
        assert current().tobytes() == _picture(words).tobytes()


def test_a_picture_stays_while_the_board_rests(made: Made) -> None:
    """Resting changes no lamp, and the outputs without a window never say that they were closed."""
    sink, current = made
    sink.show(_picture("A012"))
    assert sink.rest(0)
    assert current().tobytes() == _picture("A012").tobytes()


def test_a_picture_changed_afterwards_changes_no_lamp(made: Made) -> None:
    """What was shown is the output's own."""
    sink, current = made
    picture = _picture("A012")
    sink.show(picture)
    picture.paste((0, 0, 0), (0, 0, *_size))
    assert current().tobytes() == _picture("A012").tobytes()


@pytest.mark.parametrize(
    ("size", "module", "grid"),
    [
        ((192, 64), "", (64, 64, 3, 1)),
        ((192, 64), "64x32", (64, 32, 3, 2)),
        ((320, 32), "", (64, 32, 5, 1)),
        ((64, 32), "", (64, 32, 1, 1)),
        ((192, 96), "", (64, 32, 3, 3)),
        ((128, 64), "32x32", (32, 32, 4, 2)),
    ],
)
def test_modules_are_chained_to_the_panel(size: tuple[int, int], module: str, grid: tuple[int, ...]) -> None:
    """Chains in a row, rows in parallel; the matrix is then exactly as large as the panel."""
    wired = _wired(size, module)
    assert (wired.cols, wired.rows, wired.chain, wired.parallel) == grid
    rgbmatrix.MatrixSink(wired, matrix_twin)
    matrix = matrix_twin.RGBMatrix.made[-1]
    assert (matrix.width, matrix.height) == size
    assert matrix.options.drop_privileges is False
    assert (matrix.options.brightness, matrix.options.gpio_slowdown) == (70, 2)


@pytest.mark.parametrize("module", ["64", "64x", "0x32", "50x32", "64x24", "192x16"])
def test_modules_that_make_no_such_panel_are_refused(module: str) -> None:
    """Whoever typed it learns that the panel cannot be made of them."""
    with pytest.raises(BadInput, match=r"--module|cannot be made"):
        _wired(_size, module)


def test_without_the_library_one_sentence_says_what_to_do() -> None:
    """Nothing else needs it."""
    with pytest.raises(Broken, match="--output window"):
        rgbmatrix.MatrixSink(_wired())
