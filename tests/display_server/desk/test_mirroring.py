"""A relay's desk: what is mirrored is offered to its devices, its own hall works without the upstream (HAL-17)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from content_sync.domain.county import ChannelOf, Site, Unit
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.ids import directory_channel
from content_sync.mirror.rounds import Mirror
from content_sync.net.folder import FolderFetcher
from content_sync.trust.verifying import is_pinned
from display_server.database import mirrored
from display_server.database.tables.core import changes, sites, units
from display_server.desk import adopting, structure
from display_server.desk.check import examine
from display_server.desk.mirroring import Heads
from display_server.publishing import service as publishing
from display_server.queue import issuing
from tests.display_server import relays, texts, world
from tests.display_server.relays import Server


@pytest.fixture
def county(tmp_path: Path, clock: world.HandClock) -> Iterator[Server]:
    """The county."""
    made = relays.county(tmp_path, clock)
    yield made
    made.db.close()


@pytest.fixture
def village(county: Server) -> Iterator[Server]:
    """A village's relay directly below the county."""
    made = relays.relay(county, "village", site="liushu-office")
    yield made
    made.db.close()


def told(server: Server) -> list[str]:
    """What was announced, oldest first."""
    return [row.detail for row in server.rows(changes) if row.kind == "edition"]


def test_the_relay_knows_its_hall_and_serves_it_without_the_upstream(village: Server) -> None:
    """Its own hall and the county's units are here after the first round; a ticket needs nobody above."""
    assert [row.id for row in village.rows(sites)] == ["liushu-office"]
    assert {row.id for row in village.rows(units)} == {"qinghe", "liushu"}
    kiosk = village.kiosk("kiosk-1")
    assert kiosk.device.site == "liushu-office"
    assert issuing.issue(village.db, "kiosk-1", "liushu-office", "daiban", "p1").number == "A001"


def test_a_change_of_the_hall_reaches_the_relay(county: Server, village: Server) -> None:
    """A service added at the county is known to relays by a hint, and the relay's queue has it after the next round."""
    from content_sync.domain.county import Service

    structure.add_service(county.db, world.shell, "liushu-office", Service("zixun", "B", "咨询"))
    assert any(directory_channel in detail for detail in told(county))
    assert village.mirror().failures == {}
    village.kiosk("kiosk-1")
    assert issuing.issue(village.db, "kiosk-1", "liushu-office", "zixun", "p2").number == "B001"


def test_an_edition_reaches_the_relays_own_devices(county: Server, village: Server) -> None:
    """After a round the head knows the edition and the devices are told; a round without news tells nobody."""
    kiosk = village.kiosk("kiosk-1")
    texts.published(county.db, texts.people())
    assert village.mirror().editions == {"qinghe": 1}
    assert kiosk.get("/head").get_json()["channels"] == {"qinghe": 1}
    assert '{"channel":"qinghe","edition":1}' in told(village)
    before = told(village)
    assert village.mirror().editions == {}
    assert told(village) == before


def test_a_round_that_was_cut_before_the_database_is_made_good(county: Server, village: Server) -> None:
    """The tree was mirrored and the process died: the next round finds nothing new, and tells the devices after all."""
    texts.published(county.db, texts.people())
    config = village.db.config
    Mirror(config.upstream, config.repo, FolderFetcher(county.repo), config.clock).round(["qinghe"])
    assert '{"channel":"qinghe","edition":1}' not in told(village)
    village.mirror()
    assert '{"channel":"qinghe","edition":1}' in told(village)


def test_the_head_of_the_upstream_names_what_changed(county: Server, village: Server) -> None:
    """Asked conditionally: nothing, then the channel that has another edition; forgotten, it is named again."""
    assert village.line is not None
    heads, held = Heads(village.line), {"qinghe": 0, "liushu": 0}
    assert heads.changed(held, ("qinghe", "liushu")) == []
    texts.published(county.db, texts.people())
    assert heads.changed(held, ("qinghe", "liushu")) == ["qinghe"]
    assert heads.changed(held, ("qinghe", "liushu")) == []
    heads.forget()
    assert heads.changed(held, ("qinghe", "liushu")) == ["qinghe"]


def test_codes_of_the_relay_carry_the_countys_fingerprint(county: Server, village: Server) -> None:
    """A device of the relay pins the county's directory, not one of the relay's own."""
    mark = county.code("a", "touch").replace("-", "")[16:]
    assert village.code("b", "touch").replace("-", "")[16:] == mark
    assert is_pinned(village.db.config.upstream / "trust" / directory_channel)


