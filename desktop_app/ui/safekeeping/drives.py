"""The USB sticks that are plugged in."""

import sys
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QStorageInfo

# Where desktops on Linux mount what is plugged in.
_PLUGGED: Final = ("/media/", "/run/media/")
_REMOVABLE: Final = 2  # DRIVE_REMOVABLE of Windows' GetDriveType


class Drive(NamedTuple):
    """A stick.

    Attributes:
        name: As its owner or the system calls it.
        root: Where its files are.
        free: Bytes.
    """

    name: str
    root: Path
    free: int
    is_read_only: bool


def removable_drives() -> tuple[Drive, ...]:
    """Return the sticks that can be seen now, in the order of their places."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        if volume.isValid() and volume.isReady() and _is_removable(root, bytes(volume.device().data())):
            name = volume.name() or volume.displayName() or root
            found.append(Drive(name, Path(root), volume.bytesAvailable(), volume.isReadOnly()))
    return tuple(sorted(found, key=lambda drive: drive.root))


def _is_removable(root: str, device: bytes) -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOVABLE)
    if root.startswith(_PLUGGED):
        return True
    # A stick that was mounted elsewhere: a part of a disk has its disk's own mark.
    name = Path(device.decode("utf-8", "replace")).name
    for disk in (name, name.rstrip("0123456789")):
        mark = Path("/sys/block", disk, "removable") if disk else None
        if mark is not None and mark.is_file():
            return mark.read_text(encoding="ascii").strip() == "1"
    return False
