"""`kiosk`: the screens of a device. Exit 0 when it ended as asked, 1 with one sentence on stderr, 2 for usage.

What a command needs is imported inside it, so that `--help` answers at once.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from content_sync import assets
from content_sync.domain.errors import BadInput, GongkailanError
from kiosk.cli_parts import (
    folder_option,
    look_at_letters,
    paper,
    parts,
    print_test,
    sound_test,
    staff_pin_command,
    there,
    voice,
)

if TYPE_CHECKING:
    from kiosk.board.led import Sink

_sound = click.option(
    "--sound/--no-sound",
    default=None,
    help="Say the calls aloud. [default: a board with the calls of the whole hall, unless `kiosk parts` says off]",
)
_windows = ("touch", "touch-lying", "touch-small", "lcd", "lcd-upright", "led")
_languages = click.option("--language", default="zh-Hans", show_default=True, help="The language of the words.")


class _Group(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (GongkailanError, OSError) as error:
            click.echo(str(error), err=True)
            sys.exit(1)


@click.group(cls=_Group)
def main() -> None:
    """The screens: touch kiosk, LCD board, LED board, and pictures of all of them."""


main.add_command(parts)
main.add_command(print_test)
main.add_command(sound_test)
main.add_command(staff_pin_command)


@main.command()
@folder_option
@_sound
@click.option("--size", default="1080x1920", show_default=True, metavar="WxH", help="The panel; 1920x1080 lies.")
def touch(folder: Path, sound: bool | None, size: str) -> None:
    """The touch kiosk, upright or lying (in two columns). SIGTERM ends it."""
    width, height = _panel(size)
    from kiosk.app import scrubbing

    scrubbing.start_filling()  # nothing is open yet
    _window(folder, width, height)
    from kiosk.app.touch import run

    look_at_letters(folder)
    with voice(folder, sound, usual=False), paper(folder):
        run(folder, size=(width, height))


@main.command()
@folder_option
@click.option(
    "--layout",
    "name",
    type=click.Choice(["hall", "window", "plates", "notices"]),
    help="What it is for: calls and notices (hall), one window, who is on duty (plates), notices alone."
    "  [default: hall where tickets are called, else notices]",
)
@click.option("--window", default=0, metavar="N", help="The number of the window it hangs above, for --layout window.")
@click.option("--upright", is_flag=True, help="A panel that stands upright, 1080×1920.")
@click.option("--distance", default=8.0, show_default=True, metavar="M", help="From how many metres it is read.")
@click.option("--panel", default=685.0, show_default=True, metavar="MM", help="The height of a lying panel's picture.")
@_sound
def lcd(
    folder: Path, name: str | None, window: int, upright: bool, distance: float, panel: float, sound: bool | None
) -> None:
    """The LCD board, 1920×1080. SIGTERM ends it."""
    from kiosk.flow.board import layouts, sight

    size = (1080, 1920) if upright else (1920, 1080)
    canvas = sight.canvas(*size, sight.smallest_px(distance, panel, 1080))
    try:
        for known in [name] if name else ["hall", "notices"]:
            layouts.layout(known, *canvas, window)
    except BadInput as error:
        raise click.UsageError(str(error)) from error
    _window(folder, *size)
    from kiosk.board.lcd import run

    look_at_letters(folder)
    with voice(folder, sound, usual=name in (None, "hall"), window=window):
        run(folder, lambda site: layouts.layout(name or layouts.usual(site), *canvas, window))


@main.command()
@folder_option
@click.option("--size", required=True, metavar="WxH", help="The lamps, such as 192x64.")
@click.option("--output", type=click.Choice(["window", "png", "rgbmatrix"]), default="window", show_default=True)
@click.option(
    "--module", default="", metavar="WxH", help="One module of an rgbmatrix panel.  [default: 64x32 or 64x64]"
)
@click.option("--mapping", default="regular", show_default=True, help="How an rgbmatrix panel is wired to the pins.")
@click.option("--slowdown", default=2, show_default=True, help="For faster Raspberry Pis (rgbmatrix gpio_slowdown).")
@click.option("--brightness", default=70, show_default=True, help="Of an rgbmatrix panel, in hundredths.")
@_sound
def led(
    folder: Path, size: str, output: str, module: str, mapping: str, slowdown: int, brightness: int, sound: bool | None
) -> None:
    """The LED board. SIGTERM ends it."""
    from kiosk.flow.board.led_panel import panel

    try:
        lamps = panel(size)
    except BadInput as error:
        raise click.UsageError(str(error)) from error
    if output == "rgbmatrix":
        from kiosk.devices.rgbmatrix import MatrixSink, wiring

        there(folder)
        try:
            on = (lamps.width, lamps.height)
            wired = wiring(on, module, mapping=mapping, slowdown=slowdown, brightness=brightness)
        except BadInput as error:
            raise click.UsageError(str(error)) from error
        sink: Sink = MatrixSink(wired)
    elif output == "window":
        from kiosk.board.led_window import WindowSink, scale

        times = scale(lamps.width)
        _window(folder, lamps.width * times, lamps.height * times, fullscreen=False)
        sink = WindowSink()
    else:
        from kiosk.devices.led import PngSink

        there(folder)
        sink = PngSink(folder / "led")
    from kiosk.board.led import run

    look_at_letters(folder)
    with voice(folder, sound, usual=False):
        run(folder, lamps, sink)


@main.command()
@folder_option
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where the pictures go.")
@_languages
@click.option("--elder", is_flag=True, help="The large view.")
@click.option("--contrast", is_flag=True, help="White on black.")
@click.option("--states", is_flag=True, help="The designed states (first start, stale, night, …) instead.")
@click.option("--low", is_flag=True, help="Everything to touch in the lower half.")
@click.option("--all", "whole", is_flag=True, help="Every screen and state in every look, a folder and a sheet each.")
@click.option("--only", type=click.Choice([*_windows]), hidden=True)
def shots(
    folder: Path, out: Path, language: str, only: str | None, *, elder: bool, contrast: bool, states: bool, low: bool,
    whole: bool,
) -> None:  # fmt: skip
    """Every screen as a PNG at its real size, without a display.

    Each is checked: contrast, type and keys large enough, nothing cut or covered, a glyph for every character, the
    phone and the moment at its foot. What is broken is said in one sentence each, and the exit is 1.
    """
    there(folder)
    if not assets.path(f"i18n/{language}.json").is_file():
        known = ", ".join(sorted(path.stem for path in assets.path("i18n").glob("*.json")))
        raise click.UsageError(f"--language {language} has no words yet; there is {known}.")
    out.mkdir(parents=True, exist_ok=True)
    from kiosk.app.album.book import Look
    from kiosk.shots import Order, photograph
    from kiosk.typeset import contact

    if only:  # rule 1 of kiosk.shots: one line for each broken law
        for name, sentence in photograph[only](Order(folder, out, Look(language, elder, contrast, states, low), whole)):
            click.echo(f"{name}\t{sentence}")
        return
    broken: dict[str, list[str]] = {}
    for screen in photograph:  # one process per screen size: a Kivy window never changes its own
        asked = {"--elder": elder, "--contrast": contrast, "--states": states, "--low": low, "--all": whole}
        flags = [flag for flag, is_on in asked.items() if is_on]
        command = [sys.executable, "-m", "kiosk.cli", "shots", "--dir", str(folder), "--out", str(out)]
        command += ["--language", language, "--only", screen, *flags]
        done = subprocess.run(command, check=False, stdout=subprocess.PIPE, encoding="utf-8")  # noqa: S603  # ourselves
        if done.returncode:
            sys.exit(done.returncode)
        for line in done.stdout.splitlines():
            name, _, sentence = line.partition("\t")
            broken.setdefault(name, []).append(sentence)
            click.echo(f"{name}: {sentence}", err=True)
    count = contact.bind(out, broken) if whole else len(list(out.glob("*.png")))
    click.echo(f"{count} pictures in {out}")
    sys.exit(1 if broken else 0)


def _panel(size: str) -> tuple[int, int]:
    """Width and height of a touch panel; UsageError for one on which nobody could read."""
    width, _, height = size.partition("x")
    if not (width.isdecimal() and height.isdecimal() and min(int(width), int(height)) >= 720):
        raise click.UsageError(f"--size {size} is no touch panel: give it as 1080x1920, 1920x1080 or 1280x800.")
    return int(width), int(height)


def _window(folder: Path, width: int, height: int, *, fullscreen: bool = True) -> None:
    """Prepare Kivy for one window; with SDL_VIDEODRIVER=offscreen without a display."""
    there(folder)
    from kiosk import bootstrap

    offscreen = os.environ.get("SDL_VIDEODRIVER") == "offscreen"
    bootstrap.prepare(width, height, offscreen=offscreen, fullscreen=fullscreen and not offscreen)


if __name__ == "__main__":
    main()
