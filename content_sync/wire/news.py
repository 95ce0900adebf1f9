"""News: in one small answer, what a device needs to follow the repositories that changed.

1. A device tells what it holds of the directory and of each of its channels, in their order, as short numbers; the
   server sends files of the published tree that lead on from there, or nothing when nothing changed.
2. Nothing is signed here. Each file is verified as if it had been fetched from the tree, and what the news lacks, or
   tells wrongly, is fetched from there.
3. The answer is compressed against what both ends hold: the root of each repository, which names the keys that every
   signature names again, and the usual words of signed files. A root is taken as of the version the device told.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Unverified
from content_sync.wire.compression import squeezed, unsqueezed
from content_sync.wire.numbers import Numbers, number_bytes

_digits = "0123456789abcdefghijklmnopqrstuvwxyz"
_part = re.compile(r"[0-9a-z]{1,12}(\.[0-9a-z]{1,12}){3}")
_all_mark = "-"
_usual_words = (
    b'{"signatures":[{"keyid":"","sig":""}],"signed":{"_type":"targets","delegations":{"keys":{"":{"keytype":"ed25519",'
    b'"keyval":{"public":""},"scheme":"ed25519"}},"roles":[{"keyids":[""],"name":"withdrawal","paths":["withdrawn.json"],'
    b'"terminating":true,"threshold":1}]},"expires":"2027-01-01T00:00:00Z","spec_version":"1.0.31","targets":{"catchup":'
    b'{"hashes":{"sha256":""},"length":1000},"edition":{"custom":{"items":10,"number":10,"root":"","time":"2027-01-01T'
    b'00:00:00+08:00"},"hashes":{"sha256":""},"length":100}},"version":10}}{"signatures":[{"keyid":"","sig":""}],"signed":'
    b'{"_type":"snapshot","expires":"2027-01-01T00:00:00Z","meta":{"targets.json":{"length":1000,"version":10},'
    b'"withdrawal.json":{"length":400,"version":2}},"spec_version":"1.0.31","version":10}}{"signatures":[{"keyid":"",'
    b'"sig":""}],"signed":{"_type":"timestamp","as_of":"2027-01-01T00:00:00+08:00","expires":"2027-01-01T00:00:00Z","meta":'
    b'{"snapshot.json":{"length":300,"version":10}},"spec_version":"1.0.31","version":10}}{"base":{"length":100,"number":'
    b'10,"raw_length":100,"sha256":""},"deltas":[{"length":100,"sha256":"","since":10,"to":11}]}'
    b"metadata/timestamp.json.snapshot.json.targets.json.withdrawal.json/targets/.edition.catchup.withdrawn.json/packs/.delta"
)


@dataclass(frozen=True)
class Known:
    """What a device holds of a repository: versions of root, targets and withdrawal, and the edition; 0 for nothing."""

    root: int = 0
    targets: int = 0
    withdrawal: int = 0
    edition: int = 0


def question(known: Sequence[Known], *, all_of_them: bool) -> str:
    """What is asked (rule 1); `all_of_them` also asks for repositories that did not change."""
    parts = ["".join(f".{_short(n)}" for n in (k.root, k.targets, k.withdrawal, k.edition))[1:] for k in known]
    return (_all_mark if all_of_them else "") + "_".join(parts)


def parse_question(text: str, count: int) -> tuple[list[Known], bool]:
    """What is known of `count` repositories, and whether all are asked for; BadInput when it is something else."""
    parts = text.removeprefix(_all_mark).split("_")
    if len(parts) != count or not all(_part.fullmatch(part) for part in parts):
        raise BadInput("This is not what a device with these channels would ask; it must be enrolled again.")
    return [Known(*(int(n, 36) for n in part.split("."))) for part in parts], text.startswith(_all_mark)


def news_bytes(files: Mapping[str, bytes], roots: Sequence[bytes]) -> bytes:
    """The answer that carries these files by their path in the tree (rule 3)."""
    raw = b"".join(_measured(path.encode()) + _measured(data) for path, data in files.items())
    return squeezed(raw, b"".join(roots) + _usual_words, limits.zstd_level_delta)


def parse_news(data: bytes, roots: Sequence[bytes]) -> dict[str, bytes]:
    """The files of an answer; Unverified when it is none."""
    reader = Numbers(unsqueezed(data, b"".join(roots) + _usual_words, limits.news_raw_bytes_max))
    files: dict[str, bytes] = {}
    while not reader.is_done():
        path = reader.part(reader.number())
        files[path.decode(errors="replace")] = reader.part(reader.number())
    if len(files) > limits.news_files_max:
        raise Unverified(f"News has more than {limits.news_files_max} files; it was not used.")
    return files


def _measured(data: bytes) -> bytes:
    return number_bytes(len(data)) + data


def _short(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = _digits[digit] + text
    return text or "0"
