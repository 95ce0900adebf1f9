"""What an operator says of the machine: kept, read again, forgiving where a typing error would stop a hall."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from content_sync.domain.errors import BadInput
from kiosk.cli import main
from kiosk.devices import settings
from kiosk.devices.printer import EscposPrinter, find_printer
from kiosk.devices.settings import Parts
from tests.kiosk import device


def test_nothing_said_is_the_default(tmp_path: Path) -> None:
    """Boards speak, nothing prints."""
    assert settings.read(tmp_path) == Parts()
    assert find_printer(Parts()) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"paper": 70}', '{"printer": "lp0"}', '{"sound": "yes"}'])
def test_a_file_typed_by_hand_stops_no_hall(tmp_path: Path, text: str) -> None:
    """It is as none, and said."""
    (tmp_path / "parts.json").write_text(text, encoding="utf-8")
    assert settings.read(tmp_path) == Parts()


def test_what_was_set_is_read_again(tmp_path: Path) -> None:
    """Whole, and a newer program's fields are passed over."""
    parts = Parts(False, "net:192.0.2.9:9100", 58, "gb18030")
    settings.write(tmp_path, parts)
    assert settings.read(tmp_path) == parts
    assert isinstance(find_printer(parts), EscposPrinter)
    (tmp_path / "parts.json").write_text('{"paper": 58, "drawer": true}', encoding="utf-8")
    assert settings.read(tmp_path) == Parts(paper=58)


@pytest.mark.process
def test_an_operator_hears_the_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bell and words through the player that is found; without one the reason is said."""
    player, heard = tmp_path / "programs" / "aplay", tmp_path / "heard"
    player.parent.mkdir()
    player.write_text(f"#!/bin/sh\nexec cat > {heard}\n", encoding="utf-8")
    player.chmod(0o755)
    monkeypatch.setenv("PATH", f"{player.parent}:{os.environ['PATH']}")
    assert CliRunner().invoke(main, ["sound-test", "--dir", str(tmp_path)]).exit_code == 0
    assert heard.stat().st_size > 2 * 22_050
    monkeypatch.setenv("PATH", str(tmp_path))
    refused = CliRunner().invoke(main, ["sound-test", "--dir", str(tmp_path)])
    assert (refused.exit_code, "no_player" in refused.output) == (1, True)


def test_a_printer_that_cannot_be_meant_is_refused() -> None:
    """Before it is kept, with an example."""
    with pytest.raises(BadInput, match="usb:04b8:0e15"):
        settings.changed(Parts(), sound=None, printer="lp0", paper=None, print_as=None)


def test_the_command_sets_and_shows(tmp_path: Path) -> None:
    """One line for each part; what is not named stays."""
    folder = device.make(tmp_path / "device")
    lp0 = tmp_path / "lp0"
    lp0.touch()
    run = CliRunner().invoke
    done = run(main, ["parts", "--dir", str(folder), "--printer", f"file:{lp0}", "--paper", "58", "--sound", "off"])
    assert (done.exit_code, done.output.splitlines()[1:]) == (
        0, [f"printer: file:{lp0}, 58 mm, as picture (ready)", "paper: unknown"],
    )  # fmt: skip
    assert settings.read(folder) == Parts(False, f"file:{lp0}", 58)
    assert run(main, ["print-test", "--dir", str(folder)]).exit_code == 0
    assert b"\x1dVB\0" in lp0.read_bytes()
    run(main, ["parts", "--dir", str(folder), "--printer", "none"])
    assert settings.read(folder) == Parts(sound=False, paper=58)
    refused = run(main, ["print-test", "--dir", str(folder)])
    assert (refused.exit_code, "kiosk parts" in refused.output) == (1, True)
    assert run(main, ["print-test", "--dir", str(folder), "--out", str(tmp_path / "t.png")]).exit_code == 0
    assert (tmp_path / "t.png").read_bytes().startswith(b"\x89PNG")
