"""Deflate pieces apart and join them: what many files share is compressed once in the life of the program.

A piece is a row of whole deflate blocks that ends on a byte and refers to nothing before itself, so pieces stand
behind each other in any order. Source: RFC 1950 and RFC 1951.
"""

import zlib
from typing import NamedTuple

_HEADER = b"\x78\x01"  # blocks that refer back at most 32 KiB, no dictionary
_LAST_BLOCK = b"\x03\x00"  # final and empty
_SMALL = 12  # bits: setting up a window of 32 KiB costs more than to deflate what fits into one of 4 KiB


class Piece(NamedTuple):
    """Some bytes, plain and deflated."""

    content: bytes
    blocks: bytes


def packed(content: bytes) -> Piece:
    """Return a piece made as small as possible, for what is written many times."""
    return _piece(content, zlib.Z_BEST_COMPRESSION)


def quickly_packed(content: bytes) -> Piece:
    """Return a piece made quickly, for what is written once."""
    return _piece(content, zlib.Z_BEST_SPEED)


def joined(*pieces: Piece) -> bytes:
    """Return pieces as one stream that any reader inflates.

    >>> zlib.decompress(joined(packed(b"fixed part, "), quickly_packed(b"own part")))
    b'fixed part, own part'
    """
    out = [_HEADER]
    checksum = 1
    for piece in pieces:
        out.append(piece.blocks)
        checksum = zlib.adler32(piece.content, checksum)
    return b"".join((*out, _LAST_BLOCK, checksum.to_bytes(4, "big")))


def _piece(content: bytes, level: int) -> Piece:
    window = _SMALL if len(content) <= 1 << _SMALL else zlib.MAX_WBITS
    coder = zlib.compressobj(level, zlib.DEFLATED, -window)
    return Piece(content, coder.compress(content) + coder.flush(zlib.Z_SYNC_FLUSH) if content else b"")
