"""Other readings of letters that found little (domain.finding reads them as one name).

1. Two words of the tables side by side, or two names; a minor word is not required here either.
2. What an item answers in part: the words that the letters can be parted in, long ones first, a letter between two
   words left out. 五保送敬老院 is wb, s and jly.
3. One letter less: a slip.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from content_sync.domain.cutting import Lexicon
from content_sync.domain.finding import Question, Term, meant_worth, spelled_words, way

_respelled_min, _parted_min = 3, 4
_less = 0.6  # what is found with one letter less, against the word itself
_words_most = 6  # of those that are spelled alike; the first of the tables are the commonest
_long, _short, _left_out = 1.0, 1.3, 1.2


def respelled(query: str, lexicon: Lexicon) -> Iterator[Question]:
    """Rule 1, the likeliest first; two letters and a query with characters have no other reading."""
    letters = _letters(query)
    if len(letters) < _respelled_min:
        return
    by_letters = spelled_words(lexicon)
    for cut_at in range(1, len(letters)):
        first, second = letters[:cut_at], letters[cut_at:]
        if first in by_letters and second in by_letters:
            words = by_letters[first], by_letters[second]
            yield _asked(*(_of_words(one, lexicon) for one in words), lexicon=lexicon)
            for one, other in (words, words[::-1]):
                if minor := [word for word in one if word in lexicon.minor]:
                    aside = replace(_of_words(minor, lexicon), minor=True)
                    yield _asked(aside, _of_words(other, lexicon), lexicon=lexicon)
        if min(len(first), len(second)) > 1:
            yield _asked(Term((way(first),)), Term((way(second),)), lexicon=lexicon)
    if letters in by_letters:
        yield _asked(_of_words(by_letters[letters], lexicon), lexicon=lexicon)


def parted(query: str, lexicon: Lexicon) -> Question | None:
    """Rule 2: what may be answered in part; nothing when no two words are found in the letters."""
    letters, by_letters = _letters(query), spelled_words(lexicon)
    if len(letters) < _parted_min:
        return None
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(letters) + 1):
        choices = [(best[end - 1][0] + _left_out, best[end - 1][1])]
        for start in range(end - 1):
            if (word := letters[start:end]) in by_letters:
                cost = _long if end - start > 2 else _short
                choices.append((best[start][0] + cost, [*best[start][1], word]))
        best.append(min(choices, key=lambda one: one[0]))
    words = best[-1][1]
    if len(words) < 2:
        return None
    return _asked(*(_of_words(by_letters[one][:_words_most], lexicon) for one in words), lexicon=lexicon)


def shortened(query: str, lexicon: Lexicon) -> Iterator[Question]:
    """Rule 3."""
    letters = _letters(query)
    if len(letters) >= _respelled_min:
        fewer = dict.fromkeys(letters[:n] + letters[n + 1 :] for n in range(len(letters)))
        yield _asked(Term(tuple(way(one, _less) for one in fewer)), lexicon=lexicon)


def _letters(query: str) -> str:
    """The letters of a query that has nothing else."""
    letters = "".join(query.split()).casefold()
    return letters if letters.isascii() and letters.isalpha() else ""


def _asked(*terms: Term, lexicon: Lexicon) -> Question:
    return Question(terms, (), lexicon.later, is_errand=True)


def _of_words(words: Sequence[str], lexicon: Lexicon) -> Term:
    meant = dict.fromkeys(
        term for word in words for term in (*lexicon.words.get(word, ()), *lexicon.minor.get(word, ()))
    )
    return Term((*(way(word) for word in words), *(way(term, meant_worth) for term in meant)))
