"""Promise 12 at the kiosk: an application is sealed in the process that took it; nothing of it is left here."""

import gc
from collections.abc import Iterator
from dataclasses import replace

import pytest

from content_sync.domain import limits
from content_sync.domain.cases.handwriting import parse, stacked, text_of
from content_sync.storage.content import ContentStore
from content_sync.storage.facts import records_key_fact
from content_sync.wire import applications
from content_sync.wire.sealed import public_half
from kiosk.app.printing import parse_handout
from kiosk.flow import actions
from kiosk.flow.pages.plain import Idle
from kiosk.flow.voices import Application, sheets
from tests.kiosk.app.twins import Kiosk

seed = b"s" * 32
# put together when it runs: neither the source, which pytest keeps in memory, nor another test holds them
_digits = (("513030", "19840522", "2208"), ("136", "9876", "5412"))
_number, _phone = ("".join(parts) for parts in _digits)
_line = ((123, 77), (871, 163))


def _touch(kiosk: Kiosk, label: str) -> None:
    """A finger on the key of this name."""
    kiosk.act(next(target.action for target in kiosk.glass.frames[-1].targets if target.label == label))
    kiosk.later(0.2)


def _seals(kiosk: Kiosk) -> None:
    """The county has said for whom."""
    store = ContentStore(kiosk.folder / "content.db")
    store.put_fact(records_key_fact, public_half(seed).hex())
    store.close()
    kiosk.later(0.1)


def _filled(kiosk: Kiosk) -> None:
    """A citizen fills it in, touch by touch, up to the last look."""
    kiosk.act(actions.Wake())
    for label in ("申请公开", "在这里填申请", "我个人"):
        _touch(kiosk, label)
    kiosk.act(actions.Wrote(_line))
    _touch(kiosk, "下一步")
    for digit in _number:
        _touch(kiosk, digit)
    assert " ".join(_digits[0]) in kiosk.glass.text
    _touch(kiosk, "下一步")
    for digit in _phone:
        _touch(kiosk, digit)
    _touch(kiosk, "下一步")
    kiosk.act(actions.Wrote(_line))
    _touch(kiosk, "下一步")
    _touch(kiosk, "打印出来")
    assert f"＊{_digits[0][-1]}" in kiosk.glass.text
    assert _number not in kiosk.glass.text.replace(" ", "")


def _strings() -> Iterator[str]:
    """Every string that anything in this process holds; plain tuples of strings are on no list, so they are opened."""
    waiting: list[object] = list(gc.get_objects())
    for holder in waiting:
        for held in gc.get_referents(holder):
            if type(held) is str:
                yield held
            elif type(held) in (tuple, dict, frozenset) and not gc.is_tracked(held):
                waiting.append(held)


def _files(kiosk: Kiosk) -> bytes:
    return b"".join(path.read_bytes() for path in kiosk.folder.rglob("*") if path.is_file())


def test_only_the_server_can_read_it(kiosk: Kiosk) -> None:
    """The record holds a receipt and a sealed box; opened with the server's key it is what was tapped and written."""
    _seals(kiosk)
    _filled(kiosk)
    _touch(kiosk, "封好送出")
    (record,) = [record for record in kiosk.agent.waiting_records(50) if record.kind == "application"]
    assert set(record.body) == {"receipt", "sealed"}
    assert str(record.body["receipt"]) in kiosk.glass.text
    asking = applications.unseal(str(record.body["sealed"]), seed)
    assert (asking.kind, asking.id_proof, asking.contact, asking.form) == ("citizen", _number, _phone, "print")
    above = sheets["name"].height + sheets["address"].height
    assert parse(asking.strokes).strokes == (_line, tuple((x, y + above) for x, y in _line))
    assert len(str(record.body["sealed"])) < limits.record_bytes_max


@pytest.mark.usefixtures("whole_memory")
@pytest.mark.parametrize("end", ["sent", "walked away"])
def test_nothing_of_it_is_left_on_the_device(kiosk: Kiosk, end: str) -> None:
    """Whether it was sent or its visitor walked away: no file ever held it, and after the wipe no string does."""
    _seals(kiosk)
    _filled(kiosk)
    secrets = (_number, _phone, *(" ".join(parts) for parts in _digits), "03f024j704j")
    assert not any(secret.encode() in _files(kiosk) for secret in secrets)
    if end == "sent":
        _touch(kiosk, "封好送出")
        kiosk.act(actions.Finish())
    else:
        kiosk.later(limits.idle_seconds)
        assert kiosk.visit.state.pages == (Idle(),)
    kiosk.later(0.1)
    assert not any(secret.encode() in _files(kiosk) for secret in secrets)
    gc.collect()
    ours = {id(secret) for secret in secrets} | {id(_number), id(_phone)}
    short = [text for text in _strings() if len(text) < 200 and id(text) not in ours]
    assert [text for text in short if any(secret in text.replace(" ", "") for secret in (_number[:14], _phone))] == []


def test_without_a_key_to_seal_with_nothing_is_asked(kiosk: Kiosk) -> None:
    """Before the county has said for whom, the page leads to the desk; nothing is ever stored in clear."""
    kiosk.act(actions.Wake())
    _touch(kiosk, "申请公开")
    assert "在这里填申请" not in kiosk.glass.text
    kiosk.act(actions.Open(Application("check", "citizen", id_proof=_number, form="read")))
    kiosk.act(actions.Send())
    assert "这次没有收下" in kiosk.glass.text
    assert [record for record in kiosk.agent.waiting_records(50) if record.kind == "application"] == []


def test_a_person_is_called_from_where_the_visitor_stands(kiosk: Kiosk) -> None:
    """请人帮我填 rings the bell and leads to where the desk is; 返回 leads to the question again."""
    _seals(kiosk)
    kiosk.act(actions.Wake())
    for label in ("申请公开", "在这里填申请", "请人帮我填"):
        _touch(kiosk, label)
    (call,) = kiosk.agent.open_help()
    assert call.place == "application"
    _touch(kiosk, "返回")
    assert isinstance(kiosk.visit.state.page, Application)


def test_a_receipt_on_paper_holds_the_number_and_nothing_said(kiosk: Kiosk) -> None:
    """With a printer the thanks page offers paper; what waits for it in desk.db is the number and what comes next."""
    kiosk.agent.note_part("printer", "ready", kiosk.clock.now())
    kiosk.act(actions.Wake())
    for label in ("我要反映", "办不成事", "要我多交材料", "送出", "打印回执"):
        _touch(kiosk, label)
    job = kiosk.agent.next_handout(kiosk.clock.now())
    assert job is not None
    made = parse_handout(job.text)
    assert made.name == kiosk.visit.state.receipt
    assert "办不成事" not in job.text
    assert "多交材料" not in job.text
    assert "正在打印" in kiosk.glass.text
    kiosk.agent.note_handout(job.id, "printed")
    kiosk.later(0.2)
    assert "打好了" in kiosk.glass.text
    assert "打印回执" not in kiosk.glass.text


def test_the_sheets_of_an_application_are_one_writing() -> None:
    """Name, address and text below each other: a point at the very end is still one that an office can read."""
    full = [replace(sheet, strokes=(((0, 0), (sheet.width, sheet.height)),)) for sheet in sheets.values()]
    whole = stacked(tuple(full))
    assert parse(text_of(whole)) == whole
