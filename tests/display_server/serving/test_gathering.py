"""What a request lacks, byte by byte."""

import pytest

from content_sync.domain import limits
from display_server.serving.gathering import lacking, too_long, unmeasured

_post = b"POST /x HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n"
_upload = b"%s /content/items/%s/attachments HTTP/1.1\r\nContent-Length: %d\r\n\r\n"
_cases: dict[str, tuple[bytes, int]] = {
    "nothing yet": (b"", 1),
    "half a head": (b"GET / HTTP/1.1\r\nHost: x\r\n", 1),
    "no body": (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 0),
    "a body that lacks three bytes": (_post % b"Content-Length: 5" + b"ab", 3),
    "a whole body, its length in other letters": (_post % b"content-LENGTH:5" + b"abcde", 0),
    "the beginning of the next request behind it": (_post % b"Content-Length: 2" + b"abGET", 0),
    "a name that only ends like a length": (_post % b"X-Content-Length: 5", 0),
    "chunks without their end": (_post % b"Transfer-Encoding: chunked" + b"2\r\nab\r\n", 1),
    "chunks with their end": (_post % b"Transfer-Encoding: chunked" + b"2\r\nab\r\n0\r\n\r\n", 0),
    "a body longer than allowed": (_post % b"Content-Length: %d" % (limits.request_bytes_max + 1), too_long),
    "a file to attach": (_upload % (b"POST", b"i-1", limits.request_bytes_max + 1), limits.request_bytes_max + 1),
    "a file longer than allowed": (_upload % (b"POST", b"i-1", limits.upload_bytes_max + 1), too_long),
    "a long body for no item": (_upload % (b"POST", b"../x", limits.request_bytes_max + 1), too_long),
    "a long body to read something": (_upload % (b"GET", b"i-1", limits.request_bytes_max + 1), too_long),
    "chunks beside a length": (_post % b"Content-Length: 2\r\nTransfer-Encoding: chunked" + b"ab", unmeasured),
    "another coding than chunks": (_post % b"Transfer-Encoding: xchunked", unmeasured),
    "a head without an end": (b"G" * (limits.request_head_bytes_max + 1), unmeasured),
}


@pytest.mark.parametrize("story", _cases)
def test_what_a_request_lacks(story: str) -> None:
    """Only a whole request, or one that is too long anyway, is worth a thread."""
    got, lacks = _cases[story]
    assert lacking(got) == lacks
