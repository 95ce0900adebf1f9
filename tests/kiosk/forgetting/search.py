"""Looking for typed words in everything another process holds: its memory, freed or not, and files."""

from collections.abc import Iterable, Iterator
from pathlib import Path

_around = 48


def forms(words: str) -> Iterator[bytes]:
    """The bytes a text may stand as: alone, and beside Chinese characters."""
    yield words.encode("utf-8")
    yield words.encode("utf-16-le")


def in_memory(pid: int, needles: Iterable[str]) -> dict[str, list[str]]:
    """Where each of them stands in the memory that the process may write, and so in its core."""
    wanted = {form: needle for needle in needles for form in forms(needle)}
    found: dict[str, list[str]] = {}
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines()
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for place, rights, _, _, _, *name in (line.split(maxsplit=5) for line in maps):
            if not rights.startswith("rw"):
                continue
            begin, end = (int(one, 16) for one in place.split("-"))
            try:
                memory.seek(begin)
                held = memory.read(end - begin)
            except OSError:  # a device's own; it was taken away meanwhile
                continue
            for form, needle in wanted.items():
                at = held.find(form)
                while at >= 0:
                    around = held[max(0, at - _around) : at + len(form) + _around]
                    found.setdefault(needle, []).append(f"{name}{begin + at:x}: {around!r}")
                    at = held.find(form, at + 1)
    return found


def in_files(folder: Path, needles: Iterable[str]) -> list[tuple[str, str]]:
    """(needle, file) of each file below the folder that holds one."""
    held = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return [
        (needle, name)
        for needle in needles
        for name, data in held.items()
        if any(form in data for form in forms(needle))
    ]
