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
@click.option("--upstream", default="", metavar="URL", help="The server that a site's server relays.")
@click.option("--code", default="", metavar="CODE", help="The enrolment code that the upstream printed for it.")
@click.option("--site", default="", metavar="SITE", help="Its hall; without one, what the upstream says.")
@click.option("--demo", is_flag=True, help="Fill it with the demonstration county.")
def init(
    folder: Path,
    *,
    name: str,
    level: str,
    public_url: str,
    role: str,
    upstream: str,
    code: str,
    site: str,
    demo: bool,
) -> None:
    """Make a server's folder and print each account's one-time password."""
    from content_sync.clock import SystemClock, SystemIds
    from display_server.desk.founding import Wishes, found

    if bool(upstream) != bool(code) or (upstream and (role != "site" or demo)) or (site and not upstream):
        raise click.UsageError("A relay is made with --role site --upstream URL --code CODE, and --site where needed.")
    wishes = Wishes(name.strip(), level, public_url, role, demo, upstream, code, site)  # type: ignore[arg-type]  # click checked the level
    passwords = found(folder.absolute(), wishes, SystemClock(), SystemIds())
    click.echo(f"{folder} is ready. One-time passwords, good for three days, shown only now:")
    for account, password in passwords.items():
        click.echo(f"  {account:<10} {password}")
    click.echo(f"Next: display-server --dir {folder} serve")
