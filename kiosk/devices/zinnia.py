"""The handwriting recogniser of Debian (packages libzinnia0, tegaki-zinnia-simplified-chinese), called as it is.

1. It was taught with people's writing and goes by the order of the strokes; neat characters are what it is good at.
2. The ink is moved into the middle of its sheet: it knows no small writing in a corner.
3. Where the library or its model is missing there is none of it, and nothing fails.
"""

import ctypes
from ctypes import c_char_p, c_int, c_size_t, c_void_p
from pathlib import Path
from typing import Any

from content_sync.domain.cases.handwriting import Writing

_model = Path("/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model")
_library = "libzinnia.so.0"
_sheet, _margin = 1000, 100
_calls: dict[str, tuple[type | None, tuple[type, ...]]] = {
    "recognizer_new": (c_void_p, ()),
    "recognizer_open": (c_int, (c_void_p, c_char_p)),
    "recognizer_classify": (c_void_p, (c_void_p, c_void_p, c_size_t)),
    "character_new": (c_void_p, ()),
    "character_destroy": (None, (c_void_p,)),
    "character_set_width": (None, (c_void_p, c_size_t)),
    "character_set_height": (None, (c_void_p, c_size_t)),
    "character_add": (c_int, (c_void_p, c_size_t, c_int, c_int)),
    "result_size": (c_size_t, (c_void_p,)),
    "result_value": (c_char_p, (c_void_p, c_size_t)),
    "result_destroy": (None, (c_void_p,)),
}


class Zinnia:
    """One open model. Raises OSError when it is not installed (rule 3)."""

    def __init__(self, model: Path = _model) -> None:
        library = ctypes.CDLL(_library)
        for name, (result, arguments) in _calls.items():
            call = getattr(library, f"zinnia_{name}")
            call.restype, call.argtypes = result, arguments
            setattr(self, f"_{name}", call)
        self._recognizer = self._call("recognizer_new")
        if not model.is_file() or not self._call("recognizer_open", self._recognizer, str(model).encode()):
            raise FileNotFoundError(f"{model} is missing or no model (package tegaki-zinnia-simplified-chinese).")

    def read(self, writing: Writing, most: int) -> list[str]:
        """What the ink may be, the likeliest first; nothing of it is left in the library."""
        points = [point for stroke in writing.strokes for point in stroke]
        if not points:
            return []
        left, top = min(x for x, _ in points), min(y for _, y in points)
        wide, high = max(x for x, _ in points) - left, max(y for _, y in points) - top
        scale = (_sheet - 2 * _margin) / max(wide, high, 1)  # rule 2
        across, down = (_sheet - wide * scale) / 2, (_sheet - high * scale) / 2
        character = self._call("character_new")
        try:
            self._call("character_set_width", character, _sheet)
            self._call("character_set_height", character, _sheet)
            for n, stroke in enumerate(writing.strokes):
                for x, y in stroke:
                    at = round(across + (x - left) * scale), round(down + (y - top) * scale)
                    self._call("character_add", character, n, *at)
            return self._named(self._call("recognizer_classify", self._recognizer, character, most))
        finally:
            self._call("character_destroy", character)

    def _named(self, result: int | None) -> list[str]:
        if not result:
            return []
        try:
            count = self._call("result_size", result)
            return [self._call("result_value", result, n).decode() for n in range(count)]
        finally:
            self._call("result_destroy", result)

    def _call(self, name: str, *arguments: object) -> Any:
        return getattr(self, f"_{name}")(*arguments)
