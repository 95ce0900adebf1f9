"""Every screen as a PNG at its real size, one process per window size (`kiosk shots`)."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kiosk.app.album.book import Look


def _touch_shots(folder: Path, out: Path, look: Look, size: tuple[int, int] = (1080, 1920)) -> None:
    from kiosk import bootstrap

    bootstrap.prepare(*size, offscreen=True)
    from content_sync.clock import SystemClock
    from content_sync.storage.blobs import BlobFolder
    from kiosk.app.album.book import frames
    from kiosk.board.reading import site_named
    from kiosk.flow.landscape import staged
    from kiosk.widgets.photograph import Camera

    camera = Camera(BlobFolder(folder).verified)
    for name, frame in frames(folder, site_named(folder), SystemClock(), look):
        camera.take(staged(*size)(frame), out / f"{name}{'-lying' if size[0] > size[1] else ''}.png")


def _wide_shots(folder: Path, out: Path, look: Look) -> None:
    if look.states:
        _touch_shots(folder, out, replace(look, states=False), (1920, 1080))


def _lcd_shots(folder: Path, out: Path, states: bool, *, upright: bool = False) -> None:
    from kiosk import bootstrap

    bootstrap.prepare(*((1080, 1920) if upright else (1920, 1080)), offscreen=True)
    from content_sync.clock import SystemClock
    from content_sync.storage.content import ContentStore
    from content_sync.storage.desk import DeskStore
    from kiosk.board.pictures import lcd_frames
    from kiosk.board.reading import site_named
    from kiosk.typeset.measuring import FontMeasure
    from kiosk.widgets.photograph import Camera

    content, desk = ContentStore(folder / "content.db", readonly=True), DeskStore(folder / "desk.db")
    camera = Camera()
    made = lcd_frames(content, desk, SystemClock().now(), FontMeasure(), site_named(folder), upright=upright)
    for name, frame in made if states else made[:2]:
        camera.take(frame, out / f"{name}.png")


def _lying_shots(folder: Path, out: Path, look: Look) -> None:
    _lcd_shots(folder, out, look.states)


def _upright_shots(folder: Path, out: Path, look: Look) -> None:
    if look.states:
        _lcd_shots(folder, out, states=True, upright=True)


def _led_shots(folder: Path, out: Path, look: Look) -> None:
    from content_sync.clock import SystemClock
    from content_sync.storage.content import ContentStore
    from content_sync.storage.desk import DeskStore
    from kiosk.board.pictures import led_images
    from kiosk.board.reading import site_named

    content, desk = ContentStore(folder / "content.db", readonly=True), DeskStore(folder / "desk.db")
    for size in ("192x64", "320x32", *(("128x64", "64x32") if look.states else ())):
        made = led_images(content, desk, SystemClock().now(), size, site_named(folder))
        for name, image in made if look.states else made[:2]:
            image.save(out / f"{name}.png")


photograph: dict[str, Callable[[Path, Path, Look], None]] = {
    "touch": _touch_shots,
    "touch-lying": _wide_shots,
    "lcd": _lying_shots,
    "lcd-upright": _upright_shots,
    "led": _led_shots,
}
