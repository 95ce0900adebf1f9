"""`display-server`: every command by name, read when it is asked for."""

from pathlib import Path

import click

from display_server.cli.lazy import LazyGroup

_commands: dict[str, tuple[str, str]] = {
    "init": ("display_server.cli.founding:init", "Make a server's folder."),
    "serve": ("display_server.cli.serve:serve", "Serve a folder: pages, devices, event streams."),
    "user": ("display_server.cli.accounts:user", "Accounts."),
    "unit": ("display_server.cli.structure:unit", "Units that publish."),
    "site": ("display_server.cli.structure:site", "Halls and offices."),
    "service": ("display_server.cli.structure:service", "What tickets are taken for at a site."),
    "window": ("display_server.cli.structure:window", "Windows of a site."),
    "terms": ("display_server.cli.structure:terms", "Words that this county explains on its screens."),
    "hall": ("display_server.cli.hall:hall", "What a hall does by hand: end its day, restart numbers."),
    "booking": ("display_server.cli.hall:booking", "Bookings that are checked in at a kiosk or a window."),
    "channel": ("display_server.cli.structure:channel", "Channels: what a unit publishes, signed with its keys."),
    "channels": ("display_server.cli.structure:channels", "List the channels with their editions."),
    "import": ("display_server.cli.content:bring", "Read files into drafts of a channel."),
    "attach": ("display_server.cli.attaching:attach", "Attach a picture or a PDF to a draft."),
    "detach": ("display_server.cli.attaching:detach", "Take a file off a draft."),
    "submit": ("display_server.cli.content:submit", "Submit a channel's drafts for review."),
    "approve": ("display_server.cli.content:approve", "Record the reviews an account may give."),
    "publish": ("display_server.cli.content:publish", "Publish what is reviewed, as the next signed edition."),
    "emergency": (
        "display_server.cli.emergency:emergency",
        "Publish an emergency by one reviewer; audit it afterwards.",
    ),
    "withdraw": ("display_server.cli.content:withdraw", "Take an item off every screen at once."),
    "device": ("display_server.cli.devices:device", "Kiosks and boards: enrolment codes, the list, revoking."),
    "keys": ("display_server.cli.keys:keys", "Signing keys: where they are, ceremonies, rotations."),
    "bundle": ("display_server.cli.sticks:bundle", "Write a bundle onto a stick for devices without a network."),
    "receive": ("display_server.cli.sticks:receive", "Take the records that devices wrote onto a stick."),
    "calendar": ("display_server.cli.calendar:calendar", "Holiday tables, from which due dates are counted."),
    "mirror": ("display_server.cli.mirror:mirror", "Mirror the upstream once and pass records up."),
    "forget": ("display_server.cli.forget:forget", "Forget what names people and was kept long enough."),
    "check": ("display_server.cli.check:check", "Check the audit log, the database and the published tree."),
}


@click.group(cls=LazyGroup, later=_commands)
@click.option(
    "--dir", "home", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="The server's folder."
)
def main(home: Path | None) -> None:
    """The server of a county, a township or a village: authors, reviews, publishes, runs the hall."""
