"""The runbooks are true: their commands, run in the order in which they stand, do what they say, and screens follow."""

import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from os.path import expandvars
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner, Result

from content_sync.clock import SystemClock, SystemIds
from content_sync.domain import limits
from content_sync.domain.ids import directory_channel
from content_sync.net.folder import FolderFetcher
from content_sync.pull.step import Puller
from content_sync.trust import keys
from content_sync.trust.inventory import Inventory
from content_sync.trust.verifying import pin
from display_server.accounts import passwords
from display_server.cli import main
from display_server.config import Config
from display_server.database import calendars, county
from display_server.database.engine import Database
from display_server.desk.check import examine
from display_server.desk.founding import Wishes, found
from display_server.desk.keys import inventories
from tests.content_sync.trust.scene import fast_forward
from tests.content_sync.world import County, Hall
from tests.display_server import texts, world

_folder = Path("deploy/runbooks")
_passphrase = "correct horse battery staple"
_typed = {"take-out": [_passphrase] * 2, "new": [_passphrase] * 2, "sign": ["y", _passphrase]}
_ceremony = ("first-ceremony",)


class Office:
    """A county's server with one channel on edition 1, a village's server, a device, and somebody who types."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.config = Config(folder / "server")
        self._patch = monkeypatch
        for name, level in (("server", "county"), ("village", "village")):
            wishes = Wishes({"server": "清河", "village": "上河"}[name], level, "", "origin", demo=False)  # type: ignore[arg-type]
            found(folder / name, wishes, SystemClock(), SystemIds())
        self.db = Database(self.config)
        for role in ("editor", "reviewer", "secrecy", "publisher"):
            world.add(self.db, role, role)
        self.item = texts.published(self.db, texts.people(), title="第一件")
        places = {"SERVER": "server", "VILLAGE": "village", "DESK": "desk", "AUTHOR": "author", "REVIEWER": "reviewer"}
        places |= {f"STICK{number}": f"stick-{number}" for number in (1, 2, 3)}
        for name, place in places.items():
            (folder / place).mkdir(exist_ok=True)
            monkeypatch.setenv(name, str(folder / place))
        for name, value in {"CH": "qinghe", "VILLAGE_CH": "shanghe", "ITEM": self.item}.items():
            monkeypatch.setenv(name, value)
        self.device = self._device()

    def _device(self) -> Puller:
        tree, folder = self.config.repo, self.folder / "device"
        pin(folder / "trust" / directory_channel, (tree / directory_channel / "metadata" / "1.root.json").read_bytes())
        county = County.__new__(County)
        county.numbers = {"qinghe": 1}
        return Puller(folder, ["qinghe"], FolderFetcher(tree), Hall(county), self.config.clock)

    def shows(self) -> int:
        """The edition on the device after a step that must work."""
        assert self.device.step(force=True).failures == []
        return self.device.store.held()["qinghe"].number

    def keys(self, channel: str = "qinghe") -> Inventory:
        return inventories(self.config, channel)[0]

    def follow(self, runbook: str) -> list[Result]:
        """Run every command of a runbook in order; each must succeed."""
        return [self._run(line) for line in commands(runbook)]

    def _run(self, line: str) -> Result:
        words = shlex.split(expandvars(line), comments=True)
        assert not [word for word in words if "$" in word], f"no such name: {line}"
        words, out = (words[:-2], Path(words[-1])) if ">" in words else (words, None)
        if words[0] == "cp":
            shutil.copytree(words[2], words[3])
            return Result(CliRunner(), b"", b"", b"", None, 0, None)
        assert words[0] == "display-server", f"a runbook runs display-server and cp: {line}"
        typed = next((lines for command, lines in _typed.items() if command in words), [])
        result = CliRunner().invoke(main, words[1:], input="".join(f"{answer}\n" for answer in typed))
        assert result.exit_code == 0, (line, result.output)
        if out is not None:
            out.write_bytes(result.stdout_bytes)
            self._patch.setenv("FINGERPRINT", result.stderr.split()[-1])  # what the village reads out
        return result


def commands(runbook: str) -> list[str]:
    """The lines of its `sh` blocks."""
    blocks = re.findall(r"^```sh\n(.*?)^```", (_folder / f"{runbook}.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """Before anything went wrong; secrets as cheap as they can be."""
    monkeypatch.setattr(limits, "passphrase_rounds", 1)
    monkeypatch.setattr(limits, "passphrase_memory_bytes", 8_192)
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    opened = Office(tmp_path, monkeypatch)
    yield opened
    opened.device.close()
    opened.db.close()


def _nothing(_office: Office) -> None:
    """No damage."""


def _lose_online(office: Office) -> None:
    keys.destroy(office.config.keys / "qinghe" / "online.key")


def _steal_online(office: Office) -> None:
    honest = office.folder / "honest"
    shutil.copytree(office.config.repo / "qinghe", honest)
    fast_forward(office.config.repo / "qinghe", (office.config.keys / "qinghe" / "online.key").read_bytes())
    assert office.shows() == 1
    shutil.rmtree(office.config.repo / "qinghe")
    shutil.copytree(honest, office.config.repo / "qinghe")
    assert [failure.channel for failure in office.device.step(force=True).failures] == ["qinghe"]


def _approve(office: Office) -> None:
    texts.approved(office.db, texts.people(), title="春季造林补助")


def _announce(office: Office) -> None:
    names = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
    off = [{"name": name, "first": f"2027-0{n}-01", "last": f"2027-0{n}-03"} for n, name in enumerate(names, 1)]
    table = {"year": 2027, "source": "made up for a test", "holidays": off, "workdays": ["2027-01-09"]}
    (office.folder / "desk" / "2027.json").write_text(json.dumps(table), "utf-8")


def _write_words(office: Office) -> None:
    """The list as the runbook's own text block shows it."""
    runbook = (_folder / "visitors.md").read_text("utf-8")
    (words,) = re.findall(r"^```text\n(.*?)^```", runbook, re.MULTILINE | re.DOTALL)
    (office.folder / "desk" / "words.txt").write_text(words, "utf-8")


