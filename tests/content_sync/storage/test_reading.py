"""What a screen reads: due items only, never a damaged one, and never waiting for the agent (promises 4 and 5)."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from content_sync.domain.disclosure.items import Notice
from content_sync.domain.disclosure.polls import Ask
from content_sync.domain.edition import Edition, root_of
from content_sync.storage.content import ContentStore
from content_sync.storage.rows import seal_of
from content_sync.wire import canonical
from content_sync.wire.items import item_bytes
from tests.content_sync.making import complete_guide, item
from tests.content_sync.world import start

_as_of = start.isoformat()


def _store(path: Path, *items: object) -> ContentStore:
    bodies = {one.id: item_bytes(one) for one in items}  # type: ignore[attr-defined]  # items of tests.making
    store = ContentStore(path)
    store.follow(["qinghe"])
    store.apply(Edition("qinghe", 1, _as_of, len(bodies), root_of(bodies)), _as_of, bodies, ())
    return store


def test_a_missing_store_reads_as_nothing(tmp_path: Path) -> None:
    """A screen that starts before the agent sees an empty store, creates no file, and sees the first edition come."""
    path = tmp_path / "content.db"
    screen = ContentStore(path, readonly=True)
    before = screen.data_version()
    assert (screen.held(), screen.rows(start), screen.search("补贴", start), screen.county()) == ({}, [], [], None)
    assert not path.exists()
    store = _store(path, item())
    assert [row.id for row in screen.rows(start)] == ["n-1"]
    assert screen.data_version() != before
    path.with_name("content.db-wal").unlink(missing_ok=True)
    store.close()


def test_a_reader_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    """In the middle of the agent's transaction a screen reads the old edition at once."""
    store = _store(tmp_path / "content.db", item())
    screen = ContentStore(tmp_path / "content.db", readonly=True)
    with store._connection.write() as db:
        db.execute("DELETE FROM items")
        assert [row.id for row in screen.rows(start)] == ["n-1"]
    assert screen.rows(start) == []


def test_a_replaced_file_is_opened_again(tmp_path: Path) -> None:
    """When the agent builds a damaged store anew, the screen reads the new file."""
    path = tmp_path / "content.db"
    _store(path, item()).close()
    screen = ContentStore(path, readonly=True)
    version = screen.data_version()
    path.unlink()
    _store(path, item(id="n-2"))
    assert screen.data_version() != version
    assert [row.id for row in screen.rows(start)] == ["n-2"]


def test_an_item_is_shown_between_its_instants(tmp_path: Path) -> None:
    """From its beginning (included) to its end (excluded), in lists, drawing and search, whatever the time zones."""
    later, end = "2027-03-02T01:00:00+00:00", "2027-03-03T09:00:00+08:00"
    store = _store(tmp_path / "content.db", item(shown_from=later, shown_until=end))
    for hours, due in ((23, False), (24, True), (47, True), (48, False)):
        now = start + timedelta(hours=hours)
        assert bool(store.rows(now)) == bool(store.item("n-1", now)) == bool(store.search("取暖", now)) == due


def test_a_clock_that_goes_back_brings_nothing_back(tmp_path: Path) -> None:
    """The newest signed time is the floor: what had ended then stays ended (promise 5)."""
    store = _store(tmp_path / "content.db", item(shown_until="2027-03-03T09:00:00+08:00"))
    assert store.rows(start)
    store.note_as_of("qinghe", "2027-03-04T00:00:00+08:00")
    assert store.rows(start) == []
    assert store.item("n-1", start) is None
    store.note_as_of("qinghe", "2027-03-01T00:00:00+08:00")
    assert store.floor().isoformat() == "2027-03-04T00:00:00+08:00"


def test_one_channel_cannot_move_the_clock_far(tmp_path: Path) -> None:
    """A channel signed in 2099 moves the floor not at all; the county's directory does."""
    store = _store(tmp_path / "content.db", item())
    store.note_as_of("qinghe", "2099-01-01T00:00:00+08:00")
    assert store.floor() == start
    store.note_as_of("_directory", "2028-01-01T00:00:00+08:00")
    assert store.floor().year == 2028


def test_rows_can_be_chosen_and_are_newest_first(tmp_path: Path) -> None:
    """Kind, section, topic and node choose exactly; the newest date comes first; a guide's row names its queue."""
    from dataclasses import replace

    guide = item(id="g", kind="guide", body=replace(complete_guide, service="id-card"), dated="2027-01-01")
    store = _store(tmp_path / "content.db", item(topics=("low", "aid"), section="money"), guide)
    assert [row.id for row in store.rows(start)] == ["g", "n-1"]
    assert [row.service for row in store.rows(start, kind="guide")] == ["id-card"]
    assert [row.id for row in store.rows(start, topic="aid")] == ["n-1"]
    assert store.rows(start, topic="ai") == []
    assert [row.id for row in store.rows(start, section="money", node="c09")] == ["n-1"]


