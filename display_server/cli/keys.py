"""`display-server keys …`: where keys are, ceremonies, rotations; each command read when it is asked for."""

import click

from display_server.cli.lazy import LazyGroup

_commands: dict[str, tuple[str, str]] = {
    "list": ("display_server.cli.keys_server:listing", "Where each key is, and when what it signed expires."),
    "take-out": ("display_server.cli.keys_server:take_out", "Move root keys from the server onto sticks."),
    "request": ("display_server.cli.keys_server:request", "Write the file that keys kept elsewhere are asked to sign."),
    "pending": ("display_server.cli.keys_server:pending", "Write the file that a channel's publishers are to sign."),
    "show": ("display_server.cli.keys_anywhere:show", "Show what a request asks, or one of its texts whole."),
    "sign": ("display_server.cli.keys_anywhere:sign", "Sign a request; needs no server, no network, no database."),
    "apply": ("display_server.cli.keys_server:apply", "Publish a request that enough keys have signed."),
    "rotate": ("display_server.cli.keys_server:rotate", "Replace a key at once, where the root keys are still here."),
    "new": ("display_server.cli.keys_anywhere:new", "Make a key pair on one's own machine."),
}


@click.group(cls=LazyGroup, later=_commands)
def keys() -> None:
    """Signing keys: where they are, ceremonies, rotations."""
