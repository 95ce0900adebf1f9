"""`import`, `submit`, `approve`, `publish`, `withdraw`: JSON shapes, exit codes and sentences (ARCHITECTURE §8)."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from content_sync.domain import limits
from display_server.authoring import service as authoring
from display_server.cli import main
from display_server.database.engine import Database
from tests.display_server import texts, world

Run = Callable[..., Result]
_roles = ("editor", "reviewer", "secrecy", "publisher")


@pytest.fixture
def run(db: Database) -> Run:
    """A shell on the server: `run("publish", "qinghe", …)`; its accounts carry the names of their roles."""
    texts.plant(db)
    for role in _roles:
        world.add(db, role, role)
    return lambda *words: CliRunner().invoke(main, ["--dir", str(db.config.home), *words])


def value(result: Result) -> dict[str, Any]:
    """The one JSON value on stdout."""
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_text_goes_from_a_file_to_an_edition_and_away(run: Run, tmp_path: Path) -> None:
    """The whole way by shell, every answer one JSON value of the promised shape."""
    file = tmp_path / "停水.txt"
    file.write_text("关于停水的通知\n\n周三停水一天，请提前储水。\n", "utf-8")
    made = value(run("import", str(file), "--channel", "qinghe", "--as", "editor", "--json"))
    assert set(made) == {"created", "refused"}
    created = made["created"][0]
    assert set(created) == {"id", "title", "kind", "findings"}
    assert (created["title"], created["kind"], made["refused"]) == ("关于停水的通知", "notice", [])
    assert all(set(finding) == {"rule", "message", "line"} for finding in created["findings"])
    assert any("默认放在目录" in finding["message"] for finding in created["findings"])
    item = created["id"]
    for words in (("submit", "editor"), ("approve", "reviewer"), ("approve", "secrecy")):
        done = value(run(words[0], "qinghe", "--as", words[1], "--json"))
        assert done == {"channel": "qinghe", "done": [item], "refused": []}
    out = value(run("publish", "qinghe", "--as", "publisher", "--json"))
    assert [out[key] for key in ("channel", "edition", "items", "changed")] == ["qinghe", 1, 1, 1]
    assert out["bytes"] > 0
    gone = value(run("withdraw", item, "--as", "publisher", "--reason", "错了", "--json"))
    assert (gone["edition"], gone["items"], gone["changed"]) == (2, 0, 1)


def test_nothing_to_do_is_no_failure(run: Run) -> None:
    """Exit 0 and an honest empty answer."""
    for words in (("submit", "editor"), ("approve", "reviewer"), ("publish", "publisher")):
        result = run(words[0], "qinghe", "--as", words[1], "--json")
        assert result.exit_code == 0
    assert (value(result)["edition"], value(result)["changed"]) == (0, 0)


@pytest.mark.parametrize("as_json", [True, False])
def test_all_refused_is_a_failure_some_refused_is_none(run: Run, db: Database, *, as_json: bool) -> None:
    """Refusals are listed either way: in the JSON, or one sentence a line on stderr with nothing else."""
    bad = authoring.create(db, texts.people().editor, "qinghe", texts.plain(source=""))
    flags = ["--json"] if as_json else []
    alone = run("submit", "qinghe", "--as", "editor", *flags)
    assert alone.exit_code == 1
    listed = json.loads(alone.stdout)["refused"][0]["reason"] if as_json else alone.stderr
    assert "QLT-04" in listed
    assert as_json or alone.stderr.startswith(f"{bad}：")
    assert alone.stderr.count("\n") == 1
    authoring.create(db, texts.people().editor, "qinghe", texts.plain())
    both = run("submit", "qinghe", "--as", "editor", *flags)
    assert both.exit_code == 0


def test_a_file_that_is_none_or_too_long_stops_no_other(run: Run, tmp_path: Path) -> None:
    """A pipe is not waited for, a folder and a file over the limit are refused, the good file goes in."""
    good, pipe, folder, long = (tmp_path / name for name in ("好.txt", "管道.txt", "夹.txt", "长.txt"))
    good.write_text("关于停水的通知\n\n周三停水一天，请提前储水。\n", "utf-8")
    os.mkfifo(pipe)
    folder.mkdir()
    long.write_bytes(b"x" * (limits.import_bytes_max + 1))
    files = [str(path) for path in (pipe, folder, long, good)]
    made = value(run("import", *files, "--channel", "qinghe", "--as", "editor", "--json"))
    assert [one["file"] for one in made["refused"]] == [pipe.name, folder.name, long.name]
    assert [f"超过{limits.import_bytes_max}字节" in one["reason"] for one in made["refused"]] == [False, False, True]
    assert len(made["created"]) == 1


def test_an_unreadable_file_is_refused_like_any_other(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a mistake of usage: it is named among the refusals; root reads everything, so reading is made to fail."""
    closed = tmp_path / "关.txt"
    closed.write_text("x", "utf-8")
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != closed)
    monkeypatch.setattr(Path, "open", _forbidden)
    result = run("import", str(closed), "--channel", "qinghe", "--as", "editor", "--json")
    assert (result.exit_code, value(result)["refused"][0]["file"]) == (1, closed.name)


