"""A page that is one column of a bounded width in the middle of the window."""

from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget


def put_in_the_middle(page: QWidget, column: QLayout, widest: int, share: int = 8) -> None:
    """Make a column all that a page shows, a little above its middle.

    Args:
        page: Without a layout yet.
        column: What it shows.
        widest: Pixels; a wider window leaves its sides free.
        share: How many times as wide as each side the column is in a narrower window.
    """
    inside = QWidget()
    inside.setMaximumWidth(widest)
    inside.setLayout(column)
    across = QHBoxLayout()
    across.addStretch(1)
    across.addWidget(inside, share)
    across.addStretch(1)
    whole = QVBoxLayout(page)
    whole.addStretch(2)
    whole.addLayout(across)
    whole.addStretch(3)
