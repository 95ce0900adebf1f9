"""Where a stick is found: the set place, a desktop's mounts, never an empty mount point."""

from pathlib import Path

from kiosk.devices.stick import find_stick


def test_an_empty_mount_point_is_no_stick(tmp_path: Path) -> None:
    """Nothing mounted and nothing in it: not there; something in it: there."""
    none = tmp_path / "mounts"
    none.write_text("proc /proc proc rw 0 0\n", encoding="utf-8")
    place = tmp_path / "stick"
    assert find_stick(str(place), none) is None
    place.mkdir()
    assert find_stick(str(place), none) is None
    (place / "gongkailan").mkdir()
    assert find_stick(str(place), none) == place


def test_a_desktops_mount_is_found_without_being_set(tmp_path: Path) -> None:
    """Names with a space are written with a code in the list of mounts; what is not there is passed over."""
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sdb1 /media/nobody/MY\\040STICK vfat rw 0 0\nx\n", encoding="utf-8")
    assert find_stick(str(tmp_path / "none"), mounts) is None
