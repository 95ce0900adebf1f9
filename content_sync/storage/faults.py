"""What SQLite's errors mean for the one who asked: a damaged file, a disk without room, or come again.

1. A damaged file is named as such (`Damaged`), so that the agent can build it anew; so is one that its disk cannot read
   any more, and one whose search index is lost.
2. A disk that takes no write is named as such too (`Full`).
3. Anything else that the file does is a sentence (`Broken`); what the program asked wrongly stays what it is.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from content_sync.domain.errors import Broken

_unreadable = (  # a worn disk: what cannot be read again is as good as damaged
    sqlite3.SQLITE_IOERR_READ,
    sqlite3.SQLITE_IOERR_SHORT_READ,
    sqlite3.SQLITE_IOERR_DATA,
    sqlite3.SQLITE_IOERR_CORRUPTFS,
)


class Damaged(Broken):
    """The file is not a sound database any more."""


class Full(Broken):
    """The disk has no room for a write; nothing was changed."""


def full(path: Path, error: sqlite3.Error) -> Full:
    """Rule 2."""
    return Full(f"{path.name} could not be written ({error}); nothing was changed. Free some space.")


def _is_lost_index(error: sqlite3.DatabaseError) -> bool:
    """FTS calls its own damage an error of the question; nothing but a new file gets past it."""
    return "invalid fts5 file format" in str(error) or "vtable constructor failed" in str(error)


@contextmanager
def named(path: Path, check: Callable[[], None] = lambda: None) -> Iterator[None]:
    """An error of SQLite inside, as these rules name it; `check` is asked when SQLite does not know a name."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        whole = getattr(error, "sqlite_errorcode", 0)
        code = whole & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or whole in _unreadable or _is_lost_index(error):
            raise Damaged(f"{path.name} is damaged; the agent builds it anew at its next step.") from error
        if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise full(path, error) from error
        if code == sqlite3.SQLITE_ERROR:
            check()
        if isinstance(error, sqlite3.OperationalError):
            raise Broken(f"{path.name} cannot be used now ({error}). Try again.") from error
        raise