def test_a_hall_has_one_server(county: Server, village: Server) -> None:
    """The county registers no device for the relay's hall, nor a second relay; other halls stay its own."""
    with pytest.raises(Refused, match="由转发服务器 village 管理"):
        county.code("k9", "touch", site="liushu-office")
    with pytest.raises(Refused, match="由转发服务器 village 管理"):
        county.code("other", "relay", site="liushu-office")
    assert county.code("k9", "touch", "liushu", site="hall")
    with pytest.raises(Refused, match="没有这个大厅"):
        village.code("k9", "touch", site="hall")


def test_halls_are_described_where_the_directory_is_signed(village: Server) -> None:
    """A relay refuses to describe halls of its own in one sentence, and nothing was changed."""
    new = Site("new", "liushu", "新站", "0000-1")
    with pytest.raises(Refused, match="请在那里修改"):
        structure.add_site(village.db, world.shell, new)
    assert [row.id for row in village.rows(sites)] == ["liushu-office"]
    with pytest.raises(Refused, match="不签发目录"):
        adopting.adopt(village.db, world.shell, b"", "")


def test_an_own_channel_is_followed_once_the_county_adopted_it(county: Server, village: Server) -> None:
    """A village's own channel has its own keys beside the mirrored trees; devices wait for the county's word."""
    structure.add_unit(village.db, world.shell, Unit("liushu-zhangwu", "柳树村理财小组", "village", parent="liushu"))
    structure.add_channel(village.db, world.shell, ChannelOf("zhangwu", "liushu-zhangwu"))
    with pytest.raises(Refused, match="还没有列入县的目录"):
        village.code("k1", "touch", "qinghe", "zhangwu")
    data, mark = adopting.offered(village.db, "zhangwu")
    adopting.adopt(county.db, world.shell, data, mark)
    village.mirror()
    assert village.code("k1", "touch", "qinghe", "zhangwu")
    assert publishing.publisher(village.db).resign(hours=-1) == ["zhangwu"]
    assert not (village.db.config.keys / "qinghe").exists()


@pytest.mark.parametrize("taken", ["qinghe", "liushu"])
def test_ids_do_not_collide(village: Server, taken: str) -> None:
    """No own channel has the id of one that the county's directory names."""
    with pytest.raises(Refused, match="已经有"):
        structure.add_channel(village.db, world.shell, ChannelOf(taken, "liushu"))


def test_a_channel_that_was_here_first_is_not_mirrored_over(county: Server, village: Server) -> None:
    """The county adds a channel under an id that the relay gave before: the relay says so and keeps its own."""
    structure.add_channel(village.db, world.shell, ChannelOf("zhangwu", "liushu"))
    own = (village.repo / "zhangwu" / "metadata" / "1.root.json").read_bytes()
    structure.add_channel(county.db, world.shell, ChannelOf("zhangwu", "qinghe"))
    from display_server.desk import mirroring

    done = mirroring.mirror(village.db, FolderFetcher(county.repo), (directory_channel, "zhangwu"))
    assert "本机自己也有频道 zhangwu" in done.failures["zhangwu"]
    assert (village.repo / "zhangwu" / "metadata" / "1.root.json").read_bytes() == own


def test_check_judges_what_is_mirrored(county: Server, village: Server) -> None:
    """A whole relay has no problems; a rotted pack and a refused upstream are named, a line that is down is not."""
    texts.published(county.db, texts.people())
    village.mirror()
    structure.add_channel(village.db, world.shell, ChannelOf("zhangwu", "liushu"))
    report = examine(village.db)
    assert (report.problems, report.channels) == ((), 3)
    timestamp = county.repo / "qinghe" / "metadata" / "timestamp.json"
    honest = timestamp.read_bytes()
    timestamp.write_bytes(honest.replace(b'"version"', b'"versiom"'))
    assert "qinghe" in village.mirror().failures
    assert any("qinghe" in problem for problem in examine(village.db).problems)
    timestamp.write_bytes(honest)
    village.mirror()
    pack = next((village.repo / "qinghe" / "packs").iterdir())
    pack.write_bytes(pack.read_bytes()[:-1] + b"?")
    assert any(pack.name in problem for problem in examine(village.db).problems)


def test_nobody_writes_in_a_mirrored_channel(village: Server) -> None:
    """Authors of the relay do not find the mirrored channels among theirs."""
    from display_server.authoring import service as authoring

    with pytest.raises(BadInput, match="没有频道"):
        authoring.create(village.db, texts.people().editor, "qinghe", texts.plain())
    with village.db.read() as connection:
        assert [one.channel for one in mirrored.every(connection)] == ["liushu", "qinghe"]
