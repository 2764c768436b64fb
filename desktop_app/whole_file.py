"""Write a file whole or not at all, and say in one sentence why it could not be written.

A new file has the rights that the person's umask gives; one that was there keeps its own.
"""

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO, Final

# What a killed program left behind is known by its name, and by its age told from one that is being written.
_PREFIX: Final = ".desktop-app-"
_SUFFIX: Final = ".part"
_LEFT_BEHIND: Final = 3600.0  # seconds


class WriteFault(OSError):
    """The target cannot be written; the message is one Chinese sentence with the remedy."""


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`, whole or not at all.

    Raises:
        WriteFault: If the folder, the disk or the file refuses; then `path` is as it was.
    """
    with whole(path) as file:
        file.write(content)


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write and read, which gets the name `path` durably at the end and is gone after any error.

    Until then it stands beside `path` under its own `name`.

    Raises:
        WriteFault: If the folder, the disk or the file refuses; then `path` is as it was.
    """
    path, mode = _target(path)
    beside = None
    try:
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent)
        beside = Path(name)
        os.close(handle)
        with beside.open("r+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(mode)
        beside.replace(path)
        beside = None
        _keep_name(path.parent)
    except OSError as error:
        raise write_fault(path, error.errno) from None
    finally:
        if beside is not None:
            with suppress(OSError):
                beside.unlink()
    _clear_leftovers(path.parent)


def _target(path: Path) -> tuple[Path, int]:
    """Return where a path really leads, for a link stays a link, and the rights that the file shall have."""
    try:
        found = path.lstat().st_mode
        if stat.S_ISLNK(found):
            path = path.resolve()
            found = path.stat().st_mode
    except FileNotFoundError:
        return path, 0o666 & ~_umask()
    except RuntimeError:  # a ring of links, before Python 3.13
        raise write_fault(path, errno.ELOOP) from None
    except OSError as error:
        raise write_fault(path, error.errno) from None
    if not stat.S_ISREG(found):
        what = "这是一个文件夹，请写上文件名" if stat.S_ISDIR(found) else "这不是普通文件，请换一个文件名"
        raise WriteFault(errno.EISDIR, f"写不进“{path.name}”：{what}。")
    return path, stat.S_IMODE(found)


@cache
def _clear_leftovers(folder: Path) -> None:
    """Remove what a program that was killed while writing left in a folder, by the clock of its disk; once each."""
    with suppress(OSError):
        now = folder.stat().st_mtime  # of the file that was just written there
        for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with suppress(OSError):
                if now - left.stat().st_mtime > _LEFT_BEHIND:
                    left.unlink()


def _keep_name(folder: Path) -> None:
    """Make the new name outlast a power cut; a system without such a call does it by itself."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def write_fault(path: Path, number: int | None) -> WriteFault:
    """Return the fault of a target that cannot be written, told by the number of its error."""
    match number:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            sentence = "磁盘空间不够，请腾出空间后再试"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            sentence = "没有写入的权限，请换一个文件夹"
        case errno.ENOENT | errno.ENOTDIR:
            sentence = "文件夹不存在，请先建好文件夹或换一个位置"
        case errno.EISDIR:
            sentence = "这是一个文件夹，请写上文件名"
        case errno.ENAMETOOLONG:
            sentence = "文件名太长，请改短"
        case errno.ELOOP:
            sentence = "链接绕成了圈，请换一个位置"
        case _:
            sentence = "请检查磁盘或换一个位置后再试"
    name = path.name if len(path.name) < 60 else f"{path.name[:50]}…"
    return WriteFault(number or 0, f"写不进“{name}”：{sentence}。")
