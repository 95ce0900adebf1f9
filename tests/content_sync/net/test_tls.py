"""TLS: who the server is stays checked, and the handshake is paid once."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from content_sync.domain.errors import Unreachable
from content_sync.net.http import HttpFetcher

_answer = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nfine"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 with its key, in one file."""
    key, now = generate_private_key(SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    path = tmp_path / "both.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.public_bytes(Encoding.PEM))
    return path


@contextmanager
def _serving(certificate: Path, resumed: list[bool | None]) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    plain, _ = listener.accept()
                    with plain, suppress(OSError), context.wrap_socket(plain, server_side=True) as secured:
                        secured.recv(4096)
                        resumed.append(secured.session_reused)
                        secured.sendall(_answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def test_the_second_handshake_is_resumed(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A poll minutes later finds its connection closed, and greets the server as an acquaintance."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    resumed: list[bool | None] = []
    with _serving(certificate, resumed) as address:
        fetcher = HttpFetcher(address)
        assert [fetcher.fetch("qinghe/x.json", 9) for _ in range(3)] == [b"fine"] * 3
        assert b"".join(fetcher.stream("qinghe/packs/x", 0, 9)) == b"fine"
        fetcher.close()
    assert resumed == [False, True, True, True]


def test_a_stranger_is_not_talked_to(certificate: Path) -> None:
    """A certificate that nobody vouches for ends the talk before a word is said."""
    resumed: list[bool | None] = []
    with _serving(certificate, resumed) as address, pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"):
        HttpFetcher(address).fetch("qinghe/x.json", 9)
    assert resumed == []
