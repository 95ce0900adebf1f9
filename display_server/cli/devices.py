"""`display-server device …`."""

import click

from display_server.cli import folder
from display_server.cli.lazy import LazyGroup


@click.group(cls=LazyGroup)
def device() -> None:
    """Kiosks and boards."""


@device.command()
@click.argument("name")
@click.option("--kind", required=True, type=click.Choice(["touch", "lcd", "led", "relay"]), help="What stands there.")
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
    """List devices with their last contact; those behind relays by the way to them."""
    from display_server.devices import behind, health, queries

    with folder.database() as db, db.read() as connection:
        now = db.config.clock.now()
        own = [(row.id, row.channels.split(","), row) for row in queries.every(connection)]
        found = [*own, *((row.way, [], row) for row in behind.every(connection))]
        rows = [
            {
                "device": name,
                "kind": row.kind,
                "site": row.site,
                "channels": channels,
                "state": row.state,
                "last_seen": row.last_seen,
                "problems": health.problems(row, now),
            }
            for name, channels, row in found
        ]
    if as_json:
        folder.print_json(rows)
    else:
        for row in rows:
            words = "；".join(row["problems"]) or "正常"
            click.echo("\t".join([*(row[name] for name in ("device", "kind", "site", "state", "last_seen")), words]))


@device.command()
@click.argument("name")
def revoke(name: str) -> None:
    """End a device's token; it gets nothing more."""
    from display_server.access import shell
    from display_server.devices import service

    with folder.database() as db:
        service.revoke(db, shell, name)
