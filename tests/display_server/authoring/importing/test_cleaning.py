import pytest

from content_sync.domain import limits
from content_sync.domain.errors import BadInput
from display_server.authoring.importing.cleaning import clean


def texts(source: str) -> list[str]:
    """The clean lines that are not blank."""
    return [line.text for line in clean(source).lines if line.text]


def rules(source: str, *, blocking: bool = False) -> list[tuple[str, int]]:
    """Rule and line of the findings; only the blocking ones when asked."""
    return [(f.rule.removeprefix("A15.7-"), f.line) for f in clean(source).findings if f.blocking or not blocking]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("中文,英文;说明:是!", "中文，英文；说明：是！"),
        ("共1,000元,17:06开始", "共1,000元，17:06开始"),
        ("见http://www.gov.cn/a,b?c=1:2和a.b@gov.cn", "见http://www.gov.cn/a,b?c=1:2和a.b@gov.cn"),
        ("印发[20**]3号(试行)和VPN(a)", "印发[20**]3号（试行）和VPN(a)"),
        ("见f(x) only和(20**)号", "见f(x) only和（20**）号"),
        ("英文 f(x) only", "英文 f(x) only"),
        ("(以下简称《条", "（以下简称《条"),
        ('他说"好"。', "他说“好”。"),
        ("《关于<建筑法>的决定》", "《关于〈建筑法〉的决定》"),
        ("1.深化公开.", "1.深化公开。"),
        ("考核。。另行 ,通知", "考核。另行，通知"),
        ("还有。。。", "还有。。。"),
        ("第1.5条", "第1.5条"),
    ],
)
def test_marks_become_full_width_only_beside_han(source, wanted):
    """Half-width marks change beside Han characters; numbers, times, addresses and Latin text keep theirs."""
    assert texts(source) == [wanted]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("集體讨論、标準", "集体讨论、标准"),
        ("後面是皇后", "后面是皇后"),
        ("著力保護著作權,成效显著、沿著河边", "着力保护著作权，成效显著、沿着河边"),
        ("显著、著者、土著", "显著、著者、土著"),
        ("著力", "著力"),
        ("複蓋城鄉,重複蓋章", "覆盖城乡，重复盖章"),
        ("乾隆年间一片狼藉", "乾隆年间一片狼藉"),
    ],
)
def test_traditional_and_mixed_words_become_standard(source, wanted):
    """Conversion goes by phrase, cures words of both scripts, and mends what machines break."""
    assert texts(source) == [wanted]


def test_conversion_is_counted_with_examples():
    """The finding says how many characters changed and names places where both scripts met."""
    script, mixed = [f for f in clean("集體讨論").findings if f.rule in ("N-08", "A15.7-mixed")]
    assert "2个繁体字" in script.message
    assert "體→体" in script.message
    assert "讨論" in mixed.message
    assert not script.blocking


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("\ufeff政\u200b务\u00ad公\x9d开", ["政务公开"]),
        ("甲<br/>乙<p class='x'>丙</p>丁", ["甲", "乙", "丙", "丁"]),
        ("A&amp;amp;amp;B&nbsp;&#x4E2D;", ["A&B 中"]),
        ("甲<!-- 注释 -->乙<script>x=1</script>", ["甲乙"]),
        ("<中华人民共和国建筑法>修改", ["〈中华人民共和国建筑法〉修改"]),
        ("甲\r\n乙\r丙\x0b丁", ["甲", "乙", "丙", "丁"]),
        ("未关的<!-- 注释", ["未关的<!-- 注释"]),
    ],
)
def test_unseen_things_go_and_text_stays(source, wanted):
    """Controls, zero-width characters, entities, comments and tags go; <…> around Han is text."""
    assert texts(source) == wanted


def test_hidden_text_is_taken_out_quoted_and_blocks():
    """Text that the web page hid is not published by accident, and its line number is the source's."""
    source = "第一行\n<div\nstyle='display: none'>某某\n平台</div>\n末行"
    (finding,) = [f for f in clean(source).findings if f.blocking]
    assert (finding.rule, finding.line) == ("A15.7-hidden", 2)
    assert "某某 平台" in finding.message
    assert [(line.number, line.text) for line in clean(source).lines if line.text] == [(1, "第一行"), (5, "末行")]


@pytest.mark.parametrize(
    "line",
    [
        "国产精品久久免费视频",
        "澳门葡京娱乐城注册送彩金",
        "百家乐 老虎机 时时彩 投注",
        "点击进入 http://abc.top/x",
        "高清在线观看欧美日韩无码",
    ],
)
def test_spam_is_quarantined_with_its_line_and_blocks(line):
    """An injected line leaves the text, stands quoted in a finding and blocks until someone has looked (A15.7)."""
    source = f"政务公开工作年度报告\n\n{line}\n一切正常。"
    (finding,) = [f for f in clean(source).findings if f.blocking]
    assert (finding.rule, finding.line) == ("A15.7-spam", 3)
    assert line.split()[0][:6] in finding.message
    assert texts(source) == ["政务公开工作年度报告", "一切正常。"]


@pytest.mark.parametrize(
    "line",
    [
        "依法查处利用老虎机、百家乐等赌博的违法行为。",
        "代开发票作废（县级行使）",
        "A片区改造和一区二区三个街道的供水",
        "详见县政府网站 http://www.gov.cn/zwgk",
        "系统由某公司维护，网址 http://www.example.com/help 仅供查询办事进度使用。",
        "扫黄打非，严禁传播色情信息。",
    ],
)
def test_official_lines_that_look_like_spam_stay(line):
    """Enforcement notices, office services and official addresses are not spam."""
    assert len(texts(line)) == 1
    assert rules(line, blocking=True) == []


@pytest.mark.parametrize("number", ["11010519491231002X", "138-0013-8000", "4111 1111 1111 1111", "138\u200b00138000"])
def test_personal_numbers_block_and_are_not_repeated(number):
    """An id, mobile or card number blocks, names its line, and is masked in the finding; nothing hides it (N-09)."""
    source = f"名单\n张三 {number}"
    assert rules(source, blocking=True) == [("N-09", 2)]
    assert all(number not in finding.message for finding in clean(source).findings)


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("政务\ufffd开", ("lost", 1)),
        ("任前□示", ("lost", 1)),
        ("公开形式?紤]社区居民", ("lost", 1)),
        ("**市人民政府", ("masked", 1)),
        ("甲\n" + "完善政务公开制度，保障群众的知情权和监督权。\n" * 2, ("repeated", 3)),
    ],
)
def test_doubtful_places_are_pointed_out_and_kept(source, rule):
    """Lost characters, masks and repeated paragraphs are told with their line; the text stays as it was."""
    assert rule in rules(source)
    assert "".join(texts(source)) == "".join(source.split())


def test_a_text_too_long_for_one_item_is_refused():
    """Too many characters, bytes or lines are refused before any work is done."""
    for source in ("a" * (limits.import_text_chars_max + 1), "中" * 200_000, "中\n" * (limits.import_lines_max + 1)):
        with pytest.raises(BadInput, match="分成几份"):
            clean(source)
