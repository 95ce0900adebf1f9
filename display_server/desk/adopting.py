"""A village server with keys of its own becomes a channel of the county: its first root enters the county's directory.

1. The village writes one file: channel, unit and first root. Its fingerprint covers every byte of it and is compared by
   people over another way (the phone, a visit): whoever changed the file on its way changed the fingerprint.
2. The root must be a first root, of our form and signed by its own keys.
3. A channel is adopted once. Its first root never changes afterwards: devices pinned it; keys change by rotation.
4. The county's own word on a unit that it knows already stands; an unknown unit is taken as the village describes it.
5. Adopting lets devices believe the channel. Its tree is mirrored, never signed, by the county.
"""

import dataclasses
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from content_sync.domain import ids, limits
from content_sync.domain.county import ChannelOf, Unit, unit_of
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.ids import directory_channel
from content_sync.wire import canonical, shapes
from display_server.access import Actor, check
from display_server.config import Config
from display_server.database import audit, content
from display_server.database import county as kept
from display_server.database.engine import Database
from display_server.desk import county_signing

if TYPE_CHECKING:
    from content_sync.trust.signing import Repository


@dataclass(frozen=True)
class Offer:
    """What a village offers: its channel, its unit, and the text of the channel's first root."""

    kind: Literal["gongkailan channel root"]
    channel: str
    unit: Unit
    root: str


def offered(db: Database, channel: str) -> tuple[bytes, str]:
    """The file of a channel of this server, and its fingerprint. Raises BadInput for a channel that is not here."""
    with db.read() as connection:
        unit = content.channel(connection, channel).unit
    root = _repository(db.config, channel).first_root().decode()
    data = canonical.dump(shapes.to_plain(Offer("gongkailan channel root", channel, unit, root)))
    return data, fingerprint(data)


def fingerprint(data: bytes) -> str:
    """What people compare (rule 1)."""
    letters = ids.spelled(hashlib.sha256(data).digest()[: limits.fingerprint_bytes])
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def adopt(db: Database, actor: Actor, data: bytes, compared: str) -> Offer:
    """Adopt the channel of a file whose fingerprint was compared. Raises BadInput, Refused; then nothing changed."""
    from content_sync.trust.lock import alone
    from content_sync.trust.roots import check_first
    from content_sync.trust.tree import Target

    check(actor, "structure")
    if db.config.is_relay:
        raise Refused("这是转发服务器，不签发目录：请在签发目录的上级服务器上采用这个频道。")
    offer = _offer(data)
    if re.sub(r"[\s-]", "", compared).lower() != fingerprint(data).replace("-", ""):
        raise Refused(
            f"指纹不对：这个文件的指纹是 {fingerprint(data)}。请和对方当面或者用电话核对，核对上以前不要采用。"
        )
    root = offer.root.encode()
    check_first(root)  # rule 2
    directory = _repository(db.config, directory_channel)
    with db.write() as connection:
        county = kept.county(connection)
        if any(channel.id == offer.channel for channel in county.channels):  # rule 3
            raise Refused(f"频道 {offer.channel} 已经有了：它的第一个根不再改变，密钥用更换的办法换。")
        if unit_of(county, offer.unit.id) is None:  # rule 4
            known = unit_of(county, offer.unit.parent)
            kept.put_unit(connection, offer.unit if known else dataclasses.replace(offer.unit, parent=""))
        kept.put_channel(connection, ChannelOf(offer.channel, offer.unit.id))
        now = db.config.clock.now()
        audit.append(
            connection, now.isoformat(), actor.name, actor.via, "channel.adopt", offer.channel, fingerprint(data)
        )
        with alone(directory.keys_folder):
            directory.put(now, {f"{offer.channel}.root.json": Target(root)})
        county_signing.sign(db, connection)
    return offer


def is_foreign(config: Config, channel: str) -> bool:
    """Whether this server never had keys of the channel: another one signs it (rule 5)."""
    return not (config.keys / channel).is_dir()


def _offer(data: bytes) -> Offer:
    if len(data) > limits.metadata_bytes_max:
        raise BadInput("这个文件太长，不是频道的根文件：请用 channel root 导出。")
    offer = shapes.from_plain(Offer, canonical.load(data, "The channel's root file"), "root file")
    ids.checked_id(offer.channel, "频道编号")
    ids.checked_id(offer.unit.id, "单位编号")
    return offer


def _repository(config: Config, channel: str) -> "Repository":
    from content_sync.trust.signing import Repository

    return Repository(config.repo / channel, config.keys / channel)
