"""A guide's questions in the editor: codes stay with their words, so that old slips open the same case."""

from content_sync.domain.disclosure.guides import Situation, Which
from content_sync.wire import shapes
from display_server.authoring.forms.answers import questions_of_rows, row_of
from display_server.authoring.forms.rows import records_of

_what = Which(
    "what", "身份证怎么了？", (Situation("lost", "丢了"), Situation("worn", "坏了"), Situation("due", "到期了"))
)
_codes = "what：丢了=lost；坏了=worn；到期了=due"


def _ids(answers: str) -> list[str]:
    (found,) = questions_of_rows([{"text": "身份证怎么了？", "answers": answers, "id": _codes}])
    return [one["id"] for one in found["answers"]]


def test_a_question_is_one_row_and_comes_back_as_it_was() -> None:
    """Opened and saved, nothing changed."""
    row = row_of(_what)
    assert row == {"text": "身份证怎么了？", "answers": "丢了；坏了；到期了", "id": _codes}
    assert questions_of_rows([row]) == [shapes.to_plain(_what)]


def test_codes_follow_their_words() -> None:
    """Moved, inserted, taken out, reworded: what keeps its words or its place keeps its code."""
    assert _ids("到期了；丢了；坏了") == ["due", "lost", "worn"]
    assert _ids("丢了；不见了；坏了；到期了") == ["lost", "w1", "worn", "due"]
    assert _ids("丢了；到期了") == ["lost", "due"]
    assert _ids("丢失；坏了；到期了") == ["lost", "worn", "due"]


def test_a_new_question_gets_codes_of_its_own() -> None:
    """Half-width marks are read too; no code is given twice."""
    rows = [row_of(_what), {"text": "谁来办？", "answers": "本人来; 请人代办", "id": ""}]
    _, new = questions_of_rows(rows)
    assert new == {
        "id": "w3",
        "text": "谁来办？",
        "answers": [{"id": "w1", "label": "本人来"}, {"id": "w2", "label": "请人代办"}],
    }


def test_materials_limits_and_fees_name_answers_by_their_words() -> None:
    """只限情形 is written in the words of the answers, whatever their codes."""
    rows = {
        "which": [row_of(_what)],
        "materials": [{"name": "户口簿", "situations": "丢了"}, {"name": "旧身份证", "situations": "坏了；到期了"}],
        "fees": [{"name": "工本费", "fen": "40", "situations": "丢了；坏了"}],
        "limits": [{"kind": "promised", "amount": "20", "unit": "working_day", "situations": "到期了"}],
    }
    found = records_of(rows)
    assert [one["situations"] for one in found["materials"]] == [["lost"], ["worn", "due"]]
    assert found["fees"][0]["situations"] == ["lost", "worn"]
    assert found["limits"][0]["situations"] == ["due"]
