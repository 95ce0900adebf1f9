"""`display-server mirror`: one round of a relay by hand."""

import sys

import click

from display_server.cli import folder


@click.command()
@folder.as_json
@click.pass_context
def mirror(ctx: click.Context, *, as_json: bool) -> None:
    """Mirror everything that this relay follows, hash what is here already, and pass waiting records up.

    Ends with 1 when something was refused or the upstream was not reached; what is here stays as it was.
    """
    from content_sync.agent.progress import Progress
    from display_server.desk.by_hand import relay_once

    with folder.database() as db:
        done = relay_once(db, Progress(sys.stderr).report)
    if as_json:
        refused = [{"channel": channel, "reason": reason} for channel, reason in done.failures.items()]
        records = {"sent": done.sent, "waiting": done.waiting}
        folder.print_json({"channels": done.channels, "refused": refused, "records": records})
    else:
        lines = [
            f"{name}: edition {one['edition']}{' (new)' if one['new'] else ''}" for name, one in done.channels.items()
        ]
        click.echo("\n".join([*lines, f"records: {done.sent} passed up, {done.waiting} waiting"]))
    for sentence in dict.fromkeys(done.failures.values()):
        click.echo(sentence, err=True)
    ctx.exit(1 if done.failures else 0)
