"""The published tree over HTTP: files, resumable, and nothing else."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from content_sync.domain import limits
from display_server.config import Config


@pytest.fixture
def client(app: Flask, config: Config) -> Iterator[FlaskClient]:
    """A visitor of a tree with one channel."""
    for path in ("qinghe/metadata/timestamp.json", "qinghe/packs/ab.zst", "qinghe/metadata/.timestamp.json.new"):
        file = config.repo / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"0123456789")
    (config.home / "outside").write_bytes(b"secret")
    return app.test_client()


def _get(client: FlaskClient, path: str, headers: dict[str, str] | None = None) -> TestResponse:
    return client.get(path, headers=headers, buffered=True)


def test_a_file_is_served_and_not_sent_again(client: FlaskClient) -> None:
    """If-None-Match spares the body; metadata is asked for every time, a pack may be kept."""
    first = _get(client, "/repo/qinghe/metadata/timestamp.json")
    assert first.data == b"0123456789"
    assert "no-cache" in first.headers["Cache-Control"]
    again = _get(client, "/repo/qinghe/metadata/timestamp.json", {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert f"max-age={limits.kept_text_seconds}" in _get(client, "/repo/qinghe/packs/ab.zst").headers["Cache-Control"]


def test_a_head_says_what_a_device_needs(client: FlaskClient) -> None:
    """Devices pay for every byte: no header for browsers, no words for what is not there."""
    said = {name.lower() for name, _ in _get(client, "/repo/qinghe/metadata/timestamp.json").headers}
    needed = {"content-type", "content-length", "cache-control", "etag", "accept-ranges"}
    needed |= {"date", "x-content-type-options"}
    assert said <= needed
    absent = _get(client, "/repo/qinghe/metadata/9.root.json")
    assert (absent.status_code, absent.data) == (404, b"")
    assert {name.lower() for name, _ in absent.headers} <= needed


def test_a_replaced_file_has_another_tag(client: FlaskClient, config: Config) -> None:
    """The same length and the same second do not hide a new timestamp."""
    path = "qinghe/metadata/timestamp.json"
    before = _get(client, f"/repo/{path}").headers["ETag"]
    (config.repo / path).write_bytes(b"9876543210")
    assert _get(client, f"/repo/{path}").headers["ETag"] != before


def test_a_cut_transfer_goes_on_where_it_stopped(client: FlaskClient) -> None:
    """Range gives the rest, and only the rest."""
    rest = _get(client, "/repo/qinghe/packs/ab.zst", {"Range": "bytes=4-"})
    assert (rest.status_code, rest.data) == (206, b"456789")
    assert rest.headers["Content-Range"] == "bytes 4-9/10"


@pytest.mark.parametrize(
    "path",
    [
        "../outside",
        "..%2foutside",
        "%2e%2e/outside",
        "qinghe/../../outside",
        "qinghe/..%5c..%5coutside",
        "//etc/passwd",
        "/etc/passwd",
        "qinghe",
        "qinghe/",
        "",
        "qinghe/metadata/.timestamp.json.new",
        "../keys/session.key",
        "qinghe/packs/ab.zst%00",
        "nowhere",
        f"qinghe/packs/{'x' * 256}",
        f"qinghe/{'x/' * 2_500}x",
        f"qinghe/{'é' * 200}",
    ],
)
def test_nothing_else_is_served(client: FlaskClient, path: str) -> None:
    """No listing, no hidden file, nothing outside the tree, by no spelling."""
    answer = _get(client, f"/repo/{path}")
    assert answer.status_code in (301, 308, 404)
    assert b"secret" not in answer.data


def test_no_answer_leads_to_a_host_the_client_named(app: Flask) -> None:
    """A doubled slash is an unknown address, not a redirect that repeats a forged Host."""
    answer = app.test_client().get("/repo//x", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.location) == (404, None)
