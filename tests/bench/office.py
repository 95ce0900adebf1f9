"""A real server with a full channel: founded by `init`, written and reviewed by its own services, served by `serve`.

1. Ten thousand texts go the way of the demonstration county: one editor writes, two review, one publishes, in this
   process; every check, hash, audit entry and signature is made. Only the pages and the shell are left out.
2. A change is an edit, a submission, its reviews and a publication; a withdrawal is an edition of its own, as always.
3. Beside the big channel stand three small ones, so that a poll asks for four.
4. Its clock begins a month ago, so that the thirty days of the story lead to the present.
"""

import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time, time

from content_sync.clock import SystemClock
from content_sync.domain.disclosure.items import Item
from content_sync.wire import shapes
from deploy.demo.processes import Processes
from display_server.accounts import service as accounts
from display_server.authoring import service as authoring
from display_server.authoring import submission
from display_server.config import Config
from display_server.database.engine import Database
from display_server.desk import publication
from display_server.publishing import service as publishing
from display_server.review import service as review
from tests.bench.corpus import Change, Corpus
from tests.bench.served import free_port

big = "qinghe"
_small = {"liuhe": "柳河乡", "shiqiao": "石桥镇", "liushu": "柳树村"}
_small_items = 20
_roles = ("editor", "reviewer", "secrecy", "publisher")
_settle_seconds_max = 3_600.0  # the work gives way to everything else on this machine
_offset = "GONGKAILAN_CLOCK_OFFSET"


@dataclass(frozen=True)
class Publication:
    """Seconds to its return, to the new edition standing in the tree, and of the processor; bytes of its delta."""

    changes: int
    seconds: float
    visible: float
    cpu: float
    bytes: int


@dataclass
class Office:
    """The server's folder and the people who act on it; `published` and `withdrawn` tell what each act took."""

    folder: Path
    days_behind: float = 0.0
    port: int = field(default_factory=free_port)
    published: list[Publication] = field(default_factory=list)
    withdrawn: list[Publication] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        self.processes, self.home, self.clock = Processes(self.folder), self.folder / "server", SystemClock()
        self.set_clock(self.days_behind)
        self.processes.run("display-server", "init", str(self.home), "--name", "清河县")
        for channel, name in _small.items():
            self.shell("unit", "add", channel, "--name", name, "--level", "county", "--parent", big)
            self.shell("channel", "add", channel, "--unit", channel)
        for role in _roles:
            self.shell("user", "add", role, "--role", role)
        self.db = Database(Config(self.home, self.clock))
        self._people = {role: accounts.actor_for(self.db, role) for role in _roles}

    @property
    def channels(self) -> tuple[str, ...]:
        """All four."""
        return (big, *_small)

    def set_clock(self, days_behind: float) -> None:
        """Let this process, and what is started from now on, believe that it is so many days ago."""
        self.clock.offset = timedelta(days=-days_behind)
        self.processes.environment[_offset] = str(self.clock.offset.total_seconds())

    def fill(self, corpus: Corpus) -> None:
        """Publish the first edition of every channel (rules 1 and 3)."""
        for seed, channel in enumerate(_small, 1000):
            self._add(channel, tuple(Corpus(_small_items, seed, channel).items.values()))
        self._add(big, tuple(corpus.items.values()))

    def serve(self) -> None:
        """Start `serve` and wait until it is ready."""
        self.processes.start("serve", "display-server", "--dir", str(self.home), "serve", "--port", str(self.port))
        self.processes.wait_for("the server", self._is_ready)

    def settled(self) -> float:
        """Wait until the server has made everything that takes time; how many seconds that was."""
        signer, started = publishing.publisher(self.db), perf_counter()
        self.processes.wait_for(
            "the merged deltas", lambda: all(map(signer.is_complete, self.channels)), _settle_seconds_max
        )
        return perf_counter() - started

    def code(self, device: str) -> str:
        """Register a device for all channels; its enrolment code."""
        arguments = ("device", "add", device, "--kind", "lcd", "--channels", ",".join(self.channels), "--json")
        return str(self.processes.ask("display-server", "--dir", str(self.home), *arguments)["code"])

    def publish(self, change: Change) -> None:
        """Make one change public (rule 2)."""
        for item in change.put:
            if item.version > 1:
                authoring.edit(self.db, self._people["editor"], item.id, _plain(item))
            else:
                authoring.create(self.db, self._people["editor"], big, _plain(item))
        if change.put:
            self.published.append(self._review_and_publish(big))
        for name in change.gone:
            started, at, used = perf_counter(), time(), process_time()
            made = publishing.withdraw(self.db, self._people["publisher"], name, "到期")
            self.withdrawn.append(
                Publication(1, perf_counter() - started, self._seen() - at, process_time() - used, made.bytes)
            )

    def shell(self, *arguments: str) -> None:
        """A command of the server's administrator."""
        self.processes.run("display-server", "--dir", str(self.home), *arguments)

    def close(self) -> None:
        """End the server."""
        self.processes.end()
        self.db.close()

    def _add(self, channel: str, items: tuple[Item, ...]) -> None:
        with self.db.write() as connection:
            for item in items:
                authoring.add(self.db, connection, self._people["editor"], channel, _plain(item))
        self._review_and_publish(channel)

    def _review_and_publish(self, channel: str) -> Publication:
        _passed(submission.submit(self.db, self._people["editor"], channel).refused)
        for role in ("reviewer", "secrecy"):
            _passed(review.approve(self.db, self._people[role], channel).refused)
        started, at, used = perf_counter(), time(), process_time()
        made = publication.publish(self.db, self._people["publisher"], channel)
        seconds, used = perf_counter() - started, process_time() - used
        _passed(made.refused)
        return Publication(made.issued.changed, seconds, self._seen() - at, used, made.issued.bytes)

    def _seen(self) -> float:
        """When the newest edition became visible: its timestamp's file got its name."""
        return (self.home / "repo" / big / "metadata" / "timestamp.json").stat().st_ctime

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def _plain(item: Item) -> dict[str, object]:
    plain: dict[str, object] = shapes.to_plain(item)
    return plain


def _passed(refused: tuple[tuple[str, str], ...]) -> None:
    if refused:
        raise AssertionError(f"The benchmark's own text was refused: {refused[0]}")
