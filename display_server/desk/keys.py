"""Keys of the channels and of the directory, on the server: listing them, taking root keys out, rotating.

1. Whoever has a shell on the server does this; every act that changes something stands in the audit log.
2. What a step changes in the tree it changes while it holds the channel, as publishing does.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from content_sync.domain.errors import BadInput, GongkailanError, Refused
from content_sync.domain.ids import directory_channel, is_id
from display_server.access import Actor, check
from display_server.config import Config
from display_server.database import audit
from display_server.database.engine import Database
from display_server.desk import key_words
from display_server.publishing.lock import channel_lock

if TYPE_CHECKING:
    from content_sync.trust.inventory import Inventory
    from content_sync.trust.signing import Repository


def inventories(config: Config, channel: str = "") -> list["Inventory"]:
    """The keys of every repository that this server signs, the directory first; of one when it is named."""
    from content_sync.trust.inventory import inventory

    found = sorted(path.parent.parent.name for path in config.repo.glob("*/metadata/timestamp.json"))
    names = [channel] if channel else [name for name in found if _signs(config, name)]
    return [inventory(repository(config, name), name, config.clock.now()) for name in names]


def all_worries(config: Config) -> list[str]:
    """What people must do about keys, of every repository that this server signs; a damaged tree is told by `check`."""
    lines: list[str] = []
    for path in sorted(config.repo.glob("*/metadata/timestamp.json")):
        with suppress(GongkailanError, OSError):
            lines += [line for one in inventories(config, path.parent.parent.name) for line in key_words.worries(one)]
    return lines


def roles_here(config: Config, channel: str, role: str = "") -> list[str]:
    """The root keys that can be taken out. Raises Refused when there is none."""
    [found] = inventories(config, channel)
    here = [key.name for key in found.roles[0].keys if key.here and role in ("", key.name)]
    if not here:
        raise Refused(f"{channel} 的{role or '根密钥'}不在这台服务器上：已经取走，或者从来不在这里。")
    return here


def take_out(db: Database, actor: Actor, channel: str, place: Path, passphrases: Mapping[str, str]) -> list[Path]:
    """Move root keys, by role with the passphrase of whoever keeps it, into `place/<role>/`; their files there."""
    from content_sync.trust import taking_out

    if not place.is_dir():  # a stick that is not plugged in must not become a folder on this disk
        raise Refused(f"{place} 不是文件夹：请插好 U 盘，挂载后写它的文件夹；密钥没有动。")
    done = []
    for role, passphrase in passphrases.items():
        try:
            with held(db, actor, channel) as found:
                done.append(taking_out.take_out(found, role, place / role, passphrase))
        except OSError as error:
            raise Refused(f"{place} 写不进去（{error.strerror}）：请解除写保护或换一个 U 盘；密钥没有动。") from error
        note(db, actor, "keys.take-out", channel, role)
    return done


def rotate(db: Database, actor: Actor, channel: str, role: str) -> None:
    """Replace the key of a role at once. Raises Refused, naming the request to make, where its judges are elsewhere."""
    from content_sync.trust import rotation

    with held(db, actor, channel) as found:
        rotation.rotate(found, channel, db.config.clock.now(), role)
    note(db, actor, "keys.rotate", channel, role)


@contextmanager
def held(db: Database, actor: Actor, channel: str) -> Iterator["Repository"]:
    """Rules 1 and 2."""
    from content_sync.trust.lock import alone

    check(actor, "structure")
    found = repository(db.config, channel)
    with channel_lock(db.config, channel), alone(db.config.keys / channel):
        yield found


def repository(config: Config, channel: str) -> "Repository":
    """The repository of a channel that this server signs, or of the directory. Raises BadInput for any other."""
    from content_sync.trust.signing import Repository

    if not (is_id(channel) or channel == directory_channel) or not _signs(config, channel):
        raise BadInput(f"这台服务器不为“{channel}”签名：用 keys list 看有哪些频道。")
    return Repository(config.repo / channel, config.keys / channel)


def note(db: Database, actor: Actor, action: str, subject: str, detail: str) -> None:
    """Write an act into the audit log."""
    with db.write() as connection:
        audit.append(connection, db.config.clock.now().isoformat(), actor.name, actor.via, action, subject, detail)


def _signs(config: Config, channel: str) -> bool:
    """Whether this server ever had keys of the channel; a relay and an adopted channel have none."""
    return (config.keys / channel).is_dir() and (config.repo / channel / "metadata" / "timestamp.json").exists()
