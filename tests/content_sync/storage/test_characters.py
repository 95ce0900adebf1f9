"""Characters for letters: from what is shown and from nothing else, and each of them finds something."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_sync.domain.disclosure.items import Item, names
from content_sync.domain.edition import Edition, root_of
from content_sync.storage.content import ContentStore
from content_sync.wire.items import item_bytes
from display_server.authoring.importing.index_words import initials
from tests.content_sync.making import item
from tests.content_sync.world import start

_as_of = start.isoformat()


def _spelled(**changes: object) -> Item:
    """An item with the initials that the server gives its own names."""
    one = item(**changes)
    return replace(one, initials=tuple(initials(name) for name in names(one)))


def _characters(
    store: ContentStore, letter: str, now: datetime, *, query: str = "", before: str = ""
) -> tuple[str, ...]:
    """All that the letter stands for, or what follows when something stands before it."""
    found, following = store.characters(letter, now, query=query, befores=(before,) if before else ())
    return found[:following] if before else found


def _apply(store: ContentStore, number: int, *items: Item) -> None:
    bodies = {one.id: item_bytes(one) for one in items}
    store.apply(Edition("qinghe", number, _as_of, len(bodies), root_of(bodies)), _as_of, bodies, ())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ContentStore]:
    """A device that shows three items."""
    store = ContentStore(tmp_path / "content.db")
    store.follow(["qinghe"])
    _apply(
        store,
        1,
        _spelled(id="a", title="补领居民身份证"),
        _spelled(id="b", title="身份证住址变更", plain_title="身体证明"),
        _spelled(id="c", title="社会保险费、身故抚恤", shown_until="2027-03-03T09:00:00+08:00"),
    )
    yield store
    store.close()


def test_a_letter_stands_for_the_characters_of_names_most_used_first(store: ContentStore) -> None:
    """Every place in a name counts, aliases too, and the beginning of a word twice."""
    assert _characters(store, "s", start)[0] == "身"
    assert set(_characters(store, "s", start)) == {"身", "社"}
    assert _characters(store, "f", start)[0] == "份"
    assert set(_characters(store, "f", start)) == {"份", "费", "抚"}
    assert _characters(store, "q", start) == _characters(store, "", start) == _characters(store, " ", start) == ()


def test_what_stands_before_narrows(store: ContentStore) -> None:
    """Directly after characters, letters or both; never across a mark or from one name into the next."""
    assert _characters(store, "f", start, before="身") == ("份",)
    assert _characters(store, "t", start, before="身") == ("体",)
    assert _characters(store, "z", start, before="身份") == _characters(store, "z", start, before="sf") == ("证",)
    assert _characters(store, "z", start, before="身f") == ("证",)
    assert _characters(store, "s", start, before="费") == ()
    assert _characters(store, "s", start, before="更") == ()
    assert set(_characters(store, "f", start, query="身故")) == {"费", "抚"}
    assert _characters(store, "f", start, query="——") == ()


def test_ink_is_read_among_characters_that_stand_there_now(store: ContentStore) -> None:
    """What a hand wrote may be what some name says; a withdrawn name says nothing any more."""
    _apply(store, 2, _spelled(id="a", title="补领居民身份证"))
    occurs, follows = store.standing(start, befores=("身",))
    assert set("补领居民身份证") <= occurs
    assert follows == {"份"}
    _apply(store, 3, _spelled(id="a", title="收费目录"))
    occurs, _ = store.standing(start)
    assert set("收费目录") <= occurs
    assert not occurs & set("身份证")


def test_only_what_is_due_gives_characters(store: ContentStore) -> None:
    """An item whose end has come takes its characters along, also when the clock goes back."""
    assert "抚" not in _characters(store, "f", start + timedelta(days=2))
    store.note_as_of("qinghe", "2027-03-04T00:00:00+08:00")
    assert "抚" not in _characters(store, "f", start)


def test_withdrawn_characters_leave_screens_and_file(store: ContentStore, tmp_path: Path) -> None:
    """Hidden, removed or followed no more: neither key nor text stays, in the file or its log."""
    store.hide("qinghe", ["c"])
    assert set(_characters(store, "f", start)) == {"份"}
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("content.db*"))
    assert "抚恤".encode() not in raw
    _apply(store, 2, _spelled(id="a", title="补领居民身份证"))
    assert _characters(store, "t", start) == ()
    store.follow(["liuhe"])
    assert _characters(store, "s", start) == ()
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("content.db*"))
    assert "身份证".encode() not in raw


def test_a_store_of_an_earlier_program_is_mended(store: ContentStore) -> None:
    """Items without characters are named by verify and get them from their bodies."""
    before = _characters(store, "s", start)
    store._connection._db.conn.execute("DELETE FROM spellings WHERE n > 1")
    assert store.verify().bad == ("search",)
    store.reindex()
    assert store.verify().bad == ()
    assert _characters(store, "s", start) == before


def test_letters_and_characters_find_together(store: ContentStore) -> None:
    """身份 Z, 身 F Z: characters and letters in one query."""
    for query in ("身份z", "身fz", "sf证", "身份Z"):
        assert {row.id for row in store.search(query, start)} >= {"a", "b"}, query
    assert [row.id for row in store.search("补lj", start)] == ["a"]
    assert store.search("身份q", start) == []


_han = st.text(st.sampled_from("低保最生活障冬季取暖补贴春造林公示村务开栏，"), min_size=2, max_size=8)


@settings(deadline=None, max_examples=25)
@given(titles=st.lists(_han, min_size=1, max_size=5), picks=st.lists(st.integers(0, 50), min_size=1, max_size=5))
def test_every_offered_character_finds_something(tmp_path_factory, titles, picks) -> None:  # hypothesis fills them in
    """Typing letters and touching any offered character, directly after or as a word of its own, never ends nowhere."""
    store = ContentStore(tmp_path_factory.mktemp("characters") / "content.db")
    store.follow(["qinghe"])
    _apply(store, 1, *(_spelled(id=f"n-{n}", title=f"题{title}") for n, title in enumerate(titles)))
    typed = ""
    for pick in picks:
        letters = [one for one in "bcdgjlqstwyz" if _characters(store, one, start, query=typed)]
        letter = letters[pick % len(letters)]
        offered = _characters(store, letter, start, query=typed)
        last = typed.rsplit(" ", maxsplit=1)[-1]
        joined = _characters(store, letter, start, query=typed, before=last) if last else ()
        assert set(joined) <= set(offered)
        for char in joined:
            assert store.search(typed + char, start), (typed, char)
        for char in offered:
            assert store.search(f"{typed} {char}", start), (typed, char)
        char = offered[pick % len(offered)]
        typed = typed + char if char in joined else f"{typed} {char}"
    store.close()
