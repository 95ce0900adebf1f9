"""A county's own words with their explanation, beside the program's: what people there stumble over.

1. A term is a word of 2 to `limits.own_term_chars_max` characters and one plain sentence of at most
   `limits.own_meaning_chars_max`, in Chinese; a sentence in English may stand beside it.
2. No word stands twice, and none explains itself by itself. There are at most `limits.own_terms_max`.
3. Where the county and the program explain the same word, the county's sentence counts. Who reads English is shown no
   Chinese sentence: a word without an English one is explained as the program does it, or not.
4. A list is written in lines: `低保 = …。`, English behind ` | `. The first = or ＝ ends the word. Empty lines say
   nothing, nor do those after a #.
5. It is taken as a whole or not at all, with one sentence for each line that cannot be.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from content_sync.domain import limits
from content_sync.domain.errors import BadInput

_mark = re.compile("[=＝]")
_ends = "。！？.!?"


@dataclass(frozen=True)
class OwnTerm:
    """A word and what it means; `english` may be empty."""

    word: str
    meaning: str
    english: str = ""


def terms_of(text: str) -> tuple[OwnTerm, ...]:
    """The terms of a written list (rule 4). Raises BadInput with every fault of it (rule 5)."""
    found, faults = list[OwnTerm](), list[str]()
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        said = line.strip()
        if not said or said.startswith("#"):
            continue
        word, *rest = _mark.split(said, maxsplit=1)  # a later one belongs to the meaning
        meaning, _, english = "".join(rest).partition("|")
        term = OwnTerm(word.strip(), meaning.strip(), english.strip())
        fault = fault_of(term) if rest else "没有等号：写成“词 = 一句解释。”"
        if not fault and any(other.word == term.word for other in found):
            fault = f"“{term.word}”前面已经写过"
        faults += [f"第 {number} 行：{fault}。"] if fault else []
        found.append(term)
    if len(found) > limits.own_terms_max:
        faults.append(f"最多 {limits.own_terms_max} 个词，现在有 {len(found)} 个。")
    if faults:
        raise BadInput("".join(faults))
    return tuple(found)


def lines_of(terms: Sequence[OwnTerm]) -> str:
    """A list as it is written (rule 4)."""
    return "".join(f"{one.word} = {one.meaning}{f' | {one.english}' if one.english else ''}\n" for one in terms)


def fault_of(term: OwnTerm) -> str:
    """What is wrong with one term (rules 1 and 2), in words; empty when nothing is."""
    return next(_faults(term), "")


def merged(program: Mapping[str, tuple[str, str]], own: Sequence[OwnTerm], *, english: bool) -> dict[str, str]:
    """Every word that can be explained to a reader (rule 3); a county's term with a fault is passed over."""
    sound = [term for term in own[: limits.own_terms_max] if not fault_of(term)]
    told = {term.word: term.english if english else term.meaning for term in sound}
    return {word: both[english] for word, both in program.items()} | {w: said for w, said in told.items() if said}


def _faults(term: OwnTerm) -> Iterator[str]:
    if not 2 <= len(term.word) <= limits.own_term_chars_max:
        yield f"词要有 2 到 {limits.own_term_chars_max} 个字，“{term.word[:20]}”有 {len(term.word)} 个"
    if any(unicodedata.category(char)[0] in "CZ" for char in term.word) or _has_controls(term.meaning + term.english):
        yield f"“{term.word[:20]}”里有空格或者看不见的字符"
    if not term.meaning or term.meaning[-1] not in _ends:
        yield f"“{term.word}”要有一句解释，句末加句号"
    for words, most in ((term.meaning, limits.own_meaning_chars_max), (term.english, limits.own_english_chars_max)):
        if len(words) > most:
            yield f"“{term.word}”的解释最多 {most} 个字符，现在有 {len(words)} 个：说短一点"
    if term.word in term.meaning:
        yield f"“{term.word}”的解释里又是这个词：换句老百姓的话"


def _has_controls(text: str) -> bool:
    return any(unicodedata.category(char)[0] == "C" for char in text)
