"""`display-server channel root | adopt`: a village server with its own keys, and the county that takes it in."""

from pathlib import Path

import click

from display_server.cli import folder


@click.command()
@click.argument("channel", metavar="CH")
def root(channel: str) -> None:
    """Print the file for the county on stdout, and on stderr the fingerprint to tell over the phone."""
    from display_server.desk import adopting

    with folder.database() as db:
        data, mark = adopting.offered(db, channel)
    click.echo(data, nl=False)
    click.echo(f"指纹 {mark}", err=True)


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--fingerprint", required=True, metavar="F", help="As the other side told it, over another way.")
def adopt(file: Path, *, fingerprint: str) -> None:
    """Take a channel whose file and fingerprint agree into the county's directory."""
    from display_server.access import shell
    from display_server.desk import adopting

    with folder.database() as db:
        taken = adopting.adopt(db, shell, file.read_bytes(), fingerprint)
        mirror = db.config.repo / taken.channel
    click.echo(f"频道 {taken.channel}（{taken.unit.name}）已列入目录。把它的发布树镜像到 {mirror} 以后，设备就能关注。")
