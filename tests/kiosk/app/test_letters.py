"""No tofu: whether every character can be drawn is told to the staff, never to a visitor."""

from dataclasses import replace
from pathlib import Path

import pytest

from content_sync.storage.desk import DeskStore
from kiosk.app import letters, tongues
from kiosk.typeset import scripts
from tests.kiosk import county, device

_hall = county.county().sites[0]
_mongolian = replace(_hall, languages=("mn",))


def test_what_the_screens_say_and_the_demonstration_publishes_has_a_glyph() -> None:
    """Every sentence in every language and every demonstration title, rare characters of names too."""
    titles = [title for row in county.rows() for title in (row.title, row.plain_title, row.summary)]
    assert letters.state([*titles, "\u4dae \U00020bb7"], _hall) == ("ok", "")


def test_a_character_that_no_font_has_is_named_to_the_staff() -> None:
    """A title with a Mongolian word in it would be boxes: the report says so."""
    assert letters.state(["\u901a\u77e5 \u1820\u1820"], _hall) == ("missing", "\u1820")


@pytest.mark.skipif(not scripts.is_ready("mn"), reason="fonts-noto-core is not installed")
def test_a_hall_with_mongolian_signs_has_all_their_letters() -> None:
    """The words beside the Chinese ones are covered by the two faces they are set in."""
    assert tongues.of_site(_mongolian)["languages"] == ("zh-Hans", "en", "mn")
    assert letters.state([], _mongolian) == ("ok", "")


def test_without_its_font_a_language_is_not_offered_and_the_report_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can choose what would be boxes; whoever installed the machine reads why."""
    monkeypatch.setattr(scripts, "is_ready", lambda _: False)
    tongues._of.cache_clear()
    try:
        assert tongues.of_site(_mongolian) == {"languages": ("zh-Hans", "en"), "second": "", "beside": {}}
        assert letters.state([], _mongolian) == ("no_font", "")
    finally:
        tongues._of.cache_clear()


def test_a_language_without_words_is_not_offered() -> None:
    """Tibetan can be set, but there is nothing to say in it yet."""
    assert tongues.lacking(replace(_hall, languages=("bo",))) == ("bo",)


def test_a_device_writes_it_down(tmp_path: Path) -> None:
    """What was found is told by the next heartbeat."""
    device.make(tmp_path)
    letters.look(tmp_path, "qinghe-hall")
    desk = DeskStore(tmp_path / "desk.db")
    assert desk.parts()["letters"] == "ok"
    desk.close()
