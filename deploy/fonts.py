"""Take the Simplified Chinese faces out of Debian's fonts-noto-cjk.

Kivy opens face 0 of a font collection, which holds the Japanese forms; so each weight becomes a file of its own.
The full set is kept, not a subset: people's names use rare characters.

    python deploy/fonts.py FOLDER
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTCollection

_source = Path("/usr/share/fonts/opentype/noto")
_family = "Noto Sans CJK SC"


def take(weight: str, folder: Path) -> None:
    """Write NotoSansSC-<weight>.otf into `folder`, whole or not at all."""
    collection = TTCollection(_source / f"NotoSansCJK-{weight}.ttc")
    face = next(font for font in collection.fonts if font["name"].getDebugName(1) == _family)
    half = folder / f".{weight}.part"
    face.save(half)
    half.rename(folder / f"NotoSansSC-{weight}.otf")


def main() -> None:
    """Take both weights."""
    if len(sys.argv) != 2 or not _source.is_dir():
        sys.exit("usage: python deploy/fonts.py FOLDER (needs Debian's package fonts-noto-cjk)")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for weight in ("Regular", "Bold"):
        take(weight, folder)


main()
