"""What hangs on this machine, as its operator said: `parts.json` in the device folder.

    {"sound": true, "printer": "file:/dev/usb/lp0", "paper": 80, "print_as": "picture", "stick": "/mnt/stick"}

1. A file that is not there says nothing: everything has its default.
2. A file that cannot be read is as none, and is said on stderr: a typing error must not keep a hall from working.
"""

import json
import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from content_sync import durable
from content_sync.domain.errors import BadInput
from content_sync.wire import shapes
from kiosk.devices.printer_line import checked

_log = logging.getLogger(__name__)
_name = "parts.json"


@dataclass(frozen=True)
class Parts:
    """`sound`: whether a board here speaks and a kiosk reads aloud.

    `printer`: where it is (printer_line), empty for none; `paper` in mm.
    `stick`: where a stick is mounted; empty for the usual place (devices.stick).
    """

    sound: bool = True
    printer: str = ""
    paper: Literal[58, 80] = 80
    print_as: Literal["picture", "gb18030"] = "picture"
    stick: str = ""


def read(folder: Path) -> Parts:
    """The parts of a device folder (rules 1 and 2)."""
    try:
        plain = json.loads((folder / _name).read_text(encoding="utf-8"))
        found = shapes.from_plain(Parts, plain, _name, lenient=True)
        return replace(found, printer=found.printer and checked(found.printer))
    except FileNotFoundError:
        return Parts()
    except (BadInput, ValueError, OSError) as error:
        _log.warning("%s is not read (%s); set it again with kiosk parts.", folder / _name, error)
        return Parts()


def write(folder: Path, parts: Parts) -> None:
    """Keep them, whole or not at all."""
    durable.write(folder / _name, (json.dumps(shapes.to_plain(parts), ensure_ascii=False) + "\n").encode())


def changed(
    parts: Parts,
    *,
    sound: str | None = None,
    printer: str | None = None,
    paper: str | None = None,
    print_as: str | None = None,
    stick: str | None = None,
) -> Parts:
    """The parts with what an operator typed; BadInput for a printer that cannot be meant."""
    plain: dict[str, object] = dict(vars(parts))
    if sound is not None:
        plain["sound"] = sound == "on"
    if printer is not None:
        plain["printer"] = "" if printer == "none" else checked(printer)
    if paper is not None:
        plain["paper"] = int(paper)
    if print_as is not None:
        plain["print_as"] = print_as
    if stick is not None:
        plain["stick"] = "" if stick == "usual" else stick
    return shapes.from_plain(Parts, plain, _name)
