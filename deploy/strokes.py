"""Make assets/strokes/gb2312.shapes out of the middle lines of hanzi-writer-data (npm), for handwriting in search.

    npm pack hanzi-writer-data@2.0.1
    python -m deploy.strokes hanzi-writer-data-2.0.1.tgz assets/strokes

Taken are the 6,763 characters of GB 2312 and nothing of their outlines: only where ink lies (kiosk.flow.hand). The data
derives from Arphic's fonts and stays under the Arphic Public License, whose text is written beside it.
"""

import hashlib
import json
import sys
import tarfile
import zlib
from pathlib import Path

from kiosk.devices.hand import packed, shapes_file
from kiosk.flow import hand

_sha256 = "72baf3d82b114e60d6e40ea05f24d2262a05cd39d544e2f322ba2fceb7beff15"
_notice = (
    "Shapes of characters, made by deploy/strokes.py of Gongkailan on 2026-11-26 from the medians of hanzi-writer-data "
    "2.0.1 (Make Me a Hanzi), which derive from fonts (C) 1999 Arphic Technology Co., Ltd. Changed: each character's "
    "medians were counted on a raster. Under the Arphic Public License: see ARPHICPL.TXT.\n"
)


def main(source: Path, folder: Path) -> None:
    """Write the shapes and their licence."""
    data = source.read_bytes()
    if hashlib.sha256(data).hexdigest() != _sha256:
        sys.exit(f"{source} is not hanzi-writer-data 2.0.1 as it was when this was written.")
    wanted, found, licence = set(_gb2312()), dict[str, bytes](), b""
    with tarfile.open(source) as tar:
        for member in tar:  # in its own order: a compressed archive cannot be leafed through
            file, name = tar.extractfile(member), Path(member.name)
            if file is not None and name.stem in wanted:
                # upside down there
                strokes = [tuple((x, 900 - y) for x, y in median) for median in json.load(file)["medians"]]
                found[name.stem] = packed(hand.shape(strokes))
            elif file is not None and name.name == "ARPHICPL.TXT":
                licence = file.read()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ARPHICPL.TXT").write_bytes(licence)
    chars, shapes = "".join(sorted(found)), b"".join(found[char] for char in sorted(found))
    body = zlib.compress(chars.encode() + b"\n" + shapes, 9)
    (folder / Path(shapes_file).name).write_bytes(_notice.encode() + body)


def _gb2312() -> list[str]:
    codes = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return [code.decode("gb2312") for code in codes if not b"\xd7\xf9" < code < b"\xd8\xa1"]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
