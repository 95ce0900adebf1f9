"""B1 and B2 by view data: every step's picture says what the visitor needs and nothing it must not, in every look."""

import pytest

from kiosk.flow.landscape import staged
from tests.kiosk.stories.journeys import left_behind, somebody_before, stories
from tests.kiosk.stories.paper import Paper

_panels = {"standing": (1080, 1920), "lying": (1280, 800)}


@pytest.mark.parametrize("panel", _panels)
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("story", stories)
def test_the_story_can_be_told(story: str, language: str, panel: str) -> None:
    """Every key that is tapped is there, all that must be seen is seen, nothing of who was here before; laws hold."""
    wide, high = _panels[panel]
    paper = Paper(language, staged(wide, high), lies=wide > high)
    paper.play(somebody_before)
    paper.play(stories[story], others=left_behind)
