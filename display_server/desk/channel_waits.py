"""What waits in each channel: with its authors, for each review, for a publisher."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection

from content_sync.domain.disclosure import review
from display_server.access import Actor, content_actions
from display_server.database import content
from display_server.publishing import plans


@dataclass(frozen=True)
class Waits:
    """What waits in one channel. `mine` counts the texts this account may review now, `ready` those that lack none.

    `waiting` is the number of an edition that waits for signatures, or 0; what it holds is not `ready` any more.
    """

    place: content.Channel
    edition: tuple[int, int, str]
    drafts: int
    returned: int
    reviews: dict[str, int]
    mine: int
    ready: int
    waiting: int


def every(connection: Connection, actor: Actor) -> list[Waits]:
    """The channels this account works on."""
    return [
        _of(connection, place, actor)
        for place in content.all_channels(connection)
        if any(actor.may(action, place.unit.id) for action in content_actions)
    ]


def _of(connection: Connection, place: content.Channel, actor: Actor) -> Waits:
    states = Counter(entry.state for entry in content.entries(connection, place.id))
    waiting = content.waiting(connection, place.id)
    rulings = content.rulings(connection, [version.item for version in waiting])
    lacking = [
        review.lacking(version.needs, version.hash, [r.decision for r in rulings[version.item]]) for version in waiting
    ]
    counts: Counter[str] = Counter(kind for kinds in lacking for kind in kinds)
    may = {kind for kind in review.review_kinds if actor.may(f"review.{kind}", place.unit.id)}
    mine = sum(
        1
        for version, kinds in zip(waiting, lacking, strict=True)
        if may.intersection(kinds) and actor.name not in version.authors
    )
    waiting_edition, planned = plans.begun(connection, place.id)
    ready = sum(
        1
        for version, kinds in zip(waiting, lacking, strict=True)
        if not kinds and (version.item, version.version) not in planned
    )
    newest = content.newest_edition(connection, place.id)
    return Waits(place, newest, states["draft"], states["returned"], dict(counts), mine, ready, waiting_edition)
