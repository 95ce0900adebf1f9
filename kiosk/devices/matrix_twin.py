"""The in-memory twin of the library rgbmatrix: the same names, lamps that are pictures.

It has no pins and no refresh; it remembers what it was asked. Like the real one it takes RGB pictures only, cuts what
does not fit, refuses a canvas of another matrix, and swaps canvases instead of copying them.
"""

from PIL import Image


class RGBMatrixOptions:
    """The options that kiosk.devices.rgbmatrix sets, with the library's own defaults."""

    def __init__(self) -> None:
        self.rows, self.cols = 32, 32
        self.chain_length, self.parallel = 1, 1
        self.hardware_mapping, self.gpio_slowdown = "regular", 1
        self.brightness = 100
        self.drop_privileges = True


class FrameCanvas:
    """A picture of the matrix's size, off screen until it is swapped in."""

    def __init__(self, owner: "RGBMatrix", width: int, height: int) -> None:
        self.owner, self.width, self.height = owner, width, height
        self.image = Image.new("RGB", (width, height))

    def SetImage(self, image: Image.Image, offset_x: int = 0, offset_y: int = 0) -> None:  # noqa: N802  # the library's name
        """Draw the picture at an offset."""
        if image.mode != "RGB":
            raise ValueError("Only pictures of mode RGB can be shown.")
        self.image.paste(image, (offset_x, offset_y))


class RGBMatrix:
    """The lamps; `lit` is what is on them, `shown` every picture that ever was."""

    made: "list[RGBMatrix]" = []  # noqa: RUF012  # what was made in this process, for whoever looks

    def __init__(self, options: RGBMatrixOptions) -> None:
        self.options = options
        self.width, self.height = options.cols * options.chain_length, options.rows * options.parallel
        self._lit = self.CreateFrameCanvas()
        self.shown: list[Image.Image] = []
        RGBMatrix.made.append(self)

    @property
    def lit(self) -> Image.Image:
        """What is on the lamps now."""
        return self._lit.image

    def CreateFrameCanvas(self) -> FrameCanvas:  # noqa: N802  # the library's own name
        """An empty picture off screen."""
        return FrameCanvas(self, self.width, self.height)

    def SwapOnVSync(self, canvas: FrameCanvas) -> FrameCanvas:  # noqa: N802  # the library's own name
        """Show it; returns the one that was shown."""
        if canvas.owner is not self:
            raise ValueError("This canvas belongs to another matrix.")
        before, self._lit = self._lit, canvas
        self.shown.append(canvas.image.copy())
        return before
