"""Which page stands on a board at which instant (OFF-07, TIM-07, CAT-12, CAT-17, CAT-21).

1. Only stories that are due now are in the list; one that is withdrawn, revised or over leaves at once.
2. An emergency pre-empts: while one is due, no other story is shown; newest first.
3. Otherwise due notices and 公示: those that end within days first, the soonest before the others, then newest first,
   with standing stories woven in evenly: the six sections in the law's
   order (the newest of each), then ledgers. Each group has a bound, so that the round stays short enough to wait for.
4. Hot topics open the round and come back, as do other topics with a share of the time: kiosk.flow.board.shares.
5. A page stays for its characters ÷ reading speed, at least the board's minimum, in whole seconds. Pages of a story
   follow each other.
6. The round begins at midnight and repeats: the page at an instant follows from the list alone, so a restarted board
   and its neighbour agree. (Beginning anew with every edition would starve the end of the list on a busy day.)
7. When the list changes, a page that is still in it stays to its end. A board that falls out of step shows the next
   page early rather than any page too short; only after something was taken away it begins where the list is, and
   an emergency always with its first page.
8. A board with one zone shows the answers in the same round, and its own words (phone, as of when) between the stories:
   last, and before a story with which more than `limits.led_own_seconds_max` would pass without them. Of an emergency
   only the first of them, the phone, interrupts the pages (SUP-04), as an aside: another page than on calm days, for
   which no emergency waits.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from content_sync.domain import limits
from content_sync.domain.disclosure.catalogue import sections
from content_sync.domain.hall.rules import TopicShare
from kiosk.flow.board.pages import Page
from kiosk.flow.board.shares import Topic, mixed, percents, topic_of
from kiosk.flow.board.stories import Story

Cut = Callable[[Story], tuple[Page, ...]]
_step = timedelta(seconds=1)


@dataclass(frozen=True)
class Slot:
    """A page and its place in the round, in seconds from the round's beginning."""

    page: Page
    begins: float
    seconds: float


@dataclass(frozen=True)
class Playlist:
    """One round, repeated from `start` on; `seconds` is its length, 0 when there is nothing to show."""

    start: datetime
    slots: tuple[Slot, ...]
    seconds: float


@dataclass(frozen=True)
class Turn:
    """A page on the glass, until the instant at which the next is due. No page: an empty list."""

    page: Page | None
    since: datetime
    until: datetime


def dwell(page: Page, seconds_min: float) -> float:
    """Rule 5; whole seconds add up without a rounding that two boards could do differently."""
    return float(ceil(max(seconds_min, page.chars / limits.reading_chars_per_second)))


def notice_round(
    stories: Sequence[Story], cut: Cut, now: datetime, seconds_min: float, shares: Sequence[TopicShare] = ()
) -> Playlist:
    """The round of everything but answers."""
    return _round(_chosen(stories, (), now, shares), cut, now, seconds_min)


def answer_round(stories: Sequence[Story], cut: Cut, now: datetime, seconds_min: float) -> Playlist:
    """The round of the feedback zone (SUP-02)."""
    return _round(_Chosen((), (), _answers(stories, now)), cut, now, seconds_min)


def mixed_round(
    stories: Sequence[Story],
    own: Sequence[Story],
    cut: Cut,
    now: datetime,
    seconds_min: float,
    shares: Sequence[TopicShare] = (),
) -> Playlist:
    """The round of a board with one zone (rule 8)."""
    chosen = _chosen(stories, _answers(stories, now), now, shares)
    return _round(chosen, cut, now, seconds_min, _asides(own) if chosen.emergencies else own)


def at(playlist: Playlist, now: datetime) -> tuple[Slot, datetime] | None:
    """The slot at an instant and the instant it began (rule 6); None for an empty list."""
    if not playlist.slots:
        return None
    position = (now - playlist.start).total_seconds() % playlist.seconds
    slot = playlist.slots[bisect_right([s.begins for s in playlist.slots], position) - 1]
    return slot, now - timedelta(seconds=position - slot.begins)


def turn(previous: Turn | None, playlist: Playlist, now: datetime) -> Turn:
    """What to show now, knowing what stands on the glass (rule 7)."""
    found = at(playlist, now)
    if found is None:
        return Turn(None, now, now + timedelta(days=1))
    slot, began = found
    pages = [s.page for s in playlist.slots]
    if previous and previous.page in pages and previous.since <= now < previous.until:
        return previous
    is_known = previous is None or previous.page in pages
    if not is_known and playlist.slots[0].page.story.kind == "emergency":
        slot = playlist.slots[0]
        return Turn(slot.page, now, now + timedelta(seconds=slot.seconds))
    ends = began + timedelta(seconds=slot.seconds)
    if previous is None or now - began < _step:
        return Turn(slot.page, now, ends)
    if is_known and len(pages) > 1:
        following = playlist.slots[(playlist.slots.index(slot) + 1) % len(pages)]
        return Turn(following.page, now, ends + timedelta(seconds=following.seconds))
    return Turn(slot.page, now, now + timedelta(seconds=slot.seconds))


