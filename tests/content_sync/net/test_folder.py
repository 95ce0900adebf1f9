"""A stick is read within its folder only."""

import os
from pathlib import Path

import pytest

from content_sync.domain.errors import Unverified
from content_sync.net.folder import FolderFetcher


def test_a_stick_gives_only_its_own_plain_files(tmp_path: Path) -> None:
    """Plain files come, to their bound; links, pipes, folders and ways out do not."""
    stick, outside = tmp_path / "stick", tmp_path / "outside"
    (stick / "qinghe").mkdir(parents=True)
    outside.mkdir()
    (outside / "x").write_bytes(b"secret")
    (stick / "qinghe" / "x").write_bytes(b"four")
    (stick / "qinghe" / "link").symlink_to(outside / "x")
    (stick / "linked").symlink_to(outside)
    os.mkfifo(stick / "qinghe" / "pipe")
    fetcher = FolderFetcher(stick)
    assert fetcher.fetch("qinghe/x", 4) == b"four"
    for path in ("qinghe/link", "linked/x", "qinghe/pipe", "qinghe", "../outside/x", "qinghe/x/y"):
        with pytest.raises(Unverified):
            fetcher.fetch(path, 9)
    with pytest.raises(Unverified):
        fetcher.fetch("qinghe/x", 3)
    with pytest.raises(FileNotFoundError):
        fetcher.fetch("qinghe/absent", 9)


def test_a_stick_is_read_from_the_middle(tmp_path: Path) -> None:
    """A stream gives what stands behind its start, to the file's bound and no further."""
    (tmp_path / "x").write_bytes(b"abcdef")
    fetcher = FolderFetcher(tmp_path)
    assert [b"".join(fetcher.stream("x", start, 6)) for start in (0, 4, 6, 9)] == [b"abcdef", b"ef", b"", b""]
    with pytest.raises(Unverified):
        list(fetcher.stream("x", 2, 5))
    with pytest.raises(Unverified):
        list(fetcher.stream("../x", 0, 9))
