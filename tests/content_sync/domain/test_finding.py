"""A question in people's own words is cut, understood and judged as the rules of domain.finding say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import cutting, finding, initials, judging, letters, text
from content_sync.domain.cutting import Lexicon
from content_sync.domain.judging import Named
from content_sync.storage.lexicon import lexicon
from display_server.authoring.importing.index_words import initials as by_dictionary

_words = Lexicon(
    words={"身份证": (), "丢了": ("补领", "挂失"), "报": ("报销",), "看病": ("医疗",)},
    minor={"孩子": ("儿童",)},
    fillers=frozenset({"怎么办", "能", "多少", "了"}),
    later=("注销", "变更"),
    told=("名单",),
)


@pytest.mark.parametrize(
    ("run", "pieces"),
    [
        ("身份证丢了怎么办", ["身份证", "丢了", "怎么办"]),
        ("看病能报多少", ["看病", "能", "报", "多少"]),
        ("停水了", ["停水", "了"]),
        ("报废", ["报废"]),
        ("多少", ["多少"]),
        ("摩托车", ["摩托车"]),
        ("砍柴能烧火", ["砍柴", "能", "烧火"]),
    ],
)
def test_a_sentence_is_cut_with_as_little_unknown_as_possible(run: str, pieces: list[str]) -> None:
    """A word nobody knows stays whole, and a known single character does not tear it apart."""
    assert [piece for piece, _ in cutting.cut(run, _words)] == pieces


@given(st.text("身份证丢了看病能报多少孩子水", min_size=1, max_size=12))
def test_nothing_of_a_sentence_is_lost(run: str) -> None:
    """The pieces are the sentence, whatever it is."""
    assert "".join(piece for piece, _ in cutting.cut(run, _words)) == run


def test_what_makes_only_a_sentence_is_not_required() -> None:
    """怎么办 says nothing, 孩子 helps to rank; a question of nothing else asks for itself."""
    question = finding.read("孩子身份证丢了怎么办", _words)
    assert [[way.said for way in term.ways] for term in question.required] == [["身份证"], ["丢了", "补领", "挂失"]]
    assert [[way.said for way in term.ways] for term in question.terms if term.minor] == [["孩子", "儿童"]]
    assert [way.said for term in finding.read("怎么办", _words).required for way in term.ways] == ["怎么办"]
    assert finding.read("？！", _words).terms == ()


def test_amounts_and_ages_ask_for_nothing_by_themselves() -> None:
    """三个月 and 10块 are left out; 两份 that the tables know is not, and an age means what they say."""
    question = finding.read("身份证丢了三个月", _words)
    assert [term.ways[0].said for term in question.required] == ["身份证", "丢了"]
    twice = Lexicon(words={"两份": ("退费",), "养老": ()}, minor={}, fillers=frozenset())
    assert [term.ways[0].said for term in finding.read("两份养老", twice).required] == ["两份", "养老"]
    aged = Lexicon(words={"85": ("高龄津贴",)}, minor={}, fillers=frozenset({"能", "多少"}))
    assert [[way.said for way in term.ways] for term in finding.read("85岁能多少", aged).required] == [
        ["85", "高龄津贴"]
    ]


def test_who_asks_and_where_is_not_required_beside_what_is_wanted() -> None:
    """公司给我医保报错 is about the 医保; with nothing else known 公司 is what is wanted."""
    table = Lexicon(
        words={"公司": ("企业",), "医保": ()}, minor={}, fillers=frozenset("给我"), aside=frozenset({"公司"})
    )
    for query, required in (("公司给我医保", ["医保"]), ("给我公司", ["公司"]), ("公司猎户座", ["公司", "猎户座"])):
        assert [term.ways[0].said for term in finding.read(query, table).required] == required


def test_letters_and_characters_in_one_word_are_not_parted() -> None:
    """D级 is a grade of houses and tax payers; a number beside characters stays apart."""
    table = Lexicon(words={"d级": ("危房",), "危": ()}, minor={}, fillers=frozenset({"的"}))
    asked = [[way.said for way in term.ways] for term in finding.read("D级的危", table).required]
    assert asked[0] == ["d级", "危房"]


@pytest.mark.parametrize("name", ["三台村", "九台区", "一点通", "三年级", "五块石", "个旧", "了凡"])
def test_what_looks_like_an_amount_in_a_name_stays_in_it(name: str) -> None:
    """三台村 is not 村: amounts and particles are left out only where a known word is left."""
    assert [[way.said for way in term.ways] for term in finding.read(name, lexicon()).required] == [[name]]


@pytest.mark.parametrize("name", ["3台村", "2号楼", "5元店"])
def test_a_number_in_a_name_keeps_what_it_counts(name: str) -> None:
    """3台村 is 3 and 台村, not 3 and every 村; an age that the tables know still stands for itself."""
    assert [term.ways[0].said for term in finding.read(name, lexicon()).required] == [name[0], name[1:]]
    assert [term.ways[0].said for term in finding.read("66岁能多少", lexicon()).required] == ["66"]


def test_one_character_that_fillers_leave_is_a_guess() -> None:
    """牛家里 may be a name or somebody's cattle; 牛 alone, 养牛 and 猪死了 were asked for."""
    asked = ("牛家里", "怎么捐", "牛", "养牛", "猪死了")
    assert [finding.read(query, lexicon()).is_guess for query in asked] == [True, True, False, False, False]


def test_near_matches_leave_nothing_of_a_question_unsaid() -> None:
    """Three are the best; the fourth is the best that says what they do not, although others score more."""
    one, other = frozenset({0}), frozenset({1})
    ranked = [(1.0, one), (0.9, one), (0.8, one), (0.7, one), (0.3, other), (0.1, frozenset({2}))]
    assert judging.spread(ranked, 1.0, 5) == [0, 1, 2, 4, 3]


