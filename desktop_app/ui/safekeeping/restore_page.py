"""The guided way back from a backup, before anybody has signed in: for a damaged store, and for a new computer."""

from typing import Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.ui.parts.labels import head, wrapped_label
from desktop_app.ui.parts.look import LARGE, STEP, Colours, sized, style_sheet, tint
from desktop_app.ui.safekeeping.restore_panes import ChoosePane, OpenPane, Pane

Step = Literal["choose", "open", "seen", "done"]
TITLE: Final = "从备份恢复"
MOVING: Final = "换到这台电脑"


class RestorePage(QWidget):
    """Holds the steps, one shown at a time; what each asks is told by its pane.

    Signals:
        given_up: Back to where it was asked for.
    """

    given_up = Signal()

    def __init__(self, title: str, why: str, colours: Colours, *, has_back: bool) -> None:
        """Build it; `why` is the fault that led here, and there may be no way back from it."""
        super().__init__()
        self.why, self.told = wrapped_label(f"✕ {why}" if why else ""), wrapped_label()
        if not why:
            self.why.hide()
        self.choose = ChoosePane("返回" if has_back else "")
        self.open = OpenPane()
        self.seen = Pane("第 3 步：看清楚再恢复", "", "用这份备份恢复", "换一份备份")
        self.done = Pane("恢复好了", "", "去登录", "")
        self.panes: dict[Step, QWidget] = {
            "choose": self.choose,
            "open": self.open,
            "seen": self.seen,
            "done": self.done,
        }
        self.stack = QStackedWidget()
        for pane in self.panes.values():
            self.stack.addWidget(pane)
        self.choose.back.clicked.connect(self.given_up)
        for pane in (self.open, self.seen):
            pane.back.clicked.connect(lambda: self.show_step("choose"))
        self.is_working = False
        inner = QWidget()
        inner.setMaximumWidth(100 * STEP)
        column = QVBoxLayout(inner)
        column.setSpacing(2 * STEP)
        column.addWidget(head(title))
        column.addWidget(self.why)
        column.addWidget(self.stack, 1)
        column.addWidget(self.told)
        self.why.setFont(sized(LARGE))
        across = QHBoxLayout(self)
        across.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 3 * STEP)
        across.addStretch(1)
        across.addWidget(inner, 6)
        across.addStretch(1)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self._colours = colours
        self.setStyleSheet(style_sheet(colours))
        tint(self.why, colours.fail)
        for pane in (self.choose, self.open):
            tint(pane.words, colours.quiet)

    def take_focus(self) -> None:
        """Put the focus where the step begins."""
        pane = self.stack.currentWidget()
        if isinstance(pane, ChoosePane | OpenPane):
            pane.take_focus()
        elif isinstance(pane, Pane):
            pane.go_on.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes a step back."""
        if event.key() != Qt.Key.Key_Escape or self.is_working:
            super().keyPressEvent(event)
            return
        pane = self.stack.currentWidget()
        if isinstance(pane, Pane) and pane.back.isVisible():
            pane.back.click()

    def show_step(self, step: Step, words: str = "") -> None:
        """Show a step, with what is to be known there."""
        self.is_working = False
        self._say("", self._colours.text)
        pane = self.panes[step]
        if words and isinstance(pane, Pane):
            pane.words.setText(words)
        self.stack.setCurrentWidget(pane)
        self.take_focus()

    def show_working(self, sentence: str) -> None:
        """Say what is being done; nothing else can be asked meanwhile."""
        self.is_working = True
        self._say(sentence, self._colours.text)

    def refuse(self, sentence: str) -> None:
        """Say in one sentence why it was not done."""
        self.is_working = False
        self._say(f"✕ {sentence}", self._colours.fail)
        self.take_focus()

    def _say(self, words: str, colour: str) -> None:
        self.told.setText(words)
        self.told.setAccessibleName(words)
        tint(self.told, colour)
