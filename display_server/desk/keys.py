"""Keys of the channels and of the directory, on the server: listing, taking out, asking, applying, rotating.

1. Whoever has a shell on the server does this; every act that changes something stands in the audit log.
2. What a step changes in the tree it changes while it holds the channel, as publishing does.
3. A request is made for keys that lie elsewhere; making it publishes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from content_sync import durable
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.ids import directory_channel
from display_server.access import Actor, check
from display_server.config import Config
from display_server.database import audit
from display_server.database.engine import Database
from display_server.desk.key_files import read_requests
from display_server.desk.key_words import words_of
from display_server.publishing.lock import channel_lock

if TYPE_CHECKING:
    from content_sync.trust.carried import Key
    from content_sync.trust.inventory import Inventory
    from content_sync.trust.signing import Repository


@dataclass(frozen=True)
class Wish:
    """What a request is to change: by role the public file of a key made elsewhere, or None for one made here."""

    replace: Mapping[str, Path | None]
    targets: Sequence[Path] = ()
    threshold: int = 1


def inventories(config: Config, channel: str = "") -> list["Inventory"]:
    """The keys of every repository that this server signs, the directory first; of one when it is named."""
    from content_sync.trust.inventory import inventory

    found = sorted(path.parent.parent.name for path in config.repo.glob("*/metadata/timestamp.json"))
    names = [channel] if channel else [name for name in found if _signs(config, name)]
    return [inventory(_repository(config, name), name, config.clock.now()) for name in names]


def take_out(db: Database, actor: Actor, channel: str, place: Path, passphrases: Mapping[str, str]) -> list[Path]:
    """Move root keys, by role with the passphrase of whoever keeps it, into `place/<role>/`; their files there."""
    from content_sync.trust import taking_out

    with _held(db, actor, channel):
        done = []
        for role, passphrase in passphrases.items():
            done.append(taking_out.take_out(db.config.keys / channel, channel, role, place / role, passphrase))
            _note(db, actor, "keys.take-out", channel, role)
    return done


def roles_here(config: Config, channel: str, role: str = "") -> list[str]:
    """The root keys that can be taken out. Raises Refused when there is none."""
    [found] = inventories(config, channel)
    here = [key.name for key in found.roles[0].keys if key.here and role in ("", key.name)]
    if not here:
        raise Refused(f"{channel} 的{role or '根密钥'}不在这台服务器上：已经取走，或者从来不在这里。")
    return here


def request(db: Database, actor: Actor, channel: str, out: Path, wish: Wish) -> list[str]:
    """Write a request to `out`; what it says, in words (rule 3). Raises Refused when the file is there already."""
    from content_sync.trust.keys import root_roles
    from content_sync.trust.requests import request_bytes
    from content_sync.trust.rotation import Change, asked

    if out.exists():
        raise Refused(f"{out} 已经有了：请换一个文件名。")
    made_here = [role for role, path in wish.replace.items() if path is None and role in root_roles]
    if made_here:
        raise Refused(f"根密钥由保管人在自己的机器上生成：keys new NAME，再写 --replace {made_here[0]}=NAME.pub。")
    new = {role: None if path is None else _public(path) for role, path in wish.replace.items()}
    change = Change(new, [_public(path) for path in wish.targets], wish.threshold)
    with _held(db, actor, channel) as repository:
        made = asked(repository, channel, db.config.clock.now(), change)
    words = words_of(made)
    durable.write(out, request_bytes(made, words))
    return words


def apply(db: Database, actor: Actor, files: Sequence[Path]) -> list[str]:
    """Publish what was signed, from one file or from copies signed in several places; what it says, in words."""
    from content_sync.trust.requests import together
    from content_sync.trust.rotation import carry_out

    made = together(read_requests(files))
    with _held(db, actor, made.channel) as repository:
        carry_out(repository, db.config.clock.now(), made)
    _note(db, actor, "keys.apply", made.channel, "; ".join(words_of(made)))
    return words_of(made)


def rotate(db: Database, actor: Actor, channel: str, role: str) -> None:
    """Replace the key of a role at once. Raises Refused, naming the request to make, where its judges are elsewhere."""
    from content_sync.trust import rotation

    with _held(db, actor, channel) as repository:
        rotation.rotate(repository, channel, db.config.clock.now(), role)
    _note(db, actor, "keys.rotate", channel, role)


@contextmanager
def _held(db: Database, actor: Actor, channel: str) -> Iterator["Repository"]:
    """Rules 1 and 2."""
    from content_sync.trust.lock import alone

    check(actor, "structure")
    repository = _repository(db.config, channel)
    with channel_lock(db.config, channel), alone(db.config.keys / channel):
        yield repository


def _repository(config: Config, channel: str) -> "Repository":
    from content_sync.domain.ids import is_id
    from content_sync.trust.signing import Repository

    if not (is_id(channel) or channel == directory_channel) or not _signs(config, channel):
        raise BadInput(f"这台服务器不为“{channel}”签名：用 keys list 看有哪些频道。")
    return Repository(config.repo / channel, config.keys / channel)


def _signs(config: Config, channel: str) -> bool:
    """Whether this server ever had keys of the channel; a relay and an adopted channel have none."""
    return (config.keys / channel).is_dir() and (config.repo / channel / "metadata" / "timestamp.json").exists()


def _public(path: Path) -> "Key":
    from content_sync.trust.carried import public_key

    return public_key(path.read_bytes())[1]


def _note(db: Database, actor: Actor, action: str, subject: str, detail: str) -> None:
    with db.write() as connection:
        audit.append(connection, db.config.clock.now().isoformat(), actor.name, actor.via, action, subject, detail)
