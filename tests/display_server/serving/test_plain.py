"""Which requests may go the short way: the plain ones of devices, nothing that two parsers could read differently."""

import pytest

from display_server.serving.plain import Plain, first_line, read

_line = b"POST /api/v1/tickets HTTP/1.1"
_fields = (b"Host: x", b"Authorization: Bearer abc2", b"Content-Type: application/json", b"Content-Length: 2")


def _request(*more: bytes, line: bytes = _line, without: bytes = b"-", body: bytes = b"{}") -> bytes:
    kept = [field for field in _fields if not field.startswith(without)]
    return b"\r\n".join([line, *kept, *more]) + b"\r\n\r\n" + body


_plain = {
    "as our agent sends it": _request(),
    "behind a proxy": _request(b"X-Forwarded-For: 192.0.2.1", b"X-Real-IP: 192.0.2.1", b"Accept: */*"),
    "kept open in words": _request(b"Connection: Keep-Alive"),
    "names in other letters, blanks around a value": _request(
        b"authorization:\t Bearer abc2  ", without=b"Authorization"
    ),
}
_other = {
    "no token": _request(without=b"Authorization"),
    "another kind of token": _request(b"Authorization: Basic abc2", without=b"Authorization"),
    "two tokens": _request(b"Authorization: Bearer abc3"),
    "two lengths": _request(b"Content-Length: 2"),
    "a length that is none": _request(b"Content-Length: +2", without=b"Content-Length"),
    "a length that no number holds": _request(b"Content-Length: " + b"9" * 5_000, without=b"Content-Length"),
    "a body without a length": _request(without=b"Content-Length"),
    "a longer body": _request(body=b"{}G"),
    "a shorter body": _request(body=b"{"),
    "chunks": _request(b"Transfer-Encoding: chunked"),
    "chunks in other letters": _request(b"TRANSFER-ENCODING: chunked"),
    "a name with a blank before its colon": _request(b"Transfer-Encoding : chunked"),
    "a folded line": _request(b" folded: yes"),
    "a bare line feed": _request(b"X: 1\nTransfer-Encoding: chunked"),
    "a control character": _request(b"X: \x00"),
    "an answer wanted before the body": _request(b"Expect: 100-continue"),
    "another protocol wanted": _request(b"Upgrade: h2c", b"Connection: Upgrade"),
    "a packed body": _request(b"Content-Encoding: gzip"),
    "the last one on its connection": _request(b"Connection: close"),
    "an older protocol": _request(line=b"POST /api/v1/tickets HTTP/1.0"),
    "no host": _request(without=b"Host"),
    "a form": _request(b"Content-Type: application/x-www-form-urlencoded", without=b"Content-Type"),
    "no end of its head": b"\r\n".join([_line, *_fields]),
    "nothing": b"",
}


@pytest.mark.parametrize("story", _plain)
def test_plain_requests_are_read(story: str) -> None:
    """Line, token and body, whatever harmless stands beside them."""
    assert read(_plain[story]) == Plain(_line, "abc2", b"{}")


@pytest.mark.parametrize("story", _other)
def test_everything_else_is_left_to_the_long_way(story: str) -> None:
    """It is not refused here: gunicorn and Flask judge it."""
    assert read(_other[story]) is None


def test_the_first_line_tells_the_way() -> None:
    """A question about nothing yet has no line."""
    assert (first_line(_request()), first_line(b"POST /api"), first_line(b"")) == (_line, b"", b"")
