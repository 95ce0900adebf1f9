"""One round of a relay: the upstream's trees into its own, and into its database what its desks and devices need.

1. The tree first, then the database: what is noted, announced or counted here is there for devices already.
2. Editions are noted by comparing the tree with what was noted before, not by what this round did: a round that was cut
   between the two is made good by the next one.
3. Own channels live beside the mirrored ones. A channel that this server has keys of is never mirrored over: ids that
   collide are said, and the upstream's channel stays out.
"""

import http.client
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from content_sync.domain.errors import Refused
from content_sync.domain.ids import directory_channel
from display_server.config import Config
from display_server.database import county as kept
from display_server.database import mirrored
from display_server.database.engine import Database
from display_server.database.mirrored import Mirrored

if TYPE_CHECKING:
    from content_sync.agent.device import Device
    from content_sync.mirror.rounds import Round
    from content_sync.ports import Fetcher, Server

_county_setting = "upstream_county"


@dataclass
class Done:
    """What a round did: channels with an edition that is new here, what failed in words, and where the line was cut."""

    editions: dict[str, int] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    unreached: set[str] = field(default_factory=set)


class Heads:
    """The upstream's head, asked conditionally: which channels have another edition than is mirrored. Only a hint."""

    def __init__(self, server: "Server") -> None:
        self._server, self._etag = server, ""

    def changed(self, held: Mapping[str, int], channels: Sequence[str]) -> list[str]:
        """Those of the channels that changed. Raises Unreachable, or Refused when the upstream knows us no more."""
        from content_sync.net.replies import refusal

        reply = self._server.call("GET", "/head", headers={"If-None-Match": self._etag} if self._etag else {})
        if reply.status == http.client.NOT_MODIFIED:
            return []
        found = reply.value.get("channels") if isinstance(reply.value, dict) else None
        if reply.status != http.client.OK or not isinstance(found, dict):
            raise refusal(reply)
        self._etag = reply.headers.get("etag", "")
        return [channel for channel in channels if found.get(channel, 0) != held.get(channel, 0)]

    def forget(self) -> None:
        """Ask for everything next time: not all of what changed could be taken."""
        self._etag = ""


def held(db: Database) -> dict[str, int]:
    """The edition of each mirrored channel as it is noted."""
    with db.read() as connection:
        return mirrored.editions(connection)


def upstream(config: Config) -> "Device":
    """This server as its upstream knows it. Raises Refused where there is none."""
    from content_sync.agent.device import read_device

    if not config.is_relay:
        raise Refused(f"{config.home} 没有上级服务器：用 init --role site --upstream URL --code CODE 建立转发服务器。")
    return read_device(config.upstream)


def mirror(
    db: Database,
    fetcher: "Fetcher",
    channels: Sequence[str],
    *,
    thorough: bool = False,
    set_down: Callable[[], bool] = lambda: False,
    report: Callable[[str, int, int], None] = lambda _path, _done, _of: None,
) -> Done:
    """Mirror these channels, `_directory` among them; others are left as they are."""
    from content_sync.agent.device import one_at_a_time
    from content_sync.mirror.rounds import Mirror

    if not channels:
        return Done()
    config = db.config
    own = [channel for channel in channels if (config.keys / channel).is_dir()]  # rule 3
    with one_at_a_time(config.upstream):
        mirror = Mirror(config.upstream, config.repo, fetcher, config.clock, report, set_down)
        found = mirror.round([channel for channel in channels if channel not in own], thorough=thorough)
        found.failures |= {channel: f"本机自己也有频道 {channel}：上级的同名频道没有转发。" for channel in own}
        return _noted(db, found, dict.fromkeys((directory_channel, *channels)))


def _noted(db: Database, found: "Round", names: Iterable[str]) -> Done:
    """Rules 1 and 2."""
    done, (county, mark) = Done({}, found.failures, found.unreached), mirrored.described(db.config)
    units = mirrored.units_in(county) if county else {}
    with db.write() as connection:
        if county is not None and kept.setting(connection, _county_setting) != mark:
            mirrored.put_county(connection, county)
            kept.put_setting(connection, _county_setting, mark)
        told = mirrored.problems(connection)
        for channel in names:
            problem = (told if channel in found.unreached else found.failures).get(channel, "")
            row = _row(db.config, channel, units.get(channel, ""), problem)
            if mirrored.note(db, connection, row):
                done.editions[channel] = row.edition
    return done


def _row(config: Config, channel: str, unit: str, problem: str) -> Mirrored:
    from content_sync.trust.tree import Tree

    tree = Tree(config.repo / channel)
    if not tree.exists() or (config.keys / channel).is_dir():
        return Mirrored(channel, unit, 0, 0, "", problem)
    signed, as_of = tree.targets("targets").signed, tree.timestamp().signed.unrecognized_fields.get("as_of", "")
    described = signed.targets.get("edition")
    custom = (described.custom if described else None) or {"number": signed.version}  # the directory has no editions
    number, items = (value if type(value := custom.get(name)) is int else 0 for name in ("number", "items"))
    return Mirrored(channel, unit, number, items, str(as_of), problem)
