"""What `check` says of keys, and of what waits for the people who keep them."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from content_sync.domain.errors import GongkailanError
from display_server.config import Config
from display_server.database import content
from display_server.database.engine import Database
from display_server.desk.adopting import is_foreign
from display_server.desk.keys import inventories
from display_server.publishing import service


def key_faults(config: Config) -> tuple[list[str], list[str]]:
    """Sentences on keys that must be here and are not, and on signatures that people must soon give again."""
    lost, worn = [], []
    for path in sorted(config.repo.glob("*/metadata/timestamp.json")):
        channel = path.parent.parent.name
        if is_foreign(config, channel):
            continue
        try:
            [found] = inventories(config, channel)
        except (GongkailanError, OSError):
            continue  # the tree is damaged; whoever looks at the tree says so
        lost += [
            f"{channel}: its {role} key is not on this server; restore the backup of the keys, or replace it: "
            f"display-server keys rotate {channel} --role {role}"
            for role in found.lost
        ]
        asking = {"root": "request", "targets": "pending"}
        worn += [
            f"{channel}: more than half the life of its {role} signatures is over and their keys are elsewhere; "
            f"display-server keys {asking[role]} {channel} OUT"
            for role in found.worn
        ]
    return lost, worn


def is_waiting(db: Database, channel: str, begun: int) -> bool:
    """Whether the edition that was begun waits for signatures; otherwise it was cut off."""
    elsewhere = service.waiting_at(db, channel).is_signed_elsewhere()
    return elsewhere and service.publisher(db).newest(channel).number < begun


def waiting(db: Database, connection: Connection, channels: Sequence[str]) -> Iterator[str]:
    """A sentence for each edition that waits for its publishers' signatures."""
    for channel in channels:
        begun = content.waiting_edition(connection, channel)
        if begun and not is_foreign(db.config, channel) and is_waiting(db, channel, begun):
            yield f"{channel}: edition {begun} waits to be signed; display-server keys pending {channel} OUT"


def unmirrored(config: Config, channels: Sequence[str]) -> Iterator[str]:
    """A sentence for each adopted channel whose tree is not here yet."""
    for channel in channels:
        if is_foreign(config, channel) and not (config.repo / channel).is_dir():
            yield f"{channel}: adopted, but its tree is not mirrored here yet; devices cannot follow it."
