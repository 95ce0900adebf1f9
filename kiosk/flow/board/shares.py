"""How the time of a round is shared between topics (TIM-07, `Site.rules.shares`).

1. A topic with a share has at least so many hundredths of the round; hot topics have `limits.hot_share_percent_min`
   where the hall decided nothing. What no share names gets what is left.
2. Hot topics open the round.
3. A story without a share comes only when, even after it, every share is still kept: so shares hold not only over a
   whole round but whenever such a story ends.
4. Stories of a topic come back in turn until its share is kept; each is shown at least once a round.
5. Shares that leave less than `limits.unshared_percent_min` to the rest are all made smaller alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from content_sync.domain import limits
from content_sync.domain.disclosure.catalogue import hot_topic
from content_sync.domain.hall.rules import TopicShare
from kiosk.flow.board.stories import Story


@dataclass
class Topic:
    """The stories of a topic with a share, and what they have had so far."""

    stories: tuple[Story, ...]
    percent: float
    turns: int = 0
    spent: float = field(default=0.0)

    def lacks(self, spent: float) -> float:
        """How far it is below its share when `spent` seconds are over."""
        return self.percent * spent / 100 - self.spent


def percents(shares: Iterable[TopicShare]) -> dict[str, float]:
    """Topic → hundredths, hot topics first (rules 1, 2 and 5)."""
    told = {share.topic: float(share.percent) for share in shares if share.percent > 0}
    found = {hot_topic: told.pop(hot_topic, float(limits.hot_share_percent_min)), **told}
    most = 100.0 - limits.unshared_percent_min
    smaller = min(1.0, most / sum(found.values()))
    return {topic: percent * smaller for topic, percent in found.items()}


def topic_of(story: Story, shares: Mapping[str, float]) -> str:
    """The topic whose share a story counts for, the first that it has; empty for none."""
    return next((topic for topic in shares if topic in story.topics), "")


def mixed(topics: Sequence[Topic], others: Sequence[Story], seconds: Mapping[Story, float]) -> list[Story]:
    """The order of a round (rules 2 to 4); `seconds` is how long each story takes, 0 when it has no page."""
    topics = [Topic(kept, topic.percent) for topic in topics if (kept := tuple(s for s in topic.stories if seconds[s]))]
    order: list[Story] = []
    spent = 0.0

    def show(story: Story, topic: Topic | None) -> None:
        nonlocal spent
        order.append(story)
        spent += seconds[story]
        if topic:
            topic.turns, topic.spent = topic.turns + 1, topic.spent + seconds[story]

    def keep(coming: float) -> None:
        """Rule 3: show what is owed before something that takes `coming` seconds."""
        while owed := [topic for topic in topics if topic.lacks(spent + coming) > _nothing]:
            first = owed[0] if not order else max(owed, key=lambda topic: topic.lacks(spent + coming))
            show(first.stories[first.turns % len(first.stories)], first)

    for other in others:
        keep(seconds[other])
        show(other, None)
    for topic in topics:  # rule 4
        while topic.turns < len(topic.stories):
            show(topic.stories[topic.turns], topic)
            keep(0.0)
    return order


_nothing = 1e-6
