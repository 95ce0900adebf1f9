"""A server with a channel on edition 1, a device that follows it, and its root keys on three sticks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from content_sync.domain import limits
from content_sync.domain.ids import directory_channel
from content_sync.net.folder import FolderFetcher
from content_sync.pull.step import Puller
from content_sync.trust.verifying import pin
from display_server.cli import main
from display_server.database.engine import Database
from tests.content_sync.world import County, Hall
from tests.display_server import texts, world
from tests.display_server.cli.shell import Run, anywhere, done, passphrases, root_words, sign


@pytest.fixture
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 at its smallest."""
    monkeypatch.setattr(limits, "passphrase_rounds", 1)
    monkeypatch.setattr(limits, "passphrase_memory_bytes", 8_192)


@pytest.fixture
def server(db: Database, quick_keys: None) -> Run:
    """A shell on a server with channel `qinghe` on edition 1."""
    texts.plant(db)
    texts.published(db, texts.people(), title="第一件")
    return lambda *words: CliRunner().invoke(main, ["--dir", str(db.config.home), *map(str, words)])


@pytest.fixture
def device(db: Database, server: Run, tmp_path: Path) -> Iterator[Puller]:
    """A device that follows `qinghe` through the server's tree and is on edition 1."""
    folder, tree = tmp_path / "device", db.config.repo
    pin(folder / "trust" / directory_channel, (tree / directory_channel / "metadata" / "1.root.json").read_bytes())
    county = County.__new__(County)
    county.numbers = {"qinghe": 1}
    puller = Puller(folder, ["qinghe"], FolderFetcher(tree), Hall(county), db.config.clock)
    assert puller.step().failures == []
    yield puller
    puller.close()


@pytest.fixture
def sticks(server: Run, tmp_path: Path) -> dict[str, Path]:
    """The root keys after the first ceremony, each with its passphrase beside it."""
    words = passphrases(tmp_path, *root_words)
    (tmp_path / "sticks").mkdir()
    done(server("keys", "take-out", "qinghe", tmp_path / "sticks", "--passphrase-file", words))
    for number, word in enumerate(root_words, 1):
        (tmp_path / "sticks" / f"root-{number}" / "word").write_text(word, "utf-8")
    return {f"root-{n}": tmp_path / "sticks" / f"root-{n}" / f"qinghe.root-{n}.key" for n in (1, 2, 3)}


@pytest.fixture
def keys(server: Run, db: Database, device: Puller, sticks: dict[str, Path], tmp_path: Path) -> dict[str, Path]:
    """The keys of author and reviewer, who both must sign every edition from now on; people with roles' names."""
    for role in ("editor", "reviewer", "secrecy", "publisher"):
        world.add(db, role, role)
    request, made = tmp_path / "move.json", {}
    for name in ("author", "second"):
        place = tmp_path / name
        place.mkdir()
        (place / "word").write_text(f"passphrase of {name}", "utf-8")
        done(anywhere("keys", "new", place / name, "--passphrase-file", place / "word"))
        made[name] = place / f"{name}.key"
    public = ",".join(str(path.with_suffix(".pub")) for path in made.values())
    said = done(server("keys", "request", "qinghe", request, "--targets", public, "--threshold", "2"))
    assert "每期内容要 2 把签名（原来 1 把）" in said
    assert "第一件" in said
    for key in (sticks["root-1"], sticks["root-3"], *made.values()):
        done(sign(request, key))
    done(server("keys", "apply", request))
    assert device.step(force=True).failures == []
    assert not (db.config.keys / "qinghe" / "targets.key").exists()
    return made
