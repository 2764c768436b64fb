"""Everything on one page before F9: what stands on the paper, what the counter verified, what was chosen and why.

Large and calm, so that the applicant can read it too. It shows what it is given and decides nothing.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.case import Answer, Case, Unread
from desktop_app.forms import kinds
from desktop_app.forms.applying import is_applicable
from desktop_app.forms.fields import fields
from desktop_app.forms.model import Form, label_of
from desktop_app.policy.assess import Assessment
from desktop_app.ui.case.panel_lines import HEADS, PanelLine
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import wrapped_label
from desktop_app.ui.parts.look import LARGE, NORMAL, STEP, Colours, ground, sized, tint

_EMPTY: Final = "—"


class Section(NamedTuple):
    """A head and its lines: what is asked, what was answered."""

    head: str
    lines: tuple[tuple[str, str], ...]


def overview_of(
    form: Form, case: Case, found: Iterable[PanelLine], assessment: Assessment | None
) -> tuple[Section, ...]:
    """Return what is to be looked over: what still stands against the case, then every answer, fact and choice."""
    on_paper = tuple(dict.fromkeys(each.field_id for each in form.fields if not each.is_repeated))
    facts = assessment.facts if assessment else ()
    settled = assessment.settled_points if assessment else ()
    sections = (
        Section("还要处理", tuple(_against(found))),
        Section("表上填写", tuple(_answers(form, case, on_paper))),
        Section("窗口核验（不印在表上）", tuple(_answers(form, case, facts))),
        Section("经办人选定", tuple(("", point.finding.message) for point in settled)),
    )
    return tuple(each for each in sections if each.lines)


def _against(found: Iterable[PanelLine]) -> Iterator[tuple[str, str]]:
    for each in found:
        if each.group in ("fail", "warn", "missing"):
            yield " ".join(HEADS[each.group]), f"{each.message}{each.remedy}"


def _answers(form: Form, case: Case, field_ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    vocabulary = fields()
    for field_id in field_ids:
        field, value = vocabulary.get(field_id), case.answers.get(field_id)
        if field is not None and (value is not None or is_applicable(field, case.answers)):
            yield label_of(form, field_id), _EMPTY if value is None else _words_of(form, field_id, value)


def _words_of(form: Form, field_id: str, value: Answer) -> str:
    field, wording = fields()[field_id], form.wording.get(field_id, {})
    if isinstance(value, Unread):
        return value.text
    if isinstance(value, Decimal):
        return f"{value:,.2f} 元"
    if field.kind == "level":
        return kinds.show(field, value, "long")
    if isinstance(value, str) and value in wording:
        return wording[value]
    return kinds.show(field, value)


class Overview(QWidget):
    """The page of everything.

    Signals:
        finish_wanted: Everything was looked over.
        put_away: Back to the paper.
    """

    finish_wanted = Signal()
    put_away = Signal()

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self._sections: tuple[Section, ...] = ()
        self.setAccessibleName("核对全部内容")
        self.title = wrapped_label(font=sized(LARGE + 2, is_bold=True))
        self.title.setText("核对全部内容")
        self.finish = push_button("完成填写  Enter", "main_act")
        self.finish.clicked.connect(self.finish_wanted)
        self.back = push_button("回到表上  Esc")
        self.back.clicked.connect(self.put_away)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.finish)
        top.addWidget(self.back)
        self.area = QScrollArea()
        self.area.setAccessibleName("全部内容")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * STEP, 3 * STEP, 2 * STEP, STEP)
        column.addLayout(top)
        column.addWidget(self.area, 1)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self._colours = colours
        ground(self, colours.frame)
        self.show_case(self._sections, is_draft=not self.finish.isHidden())

    def show_case(self, sections: tuple[Section, ...], *, is_draft: bool = True) -> None:
        """Show these sections, from the top; what is no draft can be looked at and not finished."""
        self._sections = sections
        self.finish.setVisible(is_draft)
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, STEP, STEP, 2 * STEP)
        grid.setHorizontalSpacing(3 * STEP)
        grid.setVerticalSpacing(STEP)
        grid.setColumnStretch(1, 1)
        row = 0
        for section in sections:
            head = wrapped_label(font=sized(NORMAL + 2, is_bold=True))
            head.setText(section.head)
            head.setContentsMargins(0, 2 * STEP if row else 0, 0, 0)
            grid.addWidget(head, row, 0, 1, 2)
            for label, text in section.lines:
                row += 1
                name, answer = wrapped_label(font=sized(NORMAL)), wrapped_label(font=sized(LARGE))
                name.setText(label)
                name.setMaximumWidth(22 * STEP)
                tint(name, self._colour_of(label))
                answer.setText(text)
                if label:
                    grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(answer, row, 1 if label else 0, 1, 1 if label else 2)
            row += 1
        grid.setRowStretch(row, 1)
        self.area.setWidget(inner)

    def _colour_of(self, label: str) -> str:
        """The colours of the findings in the panel, by their sign; grey for what an answer is called."""
        return {"✕": self._colours.fail, "!": self._colours.warn}.get(label[:1], self._colours.quiet)

    def text(self) -> str:
        """Return all that is shown, a line for each answer."""
        return "\n".join(f"{label} {text}" for section in self._sections for label, text in section.lines)

    def take_focus(self) -> None:
        """Put the focus on what ends the work."""
        (self.back if self.finish.isHidden() else self.finish).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the paper; the arrows and the page keys scroll."""
        bar = self.area.verticalScrollBar()
        steps: dict[int, int] = {
            Qt.Key.Key_Down: bar.singleStep() * 3,
            Qt.Key.Key_Up: -bar.singleStep() * 3,
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        if event.key() == Qt.Key.Key_Escape:
            self.put_away.emit()
        elif event.key() in steps:
            bar.setValue(bar.value() + steps[event.key()])
        else:
            super().keyPressEvent(event)
