"""带上这些: what to bring, numbered, as large as there is room for; what only may be needed has a ? for a number."""

from collections.abc import Sequence
from dataclasses import dataclass

from content_sync.domain.disclosure.which import Case
from kiosk.flow import amounts, sizes
from kiosk.flow.frame import Box, Rect, Text
from kiosk.flow.sheet import Sheet


@dataclass(frozen=True)
class Paper:
    """One material as set: its name and its note in lines, at which sizes."""

    name: tuple[str, ...]
    note: tuple[str, ...]
    em: float
    small: float
    mark: str

    @property
    def high(self) -> float:
        """What it takes."""
        return round(self.em * 1.35) * len(self.name) + round(self.small * 1.4) * len(self.note) + 18


def fitting(sheet: Sheet, case: Case, room: float) -> list[Paper]:
    """As many as fit, larger when all of them fit larger."""
    size = sheet.size
    large = [_paper(sheet, case, place, size.head, size.body) for place in range(len(case.materials))]
    if sum(paper.high for paper in large) <= room:
        return large
    papers = [_paper(sheet, case, place, size.body, size.small) for place in range(len(case.materials))]
    count = next((n for n in range(len(papers), 0, -1) if sum(paper.high for paper in papers[:n]) <= room), 0)
    return papers[:count]


def least(sheet: Sheet, case: Case, key: float) -> float:
    """What the names take at least, all with their notes or in rows with the `key` that opens the rest."""
    size = sheet.size
    whole = sum(_paper(sheet, case, n, size.body, size.small).high for n in range(len(case.materials)))
    return min(whole, sheet.leading(size.body) * len(_rows(sheet, case)) + key)


def squeezed(sheet: Sheet, case: Case, room: float) -> None:
    """At the cursor, where not all fit with their notes: all names below each other, or in a row; else the first."""
    size, places = sheet.size, range(len(case.materials))
    papers = [_paper(sheet, case, place, size.body, size.small, noted=False) for place in places]
    rows = _rows(sheet, case)
    if sum(paper.high for paper in papers) <= room:
        draw(sheet, papers)
    elif sheet.leading(size.body) * len(rows) <= room:
        sheet.add(Text(sizes.left, sheet.y, sizes.room, rows, size.body, sheet.leading(size.body)))
        sheet.y += sheet.leading(size.body) * len(rows)
    else:
        draw(sheet, fitting(sheet, case, room))


def _rows(sheet: Sheet, case: Case) -> tuple[str, ...]:
    """The names, numbered, as many on a line as it holds."""
    size, rows = sheet.size.body, [""]
    for place, one in enumerate(case.materials):
        name = f"{'?' if place in case.maybe else place + 1} {one.name}"
        longer = f"{rows[-1]}　{name}" if rows[-1] else name
        if sheet.measure.width(longer, size) <= sizes.room or not rows[-1]:
            rows[-1] = longer
        else:
            rows.append(name)
    return tuple(line for row in rows for line in sheet.broken(row, size, sizes.room))


def draw(sheet: Sheet, papers: Sequence[Paper]) -> None:
    """The list at the cursor."""
    for paper in papers:
        side = round(paper.em * 1.45)
        x, leading, small = sizes.left + side + 24, round(paper.em * 1.35), round(paper.small * 1.4)
        sheet.add(Box(Rect(sizes.left, sheet.y + 2, side, side), "paper", "ink", 3, side / 2))
        sheet.text(paper.mark, paper.small, y=sheet.y + 2, width=side, align="center", bold=True, leading=side)
        sheet.add(Text(x, sheet.y, sizes.room, paper.name, paper.em, leading, bold=True))
        if paper.note:
            y = sheet.y + leading * len(paper.name)
            sheet.add(Text(x, y, sizes.room, paper.note, paper.small, small, "soft"))
        sheet.y += paper.high


def _paper(sheet: Sheet, case: Case, place: int, em: float, small: float, *, noted: bool = True) -> Paper:
    material, unsure = case.materials[place], place in case.maybe
    inner = sizes.room - round(em * 1.45) - 24
    parts = (sheet.words("guide.maybe") if unsure else "", amounts.papers(material, sheet.words), material.note)
    note = " · ".join(part for part in parts if part) if noted else ""
    name = sheet.measure.lines(material.name, em, inner, bold=True)[:2]
    return Paper(
        name, sheet.broken(note, small, inner, most=2) if note else (), em, small, "?" if unsure else str(place + 1)
    )
