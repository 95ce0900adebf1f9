"""Figures in running text → the characters people say for them.

1. A year, a telephone number, a code and any long run of digits are read digit by digit; in numbers that are dialled or
   copied one is 幺. An amount, a count, a day, an hour is a number.
2. Two of something are 两; the second one, the second of a month and a floor are 二.
3. Money with two decimals is said in 元, 角 and 分; a share in hundredths as 百分之; a range with 到.
4. A document number 〔2026〕12号 is its year and its number; the brackets are not said.
5. Units in letters and signs are said as their names; what has no name is left out, never guessed.
"""

import re
from collections.abc import Callable
from re import Match

_digits, _copied = "零一二三四五六七八九", "零幺二三四五六七八九"
_places = ((1_0000_0000, "亿"), (10_000, "万"), (1_000, "千"), (100, "百"), (10, "十"))
_counted_limit = 10**16
_range = r"\s*(?:--|[-–—－~～至])\s*"
_of_two = (
    "个|位|名|人|户|份|张|寸|次|天|年|周|小时|分钟|元|块|万|亿|千|斤|公斤|吨|亩|米|公里|平方米|件|项|套|种|条|台|辆|所|家|间|页|步|遍|趟|"
    "部|方|季|倍|代|本|枚|头|只|棵|岁|尺|里|秒|分|口|处|座|道|门|把|瓶|盒|袋|桌|笔|宗|起|场|批|轮|类|样|层|架|块|盏|床|眼"
)
_units = {
    "km²": "平方公里", "km2": "平方公里", "m²": "平方米", "m2": "平方米", "㎡": "平方米",
    "m³": "立方米", "m3": "立方米", "hm²": "公顷", "㎞": "公里", "km": "公里",
    "cm": "厘米", "mm": "毫米", "m": "米", "kg": "公斤", "㎏": "公斤",
    "g": "克", "mg": "毫克", "t": "吨", "ml": "毫升", "mL": "毫升",
    "L": "升", "℃": "摄氏度", "°C": "摄氏度", "kW·h": "度", "kWh": "度",
    "kV": "千伏", "kW": "千瓦", "h": "小时", "MB": "兆",
}  # fmt: skip
_signs = {
    "＋": "加", "+": "加", "＝": "等于", "=": "等于", "×": "乘",
    "÷": "除以", "＞": "大于", ">": "大于", "＜": "小于", "<": "小于",
    "≥": "不小于", "≤": "不大于", "№": "第", "±": "正负", "＆": "和",
    "&": "和",
}  # fmt: skip
_ringed = {chr(0x2460 + n): str(n + 1) for n in range(20)}


def said(text: str) -> str:
    """The text with every figure, unit and sign as it is said."""
    for pattern, spoken in _rules:
        text = pattern.sub(spoken, text)
    return text


def number(value: str) -> str:
    """12 → 十二, 2000.5 → 两千点五, 007 → 零零七; thousands may stand apart by commas."""
    whole, point, rest = value.replace(",", "").replace("，", "").partition(".")
    if len(whole) > 1 and whole.startswith("0"):
        return one_by_one(whole) + ("点" + one_by_one(rest) if point else "")
    counted = _counted(int(whole)) if int(whole) < _counted_limit else one_by_one(whole)
    return counted + ("点" + one_by_one(rest) if point and rest else "")


def one_by_one(value: str, digits: str = _digits) -> str:
    """2026 → 二零二六 (rule 1)."""
    return "".join(digits[int(char)] if char.isdigit() else char for char in value)


def _counted(value: int) -> str:
    if value < 10:
        return _digits[value]
    for unit, name in _places:
        if value >= unit:
            many, rest = divmod(value, unit)
            head = "" if unit == 10 and many == 1 else "两" if many == 2 and unit >= 1_000 else _counted(many)
            gap = "零" if rest and rest * 10 < unit else ""
            return head + name + (gap + (_within(rest) if gap or unit > 10 else _digits[rest]) if rest else "")
    return ""


def _within(rest: int) -> str:
    """A rest keeps its 一 before 十: 一百一十, 一百零五."""
    return "一" + _counted(rest) if 10 <= rest < 20 else _counted(rest)


def _dialled(match: Match[str]) -> str:
    """A pause where the eye sees a gap, or after 3 and 7 digits of a mobile number."""
    shown = match[0]
    if len(shown) == 11 and shown.isdigit():
        shown = f"{shown[:3]}-{shown[3:7]}-{shown[7:]}"
    return "，".join(one_by_one(part, _copied) for part in re.split(r"[^\d]+", shown) if part)


def _day(match: Match[str]) -> str:
    year, month, day = match[1], int(match[2]), int(match[3])
    return f"{one_by_one(year)}年{number(str(month))}月{number(str(day))}日"


def _clock(match: Match[str]) -> str:
    hour, minute = number(str(int(match[1]))), match[2]
    if minute == "00":
        return f"{hour}点"
    return f"{hour}点{'零' if minute[0] == '0' else ''}{number(str(int(minute)))}分"


