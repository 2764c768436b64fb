"""A PDF file as bytes: numbered objects, the table of where they stand, and the way in.

This module knows the file, not what is in its objects. Source: PDF 32000-1, 7.3 and 7.5.
"""

from hashlib import md5
from zlib import crc32

_BEGINNING = b"%PDF-1.5\n%\xe8\xa1\xa8\xe6\xa0\xbc\n"  # four bytes or more above 127 tell that it is not text
_END = b"\nendobj\n"


class PdfFile:
    """Collects objects in the order in which they are written; equal objects give equal bytes."""

    def __init__(self) -> None:
        self._written = [_BEGINNING]
        self._length = len(_BEGINNING)
        self._places: list[int] = []  # of object 1, 2, …; 0 while only its number is known

    def number(self) -> int:
        """Return a number for an object that others name before it is written."""
        self._places.append(0)
        return len(self._places)

    def write(self, content: bytes, number: int = 0) -> int:
        """Write an object, under the number given out for it or the next; return the number."""
        number = number or self.number()
        self._places[number - 1] = self._length
        head = b"%d 0 obj\n" % number
        self._written += (head, content, _END)
        self._length += len(head) + len(content) + len(_END)
        return number

    def write_stream(self, deflated: bytes, entries: bytes = b"") -> int:
        """Write a stream of deflated bytes, `entries` in its dictionary; return its number."""
        head = b"<< /Length %d /Filter /FlateDecode %b>>\nstream\n" % (len(deflated), entries)
        return self.write(b"".join((head, deflated, b"\nendstream")))

    def finished(self, catalog: int, information: int) -> bytes:
        """Return the file, entered through its catalog."""
        objects = b"".join(self._written)
        count = len(self._places) + 1
        table = b"".join([b"%010d 00000 n \n" % place for place in self._places])
        # Names the content for programs that hold two copies against each other; no secret and no proof.
        name = md5(b"%d %d" % (len(objects), crc32(objects)), usedforsecurity=False).hexdigest().encode()
        trailer = b"<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>] >>" % (
            count,
            catalog,
            information,
            name,
            name,
        )
        return b"%bxref\n0 %d\n0000000000 65535 f \n%btrailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (
            objects,
            count,
            table,
            trailer,
            len(objects),
        )


def text_string(text: str) -> bytes:
    """Return text as a PDF string in UTF-16.

    >>> text_string("表")
    b'<feff8868>'
    """
    return b"<feff%b>" % text.encode("utf-16-be").hex().encode("ascii")
