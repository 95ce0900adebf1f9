"""The items of a screen's lists, and what is worked out of them: ten thousand are not looked through at each touch.

1. A shelf never changes: other items are another shelf. What is worked out of one follows from it and the key alone, so
   a picture drawn with a new shelf is the same.
2. No key holds what a visitor typed. How the list they opened last is cut into pages goes with them (`forget`, OFF-08).
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from kiosk.flow.view import Row

_T = TypeVar("_T")


class Shelf(tuple["Row", ...]):  # noqa: SLOT001  # a tuple's subclass can hold nothing in slots
    """Rows in their order."""

    _known: dict[Hashable, Any]
    _last: tuple[object, Any] | None

    @classmethod
    def of(cls, rows: Sequence["Row"]) -> "Shelf":
        """The rows as a shelf; one that is a shelf already keeps what was worked out of it."""
        if isinstance(rows, Shelf):
            return rows
        made = cls(rows)
        made._known, made._last = {}, None
        return made

    def once(self, key: Hashable, work: Callable[[], _T]) -> _T:
        """What `work` makes of these rows, worked out the first time it is asked for."""
        if key not in self._known:
            self._known[key] = work()
        found: _T = self._known[key]
        return found

    def last(self, facts: object, work: Callable[[], _T]) -> _T:
        """What `work` makes of `facts`, kept until it is asked with others, or forgotten (rule 2)."""
        if self._last is None or self._last[0] != facts:
            self._last = (facts, work())
        found: _T = self._last[1]
        return found

    def forget(self) -> None:
        """The visitor left."""
        self._last = None

    def by(self, field: str) -> Mapping[Any, "Shelf"]:
        """The rows of each value of a field; of one with several values, a row stands under each of its own."""
        return self.once(field, lambda: self._grouped(field))

    def _grouped(self, field: str) -> Mapping[Any, "Shelf"]:
        groups: dict[Any, list[Row]] = {}
        for row in self:
            value = getattr(row, field)
            for one in dict.fromkeys(value) if isinstance(value, tuple) else (value,):
                groups.setdefault(one, []).append(row)
        return {value: Shelf.of(rows) for value, rows in groups.items()}

    def where(self, field: str, value: Hashable) -> "Shelf":
        """The rows with this value."""
        return self.by(field).get(value) or Shelf.of(())
