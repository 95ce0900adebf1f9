"""Rule profiles: legal numbers with where they come from. None of them is a constant anywhere else.

1. A profile is never changed; another law is another profile, with the year it is from in its id.
2. A number that nobody has found in a law is None: nothing is demanded then, and nothing is invented.
3. Days are calendar days of 24 hours.
"""

from dataclasses import dataclass

from content_sync.domain.disclosure.catalogue import Level


@dataclass(frozen=True)
class Profile:
    """`posted_days_min`: how long what is posted must stay posted, in days.

    `emergency_audit_hours`: within how many hours an emergency that took the fast path is audited. The seed's rule asks
    for its report at once (REP-04); a day is our reading, as in that row's test.
    """

    id: str
    source: str
    posted_days_min: int | None = None
    emergency_audit_hours: int = 24


seed_city = Profile("seed_city", "市、县政务公开制度汇编：没有写最短公示天数")
villages_2025 = Profile(
    "villages_2025",
    "村民委员会组织法、城市居民委员会组织法（2025年10月28日修改）：公布的事项至少公示15日",
    posted_days_min=15,
)


def of_level(level: Level | str) -> Profile:
    """The profile that binds units of a level."""
    return villages_2025 if level == "village" else seed_city
