"""What a story is made of: keys that are tapped, things that are seen, what the hall does meanwhile.

1. A story is told in the words on the glass, in Chinese; another language's words are looked up in the catalogues
   (`Tongue`), so that one story is played in all of them. Names of guides and places stay as they were published.
2. A performer plays one line at a time: on plain values (`paper`) or with fingers on the real window (`window`).
3. After every line, whatever it was, the laws of `laws` hold for the picture on the glass.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from kiosk import config


@dataclass(frozen=True)
class Tap:
    """A finger on the key of this name; a name that ends with … is the beginning of it."""

    key: str


@dataclass(frozen=True)
class Sees:
    """All of these stand on the glass."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Never:
    """None of these stands on the glass."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Scans:
    """A code stands on the glass, and a scanner reads a text with this part from it."""

    part: str


@dataclass(frozen=True)
class Gives:
    """The hall gives the number that was asked for."""

    number: str
    ahead: int


@dataclass(frozen=True)
class Stands:
    """The hall says how the number that was asked about stands."""

    stands: str
    ahead: int = 0
    window: int = 0


@dataclass(frozen=True)
class Served:
    """The hall has served this number at that window: it may be rated."""

    number: str
    window: int


@dataclass(frozen=True)
class Rings:
    """The bell rings at the desk; with a name, that person is on the way."""

    by: str = ""


@dataclass(frozen=True)
class Papers:
    """This many papers have come out of the printer, the last one in large or in usual letters."""

    many: int
    large: bool = False


@dataclass(frozen=True)
class Passes:
    """So many seconds go by, and nobody touches the glass."""

    seconds: float


@dataclass(frozen=True)
class Forgotten:
    """Nothing of the visitor is left: what comes next is a stranger's first screen."""


@dataclass(frozen=True)
class Marked:
    """Whether the sentence that is being read stands out; where no voice is installed nothing is read."""

    is_marked: bool


@dataclass(frozen=True)
class Stored:
    """So many records of a kind wait to go up."""

    kind: str
    many: int


Line = Tap | Sees | Never | Scans | Gives | Stands | Served | Rings | Papers | Passes | Forgotten | Marked | Stored
Story = tuple[Line, ...]


def sees(*words: str) -> Sees:
    """A line of the story."""
    return Sees(words)


def never(*words: str) -> Never:
    """A line of the story."""
    return Never(words)


class Tongue:
    """Rule 1: how a Chinese sentence of the catalogue is said in another language."""

    def __init__(self, language: str) -> None:
        self._same = language == "zh-Hans"
        said, other = config.wording("zh-Hans"), config.wording(language)
        self._pairs = [(_pattern(said[key]), other[key]) for key in said if key in other]

    def says(self, words: str) -> set[str]:
        """Every way it may stand on the glass; itself when it is no sentence of the catalogue."""
        if self._same:
            return {words}
        whole, rest = (words[:-1], "…") if words.endswith("…") else (words, "")
        found = [(match, other) for pattern, other in self._pairs if (match := pattern.fullmatch(whole))]
        return {way + rest for match, other in found for way in self._filled(match, other)} or {words}

    def _filled(self, match: "re.Match[str]", sentence: str) -> Iterator[str]:
        """What stands in the places of the sentence may be a sentence itself."""
        facts = {name: self.says(fact) for name, fact in match.groupdict().items()}
        for chosen in product(*facts.values()):
            yield sentence.format(**dict(zip(facts, chosen, strict=True)))


def _pattern(sentence: str) -> "re.Pattern[str]":
    pieces = re.split(r"\{(\w+)\}", sentence)
    parts = (re.escape(piece) if n % 2 == 0 else f"(?P<{piece}>.+)" for n, piece in enumerate(pieces))
    return re.compile("".join(parts) if any(pieces[::2]) else "(?!)")


@cache
def tongue_of(language: str) -> Tongue:
    """Made once."""
    return Tongue(language)


def told_in(story: Story, language: str) -> Story:
    """The story of a visitor who first taps the name of their language, on the idle screen."""
    own = config.wording(language)[f"language.{language}"]
    if language == "zh-Hans":
        return story
    first = next(n for n, line in enumerate(story) if isinstance(line, Tap))
    before = tuple(line for line in story[:first] if not isinstance(line, Sees))
    rest = story[first + 1 :] if story[first] == Tap("点一下屏幕") else story[first:]
    return (*before, Tap(own), *rest)


def bare(words: str) -> str:
    """Without spaces and line ends: how a text was broken is of no matter."""
    return re.sub(r"\s", "", words)


def named(labels: Iterator[str], key: str, tongue: Tongue) -> str | None:
    """The label on the glass that this name means."""
    ways = tongue.says(key)
    return next((label for label in labels if any(_means(label, way) for way in ways)), None)


def _means(label: str, way: str) -> bool:
    return label.startswith(way[:-1]) if way.endswith("…") else label == way