_han = st.text(st.sampled_from("低保最生活障冬季取暖补贴春造林公示村务开栏"), min_size=2, max_size=12)


@settings(deadline=None)
@given(
    titles=st.lists(_han, min_size=1, max_size=8),
    which=st.integers(0, 7),
    cut=st.tuples(st.integers(0, 11), st.integers(1, 6)),
)
def test_any_substring_finds_its_item(tmp_path_factory, titles, which, cut) -> None:  # hypothesis fills them in
    """Whatever part of a title is typed, the item is among the found (recall 1.000)."""
    title = titles[which % len(titles)]
    part = title[cut[0] % len(title) :][: cut[1]]
    store = _store(
        tmp_path_factory.mktemp("search") / "content.db", *(item(id=f"n-{n}", title=t) for n, t in enumerate(titles))
    )
    found = {row.id for row in store.search(part, start)}
    assert found == {f"n-{n}" for n, t in enumerate(titles) if part in t}
    store.close()


def test_better_matches_come_first(tmp_path: Path) -> None:
    """A title beats a text, initials and aliases find too, all terms must match, folding reaches both sides."""
    from content_sync.domain.disclosure.blocks import Block
    from content_sync.domain.disclosure.items import Notice

    store = _store(
        tmp_path / "content.db",
        item(id="text", title="办事", body=Notice((Block("p", "申请居民身份证的说明。"),))),
        item(id="title", title="居民身份证申领", initials=("jmsfzsl",), aliases=("办身份证",)),
    )
    assert [row.id for row in store.search("身份证", start)] == ["title", "text"]
    assert [row.id for row in store.search("身份證", start)] == ["title", "text"]
    assert [row.id for row in store.search("sfz", start)] == ["title"]
    assert [row.id for row in store.search("身份证 说明", start)] == ["text"]
    assert store.search("身份证 造林", start) == []
    assert store.search('" OR *', start) == []


def test_a_disk_that_takes_no_writing_is_no_damage(tmp_path: Path) -> None:
    """A whole store on a read-only disk verifies as whole, and a damaged search table is still named."""
    path = tmp_path / "content.db"
    store = _store(path, item())
    for harm, bad in (("SELECT 1", ()), ("DELETE FROM search_data WHERE id > 10", ("search",))):
        with store._connection.write() as db:
            db.execute(harm)
        frozen = ContentStore(path)
        frozen._connection._db = Database(sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None))
        assert frozen.verify().bad == bad
        frozen.close()


def test_a_device_keeps_nothing_that_an_edition_lacks(tmp_path: Path) -> None:
    """A notice that an edition drops before its end is gone: screens show the signed edition and nothing beside it."""
    notice = item(id="n-2", shown_until="2027-12-31T00:00:00+08:00")
    store = _store(tmp_path / "content.db", item(), notice)
    rest = {"n-1": item_bytes(item())}
    store.apply(Edition("qinghe", 2, _as_of, 1, root_of(rest)), _as_of, rest, ())
    assert [row.id for row in store.rows(start)] == ["n-1"]
    assert store.item("n-2", start) is None


def test_a_questionnaire_that_an_older_program_kept_is_one_at_once(tmp_path: Path) -> None:
    """Its row said nothing of questions: it says so after the update, before anything is fetched or checked again."""
    path, plain = tmp_path / "content.db", item()
    assert isinstance(plain.body, Notice)
    ask = Ask("您满意吗？", ("满意", "不满意"))
    poll, rotten = (replace(plain, id=name, body=replace(plain.body, questions=(ask,))) for name in ("p-1", "r-1"))
    _store(path, plain, poll, rotten).close()
    with closing(sqlite3.connect(path)) as db, db:
        for n, text in db.execute("SELECT n, row FROM items").fetchall():
            older = canonical.dump(json.loads(text)[:-1]).decode()
            db.execute("UPDATE items SET row = ?, seal = ? WHERE n = ?", [older, seal_of(older), n])
        db.execute("UPDATE items SET seal = 'x' WHERE id = 'r-1'")
        db.execute("DELETE FROM _sqlite_migrations WHERE migration_set = 'content' AND name = 'rows_that_ask'")
    with closing(ContentStore(path, readonly=True)) as screen:
        assert [row.id for row in screen.rows(start) if row.asks] == []
        before = screen.epoch(start)
        with closing(ContentStore(path)) as store:
            assert [row.id for row in store.rows(start) if row.asks] == ["p-1"]
            assert store.verify().bad == ("r-1", "search")
        assert [(row.id, row.asks) for row in screen.rows(start)] == [("n-1", False), ("p-1", True)]
        assert screen.epoch(start) != before
