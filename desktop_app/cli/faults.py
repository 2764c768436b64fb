"""A fault in what a command was given: plain Chinese sentences, each with its file and place."""


class Fault(Exception):
    """Ends a command with exit status 1."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__("\n".join(sentences))
