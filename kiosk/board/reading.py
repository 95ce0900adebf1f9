"""What a board reads from the two stores, as the plain values of kiosk.flow.board.

1. Reading is bounded: only as many items as a round can hold are opened, each once per change of content.db and again
   every minute for what becomes due.
2. An item is read again and re-hashed when its page comes up (promise 4); one that fails leaves the round.
3. A call seen for the first time is new now, by this board's own clock; the calls found at the start keep their age.
4. Calls of another day, and counts that the server has not said for a while, are not told: cut off, they would lie.
5. A clock that is plainly wrong makes no night: a board that lost its time goes on.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from content_sync.domain import limits
from content_sync.domain.county import County, shown_at, site_of
from content_sync.domain.disclosure.catalogue import sections
from content_sync.domain.disclosure.items import Item
from content_sync.domain.hall.opening import day_off
from content_sync.domain.hall.quiet import is_quiet
from content_sync.domain.hall.waiting import still_known
from content_sync.storage.content import ContentStore
from content_sync.storage.content_epoch import Epoch
from content_sync.storage.desk import Call, DeskStore
from kiosk import config
from kiosk.flow.board.facts import Called, Facts, Plate, Waiting
from kiosk.flow.board.shares import percents
from kiosk.flow.board.stories import Story, story
from kiosk.flow.view import Row


class Reading:
    """The stores of one board at `site` (empty: the county's first); `rows` gives what is due, where that is known."""

    def __init__(
        self,
        content: ContentStore,
        desk: DeskStore,
        site: str = "",
        rows: Callable[[datetime], Sequence[Row]] | None = None,
    ) -> None:
        self.content, self.desk, self._site = content, desk, site
        self._rows: Callable[[datetime], Sequence[Row]] = rows or content.rows
        self._since: dict[str, datetime] | None = None
        self._told: dict[str, Story | None] = {}
        self._stories: tuple[Story, ...] = ()
        self._county: County | None = None
        self._as_of = ""
        self._floor: datetime | None = None
        self._read_at: tuple[int, datetime] | None = None
        self._due: tuple[Epoch, County | None] | None = None

    def versions(self) -> tuple[int, int]:
        """Other numbers when another process wrote into a store."""
        return self.content.data_version(), self.desk.data_version()

    def stories(self, now: datetime) -> tuple[Story, ...]:
        """Everything a round may be made of (rule 1)."""
        self._refresh(now)
        return self._stories

    def is_sound(self, told: Story, now: datetime) -> bool:
        """Rule 2; the board's own words always are."""
        if not told.item:
            return True
        found = self.content.item(told.item, now)
        sound = found is not None and found[1] == told.hash
        if not sound:
            self._stories = tuple(s for s in self._stories if s.hash != told.hash)
            self._told[told.hash] = None
        return sound

    def facts(self, now: datetime) -> Facts:
        """Hall, phone, calls, waiting, plates, and whether content is held back."""
        self._refresh(now)
        site = site_of(self._county, self._site) if self._county else None
        calls = [call for call in self.desk.calls() if _instant(call.at).astimezone(now.tzinfo).date() == now.date()]
        facts = Facts(
            now=now,
            floor=self._floor,
            county=self._county,
            site=site,
            as_of=self._as_of,
            called=self._called(calls, now),
            missed=tuple(dict.fromkeys(call.ticket_number for call in calls if call.state == "missed")),
            waiting=tuple(
                Waiting(s.name, still_known(s.waiting, s.updated, now), s.open) for s in self.desk.services()
            ),
            plates=tuple(
                Plate(w.number, w.name, w.staff, w.post, w.duties, w.certificate) for w in self.desk.windows()
            ),
            is_blanked=bool(self.desk.blanked()),
        )
        if site is None or not facts.is_clock_sound:  # rule 5
            return facts
        quiet = is_quiet(site.rules, now, max((_instant(c.at) for c in calls), default=None))
        days = config.calendar(self._county.calendar if self._county else ())
        return replace(facts, is_quiet=quiet, day_off=day_off(site.rules, now, days))

    def _refresh(self, now: datetime) -> None:
        version, minute = self.content.data_version(), now.replace(second=0, microsecond=0)
        if self._read_at == (version, minute):
            return
        if self._read_at is None or self._read_at[0] != version:
            county = self.content.county()
            self._county = shown_at(county, self._site) if county else None
        self._floor = self.content.floor()
        self._as_of = min((h.as_of for h in self.content.held().values() if h.as_of), default="", key=_instant)
        due = (self.content.epoch(now), self._county)
        if due != self._due:  # ten thousand rows are read again only when other items are to be told
            self._told.clear()
            self._stories = tuple(self._open(_candidates(self._rows(now), self._shares()), now))
            self._due = due
        self._read_at = (version, minute)

    def _unlinked(self, item: Item, body: str) -> tuple[Item, str]:
        """The item without its link, in a hall that wants no codes for phones (LNG-02)."""
        site = site_of(self._county, self._site) if self._county else None
        return (replace(item, link=""), body) if site and not site.rules.codes else (item, body)

    def _shares(self) -> tuple[str, ...]:
        """The topics of which more is told than of others (TIM-07)."""
        site = site_of(self._county, self._site) if self._county else None
        return tuple(percents(site.rules.shares if site else ()))

    def _open(self, rows: Iterable[Row], now: datetime) -> Iterator[Story]:
        for row in rows:
            if row.hash not in self._told:
                found = self.content.item(row.id, now)
                self._told[row.hash] = story(*self._unlinked(*found), self._county) if found else None
            told = self._told[row.hash]
            if told:
                yield told

    def _called(self, calls: list[Call], now: datetime) -> tuple[Called, ...]:
        known = self._since
        since: dict[str, datetime] = {}
        for call in calls:
            since[_calling(call)] = min(now, _instant(call.at)) if known is None else known.get(_calling(call), now)
        self._since = since  # rule 3
        return tuple(
            Called(call.ticket_number, call.window, since[_calling(call)], call.times)
            for call in calls
            if call.state == "called"
        )


def site_named(directory: Path) -> str:
    """The site that device.json names, empty when there is none."""
    return _named(directory, "site")


def device_named(directory: Path) -> str:
    """The device's own id, empty when there is none."""
    return _named(directory, "device")


def _named(directory: Path, name: str) -> str:
    try:
        named = json.loads((directory / "device.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ""
    return str(named.get(name, ""))


def _calling(call: Call) -> str:
    """What names this calling; an older server has no name for it."""
    return call.call or f"{call.ticket_number} {call.window} {call.at}"


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _candidates(rows: Iterable[Row], shared: tuple[str, ...]) -> list[Row]:
    """The newest of each group, as many as a round can hold (rule 1)."""
    room = {"notice": limits.board_notices_max, "ledger": limits.board_ledgers_max}
    room |= {f"topic {topic}": limits.board_notices_max for topic in shared}
    room |= {"answer": limits.board_answers_max, "emergency": limits.board_notices_max}
    room |= {f"section {name}": 1 for name in sections}
    chosen = []
    for row in rows:
        group = f"section {row.section}" if row.section and row.kind not in ("answer", "emergency") else row.kind
        topic = next((topic for topic in shared if topic in row.topics), "")
        if topic and group in ("notice", "ledger"):
            group = f"topic {topic}"
        if room.get(group, 0) > 0:
            room[group] -= 1
            chosen.append(row)
    return chosen
