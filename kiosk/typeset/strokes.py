"""An icon's strokes (assets/icons) → an 8-bit mask, drawn four times too large and scaled down, so edges are smooth."""

from typing import TYPE_CHECKING, Any

from kiosk import config

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

_grid, _stroke, _over = 48, 3.4, 4


def mask(name: str, side: int) -> "Image":
    """The icon as an "L" image of `side` × `side` px."""
    from PIL import Image, ImageDraw

    unit = side * _over / _grid
    image = Image.new("L", (side * _over, side * _over))
    draw = ImageDraw.Draw(image)
    for stroke in config.icon(name)["strokes"]:
        ((kind, values),) = stroke.items()
        _pens[kind](draw, values, unit)
    return image.resize((side, side), Image.Resampling.LANCZOS)


def _line(draw: "ImageDraw", points: Any, unit: float) -> None:
    scaled, half = [(x * unit, y * unit) for x, y in points], _stroke * unit / 2
    draw.line(scaled, 255, round(_stroke * unit))
    for x, y in scaled:  # round ends and joints
        draw.ellipse((x - half, y - half, x + half, y + half), 255)


def _shape(draw: "ImageDraw", points: Any, unit: float) -> None:
    _line(draw, [*points, points[0]], unit)


def _arc(draw: "ImageDraw", values: Any, unit: float) -> None:
    from math import cos, radians, sin

    x, y, r, start, end = values
    steps = max(8, round(abs(end - start) / 4))
    turns = [radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    _line(draw, [(x + r * cos(turn), y + r * sin(turn)) for turn in turns], unit)


def _ring(draw: "ImageDraw", values: Any, unit: float) -> None:
    _arc(draw, [*values, 0, 360], unit)


def _box(draw: "ImageDraw", values: Any, unit: float) -> None:
    x, y, w, h, r = values
    half = _stroke / 2
    place = [side * unit for side in (x - half, y - half, x + w + half, y + h + half)]
    draw.rounded_rectangle(place, (r + half) * unit, outline=255, width=round(_stroke * unit))


def _dot(draw: "ImageDraw", values: Any, unit: float) -> None:
    x, y, r = values
    draw.ellipse([side * unit for side in (x - r, y - r, x + r, y + r)], 255)


_pens = {"line": _line, "shape": _shape, "arc": _arc, "ring": _ring, "box": _box, "dot": _dot}
