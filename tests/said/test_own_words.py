"""A county explains its own words on its kiosks, beside the program's and before them."""

import pytest

from content_sync.domain.disclosure import glossary
from content_sync.domain.disclosure.glossary import OwnTerm
from content_sync.domain.errors import Refused
from display_server.desk import structure
from kiosk.flow.actions import Open, SwitchLanguage
from kiosk.flow.pages.reading import Reader
from tests.display_server import texts, world
from tests.said.scene import Scene

_words = "村医通 = 在村里看病也能报销的卡。 | A card for the village doctor.\n公示期 = 贴在村口给大家挑毛病的那几天。\n"


def test_own_words_travel_signed_and_go_before_the_programs(scene: Scene) -> None:
    """Taken on the server, read by a kiosk at its next sync, shown by one key; without the list, as before."""
    body = {"blocks": [{"style": "p", "text": "凭村医通看病，名单的公示期是七天。"}]}
    item = texts.published(scene.db, scene.people, title="村医通名单", body=body)
    kiosk = scene.kiosk("k1")
    structure.explain_terms(scene.db, world.shell, glossary.terms_of(_words))
    kiosk.pull()
    kiosk.begin()
    kiosk.act(Open(Reader(item)))
    kiosk.touch("带点的词是什么意思")
    text = kiosk.glass.text.replace("\n", "")
    assert "在村里看病也能报销的卡。" in text
    assert "贴在村口给大家挑毛病的那几天。" in text
    assert "名单贴出来让大家看" not in text
    kiosk.act(SwitchLanguage("en"))
    assert "A card for the village doctor." in kiosk.glass.text.replace("\n", " ")
    structure.explain_terms(scene.db, world.shell, ())
    kiosk.pull()
    kiosk.begin()
    kiosk.act(Open(Reader(item)))
    kiosk.touch("带点的词是什么意思")
    text = kiosk.glass.text.replace("\n", "")
    assert "名单贴出来让大家看" in text
    assert "在村里看病" not in text


def test_only_whoever_keeps_the_structure_decides_the_words(scene: Scene) -> None:
    """An editor does not, and what was there stays."""
    structure.explain_terms(scene.db, world.shell, (OwnTerm("三资", "村里的钱。"),))
    with pytest.raises(Refused, match="系统管理"):
        structure.explain_terms(scene.db, scene.people.editor, ())
