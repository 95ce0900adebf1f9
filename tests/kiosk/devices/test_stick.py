"""Where sticks are found: the set place, a desktop's mounts, never an empty mount point; what cannot be read."""

from pathlib import Path

import pytest

from kiosk.devices.stick import find_sticks, is_unread


def test_an_empty_mount_point_is_no_stick(tmp_path: Path) -> None:
    """Nothing mounted and nothing in it: not there; something in it: there."""
    none = tmp_path / "mounts"
    none.write_text("proc /proc proc rw 0 0\n", encoding="utf-8")
    place = tmp_path / "stick"
    assert find_sticks(str(place), none) == []
    place.mkdir()
    assert find_sticks(str(place), none) == []
    (place / "gongkailan").mkdir()
    assert find_sticks(str(place), none) == [place]


def test_a_desktops_mount_is_found_without_being_set(tmp_path: Path) -> None:
    """Names with a space are written with a code in the list of mounts; what is not there is passed over."""
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sdb1 /media/nobody/MY\\040STICK vfat rw 0 0\nx\n", encoding="utf-8")
    assert find_sticks(str(tmp_path / "none"), mounts) == []


@pytest.mark.parametrize(
    ("disks", "mounted", "unread"),
    [
        ({"sda": ("0", "500000")}, "/dev/sda1 / ext4 rw 0 0", False),
        ({"sda": ("0", "500000"), "sdb": ("1", "60000")}, "/dev/sda1 / ext4 rw 0 0", True),
        ({"sdb": ("1", "60000")}, "/dev/sdb1 /media/x/A vfat rw 0 0", False),
        ({"sdb": ("1", "60000")}, "/dev/sdb /media/x/A vfat rw 0 0", False),
        ({"sdb": ("1", "60000")}, "/dev/sdba1 /media/x/A vfat rw 0 0", True),
        ({"sdb": ("1", "0")}, "", False),
        ({"sr0": ("1", "2097151")}, "", False),
        ({"sdb": ("?", "60000")}, "", False),
    ],
)
def test_a_stick_without_a_partition_is_known_to_be_there(
    tmp_path: Path, disks: dict[str, tuple[str, str]], mounted: str, unread: bool
) -> None:
    """A removable disk with a medium of which nothing is mounted; a fixed disk or an empty reader is none."""
    mounts, blocks = tmp_path / "mounts", tmp_path / "block"
    mounts.write_text(mounted + "\n", encoding="utf-8")
    for name, (removable, size) in disks.items():
        (blocks / name).mkdir(parents=True)
        (blocks / name / "removable").write_text(removable, encoding="ascii")
        (blocks / name / "size").write_text(size, encoding="ascii")
    assert is_unread(mounts, blocks) is unread


def test_without_a_list_of_disks_nothing_is_unread(tmp_path: Path) -> None:
    """A machine that hides its disks says that no stick is there."""
    assert not is_unread(tmp_path / "mounts", tmp_path / "block")
