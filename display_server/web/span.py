"""The days that a page of figures is asked for: `first` and `last` of its address, both included.

1. What is no day, or ends before it begins, is refused with a sentence, and so is more than
   `limits.statistics_days_max` days: nobody waits for a sum of ten years, and nobody else waits behind it.
"""

from datetime import date

from flask import request

from content_sync.domain import limits
from content_sync.domain.errors import BadInput


def day(name: str, default: date) -> date:
    """A day of the address, otherwise the default. Raises BadInput."""
    text = request.args.get(name, "")
    try:
        found = date.fromisoformat(text) if text else default
    except ValueError as error:
        raise BadInput(f"{text[:20]} 不是日期，请写成 2026-11-23 的样子。") from error
    if found.year < limits.year_min:  # days are counted back from it
        raise BadInput(f"{text[:20]} 太早了，请选 {limits.year_min} 年以后的日子。")
    return found


def checked(first: date, last: date) -> tuple[date, date]:
    """The two days themselves. Raises BadInput (rule 1)."""
    if last < first:
        raise BadInput("开始日期在结束日期之后，请换一下。")
    if (last - first).days >= limits.statistics_days_max:
        raise BadInput(f"一次最多看 {limits.statistics_days_max} 天：请把开始和结束的日期选近一些，分几次看。")
    return first, last
