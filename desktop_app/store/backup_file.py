"""The file of a backup: the pages of a store as they stand, encrypted, and behind them what they are and their slots.

    pages       the database, byte for byte: SQLCipher opens a backup as it opens a store
    newline
    line 1      JSON in ASCII: `Label`, with the slots as they were on that day
    line 2      SHA-256 of line 1, and its length in ten digits

`tail -n 2` shows both lines, and `head -c` of `pages` times 4096 bytes gives the store's file back. Every byte is
covered: a page carries its own signature (HMAC) over content and place, line 1 its sum, the last line is of one width.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

import sqlcipher3.dbapi2 as sqlcipher

from desktop_app.store.faults import StoreFault
from desktop_app.store.place import PAGE_BYTES, Error

SUFFIX: Final = ".jnbak"
FORMAT: Final = 1

NO_BACKUP: Final = "这不是本程序的备份文件，或者没有写完，请换一份备份。"
SPOILED: Final = "这份备份已损坏，请换一份备份。"
NEWER: Final = "这份备份是由更新版本的程序建立的，请先升级本程序再恢复。"
NOT_OPENED: Final = "这份备份打不开，密钥不是它当天的，或者备份已损坏，请换一份备份。"
UNREADABLE: Final = "备份文件读不出来，请检查存放备份的磁盘或U盘，再试一次。"

_SUM_DIGITS: Final = 64
_LENGTH_DIGITS: Final = 10
_LAST_LINE: Final = _SUM_DIGITS + 1 + _LENGTH_DIGITS + 1
_LONGEST_LABEL: Final = 16 << 20  # bytes; thousands of users

# How SQLCipher 4 signs a page: https://www.zetetic.net/sqlcipher/design/
_SALT_BYTES: Final = 16
_SIGNATURE_BYTES: Final = 64
_SIGNATURE_MASK: Final = bytes(byte ^ 0x3A for byte in range(256))
_SIGNATURE_ROUNDS: Final = 2
# SQLite keeps the page at 1 GiB for its locks and never writes it.
_LOCK_PAGE: Final = (1 << 30) // PAGE_BYTES + 1

_CHUNK_PAGES: Final = 1024
_WORKERS: Final = 4


class Label(NamedTuple):
    """What a backup says of itself to everybody; nothing of an application is in it.

    Attributes:
        made_at: When its store was as it is here; as `times.moment_text` writes it.
        schema: The store's schema.
        pages: How many pages of `place.PAGE_BYTES` stand before the label.
        replica_id: Whose chain it is; with `epoch`, `number`, `head`, `writes` how far that had come, as in the anchor.
        slots: The content of the slots file; None of a store that had none.
    """

    format: int
    made_at: str
    schema: str
    pages: int
    replica_id: str
    epoch: int
    number: int
    head: str
    writes: int
    slots: str | None


def write_label(file: BinaryIO, label: Label) -> None:
    """Write a label behind the pages."""
    line = json.dumps(label._asdict()).encode("ascii")
    last = f"{hashlib.sha256(line).hexdigest()} {len(line):0{_LENGTH_DIGITS}d}"
    file.write(b"\n" + line + b"\n" + last.encode("ascii") + b"\n")


def read_label(path: Path) -> Label:
    """Return what a backup says of itself.

    Raises:
        StoreFault: It is none, was cut off, is damaged behind its pages, of a newer program, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _LAST_LINE))
            last = file.read()
            length = int(last[_SUM_DIGITS + 1 : -1]) if last.endswith(b"\n") else 0
            start = size - _LAST_LINE - 1 - length
            if start < PAGE_BYTES or not 0 < length <= _LONGEST_LABEL:
                raise StoreFault(NO_BACKUP)
            file.seek(start - 1)
            told = file.read(1 + length + 1)
    except OSError as error:
        raise StoreFault(UNREADABLE) from error
    except ValueError:
        raise StoreFault(NO_BACKUP) from None
    line = told[1:-1]
    expected = f"{hashlib.sha256(line).hexdigest()} {length:0{_LENGTH_DIGITS}d}\n".encode("ascii")
    if told != b"\n" + line + b"\n" or last != expected:
        raise StoreFault(SPOILED)
    said = json.loads(line)
    if said.get("format") != FORMAT:
        raise StoreFault(NEWER)
    label = Label(**said)
    if label.pages * PAGE_BYTES != start - 1:
        raise StoreFault(SPOILED)
    return label


def spoiled_pages(path: Path, pages: int, key: str) -> Iterator[int]:
    """Yield the number of each page of an encrypted file that is not as SQLCipher signed it, in no order.

    It finds what `PRAGMA cipher_integrity_check` finds, three times as fast.

    Args:
        path: A store's file or a backup; nobody writes it.
        pages: How many pages it has.
        key: 64 hexadecimal digits.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        salt = file.read(_SALT_BYTES)
    signing = hashlib.pbkdf2_hmac(
        "sha512", bytes.fromhex(key), salt.translate(_SIGNATURE_MASK), _SIGNATURE_ROUNDS, 32
    )
    # The two halves of an HMAC (RFC 2104), begun once for all pages.
    block = signing.ljust(hashlib.sha512().block_size, b"\0")
    inner, outer = (
        hashlib.sha512(block.translate(bytes(byte ^ pad for byte in range(256)))) for pad in (0x36, 0x5C)
    )

    def is_signed(number: int, page: memoryview) -> bool:
        within = inner.copy()
        within.update(page[_SALT_BYTES if number == 1 else 0 : -_SIGNATURE_BYTES])
        within.update(number.to_bytes(4, "little"))
        around = outer.copy()
        around.update(within.digest())
        return around.digest() == page[-_SIGNATURE_BYTES:]

    def spoiled(first: int) -> list[int]:
        count = min(_CHUNK_PAGES, pages - first)
        with path.open("rb", buffering=0) as file:
            file.seek(first * PAGE_BYTES)
            chunk = memoryview(file.read(count * PAGE_BYTES))
        found = []
        for index in range(count):
            number = first + index + 1
            page = chunk[index * PAGE_BYTES : (index + 1) * PAGE_BYTES]
            if number != _LOCK_PAGE and not is_signed(number, page):
                found.append(number)
        return found

    with ThreadPoolExecutor(_WORKERS) as pool:
        for found in pool.map(spoiled, range(0, pages, _CHUNK_PAGES)):
            yield from found


def connect(path: Path, key: str) -> Any:
    """Open a backup for reading: nothing is written beside it, so that it may stand on what can only be read.

    Raises:
        StoreFault: The key does not fit, or the first page is spoiled.
    """
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    connection = None
    try:
        connection = sqlcipher.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA cipher_log_level = NONE")  # its log goes to the terminal
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except Error as error:
        if connection is not None:
            connection.close()
        raise StoreFault(NOT_OPENED) from error
    return connection
