"""`display-server serve`."""

import click

from display_server.cli import folder


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
def serve(host: str, port: int) -> None:
    """Serve a folder until SIGTERM: pages, devices and event streams on one port."""
    from display_server.database.migrations import upgrade
    from display_server.desk import records_key
    from display_server.publishing.service import finish_all_interrupted
    from display_server.serving import supervisor

    with folder.database() as db:
        upgrade(db)
        finish_all_interrupted(db)
        records_key.ensure(db.config)
        home = db.config.home
    supervisor.run(home, supervisor.bound(host, port), click.echo)