@dataclass(frozen=True)
class _Chosen:
    emergencies: tuple[Story, ...]
    topics: tuple[Topic, ...]
    others: tuple[Story, ...]


def _chosen(stories: Sequence[Story], answers: Sequence[Story], now: datetime, shares: Sequence[TopicShare]) -> _Chosen:
    due = _newest_first(s for s in stories if s.is_due(now) and s.kind != "answer")  # rule 1
    emergencies = tuple(s for s in due if s.kind == "emergency")
    if emergencies:
        return _Chosen(emergencies, (), ())  # rule 2
    notices = _urgent_first([s for s in due if s.kind == "notice" and not s.section], now)
    standing, share = _standing(due), percents(shares)
    topics = []
    for topic, percent in share.items():
        own = [s for s in notices if topic_of(s, share) == topic][: limits.board_notices_max]
        topics.append(Topic((*own, *(s for s in standing if topic_of(s, share) == topic)), percent))
    plain = [s for s in notices if not topic_of(s, share)][: limits.board_notices_max]
    rest = [s for s in standing if not topic_of(s, share)]
    return _Chosen((), tuple(topics), tuple(_woven(_woven(plain, rest), answers)))


def _answers(stories: Sequence[Story], now: datetime) -> tuple[Story, ...]:
    due = _newest_first(s for s in stories if s.is_due(now) and s.kind == "answer")
    return tuple(due[: limits.board_answers_max])


def _newest_first(stories: Iterable[Story]) -> list[Story]:
    """By date, then by first instant, then by id: any board sorts the same."""
    return sorted(sorted(stories, key=lambda s: s.item), key=lambda s: (s.dated, s.shown_from), reverse=True)


def _urgent_first(notices: Sequence[Story], now: datetime) -> list[Story]:
    """Public notices that can soon no longer be answered before all others (rule 3)."""
    soon = now + timedelta(days=limits.film_days_near)
    ending = [s for s in notices if s.is_public_notice and s.ends and s.ends <= soon]
    ending.sort(key=lambda s: (s.ends, s.item))
    return [*ending, *(s for s in notices if s not in ending)]


def _standing(due: Sequence[Story]) -> list[Story]:
    newest = [next((s for s in due if s.section == section), None) for section in sections]
    ledgers = [s for s in due if s.kind == "ledger" and not s.section][: limits.board_ledgers_max]
    return [*(s for s in newest if s), *ledgers]


def _woven(some: Sequence[Story], others: Sequence[Story]) -> list[Story]:
    """Both lists in their own order, spread evenly through each other; `some` goes first."""
    placed = [((n + 0.5) / len(some), 0, s) for n, s in enumerate(some)]
    placed += [((n + 0.5) / len(others), 1, s) for n, s in enumerate(others)]
    return [story for _, _, story in sorted(placed, key=lambda entry: entry[:2])]


def _asides(own: Sequence[Story]) -> tuple[Story, ...]:
    """Rule 8."""
    return tuple(replace(story, kind="aside") for story in own[:1])


def _coming_back(stories: Sequence[Story], own: Sequence[Story], seconds: dict[Story, float]) -> Iterator[Story]:
    """Rule 8."""
    since = 0.0
    for story in stories:
        if since and since + seconds[story] > limits.led_own_seconds_max:
            yield from own
            since = 0.0
        yield story
        since += seconds[story]
    yield from own


def _round(chosen: _Chosen, cut: Cut, now: datetime, seconds_min: float, own: Sequence[Story] = ()) -> Playlist:
    pages = {story: cut(story) for story in (*chosen.emergencies, *chosen.others, *own)}
    pages |= {story: cut(story) for topic in chosen.topics for story in topic.stories}
    seconds = {story: sum(dwell(page, seconds_min) for page in told) for story, told in pages.items()}
    slots: list[Slot] = []
    begins = 0.0
    order = _coming_back((*chosen.emergencies, *mixed(chosen.topics, chosen.others, seconds)), own, seconds)
    for page in (page for story in order for page in pages[story]):
        slots.append(Slot(page, begins, dwell(page, seconds_min)))
        begins += slots[-1].seconds
    return Playlist(now.replace(hour=0, minute=0, second=0, microsecond=0), tuple(slots), begins)
