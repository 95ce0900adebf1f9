"""The server's key for records on sticks: made once, published in the signed directory, nowhere else."""

import pytest

from content_sync.domain.errors import Broken, Refused
from content_sync.publish import records_target
from content_sync.wire.sealed import public_half
from display_server.config import Config
from display_server.database.engine import Database
from display_server.desk import records_key
from tests.display_server import texts


def test_an_older_folder_gets_one_once(db: Database, config: Config) -> None:
    """It is made at the next start, for its owner only, and stands in the directory; a second start changes nothing."""
    signer = texts.plant(db)
    with pytest.raises(Refused):
        records_key.seed(config)
    records_key.ensure(config)
    made, directory = records_key.seed(config), signer._repository("_directory")
    assert config.records_key.stat().st_mode & 0o777 == 0o600
    assert directory.read(records_target) == public_half(made)
    before = sorted(path.name for path in (config.repo / "_directory" / "metadata").iterdir())
    records_key.ensure(config)
    assert records_key.seed(config) == made
    assert sorted(path.name for path in (config.repo / "_directory" / "metadata").iterdir()) == before


def test_a_relay_has_none(db: Database, config: Config) -> None:
    """A server that cannot sign the directory makes no key, and says where such sticks must go."""
    records_key.ensure(config)
    assert not config.records_key.exists()
    with pytest.raises(Refused, match="签发目录的服务器"):
        records_key.seed(config)


def test_a_damaged_key_is_named(db: Database, config: Config) -> None:
    """Half a key is no key: it is named, and never replaced, since records may be sealed for it."""
    texts.plant(db)
    records_key.ensure(config)
    config.records_key.write_bytes(b"half")
    for step in (records_key.ensure, records_key.seed):
        with pytest.raises(Broken, match=r"records\.key"):
            step(config)
