"""`display-server user …`."""

import click

from display_server.cli import folder
from display_server.cli.lazy import LazyGroup


@click.group(cls=LazyGroup)
def user() -> None:
    """Accounts."""


@user.command()
@click.argument("name")
@click.option("--role", "roles", required=True, metavar="ROLE[,ROLE…]", help="What the account may do.")
@click.option("--unit", "units", multiple=True, metavar="UNIT", help="A unit it acts for; every unit without one.")
@click.option("--display-name", default="", metavar="NAME", help="The person's name, as pages show it.")
@folder.as_json
def add(name: str, roles: str, units: tuple[str, ...], display_name: str, *, as_json: bool) -> None:
    """Make an account and print its one-time password, which must be changed at the first sign-in."""
    from display_server.access import shell
    from display_server.accounts import service

    with folder.database() as db:
        wanted = tuple(role.strip() for role in roles.split(","))
        one_time = service.add_account(db, shell, name, wanted, units or ("*",), display_name)
    if as_json:
        folder.print_json({"user": name, "one_time_password": one_time})
    else:
        click.echo(one_time)
