"""A county in one process, joined the real way: fingers on a kiosk, its outbox, the server, its pages, its editions.

1. A kiosk is enrolled with a printed code, pulls signed editions, and sends signed records: every part is the real one
   but for the wire, which is the server's own application, and the glass, which remembers what was drawn.
2. One clock for everybody, moved by hand.
"""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from content_sync.agent import steps
from content_sync.agent.device import read_device, read_key
from content_sync.agent.enrol import enrol
from content_sync.clock import SystemIds
from content_sync.net.folder import FolderFetcher
from content_sync.pull.timekeeping import BelievedClock
from content_sync.push.asks import answer_asks
from content_sync.push.records import send_records
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from display_server.access import Actor
from display_server.accounts import service as accounts
from display_server.authoring import submission
from display_server.cases import closing as cases_closing
from display_server.desk import publication, records_key
from display_server.review import service as review
from kiosk import config
from kiosk.app.gather import Gatherer
from kiosk.app.visit import Visit
from kiosk.board.reading import Reading
from kiosk.flow import actions
from kiosk.flow.words import Words
from tests.display_server import relays, texts, world
from tests.kiosk.app.twins import Glass


class Kiosk:
    """A kiosk of the hall: its screen, and its agent when it is told to."""

    def __init__(self, scene: "Scene", folder: Path, name: str, kind: str = "touch") -> None:
        self.scene, self.folder, self.glass = scene, folder, Glass()
        server = scene.server
        code = server.code(name, kind, "qinghe", "liushu", site="hall")
        self.device = enrol(folder, "http://127.0.0.1", code, relays.Line(server.app), SystemIds())
        self.line = relays.Line(server.app, self.device.token)
        self.pull()
        self.visit = Visit(
            Gatherer(folder, "hall", scene.clock),
            self.glass,
            lambda language: Words(config.wording(language)),
            SystemIds(),
        )
        self.desk, self.moment = DeskStore(folder / "desk.db"), 100.0
        self.visit.tick(self.moment)

    def pull(self) -> None:
        """Take every new edition."""
        fetcher, server = FolderFetcher(self.scene.server.repo), relays.Line(self.scene.server.app, self.device.token)
        with closing(steps.puller(self.folder, read_device(self.folder), fetcher, server, self.scene.clock)) as pull:
            assert pull.step(force=True).failures == []

    def touch(self, *labels: str) -> None:
        """Fingers on keys, one after the other."""
        for label in labels:
            known = {target.label: target.action for target in self.glass.frames[-1].targets}
            assert label in known, (label, sorted(known))
            self.act(known[label])

    def act(self, action: object) -> None:
        """One action, and a moment later."""
        self.visit.act(action, self.moment)
        self.later(0.2)

    def later(self, seconds: float) -> None:
        """Time passes at the screen."""
        self.moment += seconds
        self.visit.tick(self.moment)

    def begin(self) -> None:
        """A new visitor touches the glass."""
        self.act(actions.Finish())
        self.act(actions.Wake())

    def send(self) -> int:
        """The agent sends what waits."""
        return send_records(self.desk, self.line, self.device.device, read_key(self.folder))

    def ask(self) -> None:
        """The agent answers what the visitor asked."""
        answer_asks(self.desk, self.line, BelievedClock(self.folder, self.scene.clock).now())
        self.later(0.2)

    def look_up(self, receipt: str, last4: str = "") -> str:
        """A visitor asks by a receipt; what the screen says."""
        self.begin()
        self.touch("我要反映", "我的事办得怎样了", *receipt.replace(" ", ""), "查一下")
        self.ask()
        if last4:
            self.touch("加电话后四位", *last4, "查一下")
            self.ask()
        return self.glass.text

    @property
    def receipt(self) -> str:
        """The receipt on the glass."""
        return self.visit.state.receipt

    def stories(self) -> list[Any]:
        """What a board with this folder rotates."""
        with closing(ContentStore(self.folder / "content.db", readonly=True)) as content:
            return list(Reading(content, self.desk, "hall").stories(self.scene.clock.now()))

    def close(self) -> None:
        """Off."""
        self.visit.end()
        self.desk.close()


class Scene:
    """The county's server, and kiosks as they are needed."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.folder = world.HandClock(), folder
        self.server = relays.county(folder, self.clock)
        self.db, self.people, self.kiosks = self.server.db, texts.people(), list[Kiosk]()
        self.db.config.keys.chmod(0o700)
        records_key.ensure(self.db.config)
        self.notice = texts.published(self.db, self.people, title="停水一天")
        self.clock.advance(minutes=1)

    def kiosk(self, name: str, kind: str = "touch") -> Kiosk:
        """One more device of the hall."""
        made = Kiosk(self, self.folder / name, name, kind)
        self.kiosks.append(made)
        return made

    def browser(self, name: str, *roles: str, units: tuple[str, ...] = ("*",)) -> Any:
        """A person signed in."""
        return world.signed_in(self.server.app, name, accounts.add_account(self.db, world.shell, name, roles, units))

    def publish(self, channel: str, item: str) -> None:
        """The way of every text: submitted, reviewed by all, published; then what upkeep does after an edition."""
        done = submission.submit(self.db, self.people.editor, channel, only=item)
        assert done.done == (item,), done.refused
        for reviewer in (self.people.reviewer, self.people.secrecy, self.people.legal):
            review.approve(self.db, reviewer, channel)
        issued = publication.publish(self.db, self.people.publisher, channel)
        assert item in issued.done, issued.refused
        cases_closing.close(self.db)

    def person(self, name: str, *roles: str, units: tuple[str, ...] = ("*",)) -> Actor:
        """Somebody who acts without a browser."""
        return texts.person(name, *roles, units=units)

    def tomorrow(self) -> None:
        """The next day, for everybody."""
        self.clock.advance(days=1)

    def rows(self, table: Any) -> list[Any]:
        """Everything in a table of the server."""
        return self.server.rows(table)

    def close(self) -> None:
        """The end."""
        for one in self.kiosks:
            one.close()
        self.db.close()


a_day = timedelta(days=1)