def test_who_names_no_other_place_asks_here() -> None:
    """身份证 first offers the plain procedure, a longer title too; 外省身份证 the one across provinces."""
    table = Lexicon({"身份证": ()}, {"外省": ("跨省",)}, frozenset(), elsewhere=("跨省", "省内"))
    here, there = _named("身份证办理包括临时"), _named("身份证跨省异地办理")
    for query, better, worse in (("身份证", here, there), ("外省身份证", there, here)):
        question = finding.read(query, table)
        weights = [1.0] * len(question.required)
        scores = [judging.score(question, one, weights, is_whole=False) for one in (better, worse)]
        assert scores[0] > scores[1], query


def _named(title: str, kind: str = "guide", aliases: str = "") -> Named:
    return Named(f" {text.index_tokens(title)} ", f" {text.index_tokens(aliases)} ", "", kind, (title,))


def _score(query: str, named: Named) -> float:
    question = finding.read(query, _words)
    return judging.score(question, named, [1.0] * len(question.required), is_whole=False)


def test_better_names_score_higher() -> None:
    """Rule 5, one comparison each."""
    for query, better, worse in (
        ("身份证", _named("身份证办理"), _named("证件办理", aliases="身份证")),
        ("丢了", _named("丢了怎么补"), _named("补领")),
        ("身份证", _named("身份证办理"), _named("身份证办理的若干说明")),
        ("身份证", _named("身份证申领"), _named("身份证注销")),
        ("身份证", _named("身份证办理"), _named("身份证办理", kind="notice")),
        ("身份证名单", _named("身份证办理名单", kind="notice"), _named("身份证办理", kind="guide")),
        ("身份证注销", _named("身份证注销"), _named("身份证申领")),
    ):
        assert _score(query, better) > _score(query, worse), (query, better.titles, worse.titles)


def test_what_nobody_names_is_left_out_of_near_matches() -> None:
    """An unknown word is dropped, a part of it that names hold is kept, and minor words are all there is at the end."""
    question = finding.read("摩托车孩子", _words)
    assert [
        way.said for t in finding.settled(question, {"摩托车": 0, "摩托": 2, "托车": 0}).required for way in t.ways
    ] == ["摩托"]
    nothing = {"摩托车": 0, "摩托": 0, "托车": 0}
    assert [way.said for t in finding.settled(question, nothing).required for way in t.ways] == ["孩子", "儿童"]


def test_a_known_word_that_no_item_says_is_looked_for_by_its_parts() -> None:
    """身份证 is in the tables but in no name here: 身份 is near enough to be offered."""
    question = finding.read("身份证怎么办", _words)
    known = {term.key: 0 for term in question.required} | {"身份": 3, "份证": 0}
    assert [way.said for t in finding.settled(question, known).required for way in t.ways] == ["身份"]


def test_scraps_are_pairs_that_say_more_than_fillers() -> None:
    """What stands in 怎么办 or 孩子 or between two fillers is none; letters have none."""
    assert finding.read("孩子头晕怎么办", _words).scraps == ("子头", "头晕", "晕怎")
    assert finding.read("能多少", _words).scraps == finding.read("sfz", _words).scraps == ()


def test_letters_are_read_again_in_other_ways() -> None:
    """sfzdl: 身份证 and 丢了, or sf and zdl, or one letter less; characters and two letters are left as they are."""
    asked = [[[way.said for way in term.ways] for term in one.terms] for one in letters.respelled("sfzdl", _words)]
    assert [["身份证"], ["丢了", "补领", "挂失"]] in asked
    assert [["sf"], ["zdl"]] in asked
    (slip,) = letters.shortened("sfzdl", _words)
    assert "sfzd" in [way.said for way in slip.terms[0].ways]
    assert list(letters.respelled("身份证", _words)) == list(letters.respelled("sf", _words)) == []


def test_long_letters_are_parted_in_words_of_which_an_item_may_say_some() -> None:
    """wsfzddl: sfz and dl are words, w and d before them are not; one word alone is no reading."""
    question = letters.parted("wsfzddl", _words)
    assert question
    assert [[way.said for way in term.ways] for term in question.terms] == [["身份证"], ["丢了", "补领", "挂失"]]
    assert [letters.parted(query, _words) for query in ("wsfz", "sdl", "身份证丢了")] == [None] * 3


def test_a_minor_word_in_letters_is_not_required() -> None:
    """Letters sqdb are read as 申请 and 低保 and also as 低保 that is applied for: an item need not say 申请."""
    asked = [(one.required, one.terms) for one in letters.respelled("sqdb", lexicon())]
    assert any(
        len(required) == 1 and required[0].ways[0].said == "低保" and len(terms) == 2 for required, terms in asked
    )


def test_the_tables_words_have_the_letters_that_the_dictionary_gives() -> None:
    """Nearly all: a character with several readings keeps the one it is filed under."""
    words = [word for word in lexicon().words if all(text.is_han(char) for char in word)]
    spelled = [word for word in words if initials.of(word)]
    assert len(spelled) > 0.97 * len(words)
    assert sum(initials.of(word) == by_dictionary(word) for word in spelled) > 0.97 * len(spelled)


def test_the_tables_agree_with_each_other() -> None:
    """No word means itself, none is a filler too, who asks is a word, and a word made of others is read as those."""
    table = lexicon()
    assert all(word not in terms for word, terms in table.words.items())
    assert not table.fillers & (table.words.keys() | table.minor.keys())
    assert table.aside <= table.words.keys(), "who asks is told only by words that are known"
    assert [piece for piece, _ in cutting.cut("灵活就业补缴", table)] == ["灵活就业", "补缴"]
