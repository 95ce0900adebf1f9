"""LED lamps on a Raspberry Pi's own pins, by the Python binding of rpi-rgb-led-matrix.

1. The library is looked for when a board starts, never at import: every other output works without it. Where it is
   absent one sentence says so and what to use instead.
2. A panel is a grid of equal modules: as many chained in a row as its width holds, at most `_chains_most` rows.
3. A picture is drawn off screen and swapped in at the panel's own refresh: nobody ever sees half of one.
4. The library must not drop privileges: the board goes on reading its two stores.
"""

import importlib
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol

from content_sync.domain.errors import BadInput, Broken

if TYPE_CHECKING:
    from PIL.Image import Image

_chains_most = 3
_slowdown_most, _brightness_most = 5, 100


class Canvas(Protocol):
    """A picture off screen."""

    def SetImage(self, image: "Image") -> None:  # noqa: N802  # the library's own name
        """Draw the picture from the upper left corner."""
        ...


class Matrix(Protocol):
    """The lamps, as the library drives them."""

    def CreateFrameCanvas(self) -> Canvas:  # noqa: N802  # the library's own name
        """An empty picture off screen."""
        ...

    def SwapOnVSync(self, canvas: Canvas) -> Canvas:  # noqa: N802  # the library's own name
        """Show it from the next refresh on; returns the one that was shown."""
        ...


@dataclass(frozen=True)
class Wiring:
    """How the modules are joined (rule 2) and wired; the last three are options of the library."""

    cols: int
    rows: int
    chain: int
    parallel: int
    mapping: str
    slowdown: int
    brightness: int


def wiring(size: tuple[int, int], module: str, *, mapping: str, slowdown: int, brightness: int) -> Wiring:
    """The wiring of a panel of `size` lamps made of modules ("64x32"; empty: the usual ones). Raises BadInput."""
    width, height = size
    told = module or ("64x64" if height % 64 == 0 else "64x32")
    cols, _, rows = told.partition("x")
    if not (cols.isdigit() and rows.isdigit() and int(cols) and int(rows)):
        raise BadInput(f"--module is {told!r}: give width x height in lamps, such as 64x32.")
    if width % int(cols) or height % int(rows) or height // int(rows) > _chains_most:
        raise BadInput(f"A panel of {width}x{height} cannot be made of at most {_chains_most} rows of {told} modules.")
    if not (0 <= slowdown <= _slowdown_most and 1 <= brightness <= _brightness_most):
        raise BadInput(f"--slowdown is 0 to {_slowdown_most}, --brightness 1 to {_brightness_most}.")
    return Wiring(int(cols), int(rows), width // int(cols), height // int(rows), mapping, slowdown, brightness)


class MatrixSink:
    """kiosk.board.led.Sink over the lamps; `library` is rgbmatrix, or its twin (kiosk.devices.matrix_twin)."""

    def __init__(self, wired: Wiring, library: Any = None) -> None:
        matrix: Matrix = _matrix(library or _library(), wired)
        self._matrix, self._canvas, self._never = matrix, matrix.CreateFrameCanvas(), Event()

    def show(self, image: "Image") -> None:
        """Rule 3."""
        self._canvas.SetImage(image.convert("RGB"))
        self._canvas = self._matrix.SwapOnVSync(self._canvas)

    def rest(self, seconds: float) -> bool:
        """Wait; the library's own thread keeps the lamps lit."""
        self._never.wait(seconds)
        return True


def _library() -> Any:
    """Rule 1."""
    try:
        return importlib.import_module("rgbmatrix")
    except ImportError as error:
        raise Broken(
            "The library rgbmatrix is not installed here: it drives LED modules from a Raspberry Pi's pins and is built"
            " there from rpi-rgb-led-matrix. Use --output window or --output png on other machines."
        ) from error


def _matrix(library: Any, wired: Wiring) -> Matrix:
    options = library.RGBMatrixOptions()
    options.rows, options.cols = wired.rows, wired.cols
    options.chain_length, options.parallel = wired.chain, wired.parallel
    options.hardware_mapping, options.gpio_slowdown = wired.mapping, wired.slowdown
    options.brightness = wired.brightness
    options.drop_privileges = False  # rule 4
    made: Matrix = library.RGBMatrix(options=options)
    return made
