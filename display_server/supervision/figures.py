"""The figures of a hall for a span of days: by service, by window, in all, and as charts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from content_sync.domain.county import Site
from content_sync.domain.hall import statistics
from content_sync.domain.hall.statistics import Summary, Visit
from display_server.web import charts
from display_server.web.charts import Chart


@dataclass(frozen=True)
class Row:
    """One line of a table of figures."""

    name: str
    sums: Summary


def by_service(site: Site, visits: Iterable[Visit]) -> list[Row]:
    """Every service of the hall; one that was taken away since stands under its id."""
    names = {service.id: f"{service.letter} {service.name}" for service in site.services}
    return _rows(names, ((visit.service, visit) for visit in visits))


def by_window(site: Site, visits: Iterable[Visit]) -> list[Row]:
    """Every window: whom it served or called in vain."""
    names = {one.id: f"{one.number}号 {one.name}" for one in sorted(site.windows, key=lambda one: one.number)}
    return _rows(names, ((visit.window, visit) for visit in visits if visit.window))


def by_day(days: Mapping[str, list[Visit]]) -> list[Row]:
    """Every day that had a visit."""
    return [Row(day, statistics.summary(visits)) for day, visits in days.items()]


def days_chart(days: Mapping[str, list[Visit]]) -> Chart:
    """How many numbers were taken each day."""
    values = [(day[5:], len(visits)) for day, visits in days.items()]
    busiest = max(values, key=lambda value: value[1], default=("", 0))
    told = f"{busiest[0]} 最忙，取了 {busiest[1]} 个号。" if values else "这些天没有人取号。"
    return charts.columns("days", "每天取号", told, ("日期", "取号"), values)


def waiting_chart(visits: Iterable[Visit]) -> Chart:
    """How long people waited."""
    steps = statistics.wait_steps
    labels = [f"0–{steps[0]}", *(f"{a}–{b}" for a, b in pairwise(steps)), f"{steps[-1]}以上"]
    counts = statistics.waits_by_length(visits)
    while counts and not counts[-1]:
        counts.pop()
    total, soon = sum(counts), sum(counts[:2])
    told = f"{total} 人叫到了号，其中 {soon} 人等了不超过 {steps[1]} 分钟。" if total else "还没有叫过号。"
    return charts.columns(
        "waits", "等了多久（分钟）", told, ("等候（分钟）", "人数"), list(zip(labels, counts, strict=False))
    )


def arrivals_chart(visits: Iterable[Visit]) -> Chart:
    """When numbers were taken."""
    counts = statistics.arrivals(visits)
    values = [(f"{half // 2}:{'30' if half % 2 else '00'}", count) for half, count in counts.items()]
    busiest = max(values, key=lambda value: value[1], default=("", 0))
    told = f"{busiest[0]} 起的半小时最忙，取了 {busiest[1]} 个号。" if values else "还没有人取号。"
    return charts.columns("arrivals", "什么时候来的（每半小时取号）", told, ("半小时", "取号"), values)


def minutes(seconds: float | None) -> str:
    """Seconds as minutes for a table; a dash when there are none."""
    return "—" if seconds is None else f"{seconds / 60:.1f}"


def _rows(names: Mapping[str, str], parts: Iterable[tuple[str, Visit]]) -> list[Row]:
    grouped: dict[str, list[Visit]] = {name: [] for name in names}
    for name, visit in parts:
        grouped.setdefault(name, []).append(visit)
    return [Row(names.get(name, name), statistics.summary(found)) for name, found in grouped.items()]
