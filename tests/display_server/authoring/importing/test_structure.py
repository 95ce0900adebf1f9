import pytest

from content_sync.domain import limits
from content_sync.domain.errors import BadInput
from display_server.authoring.importing.cleaning import clean
from display_server.authoring.importing.structure import Structured, structured


def of(*lines: str, gap: str = "\n\n") -> Structured:
    """The structure of lines with blank ones between."""
    return structured(clean(gap.join(lines)).lines, "文件名")


def styles(*lines: str, gap: str = "\n\n") -> list[tuple[str, str]]:
    """Style and text of every block below the title 测试办法."""
    return [(block.style, block.text) for block in of("测试办法", *lines, gap=gap).blocks]


def test_headings_points_and_articles_get_their_styles():
    """Chapters are h1, sections h2, articles paragraphs, sentences with a number points; labels join their text."""
    assert styles(
        "第一章",
        "总 则",
        "第一条",
        "为了公开，制定本办法。",
        "第二条 公开的内容",
        "（一）机构职责；",
        "（二）办事程序。",
    ) == [
        ("h1", "第一章 总则"),
        ("p", "第一条 为了公开，制定本办法。"),
        ("h2", "第二条 公开的内容"),
        ("li", "（一）机构职责；"),
        ("li", "（二）办事程序。"),
    ]
    assert styles(
        "一、总体要求", "（一）加强领导，健全机制", "一是成立小组。", "1.甲。", "二、本办法自发布之日起施行。"
    ) == [
        ("h1", "一、总体要求"),
        ("h2", "（一）加强领导，健全机制"),
        ("p", "一是成立小组。"),
        ("li", "1.甲。"),
        ("li", "二、本办法自发布之日起施行。"),
    ]


def test_a_heading_with_commas_does_not_swallow_the_paragraph_below_it():
    """（一）… without a full stop stays a heading, whatever commas it has."""
    assert styles("（一）加强组织领导，健全运行机制", "成立领导小组，落实责任。") == [
        ("h2", "（一）加强组织领导，健全运行机制"),
        ("p", "成立领导小组，落实责任。"),
    ]


def test_markdown_headings_keep_their_level():
    """# is the title, ## h1 and ### h2; comments are gone."""
    whole = of("# 中华人民共和国某某法", "<!-- INFO END -->", "## 第一章 总 则", "### 第一节 范围", "第一条 为了。")
    assert whole.title == "中华人民共和国某某法"
    assert [(b.style, b.text) for b in whole.blocks] == [
        ("h1", "第一章 总则"),
        ("h2", "第一节 范围"),
        ("p", "第一条 为了。"),
    ]


def test_broken_lines_are_joined_and_headings_are_not():
    """A sentence that breaks off goes on; a heading, a new point and a finished sentence do not."""
    assert styles(
        "向行政管理相对人公开的监察制度，是加强监督、密切", "联系群众的重要措施。", "公开形式", "通过公报公开。"
    ) == [
        ("p", "向行政管理相对人公开的监察制度，是加强监督、密切联系群众的重要措施。"),
        ("h2", "公开形式"),
        ("p", "通过公报公开。"),
    ]
    wrapped = (
        "为了进一步做好全县政务公开工作并且保障人民群众的知情权",
        "参与权表达权和监督权现将有关事项通知如下请认真执行",
        "完毕。",
    )
    assert styles(*wrapped, gap="\n") == [("p", "".join(wrapped))]
    assert styles("率分别为多少。第九条", "结果分为三等。")[1] == ("p", "第九条 结果分为三等。")
    assert styles("**市政府信息公开工作", "社会评议制度（试行）", "第一条 为加强监督，制定本制度。")[0] == (
        "h1",
        "**市政府信息公开工作社会评议制度（试行）",
    )


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("关于深化政务公开的意见", "为贯彻精神，提出意见。"), "关于深化政务公开的意见"),
        (("2011年8月，两办印发了《关于深化公开的意见》，全文如下：", "甲。"), "关于深化公开的意见"),
        (("社区标准化规范化", "某区2008年工作年度报告", "一、工作", "甲。"), "某区2008年工作年度报告"),
        (("第4篇：信息公开制度", "甲。"), "信息公开制度"),
        (("政务公开", "政务公开", "甲，乙。"), "政务公开"),
        (("为贯彻精神，现就有关工作提出意见。", "甲。"), "文件名"),
    ],
)
def test_titles_are_found_and_guesses_are_said(lines, title):
    """The title comes from where titles stand; anything but the first line is told to the editor."""
    whole = of(*lines)
    assert whole.title == title
    told = [f for f in whole.findings if f.rule == "A15.7-title"]
    assert bool(told) == (lines[0] != title or lines.count(title) > 1)


@pytest.mark.parametrize(
    ("lines", "dated"),
    [
        (("某报告", "发布时间:2008-03-15 17:06 作者:政府办", "一、甲", "乙。"), "2008-03-15"),
        (
            ("某条例", "2007年4月5日 国务院令公布", "2019年4月3日 修订", "2019年5月15日 施行", "第一条 甲。"),
            "2019-04-03",
        ),
        (("某通知", "请执行。", "县政府", "二〇一一年十二月二十三日"), "2011-12-23"),
        (("某通知", "请执行。", "2011年8月2日"), "2011-08-02"),
        (("2011年8月,印发了《某某意见》,全文如下:", "甲。"), "2011-08-01"),
        (("某通知", "2014年7月,抽调了百人开展督察,效果很好。", "完。"), ""),
        (("某通知", "请执行。", "2011年13月40日"), ""),
    ],
)
def test_the_date_is_what_the_text_says_of_itself(lines, dated):
    """Publication lines, history, signature and first sentence count; dates in the story do not."""
    whole = of(*lines)
    assert whole.dated == dated
    assert any(f.rule == "A15.7-date" for f in whole.findings)


def test_remains_of_a_web_page_are_taken_out_and_told():
    """A line of counters is quoted in a finding; headings with nothing below them at the end are pointed out."""
    whole = of("某报告", "浏览次数: 字体:[ ]", "一、甲", "乙。", "相关词条", "相关搜索")
    assert [b.text for b in whole.blocks] == ["一、甲", "乙。", "相关词条", "相关搜索"]
    said = [f.message for f in whole.findings if f.rule == "A15.7-web"]
    assert "浏览次数" in said[0]
    assert "相关词条、相关搜索" in said[1]


def test_blocks_and_texts_stay_within_their_limits():
    """A long paragraph is parted at sentence ends; too many paragraphs are refused with what to do."""
    sentence = "政务公开工作要做好。"
    blocks = of("某办法", sentence * 2_000).blocks
    assert "".join(b.text for b in blocks) == sentence * 2_000
    assert all(len(b.text) <= limits.block_chars_max and b.text.endswith("。") for b in blocks)
    with pytest.raises(BadInput, match="分成几份"):
        of(*["一段。"] * (limits.blocks_max + 1), gap="\n")
    with pytest.raises(BadInput, match="没有文字"):
        of(" ", "\u200b")
