"""OFF-08 to the last byte: after the countdown nothing that was typed stands in a real kiosk's memory or on its disk.

Memory is read from outside, freed blocks included, as a core file would have it. What is searched for is first found
there while the visitor is still at it: a search that finds nothing at all proves nothing.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from content_sync.domain import limits
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from content_sync.storage.facts import records_key_fact
from content_sync.wire.sealed import public_half
from kiosk.devices import staff_pin
from tests.kiosk import device
from tests.kiosk.forgetting import search

pytestmark = [pytest.mark.screen, pytest.mark.process]
_root = Path(__file__).parents[3]
_number, _phone, _receipt, _booking, _pin = "522426197311084055", "13872659041", "394100127745", "73915264", "82604917"
_away = f"pass {limits.idle_seconds + 1}"
_typed = {
    "search": ("zqxwkj", "ZQXWKJ", "Z Q X W K J"),
    "booking": (_booking,),
    "application": (_number, "522426 19731108 4055", _number[:14], _phone, "138 7265 9041"),
    "receipt": (_receipt, "3941 0012 7745"),
    "pin": (_pin,),
}


class Finger:
    """Touches a kiosk of its own process (tests.kiosk.forgetting.hand), one key at a time."""

    def __init__(self, folder: Path) -> None:
        self.place, self.folder = folder, device.make(folder / "device")
        store = ContentStore(self.folder / "content.db")
        store.put_fact(records_key_fact, public_half(b"s" * 32).hex())
        store.close()
        staff_pin.put(self.folder, _pin)
        (folder / "tmp").mkdir()
        env = os.environ | {"SDL_VIDEODRIVER": "offscreen", "TMPDIR": str(folder / "tmp")}
        words = [sys.executable, "-m", "tests.kiosk.forgetting.hand", str(self.folder), "1080x1920"]
        with (folder / "log").open("w") as log:
            self.process = subprocess.Popen(
                words, cwd=_root, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
            )

    def does(self, *told: str) -> None:
        """Each of these, as soon as it can be done."""
        for one in told:
            _pipe(self.process.stdin).write(f"{one}\n".encode())
            _pipe(self.process.stdin).flush()
            answer = _pipe(self.process.stdout).readline().decode().strip()
            assert answer == "ok", (one, answer, (self.place / "log").read_text(encoding="utf-8"))

    def types(self, keys: str) -> None:
        """Key by key: the whole is never told."""
        self.does(*(f"tap {key}" for key in keys))

    def remembered(self, needles: tuple[str, ...]) -> dict[str, list[str]]:
        """What of it stands in the memory."""
        return search.in_memory(self.process.pid, needles)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe
    return pipe


@pytest.fixture(scope="module")
def finger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finger]:
    """One kiosk for all visitors of this file."""
    made = Finger(tmp_path_factory.mktemp("kiosk"))
    yield made
    made.process.kill()
    made.process.communicate()


def _search(finger: Finger) -> None:
    finger.does("tap 点一下屏幕", "tap 找一件事")
    finger.types("ZQXWKJ")
    finger.does("see Z Q X W K J")


def _booking_code(finger: Finger) -> None:
    finger.does("tap 点一下屏幕", "tap 取号排队", "tap 查号、预约报到", "tap 我预约过，来报到取号")
    finger.types(_booking)


def _application(finger: Finger) -> None:
    finger.does("tap 点一下屏幕", "tap 申请公开", "tap 在这里填申请", "tap 我个人")
    finger.does("draw 0.1,0.2 0.7,0.3", "tap 下一步")
    finger.types(_number)
    finger.does("see 522426 19731108 4055", "tap 下一步")
    finger.types(_phone)
    finger.does("tap 下一步", "draw 0.1,0.2 0.7,0.3 0.9,0.8", "tap 下一步", "tap 打印出来", "tap 封好送出")


def _receipt_number(finger: Finger) -> None:
    finger.does("tap 点一下屏幕", "tap 我要反映", "tap 我的事办得怎样了")
    finger.types(_receipt)
    finger.does("tap 查一下")


def _staff(finger: Finger) -> None:
    finger.does("tap 点一下屏幕", "knock")
    finger.types(_pin)


_visits = {
    "search": _search,
    "booking": _booking_code,
    "application": _application,
    "receipt": _receipt_number,
    "pin": _staff,
}


@pytest.mark.parametrize("what", _visits)
def test_what_was_typed_is_nowhere_after_the_countdown(finger: Finger, what: str) -> None:
    """It stands in the memory while the visitor is there; after the time-out in no memory, file, log or database."""
    _visits[what](finger)
    assert finger.remembered(_typed[what])
    finger.does(_away, "see 点一下屏幕", "forgotten")
    assert finger.remembered(_typed[what]) == {}
    assert search.in_files(finger.place, _typed[what]) == []


def test_what_was_written_by_hand_is_nowhere_once_it_went_up(finger: Finger) -> None:
    """An opinion's strokes wait in desk.db for the server; once they went up and a visitor left, nothing does."""
    finger.does("tap 点一下屏幕", "tap 我要反映", "tap 办不成事", "tap 写几句")
    finger.does("draw 0.13,0.27 0.41,0.59 0.83,0.31 0.29,0.77", "draw 0.61,0.17 0.37,0.71", "tap 写好了", "tap 送出")
    desk = DeskStore(finger.folder / "desk.db")
    (said,) = [record for record in desk.waiting_records(200) if record.kind == "opinion"]
    strokes = (str(said.body["strokes"]),)
    assert len(strokes[0]) > 20
    assert search.in_files(finger.folder, strokes)
    finger.does(_away, "see 点一下屏幕", "forgotten")
    desk.acknowledge([said.id])
    desk.close()
    finger.does("tap 点一下屏幕", _away, "see 点一下屏幕", "forgotten")  # till then it was read from the disk
    assert finger.remembered(strokes) == {}
    assert search.in_files(finger.place, strokes) == []