def _forbidden(*_: object) -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


_usage = [
    (("submit", "qinghe"), 2, "--as"),
    (("import", "--channel", "qinghe", "--as", "editor"), 2, "FILE"),
    (("withdraw", "x", "--as", "publisher"), 2, "--reason"),
    (("submit", "nowhere", "--as", "editor"), 1, "没有频道"),
    (("submit", "qinghe", "--as", "nobody"), 1, "nobody"),
    (("publish", "qinghe", "--as", "editor"), 1, "需要“发布”角色"),
    (("approve", "qinghe", "--as", "editor"), 1, "需要“内容审查”角色"),
    (("withdraw", "nothing", "--as", "publisher", "--reason", "x"), 1, "没有编号"),
    (("import", "/nowhere.txt", "--channel", "qinghe", "--as", "editor"), 1, "打不开"),
    (("import", "/nowhere.txt", "--channel", "qinghe", "--as", "reviewer"), 1, "需要“编辑”角色"),
    (("import", "/nowhere.txt", "--channel", "qinghe", "--as", "editor", "--kind", "poem"), 1, "poem"),
    (("import", "/nowhere.txt", "--channel", "qinghe", "--as", "editor", "--node", "v01"), 1, "v01"),
]


@pytest.mark.parametrize(("words", "code", "sentence"), _usage)
def test_what_is_wrong_is_said_on_stderr(run: Run, words: tuple[str, ...], code: int, sentence: str) -> None:
    """One sentence, no stack trace, nothing on stdout."""
    result = run(*words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_one_bad_file_stops_no_other(run: Run, tmp_path: Path) -> None:
    """Each file is all or nothing; the refused ones are named."""
    good, bad = tmp_path / "好.md", tmp_path / "坏.json"
    good.write_text("# 办法\n\n第一条　好。\n", "utf-8")
    bad.write_text("{", "utf-8")
    result = run("import", str(good), str(bad), "--channel", "qinghe", "--as", "editor", "--json")
    made = value(result)
    assert result.exit_code == 0
    assert [one["title"] for one in made["created"]] == ["办法"]
    assert [one["file"] for one in made["refused"]] == ["坏.json"]


def test_the_act_is_written_down_as_done_from_the_shell(run: Run, db: Database) -> None:
    """`--as` names who acts; the log says by which way."""
    item = authoring.create(db, texts.people().editor, "qinghe", texts.plain())
    run("submit", "qinghe", "--as", "editor")
    with db.read() as connection:
        row = connection.exec_driver_sql("SELECT * FROM audit WHERE action = 'submit'").one()
    assert (row.actor, row.via, row.subject) == ("editor", "shell", item)
