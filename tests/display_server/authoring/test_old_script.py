"""Traditional characters wait for a person's decision (N-08), on a real database."""

import pytest

from content_sync.domain.errors import BadInput, Refused
from content_sync.wire.items import item_from_plain
from display_server.authoring import old_script, service, submission
from display_server.database import content
from display_server.database.engine import Database
from tests.display_server import texts


def _saying(*sentences: str) -> dict[str, object]:
    return texts.plain(body={"blocks": [{"style": "p", "text": sentence} for sentence in sentences]})


def _findings(db: Database, item: str) -> list[tuple[str, bool]]:
    with db.read() as connection:
        entry = content.entry(connection, item)
        place = content.channel(connection, entry.channel)
        whole = item_from_plain(content.draft(connection, item))
        found = submission.all_findings(db, connection, whole, place.unit.level)
    return [(one.rule, one.blocking) for one in found if one.rule == "N-08"]


def test_a_quotation_keeps_its_characters_once_somebody_says_so(db: Database) -> None:
    """Nothing is submitted before; afterwards it is, and the finding is still told."""
    who = texts.people()
    item = service.create(db, who.editor, "qinghe", _saying("碑文写着“為民”。"))
    (refused,) = submission.submit(db, who.editor, "qinghe").refused
    assert "N-08" in refused[1]
    old_script.keep(db, who.editor, item, "quotation")
    assert _findings(db, item) == [("N-08", False)]
    assert submission.submit(db, who.editor, "qinghe").done == (item,)


def test_a_decision_is_for_the_characters_it_was_made_of(db: Database) -> None:
    """One that goes leaves the decision standing; one that comes in with an edit asks again."""
    who = texts.people()
    item = service.create(db, who.editor, "qinghe", _saying("碑文写着“為民”，题字“開卷”。"))
    old_script.keep(db, who.editor, item, "name")
    service.edit(db, who.editor, item, _saying("碑文写着“為民”。"))
    assert _findings(db, item) == [("N-08", False)]
    service.edit(db, who.editor, item, _saying("碑文写着“為國”。"))
    assert _findings(db, item) == [("N-08", True)]
    assert submission.submit(db, who.editor, "qinghe").done == ()
    service.edit(db, who.editor, item, _saying("碑文写着“为国”。"))
    assert _findings(db, item) == []


def test_a_decision_needs_a_reason_a_cause_and_an_author(db: Database) -> None:
    """Without one of the two reasons, without such characters, or by who may not write there: nothing is decided."""
    who = texts.people()
    item = service.create(db, who.editor, "qinghe", _saying("碑文写着“為民”。"))
    plain = service.create(db, who.editor, "qinghe", texts.plain())
    with pytest.raises(BadInput, match="理由"):
        old_script.keep(db, who.editor, item, "because")
    with pytest.raises(BadInput, match="没有繁体字"):
        old_script.keep(db, who.editor, plain, "name")
    with pytest.raises(Refused):
        old_script.keep(db, who.reviewer, item, "name")
    assert _findings(db, item) == [("N-08", True)]
