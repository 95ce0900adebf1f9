"""What a publisher is shown is what she signs: a dishonest request gets no signature."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from content_sync.clock import SystemClock
from content_sync.pull.step import Puller
from display_server.database.engine import Database
from tests.display_server.cli.shell import Run, anywhere, done, publish, shown, sign


@pytest.fixture
def clock() -> SystemClock:
    """Commands have no other clock."""
    return SystemClock()


def test_a_signer_is_shown_everything_that_is_new_to_him(
    server: Run, db: Database, device: Puller, keys: dict[str, Path], tmp_path: Path
) -> None:
    """A key that did not sign the edition before refuses the short request; the whole one lists every text."""
    stranger, short, whole = tmp_path / "third", tmp_path / "short.json", tmp_path / "whole.json"
    stranger.mkdir()
    (stranger / "word").write_text("passphrase of a third", "utf-8")
    done(anywhere("keys", "new", stranger / "third", "--passphrase-file", stranger / "word"))
    publish(server, db, title="春季造林补助")
    done(server("keys", "pending", "qinghe", short))
    plain = json.loads(short.read_bytes())
    del plain["texts"]["held"]["signatures"][0]
    short.write_text(json.dumps(plain), "utf-8")
    answers = [sign(short, key) for key in keys.values()]
    assert sorted(answer.exit_code for answer in answers) == [0, 1]
    assert "--whole" in "".join(answer.stderr for answer in answers)
    assert "not asked for" in sign(short, stranger / "third.key").stderr
    said = done(server("keys", "pending", "qinghe", whole, "--whole"))
    assert ("第一件" in said, "您没有签过上一期" in said) == (True, True)
    for key in keys.values():
        done(sign(whole, key))
    done(server("keys", "apply", whole))
    assert shown(device) == 2


def _forgeries() -> dict[str, Callable[[dict[str, Any]], None]]:
    def bodies(plain: dict[str, Any], **changed: str) -> None:
        for item, body in plain["texts"]["bodies"].items():
            plain["texts"]["bodies"][item] = body.replace(changed["old"], changed["new"])

    def delegate(plain: dict[str, Any]) -> None:
        plain["targets"]["signed"]["delegations"]["roles"][0]["paths"] = ["*"]

    def add_target(plain: dict[str, Any]) -> None:
        signed = plain["targets"]["signed"]["targets"]
        signed["other"] = dict(signed["edition"])

    def number(plain: dict[str, Any]) -> None:
        plain["targets"]["signed"]["targets"]["edition"]["custom"]["number"] = 9

    def root(plain: dict[str, Any]) -> None:
        plain["targets"]["signed"]["targets"]["edition"]["custom"]["root"] = "0" * 64

    return {
        "another text than the one that would be published": lambda plain: bodies(plain, old="周三", new="周四"),
        "another title": lambda plain: bodies(plain, old="春季造林补助", new="春季造林"),
        "a change that is not shown": lambda plain: plain["texts"]["bodies"].clear(),
        "an item that leaves unseen": lambda plain: plain["texts"]["hashes"].clear(),
        "texts left out altogether": lambda plain: plain.pop("texts"),
        "an edition before that nobody signed": lambda plain: plain["texts"].update(held=None),
        "withdrawing handed everything": delegate,
        "one more target": add_target,
        "a number that jumps": number,
        "another root": root,
    }


@pytest.mark.parametrize("story", _forgeries())
def test_a_dishonest_request_is_not_signed(
    server: Run, db: Database, keys: dict[str, Path], tmp_path: Path, story: str
) -> None:
    """What is shown is what is signed: a server that shows one thing and asks for another gets no signature."""
    publish(server, db, title="春季造林补助")
    request = tmp_path / "edition.json"
    done(server("keys", "pending", "qinghe", request))
    plain = json.loads(request.read_bytes())
    _forgeries()[story](plain)
    request.write_text(json.dumps(plain), "utf-8")
    before = request.read_bytes()
    refused = sign(request, keys["author"])
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert request.read_bytes() == before


def test_no_program_believes_the_words_in_the_file(
    server: Run, db: Database, keys: dict[str, Path], tmp_path: Path
) -> None:
    """The words beside a request are for reading; the signer is told what the signed bytes say."""
    publish(server, db, title="春季造林补助")
    request = tmp_path / "edition.json"
    done(server("keys", "pending", "qinghe", request))
    plain = json.loads(request.read_bytes())
    plain["words"] = ["没有变化"]
    request.write_text(json.dumps(plain), "utf-8")
    said = done(sign(request, keys["author"]))
    assert ("春季造林补助" in said, "没有变化" in said) == (True, False)
