"""What a serving folder needs every hour, in a process of its own so that a failure stops nobody.

1. Timestamps older than `limits.refresh_hours_max` are signed again, so that screens can say as of when they are true.
2. Changes older than `limits.changes_days_max` are forgotten: they were hints, and whoever listened has heard them.
"""

import sys
from datetime import timedelta
from pathlib import Path

from content_sync.domain import limits
from display_server.config import Config
from display_server.database.engine import Database


def keep_up(config: Config) -> list[str]:
    """Do what is due; the channels that were signed again."""
    from content_sync.publish import Publisher
    from display_server.database.tables.core import changes

    db = Database(config)
    oldest = (config.clock.now() - timedelta(days=limits.changes_days_max)).isoformat()
    with db.write() as connection:
        connection.execute(changes.delete().where(changes.c.made_at < oldest))  # rule 2
    db.close()
    return Publisher(config.repo, config.keys, config.clock).resign()  # rule 1


if __name__ == "__main__":
    keep_up(Config(Path(sys.argv[1])))
