"""What may go the short way (serving.short): requests plain enough to be read strictly, or not at all.

1. Whole and alone in its bytes: a head, and the body that its one length names.
2. HTTP/1.1, with a token of one device; a body is JSON.
3. No field that would change how the bytes are to be understood, and none twice that counts. Whatever is unusual is not
   refused here: it is left to the parser that every other request goes through.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from display_server.database.engine import Database

ways_key = "gongkailan.short"
_field = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\x21-\x7e][\x20-\x7e]*?)?[ \t]*")
_odd = frozenset(
    (b"transfer-encoding", b"content-encoding", b"expect", b"upgrade", b"te", b"trailer", b"http2-settings", b"range")
)
_length = re.compile(rb"[0-9]{1,9}")
_bearer = re.compile(rb"[Bb]earer ([A-Za-z0-9._~+/-]{1,200}=*)")


@dataclass(frozen=True)
class Plain:
    """What a plain request asks: its first line, the device's token, its body."""

    line: bytes
    token: str
    body: bytes


@dataclass(frozen=True)
class ShortWays:
    """What answers, by the first line of a request; the bytes are JSON. Any exception means the long way (rule 2).

    `reads` are asked with a connection of their own; `writes` are steps of a shared transaction; `afterwards` is called
    when the answers have left.
    """

    db: Database
    reads: Mapping[bytes, Callable[[Connection, Plain], bytes]]
    writes: Mapping[bytes, Callable[[Connection, Plain], bytes]]
    afterwards: Callable[[], None]


def first_line(got: bytes | bytearray) -> bytes:
    """The first line of what has come."""
    return bytes(got[: max(0, got.find(b"\r\n"))])


def read(got: bytes) -> Plain | None:
    """A plain request; None for any other (rule 3)."""
    head, end, body = got.partition(b"\r\n\r\n")
    line, *lines = head.split(b"\r\n")
    fields: dict[bytes, bytes] = {}
    for one in lines:
        found = _field.fullmatch(one)
        if found is None or (name := found[1].lower()) in fields or name in _odd:
            return None
        fields[name] = found[2] or b""
    told = _bearer.fullmatch(fields.get(b"authorization", b""))
    length = fields.get(b"content-length", b"0")
    if not (end and told and b"host" in fields and line.endswith(b" HTTP/1.1") and _length.fullmatch(length)):
        return None
    if int(length) != len(body) or (body and fields.get(b"content-type") != b"application/json"):
        return None
    if fields.get(b"connection", b"keep-alive").lower() != b"keep-alive":
        return None
    return Plain(line, told[1].decode(), body)