def _explains(office: Office) -> bool:
    with office.db.read() as connection:
        return examine(office.db).problems == () and "低保" in [one.word for one in county.county(connection).terms]


def _no_root_key_is_here(office: Office) -> bool:
    return not any(key.here for channel in ("qinghe", directory_channel) for key in office.keys(channel).roles[0].keys)


_stories: dict[str, tuple[tuple[str, ...], Callable[[Office], None], Callable[[Office], bool], int]] = {
    "first-ceremony": ((), _nothing, _no_root_key_is_here, 1),
    "routine-rotation": (_ceremony, _nothing, lambda office: office.keys().roles[0].version == 2, 1),
    "lost-online-key": (_ceremony, _lose_online, lambda office: office.keys().lost == (), 1),
    "stolen-online-key": (
        _ceremony,
        _steal_online,
        lambda office: office.keys(directory_channel).roles[0].version == 2,
        1,
    ),
    "compromised-unit": (
        _ceremony,
        _nothing,
        lambda office: office.device.store.item(office.item, office.config.clock.now()) is None,
        2,
    ),
    "lost-root-key": (_ceremony, _nothing, lambda office: office.keys("qinghe-2").root_here, 1),
    "unit-signs-itself": (_ceremony, _approve, lambda office: office.keys().roles[1].threshold == 2, 2),
    "holidays": ((), _announce, lambda office: 2027 in calendars.known(office.config).years, 1),
    "supervision": ((), _nothing, lambda office: examine(office.db).problems == (), 1),
    "visitors": ((), _write_words, _explains, 1),
    "adopting-a-village": ((), _nothing, lambda office: (office.config.repo / "shanghe" / "metadata").is_dir(), 1),
}


@pytest.mark.parametrize("runbook", _stories)
def test_a_runbook_does_what_it_says(office: Office, runbook: str) -> None:
    """From the ceremony over the damage to the last step: every command works, and the device follows."""
    before, damage, holds, edition = _stories[runbook]
    assert office.shows() == 1
    for earlier in before:
        office.follow(earlier)
    damage(office)
    office.follow(runbook)
    assert office.shows() == edition
    assert holds(office)


def test_every_runbook_is_run() -> None:
    """No runbook with commands in `sh` blocks goes without a test, and every name that they use is explained."""
    assert {path.stem for path in _folder.glob("*.md") if commands(path.stem)} == set(_stories)
    names = (_folder / "README.md").read_text("utf-8")
    for runbook in _stories:
        own = (_folder / f"{runbook}.md").read_text("utf-8")
        used = set(re.findall(r"\$([A-Z_0-9]+)", "\n".join(commands(runbook))))
        unexplained = {name for name in used if not re.search(rf"(?<!\$)\b{name}\b", names + own)}
        assert unexplained == set(), runbook
