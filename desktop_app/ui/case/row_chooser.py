"""Rows of a list taken over from applications: which can be chosen, and the columns that each one fills.

The chooser is a short list with ticks, by keyboard: Space ticks, Ctrl+A ticks all, Enter takes, Esc leaves. What is on
the list already is not offered again.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.case import Answer, Answers, Unread
from desktop_app.forms.fields import fields
from desktop_app.forms.kinds import show
from desktop_app.forms.model import Form
from desktop_app.policy.derived import derive
from desktop_app.ui.parts.labels import plain_label
from desktop_app.ui.parts.look import NORMAL, STEP, sized
from desktop_app.workflow.states import STATE_LABELS

if TYPE_CHECKING:
    from desktop_app.store.jobs import Session

_MOST: Final = 500  # the latest applications; older ones have been on their list
_ROW: int = Qt.ItemDataRole.UserRole
_SHOWN: Final = ("applicant.name", "certificate.occupation", "certificate.level", "claim.amount")


class Candidate(NamedTuple):
    """An application that may become a row: how the chooser shows it, and the row."""

    words: str
    row: dict[str, Answer]


def row_of(form: Form, answers: Answers) -> dict[str, Answer]:
    """Return the row of a list that an application fills: the columns that it has an answer for."""
    known = derive(answers)
    columns = [each.field_id for each in form.fields if each.is_repeated]
    return {
        field_id: known[field_id]
        for field_id in columns
        if field_id in known and not isinstance(known[field_id], Unread)
    }


def candidates(
    session: "Session", form: Form, regions: dict[str, str], present: Sequence[Answers]
) -> list[Candidate]:
    """Return the latest applications of the list's region that are not on it yet, newest first.

    `regions` names the region of each application paper.
    """
    from desktop_app.store.cases import list_cases, load_case
    from desktop_app.store.records import CaseQuery

    forms = tuple(form_id for form_id, region in regions.items() if region == form.region)
    if not forms:
        return []
    on_list = [set(row.items()) for row in present if row]
    found = []
    for line in list_cases(session, CaseQuery(forms=forms, limit=_MOST)).rows:
        answers = load_case(session, line.id).case.answers
        row = row_of(form, answers)
        # The clerk may have added to a row since; what the application says is still in it.
        if row and not any(set(row.items()) <= each for each in on_list):
            day = line.updated_at.astimezone().date().isoformat()
            words = "　".join(
                [*(_words(answers, key) for key in _SHOWN if key in answers), STATE_LABELS[line.state], day]
            )
            found.append(Candidate(words, row))
    return found


def _words(answers: Answers, field_id: str) -> str:
    return show(fields()[field_id], answers[field_id])


class _Lines(QListWidget):
    """Leaves Enter and Ctrl+A to the dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.matches(
            QKeySequence.StandardKey.SelectAll
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)


class RowChooser(QDialog):
    """The applications with ticks.

    Signals:
        chosen: The rows that were ticked, oldest first.
    """

    chosen = Signal(list)

    def __init__(self, offered: Sequence[Candidate], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("从申请中选取")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offered = offered
        self.lines = _Lines()
        self.lines.setFont(sized(NORMAL))
        self.lines.setAccessibleName("可以带入名单的申请")
        for number, each in enumerate(offered):
            item = QListWidgetItem(each.words)
            item.setData(_ROW, number)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.lines.addItem(item)
        self.lines.setCurrentRow(0)
        how = plain_label("空格打√，Ctrl+A 全选或全不选，Enter 带入名单，Esc 不带。")
        self.count = plain_label()
        self._take_button = QPushButton("带入  Enter")
        self._take_button.setObjectName("main_act")
        self._take_button.setAutoDefault(False)
        self._take_button.clicked.connect(self._take)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self._take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        column.addWidget(how)
        column.addWidget(self.lines, 1)
        column.addLayout(foot)
        self.lines.itemChanged.connect(lambda _item: self._tell())
        self._tell()
        self.resize(90 * STEP, 60 * STEP)

    def ticked(self) -> list[int]:
        """Return the numbers of the candidates that are ticked."""
        items = [self.lines.item(at) for at in range(self.lines.count())]
        return [item.data(_ROW) for item in items if item.checkState() == Qt.CheckState.Checked]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes, Ctrl+A ticks all or none."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._tick_all()
        else:
            super().keyPressEvent(event)

    def _tick_all(self) -> None:
        is_whole = len(self.ticked()) == self.lines.count()
        for at in range(self.lines.count()):
            self.lines.item(at).setCheckState(Qt.CheckState.Unchecked if is_whole else Qt.CheckState.Checked)

    def _tell(self) -> None:
        ticked = len(self.ticked())
        self.count.setText(f"已选 {ticked} 份，共 {self.lines.count()} 份")
        self._take_button.setEnabled(bool(ticked))

    def _take(self) -> None:
        rows = [self._offered[number].row for number in reversed(self.ticked())]
        if rows:
            self.chosen.emit(rows)
            self.accept()
