"""`display-server init`."""

from pathlib import Path

import click

_levels = click.Choice(["county", "township", "village"])


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="The name of the county, township or village.")
@click.option("--level", default="county", show_default=True, type=_levels)
@click.option("--public-url", default="", metavar="URL", help="The address any phone can reach; none without it.")
@click.option("--role", default="origin", show_default=True, type=click.Choice(["origin", "site"]))
@click.option("--demo", is_flag=True, help="Fill it with the demonstration county.")
def init(folder: Path, *, name: str, level: str, public_url: str, role: str, demo: bool) -> None:
    """Make a server's folder and print each account's one-time password."""
    from content_sync.clock import SystemClock, SystemIds
    from display_server.desk.founding import Wishes, found

    wishes = Wishes(name.strip(), level, public_url, role, demo)  # type: ignore[arg-type]  # click checked the level
    passwords = found(folder.absolute(), wishes, SystemClock(), SystemIds())
    click.echo(f"{folder} is ready. One-time passwords, good for three days, shown only now:")
    for account, password in passwords.items():
        click.echo(f"  {account:<10} {password}")
    click.echo(f"Next: display-server --dir {folder} serve")
