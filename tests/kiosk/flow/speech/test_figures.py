"""Figures as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.speech import figures

_said = {
    "自2026年11月30日起": "自二零二六年十一月三十日起",
    "2026-11-03": "二零二六年十一月三日",
    "清政办发〔2026〕12号": "清政办发二零二六，十二号",
    "电话0415-1234567": "电话零四幺五，幺二三四五六七",
    "手机13812345678": "手机幺三八，幺二三四，五六七八",
    "回执号 3941 0012 7745": "回执号 三九四幺，零零幺二，七七四五",
    "拨打12345": "拨打幺二三四五",
    "拨打120急救": "拨打幺二零急救",
    "公民身份号码210122196501010011": "公民身份号码二幺零幺二二幺九六五零幺零幺零零幺幺",
    "工本费12.50元": "工本费十二元五角",
    "0.05元": "五分",
    "20.00元": "二十元",
    "¥8": "八元",
    "640元/人·月": "六百四十元每人每月",
    "每人每月640元": "每人每月六百四十元",
    "1,234.56万元": "一千二百三十四点五六万元",
    "67,438,000.00": "六千七百四十三万八千",
    "还剩42.0万元": "还剩四十二万元",
    "20802 民政管理事务": "二零八零二 民政管理事务",
    "凭证号9-014": "凭证号九，零一四",
    "柳反2026-0021": "柳反二零二六，零零二一",
    "请打120": "请打幺二零",
    "无人机2架": "无人机两架",
    "2000元": "两千元",
    "20000": "两万",
    "10万元": "十万元",
    "362": "三百六十二",
    "1010": "一千零一十",
    "115": "一百一十五",
    "10005": "一万零五",
    "110000": "十一万",
    "2个工作日": "两个工作日",
    "12个工作日": "十二个工作日",
    "第2条": "第二条",
    "2月2日": "二月二日",
    "2楼东侧3号窗口": "二楼东侧三号窗口",
    "2寸照片2张": "两寸照片两张",
    "3-5个工作日": "三到五个工作日",
    "8:30-17:00": "八点三十分到十七点",
    "上午8：30至11:05": "上午八点三十分到十一点零五分",
    "2020-2026年": "二零二零到二零二六年",
    "5%-10%": "百分之五到百分之十",
    "30％": "百分之三十",
    "2/3": "三分之二",
    "120.5㎡": "一百二十点五平方米",
    "GB/T 37668-2019": "GB/T三七六六八，二零一九",
    "A023号": "A零二三号",
    "1. 身份证": "一，身份证",
    "（2）户口簿": "二，户口簿",
    "③照片": "三，照片",
    "≥30天": "不小于三十天",
}


@pytest.mark.parametrize(("written", "heard"), _said.items())
def test_figures_are_heard_as_people_say_them(written: str, heard: str) -> None:
    """Dates, money, telephones, documents' numbers, ranges, shares, codes."""
    assert figures.said(written) == heard


@given(st.integers(0, 10**12))
def test_every_count_can_be_said_and_means_itself(value: int) -> None:
    """No digit is left, and the words read back are the number."""
    heard = figures.number(str(value))
    assert not any(char.isascii() for char in heard)
    assert _meant(heard) == value


@given(st.text(max_size=60))
def test_nothing_breaks_it(text: str) -> None:
    """Whatever stands in a document, no ASCII digit is left to stumble over."""
    assert not any(char in "0123456789" for char in figures.said(text))


def _meant(heard: str) -> int:
    """The number these words mean."""
    for unit, times in (("亿", 100_000_000), ("万", 10_000)):
        high, found, low = heard.partition(unit)
        if found:
            return _meant(high) * times + _meant(low)
    digits = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"两": 2}
    total, last = 0, 0
    for char in heard:
        if char in digits:
            last = digits[char]
        else:
            total, last = total + (last or 1) * {"十": 10, "百": 100, "千": 1000}[char], 0
    return total + last
