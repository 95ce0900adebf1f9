"""A command group that reads a command's module only when the command is asked for (ARCHITECTURE §8: help in 0.5 s).

1. Errors that have a sentence are told on stderr in that one sentence, with exit code 1; wrong usage ends with 2. What
   the system refuses (no permission, no room) has such a sentence too.
"""

import importlib
from collections.abc import Mapping
from typing import IO, Any

import click

from content_sync.domain.errors import GongkailanError


class Told(click.ClickException):
    """A refusal on its way to stderr (rule 1)."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence and nothing else."""
        click.echo(self.message, file=file, err=file is None)


class LazyGroup(click.Group):
    """Commands by name, each as "module:attribute" with the line that stands in the listing."""

    def __init__(self, *args: Any, later: Mapping[str, tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.later = later or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order they were written down."""
        return [*super().list_commands(ctx), *self.later]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, read now."""
        if cmd_name not in self.later:
            return super().get_command(ctx, cmd_name)
        module, attribute = self.later[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's
        """The listing, without reading any command's module."""
        here = [(name, self.commands[name].get_short_help_str(80)) for name in sorted(self.commands)]
        with formatter.section("Commands"):
            formatter.write_dl([*here, *((name, line) for name, (_, line) in self.later.items())])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; rule 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # click's own: whoever read our output has left
        except (GongkailanError, OSError) as error:
            raise Told(str(error)) from error
