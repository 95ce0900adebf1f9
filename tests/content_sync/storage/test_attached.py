"""The table of attached files: always what the bodies say, also in a store of an older program."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.domain.disclosure.attachments import Blob
from content_sync.domain.edition import Edition, root_of
from content_sync.domain.errors import Unverified
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from content_sync.wire.attachments import named_blobs
from tests.content_sync.attaching import attachment, body, file
from tests.content_sync.world import start

_photo, _other = file("photo"), file("other")
_items = {"a": body("a", _photo, _other), "b": body("b", _photo), "c": body("c")}


def _apply(store: ContentStore, number: int, items: dict[str, bytes], root: str = "") -> None:
    edition = Edition("qinghe", number, start.isoformat(), len(items), root or root_of(items))
    store.apply(edition, start.isoformat(), items, ())


def _blobs(store: ContentStore) -> set[Blob]:
    return {use.blob for use in store.uses()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with three items, two of which name files."""
    with closing(ContentStore(tmp_path / "content.db")) as store:
        store.follow(["qinghe"])
        _apply(store, 1, _items)
    return tmp_path / "content.db"


def test_it_follows_the_bodies(path: Path) -> None:
    """What an edition's bodies name, its store names; an edition that is refused changes nothing of it."""
    with closing(ContentStore(path)) as store:
        assert _blobs(store) == set(named_blobs(_items.values()))
        with suppress(Unverified):
            _apply(store, 2, {"c": _items["c"]}, root="0" * 64)
        assert _blobs(store) == set(named_blobs(_items.values()))
        _apply(store, 2, {"b": _items["b"], "c": body("c", _other)})
        assert _blobs(store) == {attachment(_photo).blob, attachment(_other).blob}
        store.hide("qinghe", ["b"])
        assert _blobs(store) == {attachment(_other).blob}
        assert store.names_blob(attachment(_other).sha256)
        assert not store.names_blob(attachment(_photo).sha256)


_rotted: dict[str, str] = {
    "a row is lost": "DELETE FROM attached WHERE place = 1",
    "a hash is another one": f"UPDATE attached SET sha256 = '{'0' * 64}' WHERE place = 1",
    "a length is another one": "UPDATE attached SET length = 7 WHERE place = 1",
    "an item has one more": f"INSERT INTO attached VALUES (3, 0, '{'0' * 64}', 7)",
}


@pytest.mark.parametrize("story", _rotted)
def test_a_table_that_rotted_is_named_and_made_anew(path: Path, story: str) -> None:
    """It is derived: the bodies say what is right."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(_rotted[story])
    with closing(ContentStore(path)) as store:
        assert store.verify().bad == ("search",)
        store.reindex()
        assert store.verify().bad == ()
        assert _blobs(store) == set(named_blobs(_items.values()))


def test_a_store_of_an_older_program_gets_the_table(path: Path) -> None:
    """The older program kept the bodies as they were signed, so what they name is known at once."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DROP TABLE attached")
        db.execute("DROP TABLE leaving")
        db.execute("DELETE FROM _sqlite_migrations WHERE migration_set = 'content' AND name = 'attached'")
    with closing(ContentStore(path, readonly=True)) as screen:
        assert screen.uses() == []
        assert screen.attached("a", attachment(_photo).sha256, start) is None
    with closing(ContentStore(path)) as store:
        assert _blobs(store) == set(named_blobs(_items.values()))
        assert store.verify().bad == ()


@pytest.mark.parametrize("at", [-1, 1])
def test_a_file_is_drawn_only_while_its_item_is(tmp_path: Path, at: int) -> None:
    """Before its beginning and after its end an item shows no file either (promise 5)."""
    times = {"shown_from": start.isoformat(), "shown_until": (start + timedelta(hours=1)).isoformat()}
    with closing(ContentStore(tmp_path / "content.db")) as store:
        store.follow(["qinghe"])
        edition = {"a": body("a", _photo, **times)}
        _apply(store, 1, edition)
        store.blobs.path.mkdir()
        (store.blobs.path / attachment(_photo).sha256).write_bytes(_photo)
        assert store.attached("a", attachment(_photo).sha256, start) is not None
        moment = start + timedelta(hours=1) if at > 0 else start - timedelta(microseconds=1)
        clock_floor = store.attached("a", attachment(_photo).sha256, moment)
        assert clock_floor is None or at < 0  # the clock is never believed to be before a signed time
        assert store.attached("a", attachment(_other).sha256, start) is None
        assert store.attached("z", attachment(_photo).sha256, start) is None


def test_a_crash_before_the_files_went_is_made_good(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The item is hidden, the power fails, the file is still there: the next attempt removes it."""
    store = ContentStore(path)
    store.blobs.path.mkdir()
    place = store.blobs.path / attachment(_photo).sha256
    place.write_bytes(_photo)
    wipe: Callable[[str], None] = store.blobs.wipe

    def power_fails(_name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store.blobs, "wipe", power_fails)
    with pytest.raises(KeyboardInterrupt):
        store.hide("qinghe", ["a", "b"])
    assert store.item("a", start) is None
    assert place.exists()
    monkeypatch.setattr(store.blobs, "wipe", wipe)
    assert store.scrub()
    assert not place.exists()
    store.close()


def test_wishes_are_kept_for_a_while(tmp_path: Path) -> None:
    """The last time counts, old ones and those of a wrong clock do not, and a mad screen fills no disk."""
    desk = DeskStore(tmp_path / "desk.db")
    desk.wish(["a" * 64, "b" * 64], start)
    desk.wish(["a" * 64], start + timedelta(minutes=5))
    later = start + timedelta(minutes=6)
    assert desk.wishes(later) == {"a" * 64: timedelta(minutes=1), "b" * 64: timedelta(minutes=6)}
    assert set(desk.wishes(start + timedelta(hours=limits.blob_wish_hours, minutes=3))) == {"a" * 64}
    assert set(desk.wishes(start)) == {"b" * 64}
    desk.wish([f"{number:064x}" for number in range(limits.blob_wishes_max)], later)
    assert len(desk.wishes(later)) == limits.blob_wishes_max
    assert "b" * 64 not in desk.wishes(later)
    desk.close()
