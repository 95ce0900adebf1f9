"""`kiosk`: the screens of a device. Exit 0 when it ended as asked, 1 with one sentence on stderr, 2 for usage.

What a command needs is imported inside it, so that `--help` answers at once.
"""

import os
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from content_sync import assets
from content_sync.domain.errors import BadInput, Broken, GongkailanError

if TYPE_CHECKING:
    from kiosk.board.led import Sink

_folder = click.option(
    "--dir", "folder", required=True, type=click.Path(path_type=Path), help="The device folder (content-sync init)."
)
_sound = click.option(
    "--sound/--no-sound",
    default=None,
    help="Say the calls aloud. [default: a board with the calls of the whole hall, unless `kiosk parts` says off]",
)
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


@main.command()
@_folder
@_sound
def touch(folder: Path, sound: bool | None) -> None:
    """The touch kiosk, portrait 1080×1920. SIGTERM ends it."""
    _window(folder, 1080, 1920)
    from kiosk.app.touch import run

    with _voice(folder, sound, usual=False), _paper(folder):
        run(folder)


@main.command()
@_folder
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

    with _voice(folder, sound, usual=name in (None, "hall"), window=window):
        run(folder, lambda site: layouts.layout(name or layouts.usual(site), *canvas, window))


@main.command()
@_folder
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

        _there(folder)
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

        _there(folder)
        sink = PngSink(folder / "led")
    from kiosk.board.led import run

    with _voice(folder, sound, usual=False):
        run(folder, lamps, sink)


@main.command()
@_folder
@click.option("--sound", type=click.Choice(["on", "off"]), help="Whether a board of this device says the calls.")
@click.option("--printer", metavar="WHERE", help="file:/dev/usb/lp0, net:HOST:9100, usb:04b8:0e15, serial:DEV or none.")
@click.option("--paper", type=click.Choice(["58", "80"]), help="How wide the paper is, in mm.")
@click.option("--print-as", type=click.Choice(["picture", "gb18030"]), help="What the printer is sent.")
def parts(folder: Path, sound: str | None, printer: str | None, paper: str | None, print_as: str | None) -> None:
    """Show what hangs on this machine, or set it; the screen takes it up at its next start."""
    _there(folder)
    from kiosk.devices import settings
    from kiosk.devices.printer import find_printer
    from kiosk.devices.speaker import find_speaker

    found = settings.changed(settings.read(folder), sound=sound, printer=printer, paper=paper, print_as=print_as)
    if found != settings.read(folder):
        settings.write(folder, found)
    device = find_printer(found)
    health = device.health() if device else None
    told = f"{found.printer}, {found.paper} mm, as {found.print_as} ({health.state})" if health else "none"
    click.echo(f"sound: {'on' if found.sound else 'off'} ({find_speaker(folder).state})")
    click.echo(f"printer: {told}\npaper: {health.paper if health else 'none'}")


@main.command("print-test")
@_folder
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the picture here; print nothing.")
@click.option("--elder", is_flag=True, help="In large letters.")
def print_test(folder: Path, out: Path | None, elder: bool) -> None:
    """Print a ticket with nobody's number, to see whether printer and paper are right."""
    _there(folder)
    from kiosk.app.printing import trial
    from kiosk.devices import settings
    from kiosk.devices.printer import find_printer
    from kiosk.typeset.tickets import picture

    found = settings.read(folder)
    if out:
        picture(trial(folder), found.paper, large=elder).save(out, format="PNG")
        return
    printer = find_printer(found)
    if printer is None:
        raise Broken(f"No printer is set for {folder}: kiosk parts --dir {folder} --printer file:/dev/usb/lp0")
    printer.put(trial(folder), large=elder)


@main.command()
@_folder
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where the pictures go.")
@_languages
@click.option("--elder", is_flag=True, help="The large view.")
@click.option("--states", is_flag=True, help="The designed states (first start, stale, night, …) instead.")
@click.option("--only", type=click.Choice(["touch", "lcd", "lcd-upright", "led"]), hidden=True)
def shots(folder: Path, out: Path, language: str, elder: bool, states: bool, only: str | None) -> None:
    """Every screen as a PNG at its real size, without a display."""
    _there(folder)
    if not assets.path(f"i18n/{language}.json").is_file():
        known = ", ".join(sorted(path.stem for path in assets.path("i18n").glob("*.json")))
        raise click.UsageError(f"--language {language} has no words yet; there is {known}.")
    out.mkdir(parents=True, exist_ok=True)
    from kiosk.shots import photograph

    if only:
        photograph[only](folder, out, language, elder, states)
        return
    for screen in photograph:  # one process per screen size: a Kivy window never changes its own
        flags = [*(["--elder"] if elder else []), *(["--states"] if states else [])]
        command = [sys.executable, "-m", "kiosk.cli", "shots", "--dir", str(folder), "--out", str(out)]
        done = subprocess.run([*command, "--language", language, "--only", screen, *flags], check=False)  # noqa: S603  # ourselves
        if done.returncode:
            sys.exit(done.returncode)
    click.echo(f"{len(list(out.glob('*.png')))} pictures in {out}")


def _voice(folder: Path, sound: bool | None, *, usual: bool, window: int = 0) -> AbstractContextManager[None]:
    """The voice beside a screen, or nothing where it is to be silent; a window's own board says its own calls."""
    from content_sync.clock import SystemClock
    from kiosk.board.reading import site_named
    from kiosk.board.voice import silent, speaking
    from kiosk.devices import settings
    from kiosk.devices.speaker import find_speaker

    wanted = (usual and settings.read(folder).sound) if sound is None else sound
    if not wanted:
        return silent(folder, SystemClock())
    return speaking(folder, site_named(folder), find_speaker(folder), SystemClock(), window)


def _paper(folder: Path) -> AbstractContextManager[None]:
    """The printer beside a touch kiosk, where one is set."""
    from content_sync.clock import SystemClock, SystemIds
    from kiosk.app.printing import printing
    from kiosk.board.reading import site_named
    from kiosk.devices import settings
    from kiosk.devices.printer import find_printer

    return printing(folder, site_named(folder), find_printer(settings.read(folder)), SystemClock(), SystemIds())


def _there(folder: Path) -> None:
    if not folder.is_dir():
        raise click.UsageError(f"--dir {folder} is not a folder: give the device folder made by content-sync init.")


def _window(folder: Path, width: int, height: int, *, fullscreen: bool = True) -> None:
    """Prepare Kivy for one window; with SDL_VIDEODRIVER=offscreen without a display."""
    _there(folder)
    from kiosk import bootstrap

    offscreen = os.environ.get("SDL_VIDEODRIVER") == "offscreen"
    bootstrap.prepare(width, height, offscreen=offscreen, fullscreen=fullscreen and not offscreen)


if __name__ == "__main__":
    main()
