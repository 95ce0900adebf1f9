"""Masks on the graphics card: lines of text, icons, round corners and codes as textures, kept up to a bound.

1. A texture carries only how much ink is where; its colour is given when it is drawn, so one texture serves all. Boxes
   with a rim carry their two colours. All of them are drawn pixel for pixel or stretched where they are even, so the
   nearest texel is the right one: a software renderer needs a quarter less for it than for a mean of four.
2. The least recently used textures go first; `forget` drops all of them (OFF-08: typed letters are textures too).
3. Attached pictures keep their colours and are large: few of them are kept, none larger than a screen needs, and a
   file that claims more than `limits.picture_pixels_max` pixels or cannot be read is not drawn.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from pathlib import Path

from kivy.graphics.texture import Texture
from PIL import Image, ImageDraw
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from content_sync.domain import limits
from kiosk.typeset import painting, pictures, scripts, strokes

_quiet_modules, _over = 4, 4


class Ink:
    """The texture cache of one window."""

    def __init__(self) -> None:
        self._textures: OrderedDict[tuple[object, ...], Texture] = OrderedDict()
        self._attached: OrderedDict[tuple[str, int, int], Texture | None] = OrderedDict()

    def line(self, text: str, size: float, bold: bool, scale: float) -> Texture:
        """One line of text; see kiosk.typeset.painting for where its baseline is."""
        return self._kept(("line", text, size, bold, scale), partial(painting.mask, text, size, bold=bold, scale=scale))

    def icon(self, name: str, side: int) -> Texture:
        """An icon, `side` px square."""
        return self._kept(("icon", name, side), partial(strokes.mask, name, side))

    def script(self, text: str, language: str, size: float, room: float, scale: float) -> Texture:
        """A text of another script, as kiosk.typeset.scripts sets it."""
        key = ("script", text, language, size, room, scale)
        return self._kept(key, partial(scripts.picture, text, language, size, room, scale))

    def corners(self, radius: int) -> Texture:
        """A rounded square just large enough for its corners: stretch its middle."""
        return self._kept(("corners", radius), partial(_corners, radius))

    def rimmed(self, side: int, corner: int, rim: int, outer: tuple[float, ...], inner: tuple[float, ...]) -> Texture:
        """A rounded square with its rim, in its colours, its border `side` px wide: stretch its middle."""
        key = ("rimmed", side, corner, rim, outer, inner)
        return self._kept(key, partial(_rimmed, side, corner, rim, outer, inner))

    def code(self, payload: str) -> Texture:
        """A QR code with its quiet zone, one texel per module."""
        return self._kept(("code", payload), partial(_code, payload))

    def attached(self, path: Path, part: int, rows: int) -> Texture | None:
        """Rule 3: a picture file as its hash names it, whole or the piece `part`; None when it cannot be drawn."""
        key = (path.name, part, rows)
        if key not in self._attached:
            made = pictures.opened(path, part, rows)
            self._attached[key] = _colored(made) if made else None
            if len(self._attached) > limits.pictures_kept_max:
                self._attached.popitem(last=False)
        self._attached.move_to_end(key)
        return self._attached[key]

    def forget(self) -> None:
        """Rule 2."""
        self._textures.clear()
        self._attached.clear()

    def _kept(self, key: tuple[object, ...], make: Callable[[], Image.Image]) -> Texture:
        texture = self._textures.get(key)
        if texture is None:
            texture = self._textures[key] = _upload(make())
            if len(self._textures) > limits.textures_max:
                self._textures.popitem(last=False)
        self._textures.move_to_end(key)
        return texture


def _upload(mask: Image.Image) -> Texture:
    """Rule 1: white everywhere, the mask as its alpha; a picture in colours as it is; first row on top."""
    if mask.mode == "RGBA":
        texture = _colored(mask)
    else:
        texture = Texture.create(size=mask.size, colorfmt="luminance_alpha")
        pixels = Image.merge("LA", (Image.new("L", mask.size, 255), mask))
        texture.blit_buffer(pixels.tobytes(), colorfmt="luminance_alpha", bufferfmt="ubyte")
        texture.flip_vertical()
    texture.mag_filter = texture.min_filter = "nearest"
    return texture


def _colored(image: Image.Image) -> Texture:
    form = image.mode.lower()
    texture = Texture.create(size=image.size, colorfmt=form)
    texture.blit_buffer(image.tobytes(), colorfmt=form, bufferfmt="ubyte")
    texture.flip_vertical()
    return texture


def _corners(radius: int) -> Image.Image:
    return _rounded(2 * radius + 2, radius)


def _rounded(side: int, radius: int) -> Image.Image:
    large = Image.new("L", (side * _over, side * _over))
    ImageDraw.Draw(large).rounded_rectangle((0, 0, side * _over - 1, side * _over - 1), radius * _over, 255)
    return large.resize((side, side), Image.Resampling.BOX)


def _rimmed(border: int, corner: int, rim: int, outer: tuple[float, ...], inner: tuple[float, ...]) -> Image.Image:
    """The fill over the rim, each with its own rounded edge."""
    side = 2 * border + 2
    layers = []
    for color, inset in ((outer, 0), (inner, rim)):
        layer = Image.new("RGBA", (side, side), (*(round(255 * part) for part in color[:3]), 0))
        mask = _rounded(side - 2 * inset, max(0, corner - inset))
        alpha = Image.new("L", (side, side))
        alpha.paste(mask, (inset, inset))
        layer.putalpha(alpha)
        layers.append(layer)
    return Image.alpha_composite(*layers)


def _code(payload: str) -> Image.Image:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=_quiet_modules)
    code.add_data(payload)
    modules = code.get_matrix()
    image = Image.new("L", (len(modules), len(modules)))
    image.putdata([255 if dark else 0 for row in modules for dark in row])
    return image
