"""A shell on the server, and a machine that is none: running `display-server`, and what it said."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from content_sync.pull.step import Puller
from display_server.cli import main
from display_server.database.engine import Database
from tests.display_server import texts

Run = Callable[..., Result]
root_words = [f"correct horse battery {number}" for number in (1, 2, 3)]


def done(result: Result) -> str:
    """What a command said that must have worked."""
    assert (result.exit_code, result.stderr) == (0, ""), result.stderr
    return result.stdout


def anywhere(*words: object) -> Result:
    """A command on a machine that is no server."""
    return CliRunner().invoke(main, [str(word) for word in words])


def passphrases(folder: Path, *lines: str) -> Path:
    """A passphrase file."""
    path = folder / f"{len(list(folder.glob('*.words')))}.words"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def sign(request: Path, key: Path) -> Result:
    """A signature with a key whose passphrase lies in the file `word` beside it."""
    return anywhere("keys", "sign", request, "--key", key, "--passphrase-file", key.with_name("word"), "--yes")


def publish(server: Run, db: Database, **item: Any) -> str:
    """An approved item, published as far as the server can."""
    name = texts.approved(db, texts.people(), **item)
    told = json.loads(done(server("publish", "qinghe", "--as", "publisher", "--json")))
    assert name in told["done"]
    assert told["waiting"] == told["edition"] + 1
    return name


def shown(device: Puller) -> int:
    """The edition on the device after a step that must work."""
    assert device.step(force=True).failures == []
    assert device.store.verify().bad == ()
    return device.store.held()["qinghe"].number
