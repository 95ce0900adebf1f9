"""Writing in search by hand, over real stores: three characters, one result, and nothing left of it."""

import gc
from itertools import count

import pytest

from content_sync.domain import limits
from content_sync.domain.cases.handwriting import text_of, with_stroke
from kiosk.app import writing
from kiosk.app.gather import Gatherer
from kiosk.devices import hand
from kiosk.flow import actions
from kiosk.flow.pages.finding import Search, blank
from kiosk.flow.pages.plain import Idle
from tests.kiosk.app.twins import Kiosk
from tests.kiosk.devices import written


def _touch(kiosk: Kiosk, label: str) -> None:
    kiosk.act(next(target for target in kiosk.glass.frames[-1].targets if target.label == label).action)


def _labels(kiosk: Kiosk) -> list[str]:
    return [target.label for target in kiosk.glass.frames[-1].targets]


@pytest.fixture
def writer(kiosk: Kiosk) -> Kiosk:
    """A kiosk that recognises handwriting."""
    kiosk.gatherer.seeking.hand = hand.find()
    assert kiosk.gatherer.seeking.hand is not None
    return kiosk


def test_characters_are_written_taken_and_find(writer: Kiosk) -> None:
    """手写, 低, one touch, 保, one touch: the sheet is empty again each time, and 低保 stands among the results."""
    writer.act(actions.Open(Search()))
    _touch(writer, "手写")
    for n, char in enumerate("低保", start=1):
        assert writer.visit.state.page == Search("低保"[: n - 1], ink=blank)
        for stroke in written.characters[char]:
            writer.act(actions.Wrote(stroke))
        assert _labels(writer).index(char) >= 0
        _touch(writer, char)
        assert writer.visit.state.page == Search("低保"[:n], ink=blank)
    assert "低保" in writer.glass.text
    assert any("低保" in row.title + row.plain_title for row in writer.gatherer.view(writer.visit.state, None).hits[:5])
    _touch(writer, "删除")
    assert writer.visit.state.page == Search("低", ink=blank)
    _touch(writer, "字母")
    assert writer.visit.state.page == Search("低")


def test_what_follows_here_is_offered_first(writer: Kiosk) -> None:
    """After 低 stands 保 in names here: a hasty 保 comes first."""
    writer.act(actions.Open(Search("低", ink=blank)))
    for stroke in written.joined(written.characters["保"]):
        writer.act(actions.Wrote(stroke))
    guesses = writer.gatherer.view(writer.visit.state, None).guesses
    assert guesses[0] == "保"
    _touch(writer, "擦掉重写")
    assert writer.visit.state.page == Search("低", ink=blank)
    assert writer.gatherer.view(writer.visit.state, None).guesses == ()


def test_nothing_that_was_written_is_left(writer: Kiosk) -> None:
    """OFF-08: after the countdown neither ink nor guesses are in memory or in the stores."""
    ink = tuple((x + 7, y + 3) for x, y in written.characters["户"][2])
    writer.act(actions.Open(Search("低保", ink=blank)))
    writer.act(actions.Wrote(ink))
    assert writer.visit.state.page.ink.strokes  # type: ignore[union-attr]  # it is a search page
    guesses = writer.gatherer.view(writer.visit.state, None).guesses[:9]
    assert f'"{guesses[0]}"'.encode() in (writer.folder / "desk.db-wal").read_bytes()
    writer.later(limits.idle_seconds + 1)
    assert isinstance(writer.visit.state.page, Idle)
    assert writer.gatherer.seeking.is_forgotten()
    gc.collect()
    searches = [one for one in gc.get_objects() if isinstance(one, Search) and one.ink is not None]
    assert not [one for one in searches if one.ink and ink in one.ink.strokes]  # other tests keep pages of their own
    for path in writer.folder.glob("desk.db*"):
        assert not [char for char in guesses if f'"{char}"'.encode() in path.read_bytes()], path


def test_a_full_sheet_and_a_full_field_take_no_more(writer: Kiosk) -> None:
    """A child that has scribbled for minutes and goes on fills the sheet, not the memory; the field has its bound."""
    scribbles = (tuple(((n * k) % 600, (n + 7 * k * k) % 600) for k in range(160)) for n in count())
    nearly = blank
    while len(text_of(nearly)) < limits.strokes_chars_max - 2_000:
        nearly = with_stroke(nearly, next(scribbles))
    writer.act(actions.Open(Search("字" * limits.query_chars_max, ink=nearly)))
    for _ in range(5):
        writer.act(actions.Wrote(next(scribbles)))
    before = text_of(writer.visit.state.page.ink)  # type: ignore[union-attr, arg-type]  # see above
    assert limits.strokes_chars_max - 1000 < len(before) <= limits.strokes_chars_max
    guesses = writer.gatherer.view(writer.visit.state, None).guesses
    assert guesses
    assert not {target.label for target in writer.glass.frames[-1].targets} & set(
        guesses
    )  # nothing that could be taken


def test_without_a_recogniser_there_is_no_key_and_the_report_says_so(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No shapes, no library: letters alone, and one sentence for the staff; with one, its name."""
    kiosk.act(actions.Open(Search()))
    assert "手写" not in _labels(kiosk)
    other = Gatherer(kiosk.folder, "qinghe-hall", kiosk.clock)
    writing.look(kiosk.folder, other)
    assert other.seeking.hand is not None
    assert kiosk.agent.parts()["hand"] in {"both", "shapes"}
    monkeypatch.setattr(hand, "find", lambda: None)
    writing.look(kiosk.folder, other)
    assert other.seeking.hand is None
    assert kiosk.agent.parts()["hand"] == "none"
    other.close()
