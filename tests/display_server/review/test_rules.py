"""Who may write, review and publish (promise 13), through the real services."""

import pytest
from sqlalchemy import select

from content_sync.domain.disclosure.review import Decision, principles
from content_sync.domain.errors import Refused
from display_server.access import Actor
from display_server.authoring import service as authoring
from display_server.authoring import submission
from display_server.database import content
from display_server.database.engine import Database
from display_server.database.tables.content import versions
from display_server.desk import publication
from display_server.review import service
from tests.display_server import texts

_every_role = ("editor", "reviewer", "secrecy", "legal", "publisher", "admin")


@pytest.fixture
def who(db: Database) -> texts.People:
    """Everybody, on a server with a tree."""
    texts.plant(db)
    return texts.people()


def hash_of(db: Database, item: str) -> str:
    """The hash of the newest version."""
    with db.read() as connection:
        return (
            connection.execute(
                select(versions.c.hash).where(versions.c.item == item).order_by(versions.c.version.desc())
            )
            .scalars()
            .first()
            or ""
        )


# who writes, reviews the content, reviews secrecy, publishes — each letter one person with every role
_combinations = [
    ("county", "a b c d", "published"),
    ("county", "a b b d", "published"),
    ("county", "a a c d", "不能审查自己写的内容"),
    ("county", "a b a d", "不能审查自己写的内容"),
    ("county", "a b c a", "不能发布自己写的内容"),
    ("county", "a b c b", "发布人不能是审查人"),
    ("county", "a b c c", "发布人不能是审查人"),
    ("village", "a b c c", "published"),
    ("village", "a b c b", "发布人不能是审查人"),
    ("village", "a b b b", "发布人不能是审查人"),
    ("village", "a b c a", "不能发布自己写的内容"),
    ("village", "a a c c", "不能审查自己写的内容"),
]


@pytest.mark.parametrize(("level", "letters", "end"), _combinations)
def test_three_persons(db: Database, level: str, letters: str, end: str) -> None:
    """Author, reviewer and publisher are three; in a village the secrecy reviewer may publish; never one alone."""
    texts.plant(db)
    everybody = {letter: texts.person(letter, *_every_role) for letter in "abcd"}
    author, content_reviewer, secrecy, publisher = (everybody[letter] for letter in letters.split())
    channel = {"county": "qinghe", "village": "liushu"}[level]
    item = authoring.create(db, author, channel, texts.plain(level=level))
    submission.submit(db, author, channel)
    sentences = []
    try:
        hash_ = hash_of(db, item)
        service.decide(db, content_reviewer, item, Decision("content", content_reviewer.name, hash_, True, principles))
        service.decide(db, secrecy, item, Decision("secrecy", secrecy.name, hash_, True))
        sentences += [reason for _, reason in publication.publish(db, publisher, channel).refused]
    except Refused as error:
        sentences.append(str(error))
    assert texts.state(db, item).state == end if end == "published" else end in sentences[0]
    assert end == "published" or texts.state(db, item).state == "submitted"


def test_an_account_with_every_role_cannot_skip_a_review_by_the_shell(db: Database) -> None:
    """`approve --as` of one's own text is refused item by item and leaves nothing behind."""
    texts.plant(db)
    alone = texts.person("alone", *_every_role)
    item = authoring.create(db, alone, "qinghe", texts.plain())
    submission.submit(db, alone, "qinghe")
    outcome = service.approve(db, alone, "qinghe")
    assert outcome.done == ()
    assert outcome.refused[0][0] == item
    assert publication.publish(db, alone, "qinghe").refused == ((item, "还缺内容审查、保密审查，不能发布。"),)


@pytest.mark.parametrize("account", ["publisher", "admin"])
def test_nobody_publishes_without_the_secrecy_review(db: Database, who: texts.People, account: str) -> None:
    """PUB-02: with content review alone, publication is refused for every role, the administrator's included."""
    item = authoring.create(db, who.editor, "qinghe", texts.plain())
    submission.submit(db, who.editor, "qinghe")
    service.approve(db, who.reviewer, "qinghe")
    actor: Actor = getattr(who, account)
    try:
        refused = dict(publication.publish(db, actor, "qinghe").refused)[item]
    except Refused as error:
        refused = str(error)
    assert "保密审查" in refused or "权限" in refused
    assert texts.state(db, item).state == "submitted"


@pytest.mark.parametrize("account", ["editor", "publisher", "admin"])
def test_a_review_needs_its_role(db: Database, who: texts.People, account: str) -> None:
    """Neither an editor nor a publisher nor the administrator approves."""
    texts_item = authoring.create(db, who.editor, "qinghe", texts.plain())
    submission.submit(db, who.editor, "qinghe")
    with pytest.raises(Refused, match="权限"):
        service.approve(db, getattr(who, account), "qinghe")
    decision = Decision("secrecy", account, hash_of(db, texts_item), True)
    with pytest.raises(Refused, match="权限"):
        service.decide(db, getattr(who, account), texts_item, decision)


