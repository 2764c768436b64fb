"""A fault in what a command was given: plain Chinese sentences, each with its file and place."""

import re

_LONG = re.compile(r"“([^”]{60})[^”]{20,}”")


class Fault(Exception):
    """Ends a command with exit status 1."""

    def __init__(self, *sentences: str) -> None:
        """Keep the sentences; what they quote at length is cut short."""
        self.sentences = tuple(_LONG.sub(r"“\1…”", each) for each in sentences)
        super().__init__("\n".join(self.sentences))
