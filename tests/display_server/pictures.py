"""Pictures and documents to attach in tests."""

import io
from typing import Any

from PIL import Image

tail = b"PK\x03\x04 a zip that hides behind a picture"
pdf = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def saved(image: Image.Image, kind: str = "PNG", **facts: Any) -> bytes:
    """The file of a picture."""
    file = io.BytesIO()
    image.save(file, kind, **facts)
    return file.getvalue()


def png(color: str = "red", size: tuple[int, int] = (40, 30), **facts: Any) -> bytes:
    """A PNG of one colour."""
    return saved(Image.new("RGB", size, color), **facts)


def photo(size: tuple[int, int] = (40, 30), turning: int = 1) -> bytes:
    """A JPEG from a telephone that notes where it was taken, and how it was held."""
    image = Image.new("RGB", size, "white")
    image.paste("blue", (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Telephone of 赵明", turning
    exif.get_ifd(0x8825)[2] = (30.0, 15.0, 0.0)  # 30° 15′ north
    return saved(image, "JPEG", exif=exif, comment=b"taken at home", quality=95)


def opened(data: bytes) -> Image.Image:
    """The picture of a file."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image
