"""A village with keys of its own enters the county's directory: compared by people, once, and devices believe it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from content_sync.domain.county import Unit
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.ids import directory_channel
from content_sync.net.folder import FolderFetcher
from content_sync.pull.step import Puller
from content_sync.trust.verifying import pin
from content_sync.wire import canonical
from display_server.config import Config
from display_server.database import county
from display_server.database.engine import Database
from display_server.desk import adopting
from tests.content_sync.world import County, Hall
from tests.display_server import texts, world


@pytest.fixture
def village(tmp_path: Path, clock: world.HandClock) -> Iterator[Database]:
    """Another server, whose channel `shanghe` has one edition."""
    db = world.founded(Config(tmp_path / "village", clock, world.CountedIds()))
    signer = texts.plant(db)
    with db.write() as connection:
        county.put_unit(connection, Unit("shanghe", "上河村村民委员会", "village", parent="liushu"))
        county.put_channel(connection, county.ChannelOf("shanghe", "shanghe"))
    signer.create_channel("shanghe")
    yield db
    db.close()


def _directory(db: Database) -> dict[str, bytes]:
    folder = db.config.repo / directory_channel
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_village_is_adopted_and_devices_follow_it(db: Database, village: Database, tmp_path: Path) -> None:
    """After the fingerprints agreed and the tree was mirrored, a device of the county takes the village's edition."""
    texts.plant(db)
    data, mark = adopting.offered(village, "shanghe")
    taken = adopting.adopt(db, world.shell, data, mark.upper().replace("-", " "))
    assert (taken.channel, taken.unit.name) == ("shanghe", "上河村村民委员会")
    shutil.copytree(village.config.repo / "shanghe", db.config.repo / "shanghe")
    first = (db.config.repo / directory_channel / "metadata" / "1.root.json").read_bytes()
    pin(tmp_path / "device" / "trust" / directory_channel, first)
    hall = County.__new__(County)
    hall.numbers = {"shanghe": 0}
    device = Puller(tmp_path / "device", ["shanghe"], FolderFetcher(db.config.repo), Hall(hall), db.config.clock)
    assert device.step().failures == []
    device.close()
    with db.read() as connection:
        assert "shanghe" in [channel.id for channel in county.county(connection).channels]
        row = connection.exec_driver_sql("SELECT * FROM audit WHERE action = 'channel.adopt'").one()
    assert (row.subject, row.detail) == ("shanghe", mark)


def test_what_does_not_agree_is_not_adopted(db: Database, village: Database) -> None:
    """A changed file, a fingerprint misheard, a root that is none of ours, a second adoption: nothing changes."""
    texts.plant(db)
    data, mark = adopting.offered(village, "shanghe")
    plain = json.loads(data)
    unsigned = json.loads(plain["root"])
    unsigned["signatures"] = unsigned["signatures"][:1]
    later = json.loads(plain["root"])
    later["signed"]["version"] = 2
    forged = {
        "another unit": canonical.dump(plain | {"unit": {**plain["unit"], "name": "别的村"}}),
        "one signature": canonical.dump(plain | {"root": json.dumps(unsigned)}),
        "a later root": canonical.dump(plain | {"root": json.dumps(later)}),
        "no root": canonical.dump(plain | {"root": "{}"}),
        "the directory itself": canonical.dump(plain | {"channel": "_directory"}),
        "a channel of the county": canonical.dump(plain | {"channel": "qinghe"}),
    }
    before = _directory(db)
    with pytest.raises(Refused, match="指纹不对"):
        adopting.adopt(db, world.shell, forged["another unit"], mark)
    for story, changed in forged.items():
        if story != "another unit":
            with pytest.raises((BadInput, Refused)):
                adopting.adopt(db, world.shell, changed, adopting.fingerprint(changed))
    assert _directory(db) == before
    adopting.adopt(db, world.shell, data, mark)
    with pytest.raises(Refused, match="已经有了"):
        adopting.adopt(db, world.shell, data, mark)
