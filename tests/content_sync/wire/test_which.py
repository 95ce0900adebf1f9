"""Questions on the wire: what was written before keeps its bytes, and what is newer is passed over."""

import json
from dataclasses import replace

from content_sync.domain.disclosure.guides import Guide, Limit, Material, Situation, Which
from content_sync.domain.disclosure.which import case_of
from content_sync.wire import canonical
from content_sync.wire.items import item_bytes, parse_item, read_item
from tests.content_sync.making import complete_guide, item

_who = Which("who", "谁来办？", (Situation("self", "本人来"), Situation("agent", "请人代办")))


def _made(guide: Guide) -> bytes:
    return item_bytes(item(kind="guide", body=guide))


def test_a_guide_without_questions_has_the_bytes_it_always_had() -> None:
    """No new field appears in it."""
    plain = json.loads(_made(complete_guide))
    assert not {"which", "paying", "quantity"} & plain["body"].keys()
    assert all("situations" not in limit for limit in plain["body"]["limits"])


def test_questions_travel_whole() -> None:
    """Strictly written, strictly read."""
    letter = Material("委托书", 1, situations=("agent",))
    limits = (*complete_guide.limits, Limit("promised", 30, "working_day", situations=("agent",)))
    guide = replace(complete_guide, which=(_who,), materials=(*complete_guide.materials, letter), limits=limits)
    assert parse_item(_made(guide)).body == guide


def test_what_a_newer_server_adds_to_a_question_is_passed_over() -> None:
    """The question is still asked and still shrinks the list."""
    plain = json.loads(_made(complete_guide))
    plain["body"]["which"] = [
        {
            "id": "who",
            "text": "谁来办？",
            "picture": "x",
            "answers": [{"id": "self", "label": "本人来", "spoken": "ben"}],
        }
    ]
    plain["body"]["materials"].append({"name": "委托书", "situations": ["agent"], "colour": "red"})
    read = read_item(canonical.dump(plain)).body
    assert isinstance(read, Guide)
    assert read.which == (Which("who", "谁来办？", (Situation("self", "本人来"),)),)
    assert [one.name for one in case_of(read, ()).materials] == ["户口簿", "委托书"]
