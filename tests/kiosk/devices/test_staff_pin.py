"""The PIN of the staff screen: no default, only its hash, and no way to try a million of them."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from content_sync.domain import limits
from content_sync.domain.errors import BadInput
from kiosk.cli import main
from kiosk.devices import staff_pin

_pin, _century = "739164", 100 * 365 * 24 * 3600


def test_without_a_pin_nothing_opens(tmp_path: Path) -> None:
    """There is no default, and a damaged file is as none."""
    lock = staff_pin.Lock(tmp_path)
    assert not staff_pin.is_set(tmp_path)
    assert not any(lock.opens(pin, 0) for pin in ("", "000000", "123456"))
    (tmp_path / "staff.json").write_text('{"salt": "", "hash"', encoding="utf-8")
    assert not staff_pin.is_set(tmp_path)
    assert not lock.opens("", 0)


@pytest.mark.parametrize(
    "pin", ["", "12345", "12345678901", "111111", "234567", "987654", "890123", "73916a", "７３９１６４"]
)
def test_what_everybody_tries_first_is_no_pin(tmp_path: Path, pin: str) -> None:
    """Too short, too long, one digit, a run, no digits."""
    with pytest.raises(BadInput):
        staff_pin.put(tmp_path, pin)
    assert not staff_pin.is_set(tmp_path)


def test_the_file_holds_no_pin_and_is_its_owners(tmp_path: Path) -> None:
    """A copied device folder does not tell it at a glance."""
    staff_pin.put(tmp_path, _pin)
    assert _pin not in (tmp_path / "staff.json").read_text(encoding="utf-8")
    assert (tmp_path / "staff.json").stat().st_mode & 0o077 == 0
    assert staff_pin.Lock(tmp_path).opens(_pin, 0)


def test_pauses_grow_and_outlive_the_plug(tmp_path: Path) -> None:
    """Three tries, then 30 s, 60 s …; in a pause the right one is not looked at; a restart gives no fresh tries."""
    staff_pin.put(tmp_path, _pin)
    lock, moment = staff_pin.Lock(tmp_path), 100.0
    for _ in range(limits.staff_free_tries):
        assert lock.pause(moment) == 0
        assert not lock.opens("000001", moment)
    for pause in (30, 60, 120):
        assert lock.pause(moment) == pause
        assert not lock.opens(_pin, moment + pause - 1.5)
        lock = staff_pin.Lock(tmp_path)
        assert lock.pause(5.0) == pause
        moment = 5.0 + pause
        assert lock.pause(moment) == 0
        assert not lock.opens("000001", moment)
    moment += 240
    assert lock.opens(_pin, moment)
    assert [lock.opens("000001", moment), lock.pause(moment)] == [False, 0]


def test_a_million_pins_take_a_century(tmp_path: Path) -> None:
    """The longest pause bounds how often anybody may try."""
    staff_pin.put(tmp_path, _pin)
    (tmp_path / "staff-tries.json").write_text('{"wrong": 50}', encoding="utf-8")
    assert staff_pin.Lock(tmp_path).pause(0) * 10**limits.staff_pin_digits_min > _century


def test_an_operator_sets_and_takes_it_away(tmp_path: Path) -> None:
    """Typed twice, never on the command line."""
    run = CliRunner().invoke
    assert run(main, ["staff-pin", "--dir", str(tmp_path)], input=f"{_pin}\n{_pin}\n").exit_code == 0
    assert staff_pin.Lock(tmp_path).opens(_pin, 0)
    refused = run(main, ["staff-pin", "--dir", str(tmp_path)], input="123456\n123456\n")
    assert refused.exit_code == 1
    assert "digits in a row" in refused.stderr
    assert staff_pin.Lock(tmp_path).opens(_pin, 0)
    assert run(main, ["staff-pin", "--dir", str(tmp_path), "--remove"]).exit_code == 0
    assert not staff_pin.is_set(tmp_path)
