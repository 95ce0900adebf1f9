"""What keys elsewhere are asked to sign, on the server: root changes and waiting editions; applying what came back.

1. Making a request publishes nothing.
2. Whoever is to sign an edition is shown its texts: all of them, unless the same keys signed the edition before.
3. The directory changes whenever a hall changes, so its targets key stays on the server.
4. A root key is made by its keeper; the server sees only the public half.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from content_sync import durable
from content_sync.domain.errors import Refused
from content_sync.domain.ids import directory_channel
from display_server.access import Actor, check
from display_server.database.engine import Database
from display_server.desk.key_files import read_requests
from display_server.desk.key_words import words_of
from display_server.desk.keys import held, note, repository
from display_server.publishing import service, signatures

if TYPE_CHECKING:
    from content_sync.trust.carried import Key
    from content_sync.trust.requests import Request


_words_kept = 6  # the audit log says what was applied; the tree says the rest


@dataclass(frozen=True)
class Wish:
    """What a request is to change: by role the public file of a key made elsewhere, or None for one made here."""

    replace: Mapping[str, Path | None]
    targets: Sequence[Path] = ()
    threshold: int = 1


def request(db: Database, actor: Actor, channel: str, out: Path, wish: Wish) -> list[str]:
    """Write a request to `out`; what it says, in words. Raises Refused when the file is there already."""
    from content_sync.trust.rotation import Change, asked

    _check_wish(channel, wish)
    _check_new(out)
    new = {role: None if path is None else _public(path) for role, path in wish.replace.items()}
    change = Change(new, [_public(path) for path in wish.targets], wish.threshold)
    bodies = None
    if channel != directory_channel:
        repository(db.config, channel)
        if wish.targets or wish.replace.get("targets") or "withdrawal" in wish.replace:
            service.complete(db, channel)  # otherwise it would be done while the request is out, and void it
        bodies = signatures.bodies_now(db, channel)  # rule 2
    with held(db, actor, channel) as found:
        made = asked(found, channel, db.config.clock.now(), change, bodies)
    return _written(made, out)


def pending(db: Database, actor: Actor, channel: str, out: Path, *, all_texts: bool) -> list[str]:
    """Write to `out` what a channel's publishers are to sign; what it says, in words. Raises Refused."""
    check(actor, "structure")
    _check_new(out)
    repository(db.config, channel)
    return _written(signatures.ask(db, channel, all_texts=all_texts), out)


def apply(db: Database, actor: Actor, files: Sequence[Path]) -> list[str]:
    """Publish what was signed, from one file or from copies signed in several places; what it says, in words."""
    from content_sync.trust.requests import together
    from content_sync.trust.rotation import carry_out

    made = together(read_requests(files))
    words = words_of(made)
    repository(db.config, made.channel)
    if (
        made.root is None
        and made.targets is not None
        and _number(made) > service.publisher(db).newest(made.channel).number
    ):
        check(actor, "structure")
        signatures.release(db, made)
    else:
        with held(db, actor, made.channel) as found:
            carry_out(found, db.config.clock.now(), made)
    note(db, actor, "keys.apply", made.channel, "; ".join(words[:_words_kept]))
    return words


def _number(made: "Request") -> int:
    """The number of the edition that was signed; 0 for the directory's targets."""
    from content_sync.trust.texts import shown

    assert made.targets is not None
    return shown(made.channel, made.targets.signed, made.texts).edition.number if made.texts else 0


def _written(made: "Request", out: Path) -> list[str]:
    from content_sync.trust.requests import request_bytes

    words = words_of(made)
    durable.write(out, request_bytes(made, words))
    return words


def _check_wish(channel: str, wish: Wish) -> None:
    from content_sync.trust.keys import root_roles

    here = [role for role, path in wish.replace.items() if path is None and role in root_roles]
    if here:  # rule 4
        raise Refused(f"根密钥由保管人在自己的机器上生成：keys new NAME，再写 --replace {here[0]}=NAME.pub。")
    if channel == directory_channel and (wish.targets or wish.replace.get("targets")):  # rule 3
        raise Refused("目录的内容密钥要留在服务器上：大厅一改，目录就要重新签名。")


def _check_new(out: Path) -> None:
    if out.exists():
        raise Refused(f"{out} 已经有了：请换一个文件名。")


def _public(path: Path) -> "Key":
    from content_sync.trust.carried import public_key

    return public_key(path.read_bytes())[1]
