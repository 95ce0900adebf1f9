"""The request process: gunicorn with one worker of many threads, so that one lock keeps the one writer.

1. Nothing is logged about who asked for what; errors are logged with their place in the code (web.errors).
2. A stopping server gives open requests one second. Event streams are not here and wait for nobody; who listens is
   heard through their door (serving.presence).
3. The process ends at SIGTERM, and when the process that started it is gone.
4. Beside the requests the database's log is copied into its file (Database.copy_log).
"""

import gc
import importlib
import os
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from content_sync.domain import limits
from display_server.config import Config
from display_server.database.engine import Database
from display_server.serving import handover, presence
from display_server.serving.handover import door_key


def settings(listener: int, life: int) -> dict[str, Any]:
    """What gunicorn is told; every other setting keeps its default."""
    return {
        "bind": f"fd://{listener}",
        "workers": 1,
        "worker_class": "display_server.serving.short.Worker",
        "threads": limits.request_threads,
        "worker_connections": limits.connections_max,
        "keepalive": limits.keepalive_seconds,
        "timeout": limits.worker_silence_seconds_max,
        "graceful_timeout": 1,  # rule 2
        "accesslog": None,  # rule 1
        "errorlog": "-",
        "loglevel": "error",  # a warning names the client's address
        "control_socket_disable": True,
        "when_ready": lambda _arbiter: _end_with(life),
    }


def application(home: Path, door: int) -> Any:
    """The WSGI application of a folder, knowing its door to the event process."""
    # By name, as gunicorn loads applications: this process is below the application and starts it.
    above = importlib.import_module("display_server.app")
    app = above.create_app(Config(home))
    app.extensions[door_key] = entrance = socket.socket(fileno=door)
    db = app.extensions[above.database_key]
    db.knock = lambda: handover.knock(entrance)
    hearing = (entrance, db)
    threading.Thread(target=presence.hear, args=hearing, daemon=True).start()
    threading.Thread(target=_copy_log, args=(db,), daemon=True).start()
    gc.freeze()  # 90,000 objects that stay: looking through them for garbage stops every request for 50 to 130 ms
    return app


def main(arguments: list[str]) -> None:
    """`requests DIR LISTENER DOOR LIFE`: the folder and three descriptors; see streams.main."""
    from gunicorn.app.base import BaseApplication
    from gunicorn.http import wsgi

    from display_server.serving.heads import SmallHead

    wsgi.Response = SmallHead
    home, listener, door, life = Path(arguments[0]), *map(int, arguments[1:])

    class _Requests(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            for name, value in settings(listener, life).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return application(home, door)

    _Requests().run()


def _copy_log(db: Database) -> None:
    """Rule 4."""
    while True:
        time.sleep(limits.log_copied_seconds)
        with suppress(SQLAlchemyError):  # a disk that is full is told to whoever writes
            db.copy_log()


def _end_with(life: int) -> None:
    def waiting() -> None:
        os.read(life, 1)
        os.kill(os.getpid(), signal.SIGTERM)  # rule 3

    threading.Thread(target=waiting, daemon=True).start()


if __name__ == "__main__":
    main(sys.argv[1:])
