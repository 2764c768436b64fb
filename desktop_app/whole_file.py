"""Write a file whole or not at all, and say in one sentence why it could not be written."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class WriteFault(OSError):
    """The target cannot be written; the message is one Chinese sentence with the remedy."""


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a path beside `path` to write to; it takes the place of `path` when the block ends well.

    Raises:
        WriteFault: If the folder, the disk or the file refuses; then `path` is as it was.
    """
    path = path.resolve()  # a link stays a link
    if path.exists() and not path.is_file():
        what = "这是一个文件夹，请写上文件名" if path.is_dir() else "这不是普通文件，请换一个文件名"
        raise WriteFault(errno.EISDIR, f"写不进“{path.name}”：{what}。")
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise write_fault(path, error.errno) from None
    beside = Path(name)
    try:
        yield beside
        with beside.open("rb+") as written:
            os.fsync(written.fileno())
        beside.chmod(0o666 & ~_umask())
        os.replace(beside, path)
    except OSError as error:
        if isinstance(error, WriteFault):
            raise
        raise write_fault(path, error.errno) from None
    finally:
        with suppress(OSError):
            beside.unlink()


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`, whole or not at all."""
    with whole_file(path) as beside:
        beside.write_bytes(content)


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
        case _:
            sentence = "请检查磁盘或换一个位置后再试"
    return WriteFault(number or 0, f"写不进“{path.name}”：{sentence}。")
