"""Statements of the busiest paths, compiled once and given straight to the driver.

1. The statement is SQLAlchemy Core, so it is portable; what is left out is its making, its cache key and its result
   object, 100 to 300 µs each time (measured) beside the 5 to 15 µs that SQLite takes.
2. Values that change are `bindparam`s, all named at every call; those written into the statement stay as they are.
3. Columns are texts and whole numbers only, which every driver gives as they are. Rows are named tuples.
"""

from collections import namedtuple
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Integer, Select, String, Table, bindparam
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import UpdateBase


class Prepared:
    """One statement; thread-safe."""

    def __init__(self, statement: "Select[Any] | UpdateBase") -> None:
        self._statement = statement
        self._texts: dict[str, tuple[str, tuple[str, ...], dict[str, Any], type[Any] | None]] = {}

    def first(self, connection: Connection, **values: object) -> Any:
        """The first row, or None."""
        cursor, row = self._executed(connection, values)
        found = cursor.fetchone()
        cursor.close()
        return None if found is None else row(*found)

    def all(self, connection: Connection, **values: object) -> list[Any]:
        """Every row."""
        cursor, row = self._executed(connection, values)
        found = [row(*one) for one in cursor.fetchall()]
        cursor.close()
        return found

    def scalar(self, connection: Connection, **values: object) -> Any:
        """The first value of the first row, or None."""
        cursor, _ = self._executed(connection, values)
        found = cursor.fetchone()
        cursor.close()
        return None if found is None else found[0]

    def run(self, connection: Connection, **values: object) -> int:
        """Do it; how many rows it changed."""
        cursor, _ = self._executed(connection, values)
        changed = int(cursor.rowcount)
        cursor.close()
        return changed

    def _executed(self, connection: Connection, values: dict[str, object]) -> tuple[Any, Any]:
        known = self._texts.get(connection.dialect.name)
        if known is None:
            known = self._texts[connection.dialect.name] = self._compiled(connection)
        text, names, fixed, row = known
        given = fixed | values
        return _executed(connection, text, [given[name] for name in names] if names else given), row

    def _compiled(self, connection: Connection) -> tuple[str, tuple[str, ...], dict[str, Any], type[Any] | None]:
        compiled = self._statement.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        columns = list(self._statement.exported_columns)
        assert all(isinstance(column.type, String | Integer) for column in columns), columns  # rule 3
        row = namedtuple("row", [column.key or "" for column in columns], rename=True) if columns else None  # noqa: PYI024  # made from the statement
        return str(compiled), tuple(compiled.positiontup or ()), fixed, row


def put(connection: Connection, table: Table, values: Mapping[str, object], giving: str = "") -> Any:
    """Insert a row; the value of the column `giving` that the database chose for it."""
    prepared = _insertion(table, tuple(values), giving)
    return prepared.scalar(connection, **values) if giving else prepared.run(connection, **values)


@cache
def _insertion(table: Table, columns: tuple[str, ...], giving: str) -> Prepared:
    statement = table.insert().values({name: bindparam(name) for name in columns})
    return Prepared(statement.returning(table.c[giving]) if giving else statement)


def say(connection: Connection, words: str) -> None:
    """Tell the driver a word of transactions, such as SAVEPOINT."""
    _executed(connection, words, ()).close()


def word(connection: Connection, question: str) -> Any:
    """The driver's answer to a question that is the same every time, such as a PRAGMA."""
    cursor = _executed(connection, question, ())
    found = cursor.fetchone()
    cursor.close()
    return found[0]


def _executed(connection: Connection, text: str, values: Any) -> Any:
    cursor = connection.connection.cursor()
    driver = connection.dialect.loaded_dbapi.Error
    try:
        cursor.execute(text, values)
    except driver as error:
        raise DBAPIError.instance(
            text, None, error, driver, hide_parameters=True, dialect=connection.dialect
        ) from error
    return cursor
