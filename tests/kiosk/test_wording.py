"""What the screens say, in every language: the same sentences, with the same places to fill in."""

import json
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from content_sync import assets
from content_sync.domain.disclosure.catalogue import sections, topics
from content_sync.domain.hall.claims import claims
from content_sync.domain.hall.ratings import levels_of
from kiosk import config

_chinese = config.wording()
_complete = ("en",)
_of_machines = re.compile("系统|错误|出错|报错|异常|故障|失败|服务器|数据库|接口|无效|断网|离线|断开|连不上")
_network = re.compile("网络|连接")
_of_english_machines = re.compile(
    r"\b(error|failed|failure|network|server|database|offline|connection|line is down)\b", re.IGNORECASE
)
_for_staff = ("staff.", "stick.")
_official = {"title", "law"}  # a name somebody else gave


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", _complete)
def test_a_language_has_every_sentence(language: str) -> None:
    """Nobody who chose a language meets a missing sentence, nor one too many that nobody keeps up."""
    assert set(config.wording(language)) == set(_chinese)


def test_words_beside_the_chinese_ones_belong_to_sentences() -> None:
    """A word for a sign that is not there any more is taken out with it."""
    assert set(config.wording("mn")) <= set(_chinese)


@pytest.mark.parametrize("language", sorted(path.stem for path in assets.path("i18n").glob("*.json")))
def test_a_sentence_fills_in_what_the_chinese_one_fills_in(language: str) -> None:
    """A number that the Chinese sentence names is named in every language, and no other is asked for."""
    for key, sentence in config.wording(language).items():
        assert _places(sentence) == _places(_chinese[key]), (language, key)


def test_english_has_no_quotes_that_are_as_wide_as_a_character() -> None:
    """The face sets “ ” for Chinese: between English words they look like holes."""
    assert [key for key, sentence in config.wording("en").items() if set(sentence) & set("“”‘’，：；")] == []


def test_names_that_the_program_knows_are_the_ones_the_screens_say() -> None:
    """Sections, topics, reasons to go first and levels have one Chinese name each, wherever they are shown."""
    told = {f"section_name.{section}": name for section, name in sections.items()}
    told |= {f"topic.{topic}": name for topic, name in topics.items()}
    told |= {f"claim.{claim}": name for claim, name in claims.items()}
    told |= {f"level.{scale}.{level}": name for scale in (3, 5) for level, name in levels_of(scale).items()}
    assert {key: _chinese[key] for key in told} == told


def _texts(value: object) -> Iterator[str]:
    """Every text of a demonstration file but official titles."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(part) if name not in _official else ()


def test_no_sentence_for_visitors_speaks_of_machines_and_their_faults() -> None:
    """Never “error”, never 系统 (SCREENS A6); only the pages of the staff may name the network."""
    said = {key: sentence for key, sentence in _chinese.items() if not key.startswith(_for_staff)}
    assert len(said) < len(_chinese)
    assert {k: s for k, s in said.items() if _of_machines.search(s) or _network.search(s)} == {}
    assert {k: s for k, s in _chinese.items() if _of_machines.search(s)} == {}


def test_no_english_sentence_for_visitors_speaks_of_machines_and_their_faults() -> None:
    """English is held to the same."""
    said = {key: sentence for key, sentence in config.wording("en").items() if not key.startswith(_for_staff)}
    assert {key: sentence for key, sentence in said.items() if _of_english_machines.search(sentence)} == {}


def test_what_the_demonstration_tells_visitors_speaks_of_no_machine() -> None:
    """What the office's computer knows is what the window can look up."""
    files = [*assets.path("demo").rglob("*.json"), assets.path("terms.json")]
    texts = [text for file in files for text in _texts(json.loads(file.read_text()))]
    assert len(texts) > 1000
    assert [text for text in texts if _of_machines.search(text)] == []
