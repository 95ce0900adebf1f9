"""Running text as syllables: the readings that official texts need."""

import json
from collections.abc import Iterator

import pytest

from content_sync import assets
from kiosk.devices import readings
from kiosk.flow.speech import figures, pinyin

_known = readings.load()
_said = {
    "银行行长的行为": "yin2 hang2 hang2 zhang3 de5 xing2 wei2",
    "县长增长了三成": "xian4 zhang3 zeng1 zhang3 le5 san1 cheng2",
    "重新办理重点事项": "chong2 xin1 ban4 li3 zhong4 dian3 shi4 xiang4",
    "调查后调整": "diao4 cha2 hou4 tiao2 zheng3",
    "为您服务，期限为十日": "wei4 nin2 fu2 wu4 , qi1 xian4 wei2 shi2 ri4",
    "办事处处理": "ban4 shi4 chu4 chu2 li3",
    "归还借款，还可以": "gui1 huan2 jie4 kuan3 , hai2 ke2 yi3",
    "征地补偿": "zheng1 di4 bu3 chang2",
    "不得收费": "bu4 de2 shou1 fei4",
    "所得税率": "suo3 de2 shui4 lv4",
    "参加会计考试": "can1 jia1 kuai4 ji4 kao3 shi4",
    "好差评": "hao3 cha4 ping2",
    "出差补差额": "chu1 chai1 bu3 cha1 e2",
    "给予处罚": "ji2 yu2 chu3 fa2",
    "种植面积": "zhong4 zhi2 mian4 ji1",
    "户口簿": "hu4 kou3 bu4",
    "便民便宜": "bian4 min2 pian2 yi5",
    "困难群众供养": "kun4 nan5 qun2 zhong4 gong1 yang3",
    "一个月，一年，一次，第一次，十一月一日": (
        "yi2 ge4 yue4 , yi4 nian2 , yi2 ci4 , di4 yi1 ci4 , shi2 yi1 yue4 yi1 ri4"
    ),
    "统一管理，不要，不予": "tong3 yi1 guan2 li3 , bu2 yao4 , bu4 yu3",
    "《条例》（试行）": "tiao2 li4 , shi4 xing2 ,",
    "清政辦發": "qing1 zheng4 ban4 fa1",
    "WiFi和A座": "W I F I he2 A zuo4",
}


@pytest.mark.parametrize(("written", "heard"), _said.items())
def test_characters_are_read_as_their_word_is(written: str, heard: str) -> None:
    """A character of several readings has that of the word it stands in; 一, 不 and third tones change as spoken."""
    assert " ".join(pinyin.syllables(written, _known)) == heard


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def test_every_character_of_the_demonstration_county_can_be_said() -> None:
    """No character that is published has no reading."""
    texts = (
        text
        for path in assets.path("demo/items").glob("*/*.json")
        for text in _texts(json.loads(path.read_text(encoding="utf-8")))
    )
    chars = {char for text in texts for char in figures.said(text) if "\u4e00" <= char <= "\u9fff"}
    assert {char for char in chars if char not in _known.characters} == set()


def test_each_phrase_has_as_many_syllables_as_characters() -> None:
    """A slip of the pen in the table written by hand would be skipped in silence."""
    assert [one for one, read in _known.phrases.items() if len(one) != len(read)] == []
    own = json.loads(assets.path("speech/own.json").read_text(encoding="utf-8"), object_pairs_hook=list)
    names = [name for name, _ in own]
    assert [name for name in set(names) if names.count(name) > 1] == []
