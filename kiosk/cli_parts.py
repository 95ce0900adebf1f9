"""What hangs on the machine, as commands (`parts`, `print-test`, `sound-test`), and what runs beside a screen."""

from contextlib import AbstractContextManager
from pathlib import Path

import click

from content_sync.domain.errors import Broken

folder_option = click.option(
    "--dir", "folder", required=True, type=click.Path(path_type=Path), help="The device folder (content-sync init)."
)


@click.command()
@folder_option
@click.option(
    "--sound", type=click.Choice(["on", "off"]), help="Whether a board says the calls, and a kiosk reads aloud."
)
@click.option("--printer", metavar="WHERE", help="file:/dev/usb/lp0, net:HOST:9100, usb:04b8:0e15, serial:DEV or none.")
@click.option("--paper", type=click.Choice(["58", "80"]), help="How wide the paper is, in mm.")
@click.option("--print-as", type=click.Choice(["picture", "gb18030"]), help="What the printer is sent.")
@click.option("--stick", metavar="FOLDER", help="Where a stick is mounted; usual for /run/gongkailan/stick.")
def parts(
    folder: Path, sound: str | None, printer: str | None, paper: str | None, print_as: str | None, stick: str | None
) -> None:
    """Show what hangs on this machine, or set it; the screen takes it up at its next start."""
    there(folder)
    from kiosk.devices import settings
    from kiosk.devices.printer import find_printer
    from kiosk.devices.speaker import find_speaker

    given = {"sound": sound, "printer": printer, "paper": paper, "print_as": print_as, "stick": stick}
    found = settings.changed(settings.read(folder), **given)
    if found != settings.read(folder):
        settings.write(folder, found)
    device = find_printer(found)
    health = device.health() if device else None
    told = f"{found.printer}, {found.paper} mm, as {found.print_as} ({health.state})" if health else "none"
    click.echo(f"sound: {'on' if found.sound else 'off'} ({find_speaker(folder).state})")
    click.echo(f"printer: {told}\npaper: {health.paper if health else 'none'}")


@click.command("staff-pin")
@folder_option
@click.option("--remove", is_flag=True, help="Take the PIN away: the staff screen cannot be opened any more.")
def staff_pin_command(folder: Path, remove: bool) -> None:
    """Set the PIN of the staff screen: tap the mark in the header five times, then the PIN."""
    there(folder)
    from kiosk.devices import staff_pin

    if remove:
        staff_pin.drop(folder)
        click.echo("The staff screen cannot be opened any more.")
        return
    pin = click.prompt("PIN (6 to 10 digits)", hide_input=True, confirmation_prompt=True)
    staff_pin.put(folder, pin.strip())
    click.echo("The PIN is set: tap the mark in the header five times, then the PIN.")


@click.command("print-test")
@folder_option
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the picture here; print nothing.")
@click.option("--elder", is_flag=True, help="In large letters.")
def print_test(folder: Path, out: Path | None, elder: bool) -> None:
    """Print a ticket with nobody's number, to see whether printer and paper are right."""
    there(folder)
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


@click.command("sound-test")
@folder_option
def sound_test(folder: Path) -> None:
    """Ring the bell and say 语音测试, to hear whether voice and loudness are right."""
    there(folder)
    from content_sync.domain.hall import spoken
    from kiosk.devices.speaker import find_speaker

    speaker = find_speaker(folder)
    if not speaker.say(spoken.trial):
        raise Broken(f"Nothing was heard ({speaker.state}): see the runbook on voice and paper.")


def voice(folder: Path, sound: bool | None, *, usual: bool, window: int = 0) -> AbstractContextManager[None]:
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


def paper(folder: Path) -> AbstractContextManager[None]:
    """The printer beside a touch kiosk, where one is set."""
    from content_sync.clock import SystemClock, SystemIds
    from kiosk.app.printing import printing
    from kiosk.board.reading import site_named
    from kiosk.devices import settings
    from kiosk.devices.printer import find_printer

    return printing(folder, site_named(folder), find_printer(settings.read(folder)), SystemClock(), SystemIds())


def look_at_letters(folder: Path) -> None:
    """Whether everything this screen says can be drawn (N-14): every screen asks itself at its start."""
    from kiosk.app import letters
    from kiosk.board.reading import site_named

    letters.begin(folder, site_named(folder))


def there(folder: Path) -> None:
    """UsageError when the device folder is none."""
    if not folder.is_dir():
        raise click.UsageError(f"--dir {folder} is not a folder: give the device folder made by content-sync init.")
