"""`display-server mirror`: one round of a relay by hand."""

from contextlib import closing

import click

from display_server.cli import folder


@click.command()
@folder.as_json
@click.pass_context
def mirror(ctx: click.Context, *, as_json: bool) -> None:
    """Mirror everything that this relay follows, hash what is here already, and pass waiting records up.

    Ends with 1 when something was refused or the upstream was not reached; what is here stays as it was.
    """
    import sys
    import time

    from content_sync.agent.device import read_key
    from content_sync.agent.progress import Progress
    from content_sync.domain.errors import GongkailanError
    from content_sync.domain.ids import directory_channel
    from content_sync.net.http import HttpFetcher, HttpServer
    from content_sync.net.line import HttpLine
    from display_server.desk import mirroring
    from display_server.desk.passing_up import PassingUp

    with folder.database() as db:
        device, failure, sent = mirroring.upstream(db.config), "", 0
        with closing(HttpLine(device.server)) as line:
            names = (directory_channel, *device.channels)
            done = mirroring.mirror(db, HttpFetcher(line), names, thorough=True, report=Progress(sys.stderr).report)
            passing = PassingUp(db, device.device, read_key(db.config.upstream), HttpServer(line, device.token))
            try:
                sent = passing.step(time.monotonic(), live=False)
            except GongkailanError as error:
                failure = str(error)
        held, waiting = mirroring.held(db), passing.waiting()
    failures = {**done.failures, **({"_records": failure} if failure else {})}
    value = {
        "channels": {
            channel: {"edition": held.get(channel, 0), "new": channel in done.editions} for channel in device.channels
        },
        "refused": [{"channel": channel, "reason": reason} for channel, reason in failures.items()],
        "records": {"sent": sent, "waiting": waiting},
    }
    if as_json:
        folder.print_json(value)
    else:
        for channel in device.channels:
            click.echo(f"{channel}: edition {held.get(channel, 0)}{' (new)' if channel in done.editions else ''}")
        click.echo(f"records: {sent} passed up, {waiting} waiting")
    for sentence in dict.fromkeys(failures.values()):
        click.echo(sentence, err=True)
    ctx.exit(1 if failures else 0)
