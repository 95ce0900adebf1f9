"""What may be attached: three kinds by their bytes, pictures made anew, nothing hidden, nothing that eats machines."""

import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, PngImagePlugin

from content_sync.domain import limits
from content_sync.domain.errors import BadInput
from display_server.authoring.attaching.preparing import Prepared, prepared
from tests.display_server.pictures import opened, pdf, photo, png, saved, tail


def _made(data: bytes, file_name: str = "桥.jpg", **facts: str) -> Prepared:
    return prepared(data, file_name, **facts)


def test_a_photo_keeps_only_what_is_seen() -> None:
    """No place, no owner, no comment, no preview: the same picture, and the same file every time."""
    made = _made(photo())
    assert (made.attachment.type, made.attachment.use, made.attachment.name) == ("image/jpeg", "photo", "桥.jpg")
    seen = opened(made.data)
    assert dict(seen.getexif()) == {}
    assert not {"exif", "comment", "icc_profile", "photoshop"} & seen.info.keys()
    assert (seen.size, made.attachment.width, made.attachment.height) == ((40, 30), 40, 30)
    assert b"Telephone" not in made.data
    assert b"taken at home" not in made.data
    assert _made(photo()).attachment == made.attachment


@pytest.mark.parametrize("turning", [3, 6, 8])
def test_a_photo_stands_as_it_was_taken(turning: int) -> None:
    """The note that tells how the telephone was held is gone, so the picture itself is turned."""
    corner = {3: (35, 25), 6: (25, 5), 8: (5, 35)}[turning]
    seen = opened(_made(photo(turning=turning)).data)
    assert seen.size == ((40, 30) if turning == 3 else (30, 40))
    red, _, blue = seen.getpixel(corner)  # type: ignore[misc]  # three colours
    assert blue > 200 > red


def test_what_hides_behind_or_inside_a_picture_is_gone() -> None:
    """A zip at the end, words in a chunk, a colour profile, a second frame."""
    words = PngImagePlugin.PngInfo()
    words.add_text("secret", "内部资料")
    frames = [Image.new("RGB", (9, 9), color) for color in ("red", "blue")]
    hiding = {
        "a tail": png() + tail,
        "words": png(pnginfo=words),
        "words, packed": png(pnginfo=_packed("secret", "内部资料")),
        "a profile": png(icc_profile=b"secret profile " * 20),
        "a second frame": saved(frames[0], save_all=True, append_images=frames[1:]),
        "a photo's tail": photo() + tail,
    }
    for story, data in hiding.items():
        made = _made(data)
        assert tail not in made.data, story
        assert "内部资料".encode() not in made.data, story
        assert made.data.count(b"IDAT") <= 1, story
        chunks = {made.data[at : at + 4] for at in _chunks(made.data)} if made.data.startswith(b"\x89PNG") else set()
        assert chunks <= {b"IHDR", b"IDAT", b"IEND"}, story


def _packed(key: str, text: str) -> PngImagePlugin.PngInfo:
    words = PngImagePlugin.PngInfo()
    words.add_text(key, text, zip=True)
    return words


def _chunks(data: bytes) -> list[int]:
    """Where the names of a PNG's chunks stand."""
    places, at = [], 8
    while at < len(data):
        places.append(at + 4)
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return places


def test_what_is_blotted_out_by_transparency_cannot_be_read() -> None:
    """The colours under a transparent blot are in the file that is handed over, and not in the one that is kept."""
    image = Image.new("RGBA", (20, 20), (10, 20, 30, 0))
    image.paste((200, 0, 0, 255), (0, 0, 10, 20))
    seen = opened(_made(saved(image)).data)
    assert (seen.mode, seen.getpixel((5, 5)), seen.getpixel((15, 5))) == ("RGB", (200, 0, 0), (255, 255, 255))


_modes: dict[str, Callable[[], Image.Image]] = {
    "black and white": lambda: Image.new("1", (20, 20), 1),
    "grey": lambda: Image.new("L", (20, 20), 77),
    "grey and transparent": lambda: Image.new("LA", (20, 20), (77, 255)),
    "deep grey": lambda: Image.new("I;16", (20, 20), 77 * 256),
    "a palette": lambda: Image.new("RGB", (20, 20), (77, 77, 77)).quantize(4),
}


@pytest.mark.parametrize("story", _modes)
def test_every_kind_of_png_is_taken(story: str) -> None:
    """Scans in black and white, palettes, sixteen bits: what was seen is seen."""
    seen = opened(_made(saved(_modes[story]())).data)
    assert seen.mode in {"1", "L", "RGB"}
    grey = seen.convert("L").getpixel((9, 9))
    assert grey == (255 if story == "black and white" else 77)


def test_a_print_shops_jpeg_is_taken() -> None:
    """Four colours become three."""
    assert opened(_made(saved(Image.new("CMYK", (9, 9), (0, 255, 255, 0)), "JPEG")).data).mode == "RGB"