def _money(match: Match[str]) -> str:
    """Rule 3."""
    yuan, tenth, cent = match[1], match[2], match[3] or "0"
    whole = f"{_two(yuan)}元" if int(yuan.replace(",", "")) else ""
    if tenth == "0":
        small = f"{'零' if whole else ''}{_two(cent)}分" if cent != "0" else ""
    else:
        small = f"{_two(tenth)}角" + (f"{_two(cent)}分" if cent != "0" else "")
    return whole + small or "零元"


def _two(value: str) -> str:
    return "两" if value == "2" else number(value)


def _hundredth(match: Match[str]) -> str:
    share = {"%": "百", "‰": "千"}[match[3]]
    upto = f"到百分之{number(match[2])}" if match[2] else ""
    return f"{share}分之{number(match[1])}{upto}"


def _part_of(match: Match[str]) -> str:
    over, under = int(match[1]), int(match[2])
    if 0 < over < under <= 10:
        return f"{number(match[2])}分之{number(match[1])}"
    return f"{number(match[1])}，{number(match[2])}"


def _narrow(match: Match[str]) -> str:
    return chr(ord(match[0]) - 0xFEE0)


def _code(match: Match[str]) -> str:
    """What follows a letter: A023, GB/T 37668-2019."""
    return one_by_one(match[1], _copied) + ("，" + one_by_one(match[2]) if match[2] else "")


def _copied_out(match: Match[str]) -> str:
    return one_by_one(match[0], _copied)


_Rule = tuple[re.Pattern[str], str | Callable[[Match[str]], str]]
_named_units = "|".join(sorted(map(re.escape, _units), key=len, reverse=True))
_n = r"\d[\d,]*(?:\.\d+)?"
_rules: tuple[_Rule, ...] = tuple(
    (re.compile(pattern), spoken)
    for pattern, spoken in (
        (r"[０-９Ａ-Ｚａ-ｚ．]", _narrow),
        (r"％", "%"),
        (r"[①-⑳]", lambda m: _ringed[m[0]] + "，"),
        (r"^\s*[(（]?(\d{1,2})(?:[)）]|[.、．](?!\d))\s*", lambda m: number(m[1]) + "，"),
        (r"[〔\[【(（](\d{4})[〕\]】)）]\s*(?:第\s*)?(\d+)\s*号", lambda m: f"{one_by_one(m[1])}，{number(m[2])}号"),
        (r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)日?", _day),
        (rf"(?<!\d)(\d{{4}}){_range}(?=\d{{4}}\s*年)", lambda m: one_by_one(m[1]) + "到"),
        (r"(?<!\d)(\d{4})\s*(?=年)", lambda m: one_by_one(m[1])),
        (rf"(?<=[点分月日号元天年个人岁%‰]){_range}(?=\d)|(?<=\d)\s*[至~～]\s*(?=\d)", "到"),
        (r"(?<!\d)\d{3,4}(?: \d{3,4})+(?!\d)", _dialled),
        (r"(?<!\d)0\d{2,3}[- ]\d{7,8}(?:[- ]\d{1,6})?(?!\d)", _dialled),
        (r"(?<!\d)(?:1[3-9]\d{9}|[48]00-?\d{3,4}-?\d{3,4}|1[12]\d{3}|9[56]\d{3})(?![\d.,]|[万元人户份亩])", _dialled),
        (r"(?<=[A-Za-z])[-/ ]?(\d+)(?:-(\d+))?", _code),
        (r"(?:(?<=打)|(?<=电话)|(?<=热线)|(?<=电话：)|(?<=报警)|(?<=急救)|(?<=火警))\s*1\d{2}(?!\d)", _dialled),
        (r"(?<![\d.])([01]?\d|2[0-4])[:：]([0-5]\d)(?!\d)", _clock),
        (r"(?<=[点分])\s*[-–—－]+\s*(?=[零一二三四五六七八九十两])", "到"),
        (rf"[¥￥]\s*({_n})\s*元?", lambda m: m[1] + "元"),
        (r"(?<=元)/", "每"),
        (r"(?<=每人)[·/](?=[年月天日])", "每"),
        (r"(?<![\d.])(\d[\d,]*)\.(\d)(\d?)\s*元", _money),
        (r"(?<=\d)\.(?:00(?![\d.])|0(?=[万亿]))", ""),
        (r"^\d{3,}(?=\s+[\u4e00-\u9fff])", lambda m: one_by_one(m[0])),
        (r"(?<![\d.])(\d+)-(0\d+)(?!\d)", lambda m: f"{one_by_one(m[1])}，{one_by_one(m[2])}"),
        (rf"({_n})(?:-({_n}))?\s*([%‰])", _hundredth),
        (r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])", _part_of),
        (r"(?<=\d)\s*[-–—－]\s*(?=\d)", "到"),
        (rf"(?<=\d)\s*({_named_units})(?![A-Za-z])", lambda m: _units[m[1]]),
        ("|".join(map(re.escape, _signs)), lambda m: _signs[m[0]]),
        (rf"(?<![\d.第])2(?=\s*(?:{_of_two}))(?!\s*年级)", "两"),
        (r"(?<![\d.,])\d{7,}(?![\d.,万亿元人户份亩米公平斤吨])", _copied_out),
        (r"\d+(?:\.\d+){2,}", lambda m: "点".join(map(number, m[0].split(".")))),
        (r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", lambda m: number(m[0])),
    )
)
