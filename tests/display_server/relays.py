"""A county, a township and a village as servers in one process: trees read from folders, calls through Flask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask

from content_sync.agent.device import read_device, read_key
from content_sync.domain.county import Service, Site, Window
from content_sync.domain.errors import Unreachable
from content_sync.domain.ids import directory_channel
from content_sync.net.folder import FolderFetcher
from content_sync.publish import Publisher
from content_sync.wire import canonical
from display_server.app import create_app
from display_server.config import Config
from display_server.database import county as kept
from display_server.database.engine import Database
from display_server.desk import mirroring
from display_server.desk.founding import Wishes, join
from display_server.desk.passing_up import PassingUp
from display_server.devices import service as devices
from display_server.web.current import database_key
from tests.display_server import hall, texts, world

office = Site(
    id="liushu-office",
    unit="liushu",
    name="柳树村便民服务站",
    phone="0000-1234567",
    services=(Service("daiban", "A", "代办"),),
    windows=(Window("w1", 1, "代办窗口", "一楼", ("daiban",)),),
)


@dataclass(frozen=True)
class Answer:
    """ports.Reply."""

    status: int
    headers: Mapping[str, str]
    value: object
    body: bytes = b""


@dataclass
class Line:
    """ports.Server over a server's own application; `lost` says of each call whether it fails before or after."""

    app: Flask
    token: str = ""
    lost: list[str] = field(default_factory=list)

    def call(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        when = self.lost.pop(0) if self.lost else ""
        if when == "before":
            raise Unreachable("cut off")
        sent = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        data = body if isinstance(body, bytes) or body is None else canonical.dump(body)
        kind = "application/json" if data is not None else None
        with self.app.test_client() as client:
            reply = client.open(
                f"/api/v1{path}", method=method, data=data, content_type=kind, headers={**sent, **(headers or {})}
            )
        if when == "after":
            raise Unreachable("cut off")
        names = {name.lower(): value for name, value in reply.headers.items()}
        return Answer(reply.status_code, names, reply.get_json(silent=True), reply.data)


@dataclass
class Server:
    """One server; `line` is the one to its upstream, if it has one."""

    db: Database
    app: Flask
    repo: Path
    above: "Server | None" = None
    line: Line | None = None

    def mirror(self) -> mirroring.Done:
        """One round over everything that it follows."""
        assert self.above is not None
        names = (directory_channel, *read_device(self.db.config.upstream).channels)
        return mirroring.mirror(self.db, FolderFetcher(self.above.repo), names)

    def passing(self) -> PassingUp:
        """Its upward side."""
        assert self.line is not None
        upstream = self.db.config.upstream
        return PassingUp(self.db, read_device(upstream).device, read_key(upstream), self.line)

    def code(self, name: str, kind: str, *channels: str, site: str = "") -> str:
        """A printed code for a device of this server."""
        root = Publisher(self.repo, self.db.config.keys, self.db.config.clock).fingerprint()
        return devices.add(self.db, world.shell, name, kind, channels or ("qinghe",), site, root)

    def kiosk(self, name: str) -> hall.Caller:
        """A kiosk enrolled here."""
        found, token = devices.enrol(self.db, self.code(name, "touch"), hall.public_key)
        return hall.Caller(self.app.test_client(), found, token)

    def below(self, above: "Server") -> "Server":
        """A relay's server with its line to the one above."""
        token = read_device(self.db.config.upstream).token
        return Server(self.db, self.app, self.repo, above, Line(above.app, token))

    def close(self) -> None:
        """Let go of its database, the application's own connections too."""
        self.db.close()
        self.app.extensions[database_key].close()

    def rows(self, table: Any) -> list[Any]:
        """Everything in a table."""
        with self.db.read() as connection:
            return list(connection.execute(table.select()))


def county(folder: Path, clock: world.HandClock) -> Server:
    """The county with its hall and the village's office, and a published directory."""
    db = world.founded(Config(folder / "county", clock, world.CountedIds()))
    with db.write() as connection:
        kept.put_site(connection, hall.site)
        kept.put_site(connection, office)
        texts.plant(db).put_county(kept.county(connection))
    return Server(db, create_app(db.config), db.config.repo)


def opened(config: Config) -> Server:
    """A server over a folder that is founded already."""
    return Server(Database(config), create_app(config), config.repo)


def relay(above: Server, name: str, *, site: str = "", channels: tuple[str, ...] = ("qinghe", "liushu")) -> Server:
    """A relay below a server, after its first round."""
    clock = above.db.config.clock
    config = Config(above.db.config.home.parent / name, clock, world.CountedIds(given=1_000 * (1 + len(name))))
    db = world.empty(config)
    code = above.code(name, "relay", *channels, site=site)
    join(db, Wishes(name, "village", "", "site", False, "http://127.0.0.1", code), Line(above.app))
    made = Server(db, create_app(config), config.repo).below(above)
    assert made.mirror().failures == {}
    return made
