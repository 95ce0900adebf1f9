"""kill -9 in the middle of a long download: not one byte that had arrived is fetched again."""

import hashlib
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process
_data = b"".join(hashlib.sha256(number.to_bytes(4)).digest() for number in range(20_000))
_hash = hashlib.sha256(_data).hexdigest()
_program = """
import sys
from pathlib import Path
from content_sync.net.http import HttpFetcher
from content_sync.pull.named import Named
from content_sync.pull.spool import Spool
folder, address, name, length = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
Spool(folder, HttpFetcher(address)).take(Named(f"qinghe/packs/{name}.zst", name, length))
"""


def _begun(listener: socket.socket, given: int) -> tuple[int, socket.socket]:
    """Answer the next request with so many bytes from where it wants them; that place, and the open connection."""
    connection, _ = listener.accept()
    heard = b""
    while b"\r\n\r\n" not in heard:
        heard += connection.recv(4096)
    asked = re.search(rb"Range: bytes=(\d+)-", heard)
    start = int(asked[1]) if asked else 0
    status = b"206 Partial Content\r\nContent-Range: bytes %d-%d/%d" % (start, len(_data) - 1, len(_data))
    head = b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n" % (status if asked else b"200 OK", len(_data) - start)
    connection.sendall(head + _data[start : start + given])
    return start, connection


def test_a_killed_agent_goes_on_where_it_was(tmp_path: Path) -> None:
    """Five agents are killed one after the other, each in mid-transfer; the sixth brings the rest."""
    part = tmp_path / "qinghe" / f"{_hash}.{len(_data)}.part"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        command = [sys.executable, "-c", _program, str(tmp_path), address, _hash, str(len(_data))]
        arrived = 0
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        for piece in (1, 70_000, 16_384, 99_999, 200_000):
            agent = subprocess.Popen(command, env=environment)
            start, connection = _begun(listener, piece)
            assert start == arrived
            arrived += piece
            while not part.exists() or part.stat().st_size < arrived:
                assert agent.poll() is None
            agent.send_signal(signal.SIGKILL)
            agent.wait()
            connection.close()
        agent = subprocess.Popen(command, env=environment)
        start, connection = _begun(listener, len(_data))
        assert start == arrived
        assert agent.wait() == 0
        connection.close()
    assert (tmp_path / "qinghe" / _hash).read_bytes() == _data
    assert not part.exists()
