"""Every shot that has a code, photographed: `python -m tests.kiosk.screens.coded DIR OUT WxH touch|lcd`.

Prints one JSON line: each picture's name and the payloads of its codes, as the frame has them. Shots without a code
are not photographed.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.flow.frame import Code, Frame

_site = "qinghe-hall"


def main(folder: Path, out: Path, size: str, kind: str) -> None:
    """Photograph and tell."""
    from kiosk import bootstrap

    wide, high = map(int, size.split("x"))
    bootstrap.prepare(wide, high, offscreen=True)
    from content_sync.storage.blobs import BlobFolder
    from kiosk.widgets.photograph import Camera

    camera, told = Camera(BlobFolder(folder).verified), {}
    for name, frame in _boards(folder, wide, high) if kind == "lcd" else _touch(folder, wide, high):
        payloads = [mark.payload for mark in frame.marks if isinstance(mark, Code)]
        if payloads:
            camera.take(frame, out / f"{name}-{size}.png")
            told[f"{name}-{size}.png"] = payloads
    print(json.dumps(told))


def _touch(folder: Path, wide: int, high: int) -> Iterator[tuple[str, Frame]]:
    from kiosk.app.album.book import Look, frames
    from kiosk.flow.landscape import staged
    from tests.kiosk.app.twins import Clock

    looks = [Look(), Look(elder=True), Look(elder=True, contrast=True), Look("en", elder=True), Look(states=True)]
    for look in looks:
        for name, frame in frames(folder, _site, Clock(), look):
            yield f"{name}-{look.language}{'-state' if look.states else ''}", staged(wide, high)(frame)


def _boards(folder: Path, wide: int, high: int) -> Iterator[tuple[str, Frame]]:
    from content_sync.storage.content import ContentStore
    from content_sync.storage.desk import DeskStore
    from kiosk.board.pictures import lcd_frames
    from kiosk.typeset.measuring import FontMeasure
    from tests.kiosk import county

    content, desk = ContentStore(folder / "content.db", readonly=True), DeskStore(folder / "desk.db")
    yield from lcd_frames(content, desk, county.now, FontMeasure(), _site, upright=high > wide)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
