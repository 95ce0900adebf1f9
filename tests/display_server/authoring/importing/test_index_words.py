import json

import pytest

from content_sync import assets
from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.items import Body, Document, Item, Notice
from display_server.authoring.importing.index_words import index_words, initials


def item(title: str, body: Body | None = None, aliases: tuple[str, ...] = (), plain_title: str = "") -> Item:
    """An item whose other fields do not matter here."""
    return Item(
        id="a-1",
        kind="document",
        channel="c",
        unit="u",
        title=title,
        node="c01",
        openness="proactive",
        visibility="public",
        timing="ad_hoc",
        dated="2026-01-01",
        shown_from="2026-01-01T00:00:00+08:00",
        source="",
        responsible="",
        body=body or Notice(()),
        aliases=aliases,
        plain_title=plain_title,
    )


@pytest.mark.parametrize(
    ("title", "letters"),
    [
        ("办理居民身份证", "bljmsfz"),
        ("重庆市银行行长", "cqsyhhz"),
        ("调解（县级）2026年A类", "tjxj2026nal"),
        ("（！）", ""),
        ("", ""),
    ],
)
def test_initials_follow_the_phrase(title, letters):
    """A character with several readings takes the one of its phrase; digits and letters stay, marks go."""
    assert initials(title) == letters


def test_a_formal_title_is_found_by_what_people_call_it():
    """最低生活保障 brings 低保, with its initials; what an editor wrote comes first and stays."""
    aliases, letters = index_words(item("最低生活保障审批", aliases=("吃低保",), plain_title="办低保"))
    assert aliases[0] == "吃低保"
    assert "低保户" in aliases
    assert "低保" not in aliases  # it stands in the plain title already
    assert letters[:2] == ("zdshbzsp", "bdb")
    assert "cdb" in letters


def test_documents_are_found_by_their_headings_and_main_subjects():
    """A chapter or a repeated term counts; a single mention in a list does not, nor anything far down."""
    heading = Document((Block("h1", "第二章 最低生活保障"),))
    twice = Document((Block("p", "最低生活保障标准。"), Block("p", "申请最低生活保障。")))
    once = Document((Block("p", "对最低生活保障、工伤认定不服的"),))
    far = Document((Block("p", "无关。" * 1_000), Block("p", "最低生活保障" * 3)))
    assert ["低保" in index_words(item("某办法", body))[0] for body in (heading, twice, once, far)] == [
        True,
        True,
        False,
        False,
    ]


def test_terms_give_their_words_in_turn():
    """出版物零售 keeps 开书店 beside all that opens under 个体工商户设立; half-width brackets are full-width ones."""
    aliases, _ = index_words(item("出版物零售单位和个体工商户设立审批"))
    assert len(aliases) == limits.aliases_max
    assert "开书店" in aliases
    halves = index_words(item("食品(含保健食品)经营许可核发"))[0]
    assert halves == index_words(item("食品（含保健食品）经营许可核发"))[0]
    assert "开饭馆" in halves


def test_the_table_holds_only_real_pairs():
    """Every formal term has words, none its own, none empty, and the limit on aliases holds."""
    table = json.loads(assets.path("aliases.json").read_text("utf-8"))
    assert len(table) >= 40
    assert all(words and all(word and word != term for word in words) for term, words in table.items())
    assert len(index_words(item("".join(table)))[0]) <= limits.aliases_max
