"""County → township → village: three servers and a kiosk's agent as real processes, and a township that goes down.

One story in one test, because starting three servers is what costs: content down, records up, over two hops (HAL-17).
"""

import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from content_sync.clock import SystemIds
from content_sync.domain import limits
from content_sync.domain.ids import spelled
from content_sync.domain.records import Record
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from deploy.demo.county import free_port
from deploy.demo.processes import Processes
from tests.system.conftest import demo_now
from tests.system.forked import Forked, founded

pytestmark = pytest.mark.process
channels = "qinghe,liushu"


class Server:
    """A server of the chain: its folder, and the port it listens on."""

    def __init__(self, processes: Processes, name: str, port: int) -> None:
        self.processes, self.name, self.port = processes, name, port
        self.home, self.url = processes.folder / name, f"http://127.0.0.1:{port}"

    def run(self, *words: str) -> str:
        return self.processes.run("display-server", "--dir", str(self.home), *words)

    def ask(self, *words: str) -> dict[str, object]:
        answer: dict[str, object] = self.processes.ask("display-server", "--dir", str(self.home), *words, "--json")
        return answer

    def answers(self) -> bool:
        try:
            with closing(socket.create_connection(("127.0.0.1", self.port), 1)):
                return True
        except OSError:
            return False

    def start(self) -> None:
        self.processes.start(self.name, "display-server", "--dir", str(self.home), "serve", "--port", str(self.port))

    def code(self, device: str, kind: str, *more: str) -> str:
        return str(self.ask("device", "add", device, "--kind", kind, "--channels", channels, *more)["code"])

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(f"file:{self.home / 'gongkailan.db'}?mode=ro", uri=True) as database:
            return database.execute(query).fetchall()


class Chain:
    """County, township, village and a kiosk of the village's office, all running."""

    def __init__(self, processes: Processes) -> None:
        self.processes, self.demo = processes, founded(processes)
        self.county = Server(processes, "server", int(self.demo.url.rsplit(":", 1)[1]))
        place = ("--name", "六合镇便民服务中心", "--phone", "0000-1234567")
        self.county.run("site", "add", "town-hall", "--unit", "liuhe", *place)
        self.demo.start_server()
        self.town = self._relay("town", self.county, "town-hall")
        self.village = self._relay("village", self.town, "liushu-office")
        self.kiosk = processes.folder / "kiosk"
        self._device(self.kiosk, self.village, "kiosk-1")

    def wait(self, what: str, found: Callable[[], object]) -> None:
        """Until something is there: a hint that is lost while a line opens costs a poll at each of three hops."""
        self.processes.wait_for(what, found, 4 * limits.poll_seconds)

    def content(self, folder: Path) -> ContentStore:
        return ContentStore(folder / "content.db", readonly=True)

    def approved(self, title: str) -> str:
        """A notice of the county that passed all its reviews; its id."""
        file = self.processes.folder / "notice.txt"
        file.write_text(f"{title}\n\n从本周三起，停水一天，请提前储水。\n", "utf-8")
        made = self.county.ask("import", str(file), "--channel", "qinghe", "--as", "editor")
        for act, person in (("submit", "editor"), ("approve", "reviewer"), ("approve", "secrecy")):
            self.county.ask(act, "qinghe", "--as", person)
        created = made["created"]
        assert isinstance(created, list)
        return str(created[0]["id"])

    def direct(self) -> Path:
        """A device that follows the same channels at the county itself, after one step."""
        folder = self.processes.folder / "direct"
        self._device(folder, self.county, "direct-1", "--site", "qinghe-hall")
        self.processes.run("content-sync", "--dir", str(folder), "once")
        return folder

    def _relay(self, name: str, above: Server, site: str) -> Server:
        code = above.code(name, "relay", "--site", site)
        relay = Server(self.processes, name, free_port())
        place = ("--name", name, "--role", "site", "--upstream", above.url, "--code", code)
        self.processes.run("display-server", "init", str(relay.home), *place)
        relay.start()
        self.processes.wait_for(f"the first round of {name}", lambda: self._holds_all(relay), 4 * limits.poll_seconds)
        return relay

    def _holds_all(self, relay: Server) -> bool:
        return relay.rows("SELECT count(*) FROM mirrored WHERE edition > 0 AND channel != '_directory'") == [(2,)]

    def _device(self, folder: Path, server: Server, name: str, *more: str) -> None:
        code = server.code(name, "touch", *more)
        self.processes.run("content-sync", "init", str(folder), "--server", server.url, "--code", code)


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    """The running chain."""
    processes = Forked(tmp_path)
    try:
        yield Chain(processes)
    finally:
        processes.end()


