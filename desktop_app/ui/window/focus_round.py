"""F6: the focus goes round the page, the panel beside a paper, the sentence on top, and the navigation."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget


def focus_round(stops: Sequence[QWidget], focus: QWidget | None) -> None:
    """Put the focus on the next of some parts, from wherever it is; each has a `take_focus`.

    Of two that hold the focus the later one counts: the panel after its page.
    """
    inside = [at for at, stop in enumerate(stops) if focus and (stop is focus or stop.isAncestorOf(focus))]
    stops[(max(inside) + 1) % len(stops) if inside else 0].take_focus()  # type: ignore[attr-defined]
