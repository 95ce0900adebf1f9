"""Editions signed by author and reviewer on their own machines: the server prepares, waits, and can forge nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from content_sync import durable
from content_sync.clock import SystemClock
from content_sync.domain.errors import Broken
from content_sync.publish import Publisher
from content_sync.pull.step import Puller
from display_server.authoring import service as authoring
from display_server.database import audit
from display_server.database.engine import Database
from display_server.desk.check_tree import tree_faults
from tests.display_server import texts
from tests.display_server.cli.shell import Run, anywhere, done, publish, shown, sign


@pytest.fixture
def clock() -> SystemClock:
    """Commands have no other clock."""
    return SystemClock()


def every_byte(db: Database) -> dict[Path, bytes]:
    """The whole tree."""
    return {path: path.read_bytes() for path in db.config.repo.rglob("*") if path.is_file()}


def test_an_edition_waits_for_both_signatures(
    server: Run, db: Database, device: Puller, keys: dict[str, Path], tmp_path: Path
) -> None:
    """Prepared, told in words, one signature (refused), two, applied: then devices show it and the log says so."""
    item = publish(server, db, title="春季造林补助")
    assert "edition 2 waits for signatures" in done(server("channels"))
    assert json.loads(done(server("channels", "--json")))[1]["waiting"] == 2
    assert shown(device) == 1
    assert "春季造林补助".encode() not in b"".join(every_byte(db).values())
    request = tmp_path / "edition.json"
    said = done(server("keys", "pending", "qinghe", request))
    assert "第 2 期，2 件（与第 1 期相比）" in said
    assert f"新增  {item}  春季造林补助" in said
    assert "第一件" not in said
    assert "周三停水一天" in done(anywhere("keys", "show", request, item))
    assert "还差签名" in done(sign(request, keys["author"]))
    early = server("keys", "apply", request)
    assert (early.exit_code, "lacks signatures" in early.stderr) == (1, True)
    assert "签名够了" in done(sign(request, keys["second"]))
    done(server("keys", "apply", request))
    assert shown(device) == 2
    assert device.store.search("造林", db.config.clock.now())
    assert texts.state(db, item).state == "published"
    assert list(tree_faults(db.config.repo, ["qinghe"], db.config.clock.now())) == []
    with db.read() as connection:
        assert audit.first_fault(connection) == ""


def test_copies_signed_apart_are_put_together(
    server: Run, db: Database, device: Puller, keys: dict[str, Path], tmp_path: Path
) -> None:
    """Asked twice, the server gives the same edition to sign; each signer sends back a copy."""
    publish(server, db, title="春季造林补助")
    copies = [tmp_path / "one.json", tmp_path / "two.json"]
    for copy, key in zip(copies, keys.values(), strict=True):
        done(server("keys", "pending", "qinghe", copy))
        done(sign(copy, key))
    done(server("keys", "apply", *copies))
    assert shown(device) == 2


def test_the_server_alone_can_publish_nothing(server: Run, db: Database, device: Puller, keys: dict[str, Path]) -> None:
    """Neither its publisher nor a root key that it does not have: the tree stays as it was signed."""
    before = every_byte(db)
    signer = Publisher(db.config.repo, db.config.keys, db.config.clock)
    with pytest.raises(Broken, match=r"targets\.key is not on this machine"):
        signer.publish("qinghe", 2, {}, [])
    refused = server("keys", "rotate", "qinghe", "--role", "targets")
    assert (refused.exit_code, "keys request qinghe" in refused.stderr) == (1, True)
    assert {
        path: data for path, data in every_byte(db).items() if path.parent.name != "packs"
    }.items() <= before.items()
    assert shown(device) == 1


def test_a_withdrawal_waits_for_nobody(
    server: Run, db: Database, device: Puller, keys: dict[str, Path], tmp_path: Path
) -> None:
    """The item leaves every screen at once under the withdrawal's own key; its text leaves the tree when signed."""
    publish(server, db, title="还在等签名")
    item = device.store.rows(db.config.clock.now())[0].id
    told = done(server("withdraw", item, "--as", "publisher", "--reason", "写错了"))
    assert "已从各屏幕撤下" in told
    with db.read() as connection:  # devices hold this very edition: only 0 makes a listening one look
        hint = connection.exec_driver_sql("SELECT detail FROM changes ORDER BY seq DESC LIMIT 1").scalar_one()
    assert '"edition":0' in hint
    assert shown(device) == 1
    assert device.store.item(item, db.config.clock.now()) is None
    request = tmp_path / "edition.json"
    said = done(server("keys", "pending", "qinghe", request))
    assert f"移除  {item}" in said
    assert "还在等签名" in said
    for key in keys.values():
        done(sign(request, key))
    packs = set((db.config.repo / "qinghe" / "packs").iterdir())
    done(server("keys", "apply", request))
    assert not packs & set((db.config.repo / "qinghe" / "packs").iterdir())
    assert shown(device) == 2


