"""Attempts at one repository each, of which none stops the others.

1. Why an attempt failed stands in the store until one succeeds. Of what is merely out of reach nothing is said, until
   it has been so for `limits.refresh_hours_max`.
2. On a full disk the spare room of the store is given away once, because a withdrawal must find a way (storage.spare).
"""

import errno
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError, Unreachable, Unverified
from content_sync.domain.quoting import quoted
from content_sync.pull.outcome import Failure, Pulled
from content_sync.storage.content import ContentStore, Damaged, Full


@dataclass(frozen=True)
class Attempts:
    """The attempts of one step; `now` tells the believed time, `pulled` hears what failed."""

    store: ContentStore
    pulled: Pulled
    now: Callable[[], datetime]

    def make(self, name: str, step: Callable[[], None]) -> Exception | None:
        """Do a step; its failure is kept in `pulled` and given back. Damaged passes: the store itself is at fault."""
        try:
            step()
            self.store.put_problem(name, "", self.now())
        except Damaged:
            raise
        except Exception as error:  # noqa: BLE001  # whatever one channel's content does to this program
            if _is_full(error) and self.store.make_room():  # rule 2
                return self.make(name, step)
            self.failed(name, error)
            return error
        return None

    def refresh(self, name: str, step: Callable[[], None]) -> None:
        """The same for what counts as the daily refresh (rule 1)."""
        error = self.make(name, step)
        if error is None:
            self.store.put_fact(f"refreshed:{name}", self.now().isoformat())
        elif not isinstance(error, Unreachable) or self.is_stale(name):
            self.store.put_problem(name, _sentence(error), self.now())

    def failed(self, name: str, error: Exception) -> str:
        """Keep a failure; its sentence."""
        self.pulled.failures.append(Failure(name, _sentence(error), isinstance(error, Unverified)))
        return _sentence(error)

    def is_stale(self, name: str, hours: int = limits.refresh_hours_max) -> bool:
        """Whether it was not refreshed for so long."""
        last = self.store.fact(f"refreshed:{name}")
        age = self.now() - datetime.fromisoformat(last) if last else timedelta.max
        return not timedelta() <= age < timedelta(hours=hours)

    def is_overdue(self, name: str) -> bool:
        """Whether the daily look at the tree itself is due: not for a newcomer, who has no yesterday to be held in."""
        return bool(self.store.fact(f"refreshed:{name}")) and self.is_stale(name)


def _is_full(error: Exception) -> bool:
    return isinstance(error, Full) or (isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT})


def _sentence(error: Exception) -> str:
    if _is_full(error) and isinstance(error, OSError):
        return "The disk has no room left; nothing was changed. Free some space."
    if not isinstance(error, GongkailanError | OSError):
        return quoted(f"This program failed ({type(error).__name__}: {error}); tell whoever maintains it.")
    return quoted(str(error)) or type(error).__name__
