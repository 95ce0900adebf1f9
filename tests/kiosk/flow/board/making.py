"""A simple measure and whole small stories and facts for the board's tests."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from content_sync.domain.county import Service, Site, Window
from content_sync.domain.disclosure.blocks import Block
from kiosk.flow.board.facts import Called, Facts, Plate, Waiting
from kiosk.flow.board.stories import Story

now = datetime.fromisoformat("2026-11-24T09:42:00+08:00")


class PlainMeasure:
    """Every character is as wide as it is high; lines break anywhere. Obeys frame.Measure."""

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        return len(text) * size

    def lines(self, text: str, size: float, width: float, *, bold: bool = False) -> tuple[str, ...]:
        most = max(1, int(width // size))
        return tuple(
            paragraph[at : at + most] for paragraph in text.split("\n") for at in range(0, max(1, len(paragraph)), most)
        )


def story(**changes: Any) -> Story:
    """A due notice, with the changes a test is about."""
    notice = Story(
        item="n-1",
        hash="h-n-1",
        kind="notice",
        label="通知",
        title="冬季取暖补贴来领",
        unit="县民政局",
        dated="2026-11-20",
        shown_from=now - timedelta(days=4),
        blocks=(Block("p", "每户600元。带身份证和户口簿。"),),
    )
    return replace(notice, **changes)


def answer(**changes: Any) -> Story:
    """An answer that is being worked on."""
    return story(**{"item": "a-1", "hash": "h-a-1", "kind": "answer", "status": "doing", "number": "43", **changes})


hall = Site(
    "hall",
    "county",
    "清河县政务服务大厅",
    "0000-1234567",
    hours="周一至周五 8:30—17:30",
    services=(Service("huji", "A", "户口和身份证"), Service("shebao", "B", "社保和养老")),
    windows=(
        Window("w1", 1, "综合窗口", "一楼", ("huji", "shebao")),
        Window("w2", 2, "户口窗口", "一楼", ("huji",)),
        Window("w3", 3, "身份证窗口", "一楼", ("huji",)),
    ),
)
busy = Facts(
    now=now,
    site=hall,
    as_of="2026-11-24T09:38:00+08:00",
    called=tuple(Called(f"A{n:03d}", n, now - timedelta(minutes=n)) for n in range(1, 7)),
    missed=("A019", "B008"),
    waiting=(Waiting("户口和身份证", 3, open=True),),
    plates=(
        Plate(1, "综合窗口", "周晓梅", "帮办台负责人", "接待咨询，帮填表格", "QH-001"),
        Plate(2, "户口窗口"),
        Plate(3, "身份证窗口", "陈静", "户籍窗口工作人员", "受理身份证申领、换领、补领；采集照片和指纹", "QH-003"),
    ),
)
