"""The server's folder of every released version becomes today's, with everything in it, and goes on publishing."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select

from content_sync.publish import Publisher
from display_server.accounts.service import actor_for
from display_server.config import Config
from display_server.database import migrations
from display_server.database.engine import Database
from display_server.database.tables import metadata
from display_server.desk.check import examine
from tests.display_server import texts, world
from tests.released import Released, unpacked, versions


@pytest.fixture(params=versions)
def released(request: pytest.FixtureRequest) -> Iterator[Released]:
    """A server as a released version left it."""
    with unpacked(request.param) as found:
        yield found


@pytest.fixture
def old(released: Released) -> Iterator[Database]:
    """Its database, not upgraded yet."""
    clock = world.HandClock(released.now)
    database = Database(Config(released.server, clock, world.CountedIds()))
    yield database
    database.close()


def _counts(db: Database) -> dict[str, int]:
    with db.read() as connection:
        made = [table for table in metadata.sorted_tables if db.engine.dialect.has_table(connection, table.name)]
        return {
            table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one()) for table in made
        }


def test_it_becomes_todays_database_and_loses_nothing(old: Database) -> None:
    """The steps since then make exactly today's tables; each row is still there and every check is content."""
    before = _counts(old)
    assert min(before[name] for name in ("tickets", "ratings", "cases", "display_log", "withdrawals")) > 0
    migrations.upgrade(old)
    with old.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    after = _counts(old)
    assert {name: after[name] for name in before} == before
    assert examine(old).problems == ()


def test_it_goes_on_publishing(old: Database) -> None:
    """With the old accounts, keys and tree a new item becomes the next edition, and the tree is sound."""
    migrations.upgrade(old)
    accounts = {name: actor_for(old, name) for name in ("editor", "reviewer", "secrecy", "legal", "publisher", "admin")}
    signer = Publisher(old.config.repo, old.config.keys, old.config.clock)
    before = signer.newest("qinghe")
    texts.published(old, texts.People(**accounts))
    assert (signer.newest("qinghe").number, signer.newest("qinghe").items) == (before.number + 1, before.items + 1)
    assert examine(old).problems == ()
