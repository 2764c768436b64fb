"""An application that is being written, between its first key and its first save."""


class Draft:
    """An application that is being written; its id is known when it was first stored."""

    def __init__(self, case_id: str = "") -> None:
        self.case_id = case_id
