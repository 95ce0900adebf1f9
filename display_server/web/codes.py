"""QR codes for pages and paper, as the path of an SVG: no script, no picture file, sharp at every size."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """`size` modules a side, the four of quiet around it included; `path` draws the dark ones."""

    size: int
    path: str


def code_of(text: str) -> Code:
    """The code of a text, error correction M."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    made = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    made.add_data(text)
    rows: list[list[bool]] = made.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return Code(len(rows), path)
