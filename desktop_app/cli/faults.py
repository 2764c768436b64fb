"""A fault in what a command was given: plain Chinese sentences, each with its file and place."""

import re

# What would break a line, turn its direction or command a terminal.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_LONG = re.compile(r"“([^”]{60})[^”]{20,}”")


class Fault(Exception):
    """Ends a command with exit status 1."""

    def __init__(self, *sentences: str) -> None:
        """Keep the sentences, each on one line; what they quote at length is cut short."""
        self.sentences = tuple(_UNSEEN.sub(_code, _LONG.sub(r"“\1…”", each)) for each in sentences)
        super().__init__("\n".join(self.sentences))


def _code(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
