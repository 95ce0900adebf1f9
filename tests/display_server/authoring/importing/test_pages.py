import pytest

from display_server.authoring.importing.cleaning import clean


def result(*lines: str) -> tuple[list[str], list[str]]:
    """Clean lines of lines with blank ones between, and what was said about pages."""
    cleaned = clean("\n\n".join(lines))
    said = [f.message for f in cleaned.findings if f.rule in ("A15.7-pages", "A15.7-contents")]
    return [line.text for line in cleaned.lines if line.text], said


def test_a_page_number_before_a_list_number_goes():
    """38、 between 7、 and 9、 is point 8 with page 3 glued to it."""
    kept, said = result("7、权益事项；", "38、便民措施；", "9、监督办法；")
    assert kept == ["7、权益事项；", "8、便民措施；", "9、监督办法；"]
    assert len(said) == 1
    assert "“3”" in said[0]
    assert "38、便民措施" in said[0]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (("不能当场提供的，应当在10个工作日内", "5提供；"), "5提供；"),
        (("一句完整的话。", "21第七条"), "21第七条"),
        (("一句完整的话。", "32（一）公众评议：问卷。"), "32（一）公众评议：问卷。"),
        (("一句完整的话。", "24七、本制度自下发之日起施行。"), "24七、本制度自下发之日起施行。"),
    ],
)
def test_a_number_whose_surroundings_prove_it_goes_and_is_quoted(lines, wanted):
    """Before a heading's sign, or where a broken sentence goes on, a number is a page; the original is quoted."""
    kept, said = result(*lines)
    assert kept[-1] == wanted.lstrip("0123456789")
    assert wanted[:4] in said[0]


@pytest.mark.parametrize(
    "lines",
    [
        ("为了方便群众，设立了热线", "110报警服务台全天开通。"),
        ("一、推进政务公开", "12345热线全天开通。"),
        ("参加会议的，共有", "36人参加了会议。"),
        ("1、甲；", "12、乙；", "13、丙。"),
        ("区属单位公开面达100%，开通了400电话，投资8000多万元。",),
        ("第4篇：政务公开制度", "3、甲；", "4、乙。"),
        ("2008年，我区", "2009年再次评选。"),
    ],
)
def test_numbers_that_may_be_text_stay(lines):
    """Hotlines, counts, jumps in a list, years and numbered parts are not pages without more proof."""
    lines = lines[:1] if lines[0].startswith("为了") else lines
    assert result(*lines)[0] == list(lines)


def test_pages_nearby_prove_a_doubtful_number_and_others_are_pointed_out():
    """35人 after page 34 is page 35; a number without neighbours stays and is told."""
    pages = [
        "33（一）甲；",
        "34（二）乙；",
        "对不属于本机关受理的，应当告知申请",
        "35人向机关提出，机关受理。",
        "丙、7政务制度。",
        "36（三）丁。",
    ]
    kept, said = result(*pages)
    assert kept[-3:] == ["人向机关提出，机关受理。", "丙、7政务制度。", "（三）丁。"]
    assert "“7”可能是页码，没有删" in said[-2]


def test_contents_lose_leaders_and_page_numbers():
    """Entries that run together are parted; their numbers are told."""
    kept, said = result("主动公开制度-------3评议制度--7复议办法（试行）......27正文标题")
    assert kept == ["主动公开制度", "评议制度", "复议办法（试行）", "正文标题"]
    assert "3、7、27" in said[0]
    assert result("从1990--2000年", "电话0826--123")[0] == ["从1990--2000年", "电话0826--123"]


def test_lone_page_numbers_go_when_dressed_or_rising():
    """- 3 - and 第3页 are pages; bare numbers only as a rising series, a single one is told."""
    assert result("甲。", "- 3 -", "乙。", "第 4 页 共 9 页")[0] == ["甲。", "乙。"]
    assert result("甲。", "1", "乙。", "2", "丙。")[0] == ["甲。", "乙。", "丙。"]
    kept, said = result("甲。", "7", "乙。")
    assert kept == ["甲。", "7", "乙。"]
    assert "可能是页码" in said[0]
