"""The bare limit: the least that Flask and SQLite can do for a ticket behind the same kind of server.

One POST without devices, rules, log or line: a counter and a row, one durable transaction for all that wait (one
writer thread, WAL, synchronous=FULL), under gunicorn's gthread worker with eight threads. Run as
`python -m tests.bench.bare PORT DB`.
"""

import contextlib
import sqlite3
import sys
import threading
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any

from flask import Flask, Response, jsonify, request

_together_max = 100
_Wanted = tuple[str, str, "Future[int]"]


def write(path: str, wanted: "SimpleQueue[_Wanted]") -> None:
    """Write for ever what is wanted, together what waits together."""
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript(
        """PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
        CREATE TABLE counters (service TEXT PRIMARY KEY, n INTEGER);
        CREATE TABLE tickets (id INTEGER PRIMARY KEY, press TEXT UNIQUE, service TEXT, n INTEGER);"""
    )
    while True:
        jobs = [wanted.get()]
        with contextlib.suppress(Empty):
            while len(jobs) < _together_max:
                jobs.append(wanted.get_nowait())
        db.execute("BEGIN IMMEDIATE")
        given = []
        for service, press, told in jobs:
            db.execute("INSERT INTO counters VALUES (?, 1) ON CONFLICT (service) DO UPDATE SET n = n + 1", (service,))
            number = db.execute("SELECT n FROM counters WHERE service = ?", (service,)).fetchone()[0]
            db.execute("INSERT INTO tickets (press, service, n) VALUES (?, ?, ?)", (press, service, number))
            given.append((told, number))
        db.execute("COMMIT")
        for told, number in given:
            told.set_result(number)


def application(path: str) -> Flask:
    """The application; its writer starts in the worker, with it."""
    app, wanted = Flask(__name__), SimpleQueue[_Wanted]()
    threading.Thread(target=write, args=(path, wanted), daemon=True).start()

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    @app.post("/api/v1/tickets")
    def tickets() -> Response:
        body, told = request.get_json(), Future[int]()
        wanted.put((body["service"], body["press"], told))
        return jsonify(number=told.result())

    return app


def main(port: str, path: str) -> None:
    """Serve until killed."""
    from gunicorn.app.base import BaseApplication

    settings = {"bind": f"127.0.0.1:{port}", "worker_class": "gthread", "threads": 8, "loglevel": "error"}

    class _Bare(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            for name, value in {**settings, "keepalive": 5, "control_socket_disable": True}.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return application(path)

    _Bare().run()


if __name__ == "__main__":
    main(*sys.argv[1:])