def test_down_and_up_over_two_hops(chain: Chain) -> None:
    """Notice and withdrawal reach the village, an opinion the county, once; the stores here and there are the same."""
    chain.processes.start("kiosk", "content-sync", "--dir", str(chain.kiosk), "run")
    content = chain.content(chain.kiosk)
    chain.wait("the first sync", lambda: len(content.held()) == 2 and content.held()["qinghe"].number)
    item = _published(chain, content)

    chain.processes.end("town")
    _opinion(chain)
    chain.county.run("withdraw", item, "--as", "publisher", "--reason", "写错了日期")
    chain.town.start()
    chain.wait("the withdrawal in the village", lambda: content.item(item, demo_now(chain.demo)) is None)
    _arrived_once(chain)

    chain.wait("its edition in the village", lambda: content.held()["qinghe"].number == 3)
    chain.processes.end("kiosk")
    chain.wait("the village's server", chain.village.answers)
    chain.processes.run("content-sync", "--dir", str(chain.kiosk), "once")
    assert _tables(chain.kiosk) == _tables(chain.direct())


def _published(chain: Chain, content: ContentStore) -> str:
    """A notice that is on the village's kiosk; says how long it took from the moment the county saw it published."""
    item = chain.approved("柳树村停水通知")
    publishing = threading.Thread(target=chain.county.ask, args=("publish", "qinghe", "--as", "publisher"))
    publishing.start()
    chain.wait("the notice in the village", lambda: content.item(item, demo_now(chain.demo)))
    seen = demo_now(chain.demo)
    [(out,)] = chain.county.rows("SELECT min(made_at) FROM changes WHERE detail LIKE '%:2}'")
    print(f"two hops below {(seen - datetime.fromisoformat(str(out))).total_seconds():.2f} s after its publication")
    publishing.join()
    return item


def _opinion(chain: Chain) -> None:
    """An opinion given in the village becomes a case there."""
    desk = DeskStore(chain.kiosk / "desk.db")
    said = {"about": "hall", "taps": "wait", "text": "路灯不亮", "item": ""}
    made = spelled(SystemIds().random(16))
    assert desk.add_record(Record(made, "opinion", "", demo_now(chain.demo).isoformat(), said))
    chain.wait("the village to take the opinion", lambda: desk.outbox_size() == 0)
    assert chain.village.rows("SELECT kind, text FROM cases") == [("opinion", "路灯不亮")]


def _arrived_once(chain: Chain) -> None:
    """It is on file at the county once, with its way and no second case, also after the village began again."""
    found = "SELECT device, kind FROM records WHERE kind = 'opinion'"
    chain.wait("the opinion at the county", lambda: chain.county.rows(found))
    chain.processes.end("village")
    chain.village.start()
    chain.wait("an empty line", lambda: chain.village.rows("SELECT count(*) FROM passing") == [(0,)])
    assert chain.county.rows(found) == [("town/village/kiosk-1", "opinion")]
    assert chain.county.rows("SELECT * FROM cases WHERE text = '路灯不亮'") == []
    listed = chain.processes.ask("display-server", "--dir", str(chain.county.home), "device", "list", "--json")
    assert {one["device"] for one in listed} >= {"town", "town/village"}


def _tables(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table of a device's content, row by row, the searched words too.

    What tells of the device's own past is left out: when it believed its clock, asked last or emptied its log, and how
    SQLite laid the words in its index.
    """
    with sqlite3.connect(f"file:{folder / 'content.db'}?mode=ro", uri=True) as database:
        found = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        names = [name for name in found if not name.startswith(("search_", "_sqlite"))]
        tables = {name: sorted(database.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}
    own = ("believed", "refreshed:", "scrub")
    return tables | {"facts": [row for row in tables["facts"] if not str(row[0]).startswith(own)]}
