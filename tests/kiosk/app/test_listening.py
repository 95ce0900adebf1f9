"""A visitor who is being read to, at the window without its glass: the voice and the screen follow each other."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from content_sync.domain import limits
from kiosk import config
from kiosk.app.aloud import Aloud
from kiosk.app.visit import Visit
from kiosk.flow import actions
from kiosk.flow.frame import Box
from kiosk.flow.pages.plain import Idle, Unheard
from kiosk.flow.pages.reading import Reader
from kiosk.flow.words import Words
from tests.kiosk.app.twins import Ids, Kiosk


class _Voice:
    """Says a sentence until the test lets it end; `said` keeps all of them."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.state, self.is_dead, self.was_slow = "ready", False, False
        self._changed = threading.Condition()
        self._ends = 0

    def read(self, text: str, language: str, stop: Callable[[], bool], *, is_slow: bool) -> bool:
        with self._changed:
            if self.is_dead:
                return False
            self.said.append(text)
            self.was_slow = is_slow
            self._changed.notify_all()
            while not self._ends:
                if stop():
                    return False
                self._changed.wait(0.005)
            self._ends -= 1
            return True

    def end(self, count: int = 1) -> None:
        """Let the sentence that is being said, and those after it, end."""
        with self._changed:
            self._ends += count

    def has_said(self, count: int) -> bool:
        """Wait until so many sentences were begun."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.said) >= count, 10)


class _Listener:
    """A kiosk with a voice."""

    def __init__(self, kiosk: Kiosk, voice: _Voice | None) -> None:
        self.kiosk, self.voice, self.told = kiosk, voice, list[str]()
        self.aloud = Aloud(voice, self.told.append)
        kiosk.visit = Visit(
            kiosk.gatherer, kiosk.glass, lambda language: Words(config.wording(language)), Ids(), aloud=self.aloud
        )

    def open(self, page: object) -> None:
        self.kiosk.act(actions.Wake())
        if page is not None:
            self.kiosk.act(actions.Open(page))  # type: ignore[arg-type]  # a page of the reading kind

    def until(self, happened: Callable[[], bool]) -> bool:
        """Let the window tick until it happens."""
        for _ in range(2_000):
            if happened():
                return True
            self.kiosk.later(0.02)
            threading.Event().wait(0.001)
        return False

    @property
    def state(self) -> int:
        return self.kiosk.visit.state.aloud

    @property
    def washes(self) -> int:
        marks = self.kiosk.glass.frames[-1].marks
        return sum(isinstance(mark, Box) and mark.fill == "read" for mark in marks)


@pytest.fixture
def listener(kiosk: Kiosk) -> Iterator[_Listener]:
    """Somebody at a kiosk that can speak."""
    made = _Listener(kiosk, _Voice())
    yield made
    made.aloud.close()


def test_the_mark_moves_on_with_the_voice_and_stops_at_the_end(listener: _Listener) -> None:
    """The first sentence is marked when it is said, the second only when the first has ended; then all are said."""
    voice = listener.voice
    assert voice
    listener.open(None)
    listener.kiosk.act(actions.ReadAloud())
    assert voice.has_said(1)
    assert listener.until(lambda: listener.washes == 1)
    assert (voice.said, listener.state) == (["您要办什么事？"], 0)
    voice.end()
    assert voice.has_said(2)
    assert listener.until(lambda: listener.state == 1)
    assert listener.washes == 1
    voice.end(100)
    assert listener.until(lambda: listener.state == -1)
    assert "屏幕上可以点这些。" in voice.said
    assert listener.washes == 0


def test_who_needs_large_type_is_read_to_slowly(listener: _Listener) -> None:
    """大字 is about eyes and ears: the voice takes its time."""
    voice = listener.voice
    assert voice
    listener.open(None)
    listener.kiosk.act(actions.SwitchElder())
    listener.kiosk.act(actions.ReadAloud())
    assert voice.has_said(1)
    assert voice.was_slow


@pytest.mark.parametrize("action", [actions.ReadAloud(), actions.GoHome(), actions.SwitchLow(), actions.Finish()])
def test_whatever_is_touched_silences_it_at_once(listener: _Listener, action: actions.Action) -> None:
    """The sentence is broken off; nothing more is said, no mark stays."""
    voice = listener.voice
    assert voice
    listener.open(None)
    listener.kiosk.act(actions.ReadAloud())
    assert voice.has_said(1)
    listener.kiosk.act(action)
    assert listener.state == -1
    assert listener.washes == 0
    voice.end(5)
    listener.kiosk.later(0.1)
    assert voice.said == ["您要办什么事？"]


def test_a_finger_anywhere_on_the_glass_silences_it(listener: _Listener) -> None:
    """Also where there is no key; on the key itself only the press counts, so that 朗读 does not begin anew."""
    voice = listener.voice
    assert voice
    listener.open(None)
    listener.kiosk.act(actions.ReadAloud())
    assert voice.has_said(1)
    listener.kiosk.visit.touched(listener.kiosk.moment, 1000, 60)
    assert listener.state == -1
    listener.kiosk.act(actions.ReadAloud())
    assert voice.has_said(2)
    key = next(target.rect for target in listener.kiosk.glass.frames[-1].targets if target.label == "朗读")
    listener.kiosk.visit.touched(listener.kiosk.moment, key.x + 9, key.y + 9)
    assert listener.state == 0
    listener.kiosk.act(actions.ReadAloud())
    assert listener.state == -1


def test_pages_turn_with_the_voice_and_it_stops_where_the_text_ends(listener: _Listener) -> None:
    """A document of several pages is read through, its title once, no sentence twice."""
    voice = listener.voice
    assert voice
    listener.open(Reader("qh-cunwu-banfa", "text"))
    listener.kiosk.act(actions.ReadAloud())
    voice.end(10_000)
    assert listener.until(lambda: listener.state == -1)
    page = listener.kiosk.visit.state.page
    assert isinstance(page, Reader)
    assert page.number > 0
    assert len([one for one in voice.said if one.startswith("第一条")]) == 1
    assert len([one for one in voice.said if one.startswith("第二条")]) == 1
    assert voice.said.count(voice.said[0]) == 1


def test_nobody_who_listens_runs_out_of_time_and_an_empty_hall_does(listener: _Listener) -> None:
    """No countdown over the text while the voice speaks; after half an hour without a touch the usual rule holds."""
    voice = listener.voice
    assert voice
    listener.open(None)
    listener.kiosk.act(actions.ReadAloud())
    assert voice.has_said(1)
    for _ in range(10):
        listener.kiosk.later(limits.idle_seconds - 1)
        assert "您还在看吗" not in listener.kiosk.glass.text
    listener.kiosk.later(60 * limits.aloud_minutes_max)
    listener.kiosk.later(limits.idle_seconds)
    listener.kiosk.later(limits.idle_seconds)
    assert listener.kiosk.visit.state.pages == (Idle(),)
    assert listener.state == -1
    assert list(listener.aloud.told()) == []


def test_a_voice_that_dies_is_said_and_the_screen_goes_on(listener: _Listener) -> None:
    """The page says so and who reads it instead; 返回 leads back to what was being read; the next try works again."""
    voice = listener.voice
    assert voice
    listener.open(Reader("qh-cunwu-banfa"))
    listener.kiosk.act(actions.ReadAloud())
    assert voice.has_said(1)
    voice.is_dead, voice.state = True, "failing"
    voice.end()
    assert listener.until(lambda: listener.kiosk.visit.state.page == Unheard())
    assert "这里听不到声音" in listener.kiosk.glass.text
    assert listener.told[-1] == "failing"
    listener.kiosk.act(actions.Back())
    assert listener.kiosk.visit.state.page == Reader("qh-cunwu-banfa")
    voice.is_dead, voice.state = False, "ready"
    listener.kiosk.act(actions.ReadAloud())
    assert voice.has_said(2)
    assert listener.until(lambda: listener.state == 0)


def test_without_a_speaker_the_key_says_so(kiosk: Kiosk) -> None:
    """朗读 does not do nothing; the health report knows."""
    mute = _Listener(kiosk, None)
    mute.open(None)
    kiosk.act(actions.ReadAloud())
    assert kiosk.visit.state.page == Unheard()
    assert kiosk.visit.state.aloud == -1
    assert "请人念给我听" in kiosk.glass.text
    assert mute.told == ["silent"]


def test_what_is_withdrawn_is_not_read_on(listener: _Listener, tmp_path: Path) -> None:
    """Promise 3 for the ear: in the middle of a sentence the item goes, and with it the voice."""
    voice = listener.voice
    assert voice
    listener.open(Reader("qh-cunwu-banfa"))
    listener.kiosk.act(actions.ReadAloud())
    assert voice.has_said(1)
    view = listener.kiosk.gatherer.view
    listener.kiosk.gatherer.view = lambda *about: replace(view(*about), item=None)  # type: ignore[method-assign]
    assert listener.until(lambda: listener.state == -1)
    voice.end(5)
    listener.kiosk.later(0.1)
    assert len(voice.said) == 1
