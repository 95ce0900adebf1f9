"""Finding items by a question: what answers all of it, and what answers a part (domain.finding).

1. Candidates come from the full-text index: what holds every term anywhere, and the best by any term in their names.
2. What answers every term goes before what answers a part, unless it does so only somewhere in its text while others
   say more in their names.
3. Letters that find little are tried again: in two parts, as words of which an item says some, with one letter less.
4. Where all that finds little, what says a pair of the question's characters is near, in its text as well: a notice
   answers much that its names do not say.
5. Where nothing is found at all, what has a rare character of the question in its names is near: 雪太厚.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from content_sync.domain import finding, judging, letters, limits
from content_sync.domain.cutting import Lexicon
from content_sync.domain.finding import Question, Term, Way
from content_sync.domain.judging import Named
from content_sync.storage import content_read
from content_sync.storage.rows import Row

_Candidates = dict[int, tuple[Row, Named]]
_anywhere, _names = "{title aliases text}", "{title aliases}"
_rare_share = 0.1  # a character in the names of more items than this does not tell what is meant
_word_letters_min = 3  # every text has words that begin with one or two letters or digits
_best_first, _text_too = "bm25(search, 0, 10, 8, 1, 6)", "bm25(search, 0, 5, 5, 4, 0)"
# the few that are not due are looked up once, instead of the row of everything that matches
_not_due = """SELECT n FROM items WHERE starts > :begun OR ends <= :now
    UNION ALL SELECT n FROM withdrawn CROSS JOIN items USING (channel, id)"""


@dataclass(frozen=True)
class Found:
    """Items that answer all of a question, and those that answer a part of it; each best first."""

    hits: tuple[Row, ...] = ()
    near: tuple[Row, ...] = ()


def find(db: Database, query: str, now: datetime, limit: int, lexicon: Lexicon) -> Found:
    """At most `limit` hits, and at most `limits.near_max` near ones when there are few hits."""
    question = finding.read(query, lexicon)
    if not question.required:
        return Found()
    now = content_read.later(db, now)
    few_letters = query.isascii() and len(query) < _word_letters_min
    most = limits.few_letters_candidates if few_letters else limits.search_candidates
    whole = _candidates(db, _all_of(question), now, most)
    asked, some = question, _Candidates()
    if len(question.required) > 1 or not whole:  # one term that is found has no parts to look for
        question = finding.settled(question, _counts(db, question))
        some = _candidates(db, _any_of(question), now) if question.required else {}
    ranked = _ranked(db, question, {**some, **whole}, whole)
    best = ranked[0][0] if ranked else 0.0
    least = judging.hit_least(best) if len(asked.required) == len(question.required) > 1 else 0.0
    hits = [row for value, n, row in ranked if n in whole and value >= least]
    parts = [(value, n, row) for value, n, row in ranked if n not in whole]
    said = [(value, judging.says(question, some[n][1])) for value, n, _ in parts]
    near = [parts[place][2] for place in judging.spread(said, best, limits.near_max)]
    near += [row for value, n, row in ranked if n in whole and value < least]
    if len(hits) < limits.near_max:
        near += _by_letters(db, query, now, lexicon, {row.id for row in (*hits, *near)})
    if len(hits) + len(near) < limits.near_max:
        near += _by_scraps(db, asked, now, {row.id for row in (*hits, *near)})
    if not hits and not near:
        near += _by_characters(db, asked, now, lexicon)
    wanted = limits.near_max if len(hits) < limits.near_max else 0
    return Found(tuple(hits[:limit]), tuple(near[:wanted]))


def _by_letters(db: Database, query: str, now: datetime, lexicon: Lexicon, known: set[str]) -> list[Row]:
    """Rule 3: each way of reading them only when those before found little, best first."""
    rows: dict[str, Row] = {}
    in_part = letters.parted(query, lexicon)
    for questions, expression in (
        (letters.respelled(query, lexicon), _all_of),
        ([in_part] if in_part else [], _any_of),
        (letters.shortened(query, lexicon), _all_of),
    ):
        found: dict[int, tuple[float, Row]] = {}
        for question in questions if len(known) + len(rows) < limits.near_max else ():
            some = _candidates(db, expression(question), now, limits.respelled_candidates)
            for value, n, row in _ranked(db, question, some, some if expression is _all_of else {}):
                if value > found.get(n, (0.0, row))[0]:
                    found[n] = (value, row)
        best = sorted(found.values(), key=lambda one: one[0], reverse=True)
        rows |= {row.id: row for _, row in best if row.id not in known and row.id not in rows}
    return list(rows.values())


def _by_scraps(db: Database, question: Question, now: datetime, known: set[str]) -> list[Row]:
    """Rule 4, best first."""
    words = [way for term in question.required for way in term.ways if len(way.said) > 1 and not way.letters]
    scraps = [f'"{pair}"' for pair in question.scraps]
    said = dict.fromkeys([*(_way(way, _anywhere) for way in words), *(f"({_anywhere} : {one})" for one in scraps)])
    if not scraps:
        return []
    found = _candidates(db, " OR ".join(said), now, 2 * limits.near_max, _text_too)
    return [row for row, _ in found.values() if row.id not in known]


def _by_characters(db: Database, question: Question, now: datetime, lexicon: Lexicon) -> list[Row]:
    """Rule 5, best first."""
    items = db.execute("SELECT coalesce(max(n), 0) FROM items").fetchone()[0]
    chars = dict.fromkeys(char for char in "".join(question.scraps) if char not in lexicon.fillers)
    said = [f'({_names} : "{char}" *)' for char in chars]
    rare = [one for one in said if _count(db, one) <= items * _rare_share]
    found = _candidates(db, " OR ".join(rare), now, limits.near_max) if rare else {}
    return [row for row, _ in found.values()]


def _ranked(
    db: Database, question: Question, candidates: _Candidates, whole: _Candidates
) -> list[tuple[float, int, Row]]:
    weights = [1.0] * len(question.required)
    if len(weights) > 1 and question.whole:  # letters that are read again weigh the same
        items = db.execute("SELECT coalesce(max(n), 0) FROM items").fetchone()[0]
        weights = [judging.weight(_count(db, _said(term, _names)), items) for term in question.required]
    scored = [
        (judging.score(question, named, weights, is_whole=n in whole), row.dated, n, row)
        for n, (row, named) in candidates.items()
    ]
    scored.sort(key=lambda one: one[:3], reverse=True)
    return [(value, n, row) for value, _, n, row in scored]


def _candidates(
    db: Database, expression: str, now: datetime, most: int = limits.search_candidates, order: str = _best_first
) -> _Candidates:
    """Rule 1: due and sound rows with their names."""
    found = db.execute(
        f"""SELECT items.n, items.row, items.seal, named.title, named.aliases, named.initials
            FROM (SELECT rowid AS n, {order} AS place FROM search
                  WHERE search MATCH :match AND rowid NOT IN ({_not_due}) ORDER BY place LIMIT :limit) AS best
            JOIN items ON items.n = best.n JOIN search AS named ON named.rowid = best.n
            WHERE {content_read.due} ORDER BY best.place""",  # noqa: S608  # constants are put in
        {"match": expression, **content_read.instants(db, now), "limit": most},
    )
    candidates: _Candidates = {}
    for n, text, seal, title, aliases, initials in found:
        row = content_read.sound_row(str(text), seal, now)
        if row is not None:
            titles = tuple(one for one in (row.title, row.plain_title) if one)
            candidates[n] = (row, Named(f" {title} ", f" {aliases} ", str(initials), row.kind, titles))
    return candidates


def _counts(db: Database, question: Question) -> dict[str, int]:
    """How many items say each term in their names, and each part of one that none says."""
    said = {term.key: _count(db, _said(term, _names)) for term in question.required}
    parts = {part for term in question.required if not said[term.key] for part in term.parts}
    return said | {part: _count(db, f'({_names} : "{part}")') for part in parts}


def _count(db: Database, expression: str) -> int:
    return int(db.execute("SELECT count(*) FROM search WHERE search MATCH ?", [expression]).fetchone()[0])


def _all_of(question: Question) -> str:
    """Every term anywhere, or every run as it was given; a guess is no answer, so then only the runs."""
    terms = " AND ".join(_said(term, _anywhere) for term in question.required)
    if [term.ways for term in question.required] == [(way,) for way in question.whole]:
        return terms  # every run is a term and means nothing else: asked twice it would only cost twice
    runs = " AND ".join(_way(way, _anywhere) for way in question.whole)
    if question.is_guess:
        return runs
    return f"({terms}) OR ({runs})" if runs else terms


def _any_of(question: Question) -> str:
    return " OR ".join(_said(term, _names) for term in question.required)


def _said(term: Term, columns: str) -> str:
    return f"({' OR '.join(_way(way, columns) for way in term.ways)})"


def _way(way: Way, columns: str) -> str:
    """One way as an expression; it holds letters, digits and Han characters only, so nothing typed can be syntax."""
    is_short = way.said.isascii() and len(way.said) < _word_letters_min
    columns = _names if way.only_names or is_short else columns
    if way.letters:
        return f'(({columns} : "{way.said}" *) OR (initials : "{way.tokens}"))'
    return f'({columns} : "{way.tokens}"{" *" if way.is_prefix else ""})'
