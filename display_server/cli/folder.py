"""How a command finds its server folder, its database and the account it acts as, and how it prints JSON."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from content_sync.domain.errors import Broken, Refused

if TYPE_CHECKING:
    from display_server.access import Actor
    from display_server.config import Config
    from display_server.database.engine import Database

as_user = click.option("--as", "as_name", metavar="USER", required=True, help="The account that acts.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON value and nothing else.")


def config() -> "Config":
    """The folder named by `--dir`. Raises UsageError without one, Refused when it is not a server's folder."""
    from display_server.config import Config

    home: Path | None = click.get_current_context().find_root().params.get("home")
    if home is None:
        raise click.UsageError("Name the server's folder: display-server --dir DIR …")
    found = Config(home)
    if not found.database_path.is_file():
        raise Refused(f"{home} is not a server's folder: make one with `display-server init {home} --name NAME`.")
    return found


@contextmanager
def database() -> "Iterator[Database]":
    """The folder's database, for the length of one command. Raises Broken when it cannot be read or written."""
    from sqlalchemy.exc import DatabaseError, OperationalError

    from display_server.database.engine import Database

    opened = Database(config())
    try:
        yield opened
    except DatabaseError as error:
        if type(error) not in (DatabaseError, OperationalError):
            raise  # a mistake of ours, not the disk's
        path = opened.config.database_path
        raise Broken(f"{path} cannot be used ({error.orig}): run this as its owner, or restore a backup.") from error
    finally:
        opened.close()


def acting(db: "Database", name: str) -> "Actor":
    """The account `--as` names. Raises Refused when it does not exist or is not in use."""
    from display_server.accounts.service import actor_for

    return actor_for(db, name, via="shell")


def print_json(value: Any) -> None:
    """One JSON value on stdout."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False))
