"""Every screen as a PNG at its real size, one process per window size (`kiosk shots`).

1. Every picture is judged while it is taken (kiosk.flow.laws): what is broken comes back as (name, sentence).
2. `--all` takes every screen and every state in every look, each look in a folder of its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from kiosk.app.album.book import Look

Broken = Iterator[tuple[str, str]]


@dataclass(frozen=True)
class Order:
    """What to take: of which device, where to, how it is seen; `looks` are the asked ones, `whole` means rule 2."""

    folder: Path
    out: Path
    look: Look = field(default_factory=Look)
    whole: bool = False

    def turns(self, form: str, *, lying: bool) -> Iterator[tuple[Path, Look]]:
        """Each look and the folder of its pictures."""
        if not self.whole:
            yield self.out, self.look
            return
        for look in _looks if not lying else [look for look in _looks if not look.low]:
            place = self.out / f"{form}-{look.language}{look.suffix}"
            place.mkdir(parents=True, exist_ok=True)
            yield place, look
            yield place, replace(look, states=True)

    def place(self, name: str) -> Path:
        """The folder of pictures that have one look only."""
        place = self.out / name if self.whole else self.out
        place.mkdir(parents=True, exist_ok=True)
        return place

    @property
    def states(self) -> bool:
        """Whether a board's designed states are wanted."""
        return self.whole or self.look.states


_looks = [
    Look(language, elder, contrast, low=low)
    for language in ("zh-Hans", "en")
    for elder, contrast, low in (
        *((False, False, False), (True, False, False), (False, True, False), (True, True, False)),
        *((False, False, True), (True, False, True)),
    )
]


def _touch_shots(order: Order, size: tuple[int, int] = (1080, 1920)) -> Broken:
    from kiosk import bootstrap

    bootstrap.prepare(*size, offscreen=True)
    from content_sync.clock import SystemClock
    from content_sync.storage.blobs import BlobFolder
    from kiosk.app import tongues
    from kiosk.app.album.book import frames
    from kiosk.app.judging import judge
    from kiosk.board.reading import site_named
    from kiosk.flow.landscape import staged
    from kiosk.typeset.measuring import FontMeasure
    from kiosk.widgets.photograph import Camera

    camera, judging, lying = Camera(BlobFolder(order.folder).verified), judge(FontMeasure()), size[0] > size[1]
    form, end = (f"lying-{size[0]}x{size[1]}", "-lying") if lying else ("upright", "")
    for place, look in order.turns(form, lying=lying):
        words = tongues.words(look.language)
        for name, upright in frames(order.folder, site_named(order.folder), SystemClock(), replace(look, lies=lying)):
            frame, path = staged(*size)(upright), place / f"{name}{end}.png"
            camera.take(frame, path)
            low = look.low or f"{name}-".find("-low-") > 0
            if lying:
                found = judging.lying_screen(frame, words, size[0], elder=look.elder)
            else:
                found = judging.touch_screen(frame, words, elder=look.elder, low=low)
            yield from ((path.relative_to(order.out).with_suffix("").as_posix(), one) for one in found)


def _lying_touch_shots(order: Order) -> Broken:
    if order.states:
        yield from _touch_shots(replace(order, look=replace(order.look, states=False)), (1920, 1080))


def _small_touch_shots(order: Order) -> Broken:
    if order.whole:
        yield from _touch_shots(order, (1280, 800))


def _lcd_shots(order: Order, *, upright: bool = False) -> Broken:
    from kiosk import bootstrap

    bootstrap.prepare(*((1080, 1920) if upright else (1920, 1080)), offscreen=True)
    from content_sync.clock import SystemClock
    from content_sync.storage.content import ContentStore
    from content_sync.storage.desk import DeskStore
    from kiosk.app.judging import judge
    from kiosk.board.pictures import lcd_frames
    from kiosk.board.reading import site_named
    from kiosk.flow.board import lcd_grid
    from kiosk.typeset.measuring import FontMeasure
    from kiosk.widgets.photograph import Camera

    folder, place, measure = order.folder, order.place("board-upright" if upright else "board"), FontMeasure()
    content, desk = ContentStore(folder / "content.db", readonly=True), DeskStore(folder / "desk.db")
    camera, judging = Camera(), judge(measure)
    made = lcd_frames(content, desk, SystemClock().now(), measure, site_named(folder), upright=upright)
    for name, frame in made if order.states else made[:2]:
        path = place / f"{name}.png"
        camera.take(frame, path)
        found = judging.board(frame, lcd_grid.small)
        yield from ((path.relative_to(order.out).with_suffix("").as_posix(), one) for one in found)


def _upright_shots(order: Order) -> Broken:
    if order.states:
        yield from _lcd_shots(order, upright=True)


def _led_shots(order: Order) -> Broken:
    from content_sync.clock import SystemClock
    from content_sync.storage.content import ContentStore
    from content_sync.storage.desk import DeskStore
    from kiosk.board.pictures import led_images
    from kiosk.board.reading import site_named

    folder, place = order.folder, order.place("lamps")
    content, desk = ContentStore(folder / "content.db", readonly=True), DeskStore(folder / "desk.db")
    for size in ("192x64", "320x32", *(("128x64", "64x32") if order.states else ())):
        made = led_images(content, desk, SystemClock().now(), size, site_named(folder))
        for name, image in made if order.states else made[:2]:
            image.save(place / f"{name}.png")
    yield from ()


photograph: dict[str, Callable[[Order], Broken]] = {
    "touch": _touch_shots,
    "touch-lying": _lying_touch_shots,
    "touch-small": _small_touch_shots,
    "lcd": _lcd_shots,
    "lcd-upright": _upright_shots,
    "led": _led_shots,
}
