"""A sentence that names a key: the key stands there, or where the sentence sends people (SCREENS A6)."""

import re
from collections.abc import Iterator

import pytest

from kiosk import config
from kiosk.app import tongues
from kiosk.flow.frame import Frame, Text
from tests.kiosk.flow import looks
from tests.kiosk.flow.looks import drawn

_quoted = re.compile(r"""[「“"]([^「」“”"]+)[」”"]|[Tt]ouch ([A-Z][A-Za-z ]*)""")

# The screen on which a sentence stands → what it names, by the key of its words, and the screen where that stands.
_thanks = {"section_name.result": "home", "home.opinion": "home", "progress.open": "opinion"}
_sent_elsewhere: dict[str, dict[str, str]] = {
    "thanks for an opinion": _thanks,
    "thanks, printer": _thanks,
    "item qh-tousu": {"home.opinion": "home"},
}


def _said(frame: Frame) -> Iterator[str]:
    """Every piece of type on one line, as Chinese and as English is broken."""
    for text in (mark for mark in frame.marks if isinstance(mark, Text)):
        yield from (joint.join(text.lines) for joint in ("", " "))


def _named(frame: Frame, labels: frozenset[str]) -> set[str]:
    found = {name.strip() for said in _said(frame) for names in _quoted.findall(said) for name in names}
    return found & labels - {""}


def _labels(language: str) -> frozenset[str]:
    """Every sentence is taken for a key's words: which of them a screen makes keys of is its own matter."""
    return frozenset(config.wording(language if language in tongues.complete else "zh-Hans").values())


@pytest.mark.parametrize("look", looks.looks)
def test_a_key_that_a_sentence_names_stands_on_that_screen(look: str) -> None:
    """Nobody looks for “下一步” on a page that does not have it; a sentence that sends elsewhere is on the list."""
    for name, frame in drawn(look).items():
        language = looks.state(name, look)[0].language
        elsewhere = {tongues.words(language)(key) for key in _sent_elsewhere.get(name, {})}
        here = {target.label for target in frame.targets}
        assert _named(frame, _labels(language)) <= here | elsewhere, name


@pytest.mark.parametrize("look", looks.looks)
def test_a_key_that_is_named_elsewhere_stands_where_the_sentence_sends_people(look: str) -> None:
    """The list above is kept: what it names is a key of the screen it gives."""
    for name, keys in _sent_elsewhere.items():
        words = tongues.words(looks.state(name, look)[0].language)
        for key, screen in keys.items():
            label = words(key)
            assert label in {target.label for target in drawn(look)[screen].targets}, (name, label)


def test_the_list_of_sentences_that_send_elsewhere_names_nothing_too_many() -> None:
    """A sentence that was mended leaves the list."""
    words = tongues.words("zh-Hans")
    for name, keys in _sent_elsewhere.items():
        assert {words(key) for key in keys} <= _named(drawn("normal")[name], _labels("zh-Hans")), name
