"""After the first set-up: colleagues are added one after another, or work begins."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.protection import DEFAULT, profile
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import head, wrapped_label
from desktop_app.ui.parts.look import STEP, Colours, load_faces_for, style_sheet, tint
from desktop_app.ui.parts.middle import put_in_the_middle
from desktop_app.ui.people.change_forms import AddForm

_WHY: Final = (
    "复核要由另一个人办。请同事在这里填写自己的登录名和密码；以后也可以在【人员】里添加。"
    "没有同事，直接开始使用。"
)


class ColleaguesPage(QWidget):
    """Offers to add a colleague, and to begin.

    Signals:
        add_wanted: A `NewPerson`.
        done: Work begins.
    """

    add_wanted = Signal(object)
    done = Signal()

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self.why, self.told = wrapped_label(_WHY), wrapped_label()
        self.another = push_button("再添加一位同事")
        self.start = push_button("开始使用", "main_act")
        self.form = AddForm(colours, profile(DEFAULT))
        self.form.hide()
        self.another.clicked.connect(self._open)
        self.start.clicked.connect(self.done)
        self.form.told.connect(self.add_wanted)
        self.form.fault_told.connect(self.refuse)
        self.form.given_up.connect(self._put_away)
        acts = QHBoxLayout()
        acts.addWidget(self.another)
        acts.addWidget(self.start)
        acts.addStretch(1)
        inner = QVBoxLayout()
        inner.setSpacing(2 * STEP)
        for widget in (head("有没有一起工作的同事？"), self.why, self.form, self.told):
            inner.addWidget(widget)
        inner.addLayout(acts)
        put_in_the_middle(self, inner, 100 * STEP)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self._colours = colours
        self.setStyleSheet(style_sheet(colours))
        tint(self.why, colours.quiet)
        self.form.dress(colours)

    def take_focus(self) -> None:
        """Put the focus on what comes next."""
        self.another.setFocus()

    def show_working(self) -> None:
        """Say that a person is being added."""
        self.setEnabled(False)
        self._say("正在添加…", self._colours.quiet)

    def show_added(self, name: str) -> None:
        """Say who was added, and offer the next."""
        load_faces_for(name)
        self.setEnabled(True)
        self._put_away()
        self._say(f"✓ 已添加{name}。", self._colours.passed)

    def refuse(self, sentence: str) -> None:
        """Say why nobody was added; what was filled in stays."""
        if not self.isEnabled():
            self.setEnabled(True)
            self.form.take_focus()
        self._say(f"✕ {sentence}" if sentence else "", self._colours.fail)

    def _open(self) -> None:
        self._say("", self._colours.quiet)
        for button in (self.another, self.start):
            button.hide()
        self.form.show()
        self.form.take_focus()

    def _put_away(self) -> None:
        self.form.clear()
        self.form.hide()
        for button in (self.another, self.start):
            button.show()
        self.another.setFocus()

    def _say(self, words: str, colour: str) -> None:
        self.told.setText(words)
        tint(self.told, colour)
