"""`display-server forget` tells what it would do, does it, and says so to scripts."""

import json

from click.testing import CliRunner

from display_server.cases.service import Opening, open_case
from display_server.cli import main
from display_server.database.engine import Database
from display_server.database.tables.records import cases
from tests.display_server import hall


def test_it_tells_before_it_forgets(db: Database) -> None:
    """What ended long ago goes by the command; a dry run changes nothing, and what is in hand stays."""
    hall.opened(db)
    with db.write() as connection:
        for record in ("r1", "r2"):
            open_case(db, connection, Opening(record, "opinion", "hall", "qinghe", "place", "toilet", "没有水"))
        connection.execute(cases.update().where(cases.c.record == "r1").values(closed_at="2020-01-01T09:00:00+08:00"))

    def run(*words: str) -> dict[str, object]:
        done = CliRunner().invoke(main, ["--dir", str(db.config.home), "forget", *words, "--json"])
        assert done.exit_code == 0, done.output
        told: dict[str, object] = json.loads(done.output)
        return told

    due = [{"family": "case", "number": "20261123-001", "record": "r1", "until": "2020-12-31"}]
    assert run("--dry-run") == {"forgotten": due, "dry_run": True}
    assert run() == {"forgotten": due, "dry_run": False}
    assert run() == {"forgotten": [], "dry_run": False}
    with db.read() as connection:
        texts = {row.record: row.text for row in connection.execute(cases.select())}
    assert texts == {"r1": "", "r2": "没有水"}