def test_a_normative_document_needs_the_legal_review_too(db: Database, who: texts.People) -> None:
    """`legal` is asked for documents marked normative, and for nothing else."""
    body = {"blocks": [{"style": "p", "text": "第一条　……"}], "normative": True}
    item = authoring.create(db, who.editor, "qinghe", texts.plain("document", body=body))
    other = authoring.create(db, who.editor, "qinghe", texts.plain())
    submission.submit(db, who.editor, "qinghe")
    for account in (who.reviewer, who.secrecy):
        service.approve(db, account, "qinghe")
    made = publication.publish(db, who.publisher, "qinghe")
    assert (made.done, made.refused) == ((other,), ((item, "还缺合法性审查，不能发布。"),))
    assert service.approve(db, who.legal, "qinghe").done == (item,)
    assert publication.publish(db, who.publisher, "qinghe").done == (item,)


def test_content_review_ticks_all_five(db: Database, who: texts.People) -> None:
    """CAT-22: an unticked principle keeps the item in review."""
    item = authoring.create(db, who.editor, "qinghe", texts.plain())
    submission.submit(db, who.editor, "qinghe")
    with pytest.raises(Refused, match="五项原则"):
        service.decide(db, who.reviewer, item, Decision("content", "reviewer", hash_of(db, item), True, principles[:4]))
    assert texts.state(db, item).state == "submitted"


def test_an_edit_after_approval_voids_it_and_keeps_the_old_decision(db: Database, who: texts.People) -> None:
    """Promise 13: the new version has its own hash and no review; the old decisions stay on file."""
    item = texts.approved(db, who)
    before = hash_of(db, item)
    authoring.edit(db, who.editor, item, texts.plain(title="改了一个字"))
    assert texts.state(db, item).state == "draft"
    assert publication.publish(db, who.publisher, "qinghe").refused == ()
    submission.submit(db, who.editor, "qinghe")
    assert hash_of(db, item) != before
    made = publication.publish(db, who.publisher, "qinghe")
    assert made.refused == ((item, "还缺内容审查、保密审查，不能发布。"),)
    with db.read() as connection:
        kept = content.rulings(connection, [item])[item]
    assert {(r.decision.kind, r.decision.item_hash, r.version) for r in kept} == {
        ("content", before, 1),
        ("secrecy", before, 1),
    }


def test_saving_the_same_text_again_voids_nothing(db: Database, who: texts.People) -> None:
    """An author who opens an approved text and saves it unchanged costs nobody a second review."""
    item = texts.approved(db, who)
    authoring.edit(db, who.editor, item, texts.plain())
    assert publication.publish(db, who.publisher, "qinghe").done == (item,)


def test_a_review_of_an_older_text_is_refused(db: Database, who: texts.People) -> None:
    """Who had the page open while the author changed the text must look again."""
    item = authoring.create(db, who.editor, "qinghe", texts.plain())
    submission.submit(db, who.editor, "qinghe")
    old = hash_of(db, item)
    authoring.edit(db, who.editor, item, texts.plain(title="新的标题"))
    submission.submit(db, who.editor, "qinghe")
    with pytest.raises(Refused, match="已经改过"):
        service.decide(db, who.secrecy, item, Decision("secrecy", "secrecy", old, True))


def test_whoever_edits_a_text_is_one_of_its_authors(db: Database, who: texts.People) -> None:
    """A reviewer with the editor role who mends a word may no longer review that text."""
    item = authoring.create(db, who.editor, "qinghe", texts.plain())
    both = texts.person("both", "editor", "reviewer")
    authoring.edit(db, both, item, texts.plain(title="顺手改的"))
    submission.submit(db, who.editor, "qinghe")
    assert service.approve(db, both, "qinghe").refused == ((item, "不能审查自己写的内容：请换一位审查人。"),)


def test_a_rejection_needs_a_comment_and_sends_the_text_back(db: Database, who: texts.People) -> None:
    """The author sees it as returned; the same text cannot be submitted again, a changed one can."""
    item = authoring.create(db, who.editor, "qinghe", texts.plain())
    submission.submit(db, who.editor, "qinghe")
    hash_ = hash_of(db, item)
    with pytest.raises(Refused, match="写明意见"):
        service.decide(db, who.reviewer, item, Decision("content", "reviewer", hash_, False))
    service.decide(db, who.reviewer, item, Decision("content", "reviewer", hash_, False, (), "日期不对"))
    assert texts.state(db, item).state == "returned"
    assert "还没有修改" in submission.submit(db, who.editor, "qinghe").refused[0][1]
    authoring.edit(db, who.editor, item, texts.plain(dated="2026-11-21"))
    assert submission.submit(db, who.editor, "qinghe").done == (item,)


def test_another_units_reviewer_is_refused(db: Database, who: texts.People) -> None:
    """An account acts only for its own units."""
    stranger = texts.person("stranger", *_every_role, units=("liushu",))
    for act in (service.approve, submission.submit, publication.publish):
        with pytest.raises(Refused, match="权限"):
            act(db, stranger, "qinghe")