def _withdraw(server: Run, db: Database, device: Puller) -> None:
    item = device.store.rows(db.config.clock.now())[0].id
    done(server("withdraw", item, "--as", "publisher", "--reason", "写错了"))


def _publish_more(server: Run, db: Database, _device: Puller) -> None:
    publish(server, db, title="又一件")


def _edit(_server: Run, db: Database, _device: Puller) -> None:
    with db.read() as connection:
        item = connection.exec_driver_sql("SELECT id FROM items WHERE title = '春季造林补助'").scalar_one()
    authoring.edit(db, texts.people().editor, item, texts.plain(title="春季造林补助", source="改了来源"))


@pytest.mark.parametrize("change", [_withdraw, _publish_more, _edit])
def test_what_changed_meanwhile_is_signed_anew(
    server: Run,
    db: Database,
    device: Puller,
    keys: dict[str, Path],
    tmp_path: Path,
    change: Callable[[Run, Database, Puller], None],
) -> None:
    """Signatures under an edition that is not the planned one any more are refused, and a new request is signed."""
    publish(server, db, title="春季造林补助")
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    done(server("keys", "pending", "qinghe", old))
    for key in keys.values():
        done(sign(old, key))
    change(server, db, device)
    before = every_byte(db)
    refused = server("keys", "apply", old)
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert every_byte(db) == before
    done(server("keys", "pending", "qinghe", new))
    for key in keys.values():
        done(sign(new, key))
    done(server("keys", "apply", new))
    assert shown(device) == (1 if change is _edit else 2)
    assert json.loads(done(server("channels", "--json")))[1]["waiting"] == 0


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_release_that_was_cut_is_applied_again(
    server: Run,
    db: Database,
    device: Puller,
    keys: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    cut: int,
) -> None:
    """Wherever the power goes, devices show the edition before or the new one, and applying again ends it."""
    publish(server, db, title="春季造林补助")
    request = tmp_path / "edition.json"
    done(server("keys", "pending", "qinghe", request))
    for key in keys.values():
        done(sign(request, key))
    written, real = iter(range(1, 100)), durable.write

    def dying(path: Path, data: bytes, mode: int = 0o644) -> None:
        if next(written) >= cut:
            raise OSError("power cut")
        real(path, data, mode)

    with monkeypatch.context() as patch:
        patch.setattr(durable, "write", dying)
        server("keys", "apply", request)
    assert shown(device) in {1, 2}
    server("keys", "apply", request)
    assert shown(device) == 2
    told = json.loads(done(server("channels", "--json")))[1]
    assert (told["edition"], told["items"], told["waiting"]) == (2, 2, 0)


def test_standing_signatures_are_renewed(server: Run, device: Puller, keys: dict[str, Path], tmp_path: Path) -> None:
    """With nothing waiting the same edition is signed for another year."""
    request = tmp_path / "again.json"
    assert "内容没有变化" in done(server("keys", "pending", "qinghe", request))
    for key in keys.values():
        done(sign(request, key))
    done(server("keys", "apply", request))
    assert shown(device) == 1
    refused = server("keys", "pending", "liushu", tmp_path / "none.json")
    assert (refused.exit_code, "服务器自己签名" in refused.stderr) == (1, True)


def test_signing_moves_back_to_the_server(
    server: Run, db: Database, device: Puller, keys: dict[str, Path], sticks: dict[str, Path], tmp_path: Path
) -> None:
    """Two root keys name a key of the server's again; what waited is out with the next act."""
    publish(server, db, title="春季造林补助")
    request = tmp_path / "back.json"
    done(server("keys", "request", "qinghe", request, "--replace", "targets"))
    for role in ("root-2", "root-3"):
        done(sign(request, sticks[role]))
    done(server("keys", "apply", request))
    assert shown(device) == 1
    told = json.loads(done(server("publish", "qinghe", "--as", "publisher", "--json")))
    assert (told["edition"], told["waiting"]) == (2, 0)
    assert shown(device) == 2
