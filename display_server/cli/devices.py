"""`display-server device …`."""

import click

from display_server.cli import folder
from display_server.cli.lazy import LazyGroup


@click.group(cls=LazyGroup)
def device() -> None:
    """Kiosks and boards."""


@device.command()
@click.argument("name")
@click.option("--kind", required=True, type=click.Choice(["touch", "lcd", "led"]), help="What stands there.")
@click.option("--channels", required=True, metavar="CH,CH", help="The channels it follows.")
@click.option("--site", default="", metavar="SITE", help="Its hall; without one, the hall of the first channel's unit.")
@folder.as_json
def add(name: str, kind: str, channels: str, site: str, *, as_json: bool) -> None:
    """Register a device and print its enrolment code, which works once."""
    from content_sync.publish import Publisher
    from display_server.access import shell
    from display_server.devices import service

    with folder.database() as db:
        config = db.config
        fingerprint = Publisher(config.repo, config.keys, config.clock).fingerprint()
        wanted = [channel.strip() for channel in channels.split(",") if channel.strip()]
        code = service.add(db, shell, name, kind, wanted, site, fingerprint)
    if as_json:
        folder.print_json({"device": name, "code": code})
    else:
        click.echo(code)


@device.command(name="list")
@folder.as_json
def listing(*, as_json: bool) -> None:
    """List devices with their last contact."""
    from display_server.devices import queries

    with folder.database() as db, db.read() as connection:
        rows = [
            {
                "device": row.id,
                "kind": row.kind,
                "site": row.site,
                "channels": row.channels.split(","),
                "state": row.state,
                "last_seen": row.last_seen,
            }
            for row in queries.every(connection)
        ]
    if as_json:
        folder.print_json(rows)
    else:
        for row in rows:
            click.echo(f"{row['device']}\t{row['kind']}\t{row['site']}\t{row['state']}\t{row['last_seen']}")


@device.command()
@click.argument("name")
def revoke(name: str) -> None:
    """End a device's token; it gets nothing more."""
    from display_server.access import shell
    from display_server.devices import service

    with folder.database() as db:
        service.revoke(db, shell, name)
