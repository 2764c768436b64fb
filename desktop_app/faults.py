"""What is wrong with a file, told all at once, and the known word that is most like an unknown one."""

from collections.abc import Iterable
from typing import Final

LONGEST_WORD: Final = 200  # characters: what is longer is like no word, and comparing it would take for ever
_FEW: Final = 8


class Faults(ValueError):
    """A file that cannot be used; each fault is one Chinese sentence with file, place and remedy, in reading order."""

    def __init__(self, faults: Iterable[str]) -> None:
        """Keep the faults, and show them one a line."""
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def nearest(word: str, known: Iterable[str], likeness: float = 0.5) -> str:
    """Return the known word most like `word`; empty where none is as alike as `likeness` (0 to 1) asks."""
    if len(word) > LONGEST_WORD:
        return ""
    # Costs 5 ms to import and is needed only where something is wrong.
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), n=1, cutoff=likeness)
    return found[0] if found else ""


def hint(word: str, known: Iterable[str]) -> str:
    """Return the clause that names the nearest known word, or all of them where none is near and they are few."""
    words = list(known)
    near = nearest(word, words)
    if near:
        return f"，最接近的是“{near}”"
    return f"，可用的是{'、'.join(words)}" if 0 < len(words) <= _FEW else ""
