"""For whom devices seal the records they write on sticks: one key of this server.

1. The key is `keys/records.key`, readable by the server's user only. `init` makes it; for a folder that is older, the
   next `serve`, `bundle` or `receive` does.
2. Its public half is a signed target of the directory, so a device learns it as it learns everything else. It does not
   stand in `county.json`, which devices of the first version read strictly.
3. A server that does not sign the directory itself has no records key: what its devices seal is for the county.
"""

from content_sync import durable
from content_sync.domain.errors import Broken, Refused
from content_sync.domain.ids import directory_channel
from display_server.config import Config

_seed_bytes = 32


def ensure(config: Config) -> None:
    """Make the key and publish its public half where that was not done yet (rules 1 to 3)."""
    from content_sync.publish import Publisher
    from content_sync.trust.signing import Repository
    from content_sync.wire.sealed import public_half

    directory = Repository(config.repo / directory_channel, config.keys / directory_channel)
    if not directory.exists() or not directory.can_sign_targets():  # rule 3
        return
    if not config.records_key.exists():
        durable.write(config.records_key, config.ids.random(_seed_bytes), mode=0o600)
    Publisher(config.repo, config.keys, config.clock).put_records_key(public_half(seed(config)))


def seed(config: Config) -> bytes:
    """The key's secret half. Raises Refused for a server without one, Broken when the file was damaged."""
    try:
        found = config.records_key.read_bytes()
    except FileNotFoundError as error:
        raise Refused("这台服务器没有接收记录的密钥：U盘上的记录要带到签发目录的服务器上接收。") from error
    if len(found) != _seed_bytes:
        raise Broken(f"{config.records_key} is damaged: restore it from the backup of the keys.")
    return found
