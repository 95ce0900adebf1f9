"""What can go wrong with a stick, in one sentence each."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from content_sync.domain.errors import Refused, Unreachable, Unverified

_full = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_forbidden = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_strange = frozenset({errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.ENXIO})


class Full(Refused):
    """There is no room on the stick."""


class Locked(Refused):
    """The stick may be read, not written."""


def not_plain(shown: str) -> Unverified:
    """A link, a pipe, a device, or a file where a folder should be."""
    return Unverified(f"{shown} is not a plain file or folder; it was not used.")


@contextmanager
def reading(shown: str) -> Iterator[None]:
    """Unverified for what is not plain, Unreachable when the stick fails; FileNotFoundError is the caller's."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno in _strange:
            raise not_plain(shown) from error
        raise Unreachable(
            f"{shown} cannot be read ({error.strerror or error}). Was the stick pulled out? Plug it in and try again."
        ) from error


@contextmanager
def writing(shown: str) -> Iterator[None]:
    """Full or Locked when a person must act on the stick, Unreachable when it fails."""
    try:
        yield
    except OSError as error:
        if error.errno in _full:
            raise Full(f"{shown} is full; free some space on the stick or take another one.") from error
        if error.errno in _forbidden:
            raise Locked(f"{shown} cannot be written; unlock the stick or take another one.") from error
        why = error.strerror or error
        raise Unreachable(
            f"{shown} cannot be written ({why}). Was the stick pulled out? Plug it in and try again."
        ) from error
