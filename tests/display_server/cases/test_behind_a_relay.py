"""A hall behind its own server accepts cases by the guides it mirrored, also while the county is cut off (B5.9)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from content_sync.domain.errors import Refused
from display_server.cases.paper import paper_of
from display_server.publishing import service as publishing
from tests.display_server import relays, texts, world
from tests.display_server.cases.making import row, running, taken
from tests.display_server.relays import Server


@pytest.fixture
def county(tmp_path: Path, clock: world.HandClock) -> Iterator[Server]:
    """The county, which publishes a guide."""
    made = relays.county(tmp_path, clock)
    yield made
    made.db.close()


def test_the_mirrored_guide_counts(county: Server) -> None:
    """The hall's server takes a case in by the county's published guide; a withdrawn guide takes in nothing more."""
    item = texts.published(county.db, texts.people(), kind="guide")
    here = relays.relay(county, "hall-server", site="hall")
    try:
        case = taken(here.db, item=item)
        (clock,) = running(here.db)
        assert (row(here.db, case).number, clock.state) == ("C2026-00001", "green")
        with here.db.read() as connection:
            assert paper_of(here.db, connection, row(here.db, case)).link == ""  # a phone would ask the county's server
        publishing.withdraw(county.db, texts.person("publisher", "publisher"), item, "有误")
        here.mirror()
        with pytest.raises(Refused, match="没有公开的事项"):
            taken(here.db, 2, item=item)
    finally:
        here.db.close()
