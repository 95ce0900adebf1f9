"""How long something stays posted at least (OFF-04, N-06).

1. What has an end and is bound by a profile with a minimum stays so many days from when it is first on screens: from
   `shown_from`, or from its publication when that comes later. Emergencies end with the danger.
2. It is kept where editions are made: a text that would end too early is refused at submission, and at publication,
   because reviewing takes days, too. Only a withdrawal takes an item out of an edition, and a withdrawal always wins.
3. A device shows the signed edition and nothing beside it (promise 1). It keeps nothing back that an edition lacks, for
   it cannot know why, and a person's name that must go would stay.
"""

from datetime import datetime, timedelta

from content_sync.domain.disclosure.items import Item
from content_sync.domain.profiles import Profile


def shortage(item: Item, profile: Profile, since: datetime | None = None) -> str:
    """Why its end comes too early for rule 1, in a Chinese sentence; empty when it does not.

    `since` is when it is published, None when that is not known yet.
    """
    if profile.posted_days_min is None or not item.shown_until or item.kind == "emergency":
        return ""
    begins, ends = datetime.fromisoformat(item.shown_from), datetime.fromisoformat(item.shown_until)
    first = max(begins, since) if since is not None else begins
    least = first + timedelta(days=profile.posted_days_min)
    if ends >= least:
        return ""
    days, when = profile.posted_days_min, f"{least.astimezone(begins.tzinfo):%Y-%m-%d %H:%M}"
    return f"至少要公示{days}天（{profile.id}）：请把结束展示的时间改到{when}或以后。"
