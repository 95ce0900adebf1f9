"""What a hall says aloud, as syllables of pinyin with their tones: no synthesiser here reads Chinese characters right.

1. A ticket's number is read sign by sign, one as yao1: A012 is "A ling2 yao1 er4", and a kiosk's own AK001
   (domain.hall.series) "A K ling2 ling2 yao1".
2. A window's number is a number: 12 is shi2 er4, 105 is yi4 bai3 ling2 wu3. An ordinal one stays yi1.
3. Of third tones in a row all but the last are said in the second: wu3 jiu3 is heard as wu2 jiu3.
4. Of places only what stands in the table is said, clause by clause; what is not in it is left out, never guessed.
5. A number with a sign that cannot be read has no words: the bell alone is better than a wrong number.
"""

import re
from collections.abc import Iterator, Sequence

Words = tuple[str, ...]

emergency: Words = ("jin3", "ji2", "tong1", "zhi1", "qing3", "kan4", "da4", "ping2", "mu4")
trial: Words = ("yu3", "yin1", "ce4", "shi4")

_digits = ("ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3")
_read_alone = (*_digits[:1], "yao1", *_digits[2:])
_number = re.compile(r"[A-Z]{1,2}[0-9]+")
_window_max = 999

_places = {
    "一楼": "yi1 lou2",
    "二楼": "er4 lou2",
    "三楼": "san1 lou2",
    "四楼": "si4 lou2",
    "五楼": "wu3 lou2",
    "六楼": "liu4 lou2",
    "负一楼": "fu4 yi1 lou2",
    "东侧": "dong1 ce4",
    "西侧": "xi1 ce4",
    "南侧": "nan2 ce4",
    "北侧": "bei3 ce4",
    "东厅": "dong1 ting1",
    "西厅": "xi1 ting1",
    "南厅": "nan2 ting1",
    "北厅": "bei3 ting1",
    "中间": "zhong1 jian1",
    "左手": "zuo3 shou3",
    "右手": "you4 shou3",
    "左侧": "zuo3 ce4",
    "右侧": "you4 ce4",
    "进门": "jin4 men2",
    "大厅": "da4 ting1",
    "门口": "men2 kou3",
}
_known_places = re.compile("|".join(sorted(_places, key=len, reverse=True)))
_clause = re.compile(r"[，,；;、。（）() ]+")


def calling(number: str, window: int, place: str = "") -> Words:
    """请A032号到3号窗口, with `place` (二楼东侧) before the window; empty when the number has no words (rule 5)."""
    read = number_words(number)
    if not read or not 0 < window <= _window_max:
        return ()
    way = ("hao4", "dao4", *place_words(place), *_counted(window), "hao4", "chuang1", "kou3")
    return heard(("qing3", *read, *way))


def number_words(number: str) -> Words:
    """Rule 1, and nothing for what rule 5 leaves out."""
    if not _number.fullmatch(number):
        return ()
    return tuple(_read_alone[int(sign)] if sign.isdigit() else sign for sign in number)


def window_words(window: int) -> Words:
    """Rule 2, for windows 1 to 999."""
    return heard(_counted(window))


def place_words(place: str) -> Words:
    """Rule 4: the first clause that is known whole."""
    for clause in _clause.split(place):
        if clause and not _known_places.sub("", clause):
            return tuple(" ".join(_places[name] for name in _known_places.findall(clause)).split())
    return ()


def heard(words: Sequence[str]) -> Words:
    """Rule 3."""
    following = (*words[1:], "")
    return tuple(
        word[:-1] + "2" if word.endswith("3") and after.endswith("3") else word
        for word, after in zip(words, following, strict=True)
    )


def _counted(number: int) -> Words:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    return tuple(_counting(hundreds, tens, ones))


def _counting(hundreds: int, tens: int, ones: int) -> Iterator[str]:
    if hundreds:
        yield from ("yi4" if hundreds == 1 else _digits[hundreds], "bai3")
    if tens:
        if tens > 1 or hundreds:
            yield _digits[tens]
        yield "shi2"
    elif hundreds and ones:
        yield "ling2"
    if ones:
        yield _digits[ones]
