"""A matter asked for by its receipt, and questionnaires: from a finger to desk.db, across a power cut."""

from pathlib import Path

import pytest

from content_sync.domain.errors import Unreachable
from content_sync.net.http import Reply
from content_sync.push.asks import answer_asks
from content_sync.push.records import send_records
from content_sync.storage.desk import DeskStore
from content_sync.wire import canonical
from kiosk.flow import actions
from kiosk.flow.pages.plain import Home
from kiosk.flow.pages.reading import Reader
from kiosk.flow.voices import Poll, ProgressOf
from tests.kiosk.app.twins import Kiosk

_receipt = "394100127745"


class Answering:
    """A server that answers every question alike; records are kept by id, and the first answer is lost."""

    def __init__(self, status: int = 200, value: object = None) -> None:
        self.reply, self.asked = Reply(status, {}, value), list[str]()
        self.kept: dict[str, dict[str, object]] = {}
        self.batches = 0

    def call(self, method: str, path: str, body: object = None, headers: object = None) -> Reply:
        """ports.Server."""
        self.asked.append(path)
        if path != "/records":
            return self.reply
        assert isinstance(body, bytes)
        records = canonical.load(body, "batch")
        self.kept |= {record["id"]: record["body"] for record in records if record["kind"] == "answers"}
        self.batches += 1
        if self.batches == 1:
            raise Unreachable("The line went down before the answer came.")
        return Reply(200, {}, {"accepted": [record["id"] for record in records], "refused": []})


def _touch(kiosk: Kiosk, label: str) -> None:
    """A finger on the key of this name."""
    kiosk.act(next(target.action for target in kiosk.glass.frames[-1].targets if target.label == label))
    kiosk.later(0.2)


def test_twelve_touches_say_how_a_matter_stands(kiosk: Kiosk) -> None:
    """The pad, the question to the hall, the step and the date; the published answer is one touch away."""
    kiosk.act(actions.Wake())
    for label in ("我要反映", "我的事办得怎样了", *_receipt, "查一下"):
        _touch(kiosk, label)
    assert "正在查" in kiosk.glass.text
    server = Answering(value={"kind": "opinion", "step": "done", "due": "2026-12-15", "answer_item": "qh-da-0101"})
    answer_asks(kiosk.agent, server, kiosk.gatherer.now())
    assert server.asked == [f"/receipts/{_receipt}"]
    kiosk.later(0.1)
    assert "办好了" in kiosk.glass.text
    assert "12月15日" in kiosk.glass.text
    _touch(kiosk, "看公开的答复")
    assert kiosk.visit.state.page == Reader("qh-da-0101")


def test_an_application_asks_for_the_phone_only_when_the_receipt_finds_nothing(kiosk: Kiosk) -> None:
    """Unknown at first; with the last four digits it is asked again."""
    kiosk.act(actions.AskProgress(ProgressOf(_receipt)))
    answer_asks(kiosk.agent, Answering(404, {"error": {"code": "no_receipt", "message": "没有"}}), kiosk.gatherer.now())
    kiosk.later(0.1)
    for label in ("加电话后四位", *"8000", "查一下"):
        _touch(kiosk, label)
    server = Answering(value={"kind": "application", "step": "accepted"})
    answer_asks(kiosk.agent, server, kiosk.gatherer.now())
    assert server.asked == [f"/receipts/{_receipt}?last4=8000"]
    kiosk.later(0.1)
    assert "受理了" in kiosk.glass.text
    kiosk.act(actions.Finish())
    assert all(b"last4=8000" not in (kiosk.folder / name).read_bytes() for name in ("desk.db", "content.db"))
    assert kiosk.agent.waiting_asks() == []


@pytest.mark.parametrize("value", [None, [], {}, {"kind": "opinion"}, {"kind": 1, "step": "done"}])
def test_an_answer_of_another_shape_is_none(kiosk: Kiosk, value: object) -> None:
    """What cannot be read is asked again, not shown."""
    kiosk.act(actions.AskProgress(ProgressOf(_receipt)))
    with pytest.raises(Unreachable, match="cannot be read"):
        answer_asks(kiosk.agent, Answering(value=value), kiosk.gatherer.now())
    assert len(kiosk.agent.waiting_asks()) == 1


def test_fifty_sheets_from_a_kiosk_without_a_network_arrive_once_each(kiosk: Kiosk) -> None:
    """EVA-03: taken offline, sent over a line that loses answers, with a power cut between; none doubled."""
    for n in range(50):
        kiosk.act(actions.Open(Poll("qh-poll", 3, ((1, n % 2 + 1), (2, n % 5 + 1)))))
        kiosk.act(actions.Send())
        kiosk.act(actions.Send())
        kiosk.act(actions.Finish())
    sent = [record for record in kiosk.agent.waiting_records(5_000) if record.kind == "answers"]
    assert len({record.id for record in sent}) == 50
    assert all(set(record.body) == {"poll", "answers"} for record in sent)
    server = Answering()
    with pytest.raises(Unreachable):
        send_records(kiosk.agent, server, "touch-1", b"k" * 32)
    again = DeskStore(Path(kiosk.folder) / "desk.db")
    send_records(again, server, "touch-1", b"k" * 32)
    assert {record.id: record.body for record in sent} == server.kept
    assert [record for record in again.waiting_records(5_000) if record.kind == "answers"] == []
    again.close()


def test_a_visitor_answers_once_and_the_next_one_may_again(kiosk: Kiosk) -> None:
    """One sheet for each session; an empty one is not sent."""
    for pages in (Poll("p", 2, ((1, 1),)), Poll("p", 2, ((1, 2),)), Poll("q", 2)):
        kiosk.act(actions.Open(pages))
        kiosk.act(actions.Send())
    kiosk.act(actions.Finish())
    kiosk.act(actions.Open(Poll("p", 2, ((1, 2),))))
    kiosk.act(actions.Send())
    told = [record.body for record in kiosk.agent.waiting_records(5_000) if record.kind == "answers"]
    assert told == [{"poll": "p", "answers": "1:1"}, {"poll": "p", "answers": "1:2"}]


def test_back_in_a_questionnaire_leads_to_the_question_before(kiosk: Kiosk) -> None:
    """And from the first one out of it; what was tapped stays."""
    kiosk.act(actions.Wake())
    kiosk.act(actions.Open(Poll("p", 2, ((1, 2),))))
    kiosk.act(actions.Back())
    assert kiosk.visit.state.page == Poll("p", 1, ((1, 2),))
    kiosk.act(actions.Back())
    assert kiosk.visit.state.page == Home()
