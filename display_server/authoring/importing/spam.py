"""Advertising that was injected into official pages: found, taken out and quoted; it blocks until someone has looked.

1. A line scores: a word that no office writes 3, a gambling or adult trade word 2, a bait word 1, an outside address 1.
   From 3 points on it is spam.
2. A line of enforcement (依法查处…) may name such trades: without an address it is only pointed out.
3. A line that is little more than an address outside the government's domain is injected, too.
"""

import re
from dataclasses import replace

from content_sync.domain.disclosure.lint import Finding
from display_server.authoring.importing.lines import Lines, Step, han, quoted

_never = re.compile(
    "国产精品|久久精品|精品视频|毛片|三级片|成人(?:电影|视频|小说|网站|影院)|裸聊|约炮|援交|av女优|伦理片|激情视频|做爱",
    re.IGNORECASE,
)
_trade = re.compile(
    "百家乐|时时彩|六合彩|老虎机|真人娱乐|博彩|娱乐城|赌场|北京赛车|葡京|太阳城|皇冠(?:体育|现金)|棋牌游戏|彩票平台|色情|情色"
    "|无码|黄片|性爱|一夜情|加勒比|一区二区|美女(?:视频|直播)|迷药|代开发票|办证刻章|出售枪支"
)
_bait = re.compile(
    "在线观看|免费观看|注册送|首存|提现|下注|投注|开户送|亚洲|欧美|日韩|高清|点击进入|加微信|加qq|全集|看片|直播",
    re.IGNORECASE,
)
_url = re.compile(r"(?:[A-Za-z]{2,10}://|www\.)([A-Za-z0-9.-]{1,253})[!-~]*", re.ASCII)
_official = re.compile(r"\.(?:gov|edu|org|mil)(?:\.cn)?$")
_enforcement = re.compile("依法|查处|打击|严禁|禁止|处罚|违法|犯罪|防范|案件|整治|不得")
_own_words_min = 8


def without_spam(lines: Lines) -> Step:
    """The lines without spam, each one quoted with its number."""
    kept, findings = [], []
    for line in lines:
        outside = [m for m in _url.finditer(line.text) if not _official.search(m.group(1).lower().rstrip("."))]
        points = _points(line.text) + bool(outside)
        own = len(re.findall(f"[{han}]", _url.sub("", line.text)))
        if (points >= 3 and (outside or not _enforcement.search(line.text))) or (outside and own < _own_words_min):
            sentence = f"隔离了疑似植入的广告{quoted(line.text)}：请核对来源，确认后再提交。"
            findings.append(Finding("A15.7-spam", sentence, line.number, blocking=True))
            kept.append(replace(line, text=""))
            continue
        if points >= 3 or outside:
            what = outside[0].group() if outside else line.text[:20]
            sentence = f"这一行提到“{what[:80]}”：请核对是不是原文。"
            findings.append(Finding("A15.7-spam", sentence, line.number))
        kept.append(line)
    return tuple(kept), tuple(findings)


def _points(text: str) -> int:
    never, trade, bait = (len(set(pattern.findall(text))) for pattern in (_never, _trade, _bait))
    return 3 * never + 2 * trade + bait
