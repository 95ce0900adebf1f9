"""Where the two faces are and how they are opened.

The faces are taken out of Debian's Noto collection at install (SCREENS A2); no font file is committed.
"""

import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from content_sync.domain.errors import Broken

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_names = {False: "NotoSansSC-Regular.otf", True: "NotoSansSC-Bold.otf"}


def find(bold: bool = False) -> Path:
    """The font file. Raises Broken when it was never installed."""
    path = Path(sys.prefix) / "share" / "gongkailan" / "fonts" / _names[bold]
    if not path.is_file():
        raise Broken(f"The font {path} is missing: run deploy/demo.sh or deploy/test.sh once, they install it.")
    return path


@lru_cache(maxsize=64)
def face(size: int, bold: bool = False) -> "FreeTypeFont":
    """The face at `size` px per em. Basic layout: a line is exactly as wide as the sum of its characters."""
    from PIL import ImageFont

    return ImageFont.truetype(str(find(bold)), size, layout_engine=ImageFont.Layout.BASIC)
