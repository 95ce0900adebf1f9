"""A panel's codes and sheets beside the public's (EVA-03); the rules are content_sync.domain.disclosure.panels.

1. A code is kept as a keyed hash until its sheet comes, and is then gone: what stays is a sheet among sheets, under a
   name from chance, without code, record, device or day. So nothing on file leads from a person to an answer, and the
   codes that are left and the sheets are always as many as codes were made.
2. Codes are made once. As long as no sheet came they may be made anew (a slip was lost, the printer ate them); then the
   earlier ones are void. So whoever makes them names the making they saw: a page that is sent twice voids nothing.
3. Of a kiosk's sheet that is refused it is counted that it was: a code that was voided while its sheet was under way
   shows there. The hash of its box is kept, so that a box that is sent again counts once and another box under the same
   record counts anew. Beyond what says that somebody guesses only the number grows; a box sent twice is two there.
   Of the office it is counted how many codes were wrong, and nothing else.
4. New codes begin new counts of guesses: what was guessed before helps nobody find them. The kiosks' number stays.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, func, select

from content_sync.domain.disclosure import panels as rules
from content_sync.domain.disclosure import polls
from content_sync.domain.disclosure.polls import Ask, Tally
from content_sync.domain.errors import Refused
from content_sync.wire import canonical
from display_server.database.tables.visitors import panel_codes, panel_refusals, panel_sheets, panels


class WrongCode(Refused):
    """A code that is not one of its questionnaire's, or is spent."""


def put(
    connection: Connection, poll: str, seats: Mapping[str, int], hashes: list[str], account: str, made_at: str,
    *, seen: str,
) -> None:  # fmt: skip
    """Keep the codes of a panel, inside the caller's transaction; `seen` is when the earlier ones were made, or empty.

    Raises Refused once a sheet came, or when others were made since (rule 2).
    """
    if sheets_of(connection, poll):
        raise Refused("已经有代表交了答卷，评议码不能重做。")
    earlier = of(connection, poll)
    if seen != (earlier.made_at if earlier else ""):
        raise Refused("评议码刚刚已经做过一次，那一次的码有效，这一次没有做。没打印出来的，看清楚下面再重做。")
    before = refused_of(connection, poll)
    for table in (panels, panel_codes, panel_refusals):  # rule 4
        connection.execute(table.delete().where(table.c.poll == poll))
    kept = {"seats": canonical.dump(dict(seats)).decode(), "codes": len(hashes), "refused_before": before}
    connection.execute(panels.insert().values(poll=poll, account=account, made_at=made_at, **kept))
    connection.execute(panel_codes.insert(), [{"poll": poll, "hash": one} for one in hashes])


def spend(connection: Connection, poll: str, code_hash: str, name: str, answers: str) -> None:
    """Take one sheet in, inside the caller's transaction. Raises WrongCode for one that is not there (rule 1)."""
    wanted = (panel_codes.c.poll == poll, panel_codes.c.hash == code_hash)
    if connection.execute(panel_codes.delete().where(*wanted)).rowcount != 1:
        raise WrongCode("这个评议码不是这份问卷的，或者已经用过了：一个码只算一份。")
    connection.execute(panel_sheets.insert().values(name=name, poll=poll, answers=answers))


def of(connection: Connection, poll: str) -> Row[Any] | None:
    """Who sits on the panel of a questionnaire; None before its codes were made."""
    return connection.execute(select(panels).where(panels.c.poll == poll)).first()


def seats_of(row: Row[Any]) -> dict[str, int]:
    """How many sit on it from each group, in the order of the rules."""
    kept = canonical.load(row.seats.encode(), "seats")
    return {group: kept[group] for group in rules.groups if group in kept}


def sheets_of(connection: Connection, poll: str) -> int:
    """How many came back."""
    asked = select(func.count()).select_from(panel_sheets).where(panel_sheets.c.poll == poll)
    return int(connection.execute(asked).scalar_one())


def note_refused(connection: Connection, poll: str, box: str) -> None:
    """Rule 3; `box` is the hash of one."""
    row = of(connection, poll)
    if not row or connection.execute(select(panel_refusals).where(panel_refusals.c.box == box)).first():
        return
    if not rules.is_guessed_at(row.refused):
        connection.execute(panel_refusals.insert().values(box=box, poll=poll))
    connection.execute(panels.update().where(panels.c.poll == poll).values(refused=panels.c.refused + 1))


def note_wrong_code(connection: Connection, poll: str) -> None:
    """Rule 3, of the office."""
    connection.execute(panels.update().where(panels.c.poll == poll).values(refused_office=panels.c.refused_office + 1))


def is_guessed_at(connection: Connection, poll: str) -> bool:
    """Whether somebody tries the codes of now out at a kiosk (rule 4)."""
    row = of(connection, poll)
    return row is not None and rules.is_guessed_at(row.refused)


def refused_of(connection: Connection, poll: str) -> int:
    """How many sheets of kiosks were refused, by the codes of now and by earlier ones (rule 3)."""
    row = of(connection, poll)
    return int(row.refused + row.refused_before) if row else 0


def tally(connection: Connection, poll: str, questions: tuple[Ask, ...]) -> tuple[int, tuple[Tally, ...]]:
    """How many sheets of the panel count, and what they say."""
    rows = connection.execute(select(panel_sheets.c.answers).where(panel_sheets.c.poll == poll)).scalars()
    return polls.tally(questions, map(polls.parse, rows))


def faults(connection: Connection) -> Iterator[str]:
    """A sentence for each panel whose codes and sheets are not as many as codes were made (rule 1)."""
    left = select(func.count()).select_from(panel_codes).where(panel_codes.c.poll == panels.c.poll).scalar_subquery()
    came = select(func.count()).select_from(panel_sheets).where(panel_sheets.c.poll == panels.c.poll).scalar_subquery()
    for row in connection.execute(select(panels.c.poll, panels.c.codes, left.label("left"), came.label("came"))):
        if row.left + row.came != row.codes:
            yield (
                f"Questionnaire {row.poll}: {row.codes} panel codes were made, {row.left} are left and {row.came} "
                "sheets came; a sheet was lost, or put in."
            )
