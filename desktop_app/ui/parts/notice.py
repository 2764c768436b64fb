"""The quiet bar on top of a page: one sentence, at most one thing to do about it, and a way to put it away."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import wrapped_label
from desktop_app.ui.parts.look import STEP, Colours, ground, load_faces_for, style_sheet, tint


class Notice(QWidget):
    """A bar that is there only while it has something to say.

    Signals:
        focus_left: It goes away with the focus in it, which belongs to the page below now.
    """

    focus_left = Signal()

    def __init__(self, parent: QWidget | None = None, is_dressed: bool = False) -> None:
        """Build it; `is_dressed` says that what it stands in has the style sheet already."""
        super().__init__(parent)
        self._is_dressed = is_dressed
        self._on_act: Callable[[], None] | None = None
        self._kind = "say"
        self.setAccessibleName("提示")
        self.label = wrapped_label()
        self.act = push_button()
        self.act.clicked.connect(self._do)
        self.away = push_button("知道了", "plain")
        self.away.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * STEP, STEP // 2, STEP, STEP // 2)
        row.addWidget(self.label, 1)
        row.addWidget(self.act)
        row.addWidget(self.away)
        self.hide()

    def say(
        self,
        sentence: str,
        colours: Colours,
        kind: str = "say",
        act: str = "",
        on_act: Callable[[], None] | None = None,
    ) -> None:
        """Show a sentence; `kind` is `say` or `fault`, `act` the words of the button that runs `on_act`."""
        load_faces_for(sentence)
        sign = "✕ " if kind == "fault" else ""
        self._on_act, self._kind = on_act, kind
        self.label.setText(sign + sentence)
        self.label.setAccessibleName(sentence)
        self.act.setText(act)
        self.act.setVisible(bool(act))
        self.dress(colours)
        self.show()

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        if not self._is_dressed:
            self.setStyleSheet(style_sheet(colours))
        ground(self, colours.chip)
        tint(self.label, colours.fail if self._kind == "fault" else colours.text)

    def clear(self) -> None:
        """Put the bar away."""
        self._on_act = None
        if self.act.hasFocus() or self.away.hasFocus():
            # Before the bar goes: Qt would put the focus on whatever comes next.
            self.focus_left.emit()
        self.hide()

    def take_focus(self) -> None:
        """Put the focus on what can be done about it."""
        (self.act if self.act.isVisible() else self.away).setFocus()

    def forget(self, sentence: str) -> None:
        """Put the bar away if it says this, which no longer holds."""
        if sentence and self.label.accessibleName() == sentence:
            self.clear()

    def _do(self) -> None:
        on_act = self._on_act
        self.clear()
        if on_act is not None:
            on_act()
