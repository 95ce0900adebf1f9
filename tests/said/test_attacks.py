"""Those who would misuse it: guessers, meddlers with records, people who write code in place of words."""

from typing import Any

import pytest

from content_sync.domain import limits
from content_sync.domain.records import Record
from display_server.cases import service
from display_server.database.tables.records import cases
from display_server.desk import answering, reception
from display_server.devices.queries import Device
from kiosk.flow import actions
from kiosk.flow.pages.reading import Reader
from tests.display_server import hall, pages
from tests.said.scene import Kiosk, Scene


def _opinion(kiosk: Kiosk) -> str:
    kiosk.begin()
    kiosk.touch("我要反映", "窗口和工作人员", "态度不好", "送出")
    kiosk.send()
    return kiosk.receipt


def test_a_stranger_who_guesses_receipts_is_slowed_and_learns_no_more_than_a_step(scene: Scene) -> None:
    """Wrong receipts read alike; after some a minute there is no answer at all; a right one tells a step and a date."""
    kiosk = scene.kiosk("k1")
    receipt = _opinion(kiosk)
    told = kiosk.line.call("GET", f"/receipts/{receipt.replace(' ', '')}").value
    assert set(told) <= {"kind", "step", "due"}  # type: ignore[arg-type]  # JSON
    answers = [kiosk.line.call("GET", f"/receipts/{n:012}") for n in range(limits.receipt_asks_per_minute)]
    assert [one.status for one in answers[:-1]] == [404] * (limits.receipt_asks_per_minute - 1)
    assert len({one.body for one in answers[:-1]}) == 1
    assert answers[-1].status == 429


def test_four_digits_are_not_guessed_by_many_kiosks_together(scene: Scene) -> None:
    """Each asks slowly enough for itself; the receipt they all try closes for the hour."""
    kiosks = [scene.kiosk(f"k{n}") for n in range(3)]
    states = [
        one.line.call("GET", f"/receipts/123456789012?last4={turn:02}{n:02}").status
        for turn in range(20)
        for n, one in enumerate(kiosks)
    ]
    assert states.count(404) == limits.digits_tries_per_hour
    assert states[-1] == 429


@pytest.mark.parametrize(
    "body",
    [
        {"receipt": "{receipt}", "verdict": "satisfied"},
        {"receipt": "999999999999", "verdict": "satisfied"},
        {"receipt": "{receipt}", "verdict": "great"},
        {"receipt": "{receipt}", "verdict": ""},
        {"receipt": "", "verdict": "satisfied"},
        {"verdict": "satisfied"},
    ],
)
def test_a_verdict_without_an_answer_or_a_receipt_counts_nowhere(scene: Scene, body: dict[str, str]) -> None:
    """A kiosk that was taken over can say nothing of what was not answered, nor invent a receipt."""
    kiosk = scene.kiosk("k1")
    receipt = _opinion(kiosk)
    filled = {name: value.replace("{receipt}", receipt) for name, value in body.items()}
    record = Record("r" * 26, "verdict", "k1", scene.clock.now().isoformat(), filled)
    received = reception.receive(scene.db, _device(kiosk), [record])
    assert [name for name, _ in received.refused] == ["r" * 26]
    assert [row.verdict for row in scene.rows(cases)] == [""]


def test_records_that_are_replayed_change_nothing(scene: Scene) -> None:
    """The same opinion and the same verdict a hundred times, also in another order: one case, one that follows."""
    kiosk = scene.kiosk("k1")
    receipt, when = _opinion(kiosk), scene.clock.now().isoformat()
    number = scene.rows(cases)[0].number
    service.answer(scene.db, scene.person("wang", "clerk"), number, "cannot", "没有这项补贴。")
    scene.publish("qinghe", answering.draft(scene.db, scene.people.editor, number))
    said = Record("v" * 26, "verdict", "k1", when, {"receipt": receipt, "verdict": "unsatisfied"})
    other = Record("w" * 26, "verdict", "k1", when, {"receipt": receipt, "verdict": "satisfied"})
    for _ in range(20):
        reception.receive(scene.db, _device(kiosk), [said, said])
    assert len(scene.rows(cases)) == 2
    assert reception.receive(scene.db, _device(kiosk), [other]).accepted == []  # the one that follows is not answered
    assert [row.verdict for row in scene.rows(cases)] == ["unsatisfied", ""]


_code = "<script>alert(1)</script><img src=x onerror=alert(2)>\"' {{ 7*7 }}"


def test_code_in_words_stays_words_on_every_page_and_screen(scene: Scene) -> None:
    """What a caller said, a clerk answered and an editor published is text on pages, kiosk and board."""
    clerk, page = scene.person("wang", "clerk"), scene.browser("li", "clerk")
    given = {"channel": "phone", "text": _code, "contact": _code[:80], "about": "window"}
    assert pages.fill(page, "/cases/new", "contact", **given).status_code == 303
    number = scene.rows(cases)[0].number
    service.answer(scene.db, clerk, number, "done", _code)
    editor = scene.browser("bian", "editor")
    seen = [page.get(f"/cases/{number}").text, editor.get("/answers").text]
    assert "<script>alert" not in page.get("/cases").text + page.get(f"/cases/{number}/receipt").text
    item = answering.draft(scene.db, scene.people.editor, number)
    scene.publish("qinghe", item)
    seen.append(scene.server.app.test_client().get(f"/d/{item}").text)
    for text in seen:
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "{{ 7*7 }}" in text
    kiosk = scene.kiosk("k1")
    kiosk.begin()
    kiosk.act(actions.Open(Reader(item)))
    assert "alert(1)" in kiosk.glass.text


@pytest.mark.parametrize(
    "strokes",
    [
        "rsgo;" + "0a0b" * 2_001,
        "rsgo;" + ";".join(["0a0b0c0d"] * 900),
        "zzzz;" + "zz" * 6,
        "rsgo;<svg onload=alert(1)>",
        "0000;0a0b",
        "😀" * 8_000,
    ],
)
def test_handwriting_that_is_too_long_or_none_harms_nobody(scene: Scene, strokes: str) -> None:
    """It is refused alone, or stands as words that draw nothing; the page of the register opens all the same."""
    kiosk, page = scene.kiosk("k1"), scene.browser("li", "clerk")
    body: dict[str, Any] = {"receipt": "123456789012", "about": "place", "taps": "toilet", "text": "", "item": ""}
    record = Record("r" * 26, "opinion", "k1", scene.clock.now().isoformat(), body | {"strokes": strokes})
    good = Record("s" * 26, "opinion", "k1", scene.clock.now().isoformat(), body | {"receipt": "123456789013"})
    received = reception.receive(scene.db, _device(kiosk), [record, good])
    assert "s" * 26 in received.accepted
    listed = page.get("/cases")
    assert listed.status_code == 200
    for row in scene.rows(cases):
        shown = page.get(f"/cases/{row.number}")
        assert shown.status_code == 200
        assert "<svg onload" not in shown.text


def _device(kiosk: Kiosk) -> Device:
    found = kiosk.device
    return Device(found.device, "touch", "hall", ("qinghe", "liushu"), hall.public_key)
