"""F6: the focus goes round the page, the panel beside a paper, the sentence on top, and the navigation."""

from typing import Any


def focus_round(window: Any) -> None:
    """Put the focus on the next of them, from wherever it is."""
    page = window.stack.currentWidget()
    owners = [page, *([window.notice] if window.notice.isVisible() else []), window.navigation]
    if page is window.case_page and page is not None:
        owners.insert(1, page.panel)
    focus = window.focusWidget()
    inside = [
        at for at, owner in enumerate(owners) if focus and (owner is focus or owner.isAncestorOf(focus))
    ]
    owners[(max(inside) + 1) % len(owners) if inside else 0].take_focus()
