"""Figures of a hall for any days, on the page and as a file (HAL-11).

1. Days are local days of the hall, both ends included; without any it is today. At most `limits.statistics_days_max`.
2. The file holds one line for each day and service, or for each day and window, with the same sums as the page.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from content_sync.clock import place
from content_sync.domain.county import Site
from content_sync.domain.hall.statistics import Visit, summary
from display_server.supervision import days, export, figures, helping, performance
from display_server.supervision.figures import Row
from display_server.supervision.hall_views import watched
from display_server.web import span
from display_server.web.current import database, signed_in

blueprint = Blueprint("figures", __name__, template_folder="templates")
_head = (
    "日期",
    "",
    "取号",
    "已办",
    "过号",
    "取消",
    "没有了结",
    "等候中位数（分）",
    "等候九成在内（分）",
    "最长等候（分）",
)
_tables: dict[str, tuple[str, Callable[[Site, list[Visit]], list[Row]]]] = {
    "service": ("业务", figures.by_service),
    "window": ("窗口", figures.by_window),
}


@blueprint.get("/hall/<site>/figures")
@signed_in
def page(site: str) -> ResponseReturnValue:
    """The figures of some days."""
    today = _today()
    first, last = _span(today)
    with database().read() as connection:
        found = watched(connection, site)
        by_day = days.of_days(connection, found.id, str(first), str(last))
        shares = performance.of_days(connection, found.id, str(first), str(last))
        helped = helping.sentence(connection, found.id, str(first), str(last))
    visits = [visit for day in by_day.values() for visit in day]
    pictures = [figures.waiting_chart(visits), figures.arrivals_chart(visits)]
    if first != last:
        pictures.insert(0, figures.days_chart(by_day))
    return render_template(
        "hall/figures.html",
        site=found,
        first=first,
        last=last,
        spans=_spans(today),
        sums=summary(visits),
        shares=shares,
        helped=helped,
        services=figures.by_service(found, visits),
        windows=figures.by_window(found, visits),
        days=figures.by_day(by_day) if first != last else [],
        charts=pictures,
        minutes=figures.minutes,
    )


@blueprint.get("/hall/<site>/figures.csv")
@signed_in
def file(site: str) -> ResponseReturnValue:
    """The same as a file for a spreadsheet (rule 2)."""
    first, last = _span(_today())
    words, table = _tables.get(request.args.get("by", "service"), _tables["service"])
    with database().read() as connection:
        found = watched(connection, site)
        by_day = days.of_days(connection, found.id, str(first), str(last))
    rows = [line for day, visits in by_day.items() for line in _lines(day, table(found, visits), visits)]
    data = export.table((_head[0], words, *_head[2:], "办理中位数（分）"), rows)
    return _file(data, f"{found.id}-{first}-{last}-{'window' if words == '窗口' else 'service'}.csv")


@blueprint.get("/hall/<site>/shares.csv")
@signed_in
def shares(site: str) -> ResponseReturnValue:
    """The shares of the page with the counts behind them."""
    first, last = _span(_today())
    with database().read() as connection:
        found = watched(connection, site)
        rows = performance.of_days(connection, found.id, str(first), str(last))
    data = export.table(("指标", "比率", "符合的件数", "总件数"), [(r.name, r.words, r.part, r.whole) for r in rows])
    return _file(data, f"{found.id}-{first}-{last}-shares.csv")


def _file(data: bytes, named: str) -> Response:
    response = Response(data, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{named}"'
    return response


def _lines(day: str, rows: list[Row], visits: list[Visit]) -> Iterator[list[str | int | float | None]]:
    for row in [*rows, Row("全部", summary(visits))]:
        one = row.sums
        counts = (one.taken, one.served, one.missed, one.cancelled, one.open)
        times = (one.wait_middle, one.wait_most, one.wait_longest, one.handling_middle)
        yield [day, row.name, *counts, *(None if seconds is None else seconds / 60 for seconds in times)]


def _today() -> date:
    return database().config.clock.now().astimezone(place).date()


def _span(today: date) -> tuple[date, date]:
    """Rule 1."""
    first = span.day("first", today)
    return span.checked(first, span.day("last", max(first, today) if request.args.get("first") else today))


def _spans(today: date) -> dict[str, tuple[date, date]]:
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    return {
        "今天": (today, today),
        "昨天": (today - timedelta(days=1), today - timedelta(days=1)),
        "本月": (month, today),
        "上月": (before.replace(day=1), before),
    }
