"""How Chinese is said, from `assets/speech` (made by deploy/readings.py): 21,000 characters, 4,400 phrases."""

from kiosk import config
from kiosk.flow.speech.pinyin import Readings


def load() -> Readings:
    """Some 25 ms and 4 MB: asked for once, by the voice's own thread."""
    own = config.speech("own")
    characters = {char: syllable for syllable, chars in config.speech("characters").items() for char in chars}
    phrases = {phrase: tuple(reading.split()) for phrase, reading in (config.speech("phrases") | own).items()}
    alone = {phrase: reading[0] for phrase, reading in phrases.items() if len(phrase) == 1}
    return Readings(characters | alone, {phrase: reading for phrase, reading in phrases.items() if len(phrase) > 1})
