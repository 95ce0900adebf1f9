"""How a database of any earlier version becomes one of this version.

1. Each step is a function of its own file under `versions/`, applied with its record in one transaction.
2. A database newer than the program is left alone: an old program would misread it.
"""

from pathlib import Path
from typing import Any

from content_sync.domain.errors import Broken
from display_server.database.engine import Database


def upgrade(db: Database) -> None:
    """Bring the database to this program's version (rule 1). Raises Broken when it is newer (rule 2)."""
    from alembic import command

    check_not_newer(db)
    with db.write() as connection:
        config = _alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check_not_newer(db: Database) -> None:
    """Raise Broken when the database was made by a newer program (rule 2)."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with db.read() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions()}
    if current is not None and current not in known:
        raise Broken(f"The database is of a newer version ({current}): install the newer program, or restore a backup.")


def _alembic() -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
