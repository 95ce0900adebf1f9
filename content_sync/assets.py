"""Where the files of `assets/` are: beside the packages in a checkout, under share/ when installed."""

import sys
from pathlib import Path


def path(name: str) -> Path:
    """The file or folder `name` of `assets/`."""
    checkout = Path(__file__).resolve().parents[1] / "assets"
    return (checkout if checkout.is_dir() else Path(sys.prefix) / "share" / "gongkailan" / "assets") / name
