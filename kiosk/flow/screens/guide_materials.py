"""带上这些: what to bring, numbered, as large as there is room for."""

from collections.abc import Sequence
from dataclasses import dataclass

from content_sync.domain.disclosure.guides import Material
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

    @property
    def high(self) -> float:
        """What it takes."""
        return round(self.em * 1.35) * len(self.name) + round(self.small * 1.4) * len(self.note) + 18


def fitting(sheet: Sheet, materials: Sequence[Material], room: float) -> list[Paper]:
    """As many as fit, larger when all of them fit larger."""
    size = sheet.size
    large = [_paper(sheet, material, size.head, size.body) for material in materials]
    if sum(paper.high for paper in large) <= room:
        return large
    papers = [_paper(sheet, material, size.body, size.small) for material in materials]
    count = next((n for n in range(len(papers), 0, -1) if sum(paper.high for paper in papers[:n]) <= room), 0)
    return papers[:count]


def draw(sheet: Sheet, papers: Sequence[Paper]) -> None:
    """The list at the cursor."""
    for number, paper in enumerate(papers, 1):
        side = round(paper.em * 1.45)
        x, leading, small = sizes.left + side + 24, round(paper.em * 1.35), round(paper.small * 1.4)
        sheet.add(Box(Rect(sizes.left, sheet.y + 2, side, side), "paper", "ink", 3, side / 2))
        sheet.text(str(number), paper.small, y=sheet.y + 2, width=side, align="center", bold=True, leading=side)
        sheet.add(Text(x, sheet.y, sizes.room, paper.name, paper.em, leading, bold=True))
        if paper.note:
            y = sheet.y + leading * len(paper.name)
            sheet.add(Text(x, y, sizes.room, paper.note, paper.small, small, "soft"))
        sheet.y += paper.high


def _paper(sheet: Sheet, material: Material, em: float, small: float) -> Paper:
    inner = sizes.room - round(em * 1.45) - 24
    note = " · ".join(part for part in (amounts.papers(material, sheet.words), material.note) if part)
    name = sheet.measure.lines(material.name, em, inner, bold=True)[:2]
    return Paper(name, sheet.broken(note, small, inner, most=2) if note else (), em, small)
