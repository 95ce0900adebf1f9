"""Trust on the device: pinned once, rotated only by two of three root keys, nothing kept of what was refused."""

from pathlib import Path

import pytest
from tuf.api.metadata import Metadata, Root
from tuf.api.serialization.json import JSONSerializer

from content_sync.domain.errors import Unverified
from content_sync.net.folder import FolderFetcher
from content_sync.trust import keys
from content_sync.trust.verifying import is_pinned, pin, refreshed
from tests.content_sync.world import County, bodies


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def county(tmp_path: Path) -> County:
    """One channel whose first root a device pinned in `kept`."""
    county = County(tmp_path, "qinghe")
    pin(tmp_path / "kept", (county.repo / "qinghe" / "metadata" / "1.root.json").read_bytes())
    return county


def _rotate(county: County, folder: Path, *signers: str) -> None:
    """A second root with a new online key, signed by these root keys."""
    old = county.repo / "qinghe" / "metadata" / "1.root.json"
    root = Metadata[Root].from_bytes(old.read_bytes()).signed
    root.version = 2
    signer = keys.made(folder / "new", "online")
    for role in ("snapshot", "timestamp"):
        for keyid in list(root.roles[role].keyids):
            root.revoke_key(keyid, role)
        root.add_key(signer.public_key, role)
    metadata = Metadata(root)
    for name in signers:
        metadata.sign(keys.loaded(folder / "keys" / "qinghe", name), append=True)
    old.with_name("2.root.json").write_bytes(metadata.to_bytes(JSONSerializer(compact=True)))


def test_a_verified_state_is_kept_only_when_asked(county: County, tmp_path: Path) -> None:
    """Looking changes nothing on the device; keeping leaves what later refuses anything older."""
    before = _files(tmp_path / "kept")
    with refreshed(tmp_path / "kept", "qinghe", FolderFetcher(county.repo), county.clock.now()) as trusted:
        assert trusted.find("edition").custom["number"] == 0
        assert trusted.find("absent") is None
        assert _files(tmp_path / "kept") == before
        trusted.keep()
    assert "timestamp.json" in _files(tmp_path / "kept")
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_one_root_key_cannot_rotate(county: County, tmp_path: Path) -> None:
    """A root signed by one of three is refused and leaves no trace; by two it replaces the online key."""
    kept, fetcher = tmp_path / "kept", FolderFetcher(county.repo)
    _rotate(county, tmp_path, "root-1")
    before = _files(kept)
    with pytest.raises(Unverified), refreshed(kept, "qinghe", fetcher, county.clock.now()):
        pass
    assert _files(kept) == before
    _rotate(county, tmp_path, "root-1", "root-3")
    with pytest.raises(Unverified), refreshed(kept, "qinghe", fetcher, county.clock.now()):
        pass  # the old online key signs nothing any more
    (tmp_path / "new" / "online.key").rename(tmp_path / "keys" / "qinghe" / "online.key")
    county.publish("qinghe", bodies(a="新钥匙"))
    with refreshed(kept, "qinghe", fetcher, county.clock.now()) as trusted:
        assert trusted.find("edition").custom["number"] == 1


def test_a_root_is_pinned_once(county: County, tmp_path: Path) -> None:
    """A second first root changes nothing."""
    before = _files(tmp_path / "kept")
    pin(tmp_path / "kept", b"another")
    assert is_pinned(tmp_path / "kept")
    assert _files(tmp_path / "kept") == before


def test_a_key_that_is_gone_is_named(county: County, tmp_path: Path) -> None:
    """A missing or cut key file is one sentence about that file."""
    from content_sync.domain.errors import Broken

    path = tmp_path / "keys" / "qinghe" / "online.key"
    path.write_bytes(path.read_bytes()[:31])
    with pytest.raises(Broken, match=r"online\.key"):
        county.publish("qinghe", {})
    path.unlink()
    with pytest.raises(Broken, match="backup"):
        keys.loaded(path.parent, "online")
