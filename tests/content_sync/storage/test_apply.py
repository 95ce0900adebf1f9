"""Applying editions: whole or not at all, never backwards, withdrawn for ever (promises 1–4)."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from content_sync.domain.edition import Edition, root_of
from content_sync.domain.errors import Broken, Unverified
from content_sync.storage.content import ContentStore
from content_sync.wire.items import item_bytes
from tests.content_sync.making import item
from tests.content_sync.world import bodies, start

as_of = start.isoformat()
first = bodies(a="冬季取暖补贴", b="春季造林")
second = bodies(a="冬季取暖补贴", c="夏季防汛")


def edition(number: int, items: dict[str, bytes], channel: str = "qinghe") -> Edition:
    """The signed description of these items."""
    return Edition(channel, number, as_of, len(items), root_of(items))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ContentStore]:
    """A device on edition 1 of qinghe, following liuhe too."""
    store = ContentStore(tmp_path / "content.db")
    store.follow(["qinghe", "liuhe"])
    store.apply(edition(1, first), as_of, first, ())
    yield store
    store.close()


def seen(store: ContentStore) -> tuple[object, ...]:
    """Everything a screen could draw, and what is held."""
    ids = ("a", "b", "c")
    return (store.held(), store.rows(start), [store.item(name, start) for name in ids], store.search("季", start))


def test_an_edition_is_held_whole(store: ContentStore) -> None:
    """After an edition its items are drawn, listed and found, and everything verifies."""
    assert {row.id for row in store.rows(start)} == {"a", "b"}
    assert [row.id for row in store.search("造林", start)] == ["b"]
    drawn = store.item("a", start)
    assert drawn is not None
    assert item_bytes(drawn[0]) == first["a"]
    assert store.verify().bad == ()


def test_the_next_edition_replaces_it(store: ContentStore) -> None:
    """What the next edition lacks is gone from lists, drawing and search; what it adds is there."""
    store.apply(edition(2, second), as_of, second, ())
    assert {row.id for row in store.rows(start)} == {"a", "c"}
    assert store.item("b", start) is None
    assert store.search("造林", start) == []
    assert store.verify().bad == ()


_lies = {
    "an older number": (edition(0, second), second),
    "the same number with another root": (edition(1, second), second),
    "a root of other bodies": (edition(2, second), first),
    "a body more than signed": (edition(2, {"a": first["a"]}), first),
    "an item of another channel": (edition(2, bodies("liuhe", a="x")), bodies("liuhe", a="x")),
    "an id that is another channel's": (edition(1, bodies("liuhe", a="x"), "liuhe"), bodies("liuhe", a="x")),
}


@pytest.mark.parametrize("story", _lies)
def test_a_lie_changes_nothing(store: ContentStore, story: str) -> None:
    """An edition that breaks a rule is refused and not one row of it stays."""
    before, (lying, items) = seen(store), _lies[story]
    with pytest.raises(Unverified):
        store.apply(lying, as_of, items, ())
    assert seen(store) == before
    assert store.verify().bad == ()


def test_a_failure_at_any_moment_changes_nothing(store: ContentStore, tmp_path: Path) -> None:
    """Wherever SQLite is interrupted, the screen shows exactly the old edition, or exactly the new one."""
    before, outcomes = seen(store), set()
    store.close()
    for moment in range(3, 800, 7):
        path = tmp_path / f"{moment}.db"
        path.write_bytes((tmp_path / "content.db").read_bytes())
        trial, passed = ContentStore(path), iter(range(1 << 30))
        conn = trial._connection._db.conn
        conn.set_progress_handler(lambda passed=passed, moment=moment: next(passed) == moment, 1)
        with suppress(Broken):
            trial.apply(edition(2, second), as_of, second, ("b",))
        conn.set_progress_handler(None, 0)
        number = trial.held()["qinghe"].number
        outcomes.add(number)
        assert number == 2 or seen(trial) == before
        assert number == 1 or {row.id for row in trial.rows(start)} == {"a", "c"}
        assert trial.verify().bad == ()
        trial.close()
    assert outcomes == {1, 2}


def test_a_full_disk_changes_nothing(store: ContentStore) -> None:
    """When the file cannot grow, the edition is refused with a sentence and the old one stays on screen."""
    before, large = seen(store), {f"n{n}": item_bytes(item(id=f"n{n}", title="满" * 200)) for n in range(300)}
    conn = store._connection._db.conn
    pages = conn.execute("PRAGMA page_count").fetchone()[0]
    conn.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(Broken, match="space"):
        store.apply(edition(2, large), as_of, large, ())
    conn.execute("PRAGMA max_page_count = 1000000")
    assert seen(store) == before
    assert store.verify().bad == ()


def test_a_withdrawn_item_never_comes_back(store: ContentStore) -> None:
    """Hidden at once, and hidden still when an edition that holds it is applied with a right root (promise 3)."""
    assert store.hide("qinghe", ["a", "never-seen"]) == 1
    assert store.item("a", start) is None
    assert store.search("取暖", start) == []
    again = {**first, "never-seen": bodies(**{"never-seen": "x"})["never-seen"]}
    store.apply(edition(2, again), as_of, again, ())
    assert {row.id for row in store.rows(start)} == {"b"}
    assert store.held()["qinghe"].number == 2
    assert (store.verify().items, store.verify().bad) == (1, ())


def test_a_channel_hides_only_its_own(store: ContentStore) -> None:
    """One channel's withdrawn list takes nothing off another channel."""
    assert store.hide("liuhe", ["a"]) == 0
    assert store.hide("qinghe", ["c"]) == 0
    assert store.item("a", start) is not None


def test_withdrawn_text_leaves_the_file(store: ContentStore, tmp_path: Path) -> None:
    """After a withdrawal neither the text nor its search terms are in the database or its log."""
    store.hide("qinghe", ["a"])
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("content.db*"))
    assert "取暖".encode() not in raw
    assert "造林".encode() in raw


def test_applying_again_repairs(store: ContentStore) -> None:
    """A damaged body, row or index is drawn nowhere, named by verify, and mended by the same edition."""
    conn = store._connection._db.conn
    conn.execute("UPDATE items SET body = replace(CAST(body AS TEXT), '600', '900') WHERE id = 'a'")
    conn.execute("UPDATE items SET row = replace(row, '春季', '秋季') WHERE id = 'b'")
    assert store.item("a", start) is None
    assert [row.id for row in store.rows(start)] == ["a"]
    assert store.verify().bad == ("a", "b")
    store.apply(edition(1, first), as_of, first, ())
    assert store.verify().bad == ()
    conn.execute("DELETE FROM search WHERE id = 'a'")
    assert store.verify().bad == ("search",)
    store.reindex()
    assert store.verify().bad == ()


def test_a_stored_hash_proves_nothing(store: ContentStore) -> None:
    """Body, row and seal changed together still do not make the signed root (promise 4)."""
    other = bodies(a="改过的标题")["a"]
    lying = ContentStore(store._connection.path.with_name("other.db"))
    lying.follow(["qinghe"])
    forged = {"a": other, "b": first["b"]}
    lying.apply(edition(1, forged), as_of, forged, ())
    row = lying._connection._db.conn.execute("SELECT row, seal, body FROM items WHERE id = 'a'").fetchone()
    store._connection._db.conn.execute("UPDATE items SET row = ?, seal = ?, body = ? WHERE id = 'a'", row)
    assert store.verify().bad == ("qinghe",)
