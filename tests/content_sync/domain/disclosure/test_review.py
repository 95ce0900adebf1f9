"""Three different people, every review, exactly this text."""

import pytest

from content_sync.domain.disclosure.items import Document
from content_sync.domain.disclosure.review import Decision, check_publish, check_review, missing, needed, principles
from content_sync.domain.errors import Refused
from tests.content_sync.making import document, item


def _passed(kind: str, account: str, item_hash: str = "h") -> Decision:
    return Decision(kind, account, item_hash, passed=True, ticks=principles)  # type: ignore[arg-type]


_both = (_passed("content", "ru"), _passed("secrecy", "bao"))
_cases = {
    "three people in a county": ("county", _both, "fa", ""),
    "one reviewer may give both reviews": ("county", (_passed("content", "ru"), _passed("secrecy", "ru")), "fa", ""),
    "the author may not publish": ("county", _both, "bian", "不能发布自己写的"),
    "a reviewer may not publish in a county": ("county", _both, "bao", "发布人不能是审查人"),
    "a reviewer may not publish in a township": ("township", _both, "ru", "发布人不能是审查人"),
    "the 村监委 secrecy reviewer may publish in a village": ("village", _both, "bao", ""),
    "the content reviewer may not publish in a village either": ("village", _both, "ru", "发布人不能是审查人"),
    "the author may not publish in a village": ("village", _both, "bian", "不能发布自己写的"),
    "a reviewer stays one when somebody reviews again": (
        "county",
        (_passed("content", "fa"), *_both),
        "fa",
        "发布人不能是审查人",
    ),
    "secrecy review cannot be skipped": ("county", _both[:1], "fa", "还缺保密审查"),
    "a review of another text does not count": (
        "county",
        (_both[0], _passed("secrecy", "bao", "old")),
        "fa",
        "还缺保密审查",
    ),
    "a later rejection counts": (
        "county",
        (*_both, Decision("content", "ru", "h", passed=False)),
        "fa",
        "还缺内容审查",
    ),
}


@pytest.mark.parametrize("story", _cases)
def test_who_may_publish(story: str) -> None:
    """Every combination of people and reviews ends as its sentence says (promise 13)."""
    level, decisions, account, refusal = _cases[story]
    if refusal:
        with pytest.raises(Refused, match=refusal):
            check_publish(item(), "h", "bian", decisions, account, level)
    else:
        check_publish(item(), "h", "bian", decisions, account, level)


def test_nobody_reviews_their_own_text() -> None:
    """The author's own review is refused."""
    with pytest.raises(Refused, match="换一位审查人"):
        check_review(_passed("content", "bian"), "bian")


def test_a_content_review_ticks_all_five_principles() -> None:
    """A content review with four ticks is refused, one with five is taken (CAT-22)."""
    with pytest.raises(Refused, match="五项原则"):
        check_review(Decision("content", "ru", "h", passed=True, ticks=principles[:4]), "bian")
    check_review(_passed("content", "ru"), "bian")


def test_a_normative_document_needs_legal_review_too() -> None:
    """Legal review is asked of normative documents only (PUB-02)."""
    normative = document(body=Document((), normative=True))
    assert "legal" in needed(normative)
    assert "legal" not in needed(document())
    assert missing(normative, "h", _both) == ("legal",)
