"""What a person had open when the program was locked: a plain value that goes into the store and comes back."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from desktop_app.store.records import Json
from desktop_app.ui.lock.typed import Caret, Typed


class Desk(NamedTuple):
    """Everything that is nowhere stored yet, and the way back to it.

    Attributes:
        page: The page of the table that is shown; empty where a paper is.
        search: What stands in the search box.
        case_id: The stored application or list that is shown; empty without one.
        form_id: The paper that is shown and was never stored.
        answers: What it began with, as the store writes answers.
        place: The field or fact that is typed in, or was last.
        caret: Where the caret stands in it.
        waiting: The numbers that wait for their second keying.
        rule: The open point whose box is open.
        act: What opened the dialog on top; empty without one.
        texts: What is typed in that dialog, else on the page.
    """

    page: str = "cases"
    search: str = ""
    case_id: str = ""
    form_id: str = ""
    answers: str = ""
    place: str = ""
    caret: Caret = Caret()
    waiting: tuple[str, ...] = ()
    rule: str = ""
    act: str = ""
    texts: tuple[Typed, ...] = ()

    @property
    def has_paper(self) -> bool:
        """Whether a paper is shown."""
        return bool(self.case_id or self.form_id)

    def json(self) -> dict[str, Json]:
        """Return it as the store keeps it."""
        said: dict[str, Json] = self._asdict()
        return said | {
            "caret": list(self.caret),
            "waiting": list(self.waiting),
            "texts": [[each.kind, each.name, each.value, each.has_focus, *each.caret] for each in self.texts],
        }


def desk_of(said: Mapping[str, Any]) -> Desk:
    """Return the desk that the store has kept; an empty one where another version of the program wrote it."""
    try:
        texts = tuple(
            Typed(kind, name, value, has_focus, Caret(anchor, position))
            for kind, name, value, has_focus, anchor, position in said["texts"]
        )
        rest = {"caret": Caret(*said["caret"]), "waiting": tuple(said["waiting"]), "texts": texts}
        return Desk(**{**said, **rest})
    except (KeyError, TypeError, ValueError):
        return Desk()
