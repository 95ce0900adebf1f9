"""A county that publishes into a folder, a server twin, and devices that follow it; no network."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from content_sync import offer
from content_sync.clock import place
from content_sync.domain.errors import Unreachable
from content_sync.domain.ids import directory_channel
from content_sync.net.folder import FolderFetcher
from content_sync.net.http import Reply
from content_sync.packs import Past
from content_sync.ports import Fetcher
from content_sync.publish import Publisher
from content_sync.pull.step import Puller
from content_sync.trust.verifying import pin
from content_sync.wire.items import item_bytes
from content_sync.wire.news import parse_question
from tests.content_sync.making import item
from tests.founding import found, founded

start = datetime(2027, 3, 1, 9, 0, tzinfo=place)


@dataclass
class HandClock:
    """A clock that a test moves."""

    at: datetime = start

    def now(self) -> datetime:
        return self.at

    def pass_time(self, **amount: float) -> None:
        self.at += timedelta(**amount)


@dataclass
class HandTicks:
    """Steady seconds that a test moves."""

    at: float = 0.0

    def __call__(self) -> float:
        return self.at


@dataclass
class Counter:
    """Chance that never repeats and can be foreseen."""

    count: int = 0

    def random(self, size: int) -> bytes:
        self.count += 1
        return self.count.to_bytes(size, "big")


def bodies(channel: str = "qinghe", **titles: str) -> dict[str, bytes]:
    """Canonical bodies by id, each with its title."""
    return {
        name: item_bytes(item(id=name, channel=channel, unit=channel, title=title)) for name, title in titles.items()
    }


class County:
    """A publisher with its tree; `own_keys` are those of no other county (tests/founding.py)."""

    def __init__(self, folder: Path, *channels: str, clock: HandClock | None = None, own_keys: bool = False) -> None:
        self.clock = clock or HandClock()
        self.repo = folder / "repo"
        self.publisher = Publisher(self.repo, folder / "keys", self.clock)
        if own_keys:
            found(self.publisher, *channels)
        else:
            founded(self.repo, folder / "keys", self.clock.now(), *channels)
        self.numbers = dict.fromkeys(channels, 0)
        self.editions: dict[str, list[Mapping[str, bytes]]] = {channel: [{}] for channel in channels}

    def publish(self, channel: str, items: Mapping[str, bytes], withdrawn: tuple[str, ...] = ()) -> None:
        """The next edition of a channel."""
        self.clock.pass_time(minutes=1)
        self.numbers[channel] += 1
        self.publisher.publish(channel, self.numbers[channel], items, withdrawn, self._past(channel, items))
        self.editions[channel].append(items)

    def complete(self, channel: str) -> bool:
        """Make the ways that are made afterwards."""
        newest = self.editions[channel][-1]
        starts = range(1, self.numbers[channel])
        return self.publisher.complete(channel, newest, self._past(channel, newest), starts)

    def _past(self, channel: str, now: Mapping[str, bytes]) -> Past:
        def past(since: int) -> dict[str, bytes | None]:
            was = self.editions[channel][since]
            return {item: was.get(item) for item in was.keys() | now.keys() if was.get(item) != now.get(item)}

        return past

    def device(
        self,
        folder: Path,
        *channels: str,
        fetcher: Fetcher | None = None,
        clock: HandClock | None = None,
        news: bool = False,
        **named: Any,
    ) -> Puller:
        """A puller of a device that pinned this county; `named` as the Puller names it."""
        folder.mkdir(exist_ok=True)
        pin(folder / "trust" / directory_channel, self.publisher.directory_root())
        return Puller(
            folder,
            channels or tuple(self.numbers),
            fetcher or FolderFetcher(self.repo),
            Hall(self, follows=channels, has_news=news),
            clock or self.clock,
            **named,
        )


@dataclass
class Hall:
    """ports.Server: a server that keeps what it was told, and can be cut off before or after it acts."""

    county: County | None = None
    tickets: dict[str, dict[str, Any]] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=dict)
    counted: int = 0
    leased: int = 0
    refused: set[str] = field(default_factory=set)
    calls: list[tuple[str, str]] = field(default_factory=list)
    follows: tuple[str, ...] = ()
    has_news: bool = False
    lost: list[str] = field(default_factory=list)  # "before" or "after", used up from the front

    def call(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Reply:
        self.calls.append((method, path))
        when = self.lost.pop(0) if self.lost else ""
        if when == "before":
            raise Unreachable("cut off")
        reply = self._reply(method, path, json.loads(body) if isinstance(body, bytes) else body, headers or {})
        if when == "after":
            raise Unreachable("cut off")
        return reply

    def _news(self, question: str) -> Reply:
        if self.county is None or not self.has_news:
            return Reply(404, {}, None)
        names = offer.names_of(self.follows or tuple(self.county.numbers))
        known, everything = parse_question(question, len(names))
        data = offer.news(self.county.repo, names, known, all_of_them=everything)
        return Reply(204, {}, None) if data is None else Reply(200, {}, None, data)

    def _reply(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Reply:
        if path.startswith("/news/"):
            return self._news(path.removeprefix("/news/"))
        if path == "/head":
            channels = dict(self.county.numbers) if self.county else {}
            etag = json.dumps(channels)
            unchanged = headers.get("If-None-Match") == etag
            return Reply(304, {}, None) if unchanged else Reply(200, {"etag": etag}, {"channels": channels})
        if path == "/tickets":
            if body["service"] in self.refused:
                return Reply(403, {}, {"error": {"code": "x", "message": "现在暂停取号。", "detail": ""}})
            number = f"A{len(self.tickets) + 1:03d}"
            made = {"ticket": f"t{len(self.tickets)}", "number": number, "ahead": len(self.tickets), "issued": "x"}
            return Reply(200, {}, self.tickets.setdefault(body["press"], made))
        if path == "/services":
            return Reply(200, {}, [{"service": "id", "letter": "A", "name": "身份证", "open": True, "waiting": 3}])
        if path == "/leases":
            self.leased += 50
            block = {"block": f"b{self.leased}", "service": body["service"], "letter": "A", "day": body["day"]}
            return Reply(200, {}, {**block, "first": self.leased, "last": self.leased + 49})
        if path == "/queue":
            call = {"number": "A001", "window": 3, "window_name": "综合", "service": "id", "at": "x", "state": "called"}
            return Reply(200, {}, {"calls": [call], "windows": []})
        if path != "/records":
            return Reply(404, {}, {"error": {"code": "not_found", "message": "没有", "detail": ""}})
        accepted, refused = [], []
        for record in body:
            if record["id"] in self.refused:
                refused.append({"id": record["id"], "reason": "no"})
                continue
            self.counted += record["id"] not in self.records
            self.records[record["id"]] = record
            accepted.append(record["id"])
        return Reply(200, {}, {"accepted": accepted, "refused": refused})