def test_a_picture_is_made_no_larger_than_screens_need(monkeypatch: pytest.MonkeyPatch) -> None:
    """A telephone's huge photo travels to villages as what a screen can show; its shape stays."""
    monkeypatch.setattr(limits, "picture_pixels_kept_max", 1_000)
    for data in (photo((400, 100)), png(size=(400, 100)), saved(Image.new("1", (400, 100)))):
        made = _made(data).attachment
        assert made.width * made.height <= 1_000
        assert 3.5 < made.width / made.height < 4.5


def _bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is this large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(100_000))
    chunks = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    body = b"".join(struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


def _long_words() -> bytes:
    """A PNG whose packed words are a hundred million letters."""
    packed = b"a\0\0" + zlib.compress(bytes(100_000_000))
    return png()[:33] + struct.pack(">I", len(packed)) + b"zTXt" + packed + bytes(4) + png()[33:]


_refused: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "只能附"),
    "a web page": (lambda: b"<html><script>alert(1)</script>", "只能附"),
    "a drawing that runs": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "只能附"),
    "a GIF": (lambda: saved(Image.new("P", (9, 9)), "GIF"), "只能附"),
    "a program": (lambda: b"MZ\x90\0", "只能附"),
    "half a picture": (lambda: png(size=(400, 300))[:200], "打不开"),
    "half a photo": (lambda: photo((400, 300))[:900], "打不开"),
    "only a sign": (lambda: b"\x89PNG\r\n\x1a\n", "打不开"),
    "only a photo's sign": (lambda: b"\xff\xd8\xff", "打不开"),
    "a bomb of a gigapixel": (lambda: _bomb(40_000, 40_000), "百万像素"),
    "a bomb below the library's own bound": (lambda: _bomb(8_000, 8_000), "百万像素"),
    "a bomb that is one line": (lambda: _bomb(60_000_000, 1), "百万像素"),
    "a bomb that lies": (lambda: _bomb(6_000, 6_000), "打不开"),
    "a PDF of no version": (lambda: b"%PDF-x\n%%EOF", "开头不对"),
    "half a PDF": (lambda: pdf[:40], "没有结尾"),
    "a PDF with a tail": (lambda: pdf + tail, "末尾后面"),
    "a PDF behind something": (lambda: b"GIF89a" + pdf, "只能附"),
    "a file without end": (lambda: pdf + bytes(limits.blob_bytes_max), "超过 16 MB"),
}


@pytest.mark.parametrize("story", _refused)
def test_anything_else_is_refused(story: str) -> None:
    """One sentence that says what to do, whatever the file calls itself."""
    data, sentence = _refused[story]
    for file_name in ("a.png", "a.jpg", "a.pdf", "a.html"):
        with pytest.raises(BadInput, match=sentence):
            _made(data(), file_name)


def test_packed_words_without_end_are_not_unpacked() -> None:
    """A text chunk that would fill the memory is refused, or passed over, in little memory."""
    with pytest.raises(BadInput, match="打不开"):
        _made(_long_words())


@pytest.mark.parametrize(("data", "kind"), [(png(), "image/png"), (photo(), "image/jpeg"), (pdf, "application/pdf")])
@pytest.mark.parametrize("file_name", ["a.png", "a.jpg", "a.pdf", "a.exe", "a"])
def test_bytes_say_what_a_file_is(data: bytes, kind: str, file_name: str) -> None:
    """The name on the disk changes nothing."""
    assert _made(data, file_name).attachment.type == kind


def test_a_pdf_is_kept_as_it_is() -> None:
    """What its author made of it is signed; blanks behind its end do not matter."""
    made = _made(pdf + b"\r\n \0", "申请表.pdf", use="form")
    assert made.data == pdf + b"\r\n \0"
    assert (made.attachment.use, made.attachment.width) == ("form", 0)
    assert _made(pdf, "a.pdf").attachment.use == "file"


@pytest.mark.parametrize(
    ("file_name", "name", "called"),
    [
        ("桥.jpg", "", "桥.jpg"),
        ("C:\\Users\\赵明\\桥.jpg", "", "桥.jpg"),
        ("/home/zhao/桥.jpg", "", "桥.jpg"),
        ("桥.jpg", "  修好的\n桥 ", "修好的 桥"),
        ("桥.jpg", "表\u202egpj.exe", "表 gpj.exe"),
        ("长" * 100 + ".jpg", "", "长" * 80),
    ],
)
def test_a_name_is_what_people_read(file_name: str, name: str, called: str) -> None:
    """No folder of somebody's computer, no letters that turn others around, one line."""
    assert _made(png(), file_name, name=name).attachment.name == called


@pytest.mark.parametrize("facts", [{"use": "wallpaper"}, {"name": "\u200b"}])
def test_odd_facts_are_refused(facts: dict[str, str]) -> None:
    """An unknown use, a name that nobody can see."""
    with pytest.raises(BadInput):
        _made(png(), **facts)


def test_a_pdf_is_no_photo() -> None:
    """A screen would try to draw it."""
    with pytest.raises(BadInput, match="不是图片"):
        _made(pdf, use="photo")
