"""Help: what the document says about a field, beside the paper, and the card of all keys, to look at and to print."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.forms.fields import fields
from desktop_app.forms.model import Form
from desktop_app.ui.parts.acts import ACTS, MENUS, PAPER_KEYS, key_text
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import wrapped_label
from desktop_app.ui.parts.look import LARGE, NORMAL, SMALL, STEP, Colours, ground, sized, style_sheet, tint

_CARD_HEIGHT: Final = 256.0  # mm of A4 between the margins of the card of keys
if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_NOTHING_SAID: Final = "文件没有对这一格另作说明。"
_KIND_WORDS: Final = {
    "id_number": "填 18 位公民身份号码，末位 X 大小写均可。",
    "date": "填成 2023-09-05 的样子；20230905、2023.9.5、2023年9月5日 也认得。",
    "month": "填成 2017-03 的样子；201703、2017.3、2017年3月 也认得。",
    "money": "填小写金额，单位元，最多两位小数。",
    "level": "填一级至五级，也可以填 1 至 5。",
    "choice": "按空格打√，按数字选第几项，或用方向键选择。",
    "choices": "可以选多项，按空格打√，或按数字选第几项。",
    "yes_no": "按空格或数字打√，或填是、否。",
    "name": "打不出的字填统一码（U+20BB7）或部件（氵+亢），按 ↓ 选用。",
    "card": "直接填或粘贴卡号，空格会自动去掉。",
}


class HelpBox(QFrame):
    """What the document says about the field in use, at the foot of the panel."""

    keys_wanted = Signal()

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = wrapped_label(font=sized(NORMAL, is_bold=True))
        self.text = wrapped_label(font=sized(NORMAL - 1))
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.how = wrapped_label(font=sized(SMALL))
        keys = push_button("按键一览  Ctrl+F1", "plain")
        keys.clicked.connect(self.keys_wanted)
        self.setAccessibleName("文件怎么说")
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * STEP, STEP, 2 * STEP, STEP)
        column.setSpacing(STEP // 2)
        for widget in (self.title, self.text, self.how):
            column.addWidget(widget)
        column.addWidget(keys, 0, Qt.AlignmentFlag.AlignLeft)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        ground(self, colours.chip)
        tint(self.how, colours.quiet)

    def show_field(self, form: Form, field_id: str, label: str) -> None:
        """Show what the paper's document says about one field."""
        self.title.setText(label or form.title)
        self.text.setText(form.help.get(field_id, _NOTHING_SAID) if field_id else form.source)
        field = fields().get(field_id)
        self.how.setText(_KIND_WORDS.get(field.kind, "") if field else "")
        self.how.setVisible(bool(self.how.text()))
        self.setAccessibleDescription(f"{self.title.text()}：{self.text.text()}{self.how.text()}")


def key_groups() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the card: each head with its keys and what they do."""
    menus = tuple(
        (menu, tuple((key_text(act), act.words) for act in ACTS if act.menu == menu and act.keys))
        for menu in MENUS
    )
    return (("在表单里", PAPER_KEYS), *menus)


class KeyCard(QWidget):
    """The page 按键一览."""

    closed = Signal()
    print_wanted = Signal()

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = wrapped_label(font=sized(LARGE, is_bold=True))
        title.setText("按键一览")
        self.print_button = push_button("打印这一页")
        back = push_button("返回  Esc")
        for button, wanted in ((self.print_button, self.print_wanted), (back, self.closed)):
            button.clicked.connect(wanted)
        self.dress(colours)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.print_button)
        head.addWidget(back)
        inner = QWidget()
        table = QGridLayout(inner)
        table.setContentsMargins(0, STEP, 0, STEP)
        table.setHorizontalSpacing(3 * STEP)
        table.setVerticalSpacing(STEP // 2)
        # Two halves side by side, so that the card fits one screen.
        for half, groups in enumerate((key_groups()[:2], key_groups()[2:])):
            at = 0
            for group, lines in groups:
                name = wrapped_label(font=sized(NORMAL, is_bold=True))
                name.setText(group)
                table.addWidget(name, at, 3 * half, 1, 2)
                at += 1
                for key, words in lines:
                    for across, text in enumerate((key, words)):
                        label = wrapped_label(font=sized(NORMAL))
                        label.setWordWrap(False)
                        label.setText(text)
                        table.addWidget(label, at, 3 * half + across)
                    at += 1
                table.setRowMinimumHeight(at, STEP)
                at += 1
        table.setColumnMinimumWidth(2, 6 * STEP)
        table.setColumnStretch(5, 1)
        table.setRowStretch(table.rowCount(), 1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName("按键一览")
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 2 * STEP)
        column.addLayout(head)
        column.addWidget(area, 1)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self.setStyleSheet(style_sheet(colours))

    def take_focus(self) -> None:
        """Put the focus on what can be done here."""
        self.print_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back at once."""
        # A button's shortcut would press it for a tenth of a second first, and take the keys typed meanwhile.
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def ask_and_print_keys(window: QWidget) -> None:
    """Ask for a printer and print the card there."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if QPrintDialog(printer, window).exec():
        print_key_card(printer)


def print_key_card(printer: "QPrinter") -> None:
    """Print the card on one sheet of A4."""
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(20, 20, 20, 20),
                    QPageLayout.Unit.Millimeter)
    )  # fmt: skip
    painter = QPainter(printer)
    groups = key_groups()
    high = 12 + sum(10 + 5.8 * len(lines) for _, lines in groups)
    unit = (
        printer.resolution() / 25.4 * min(1.0, _CARD_HEIGHT / high)
    )  # closer together rather than a second page
    y = 0.0

    def line(text: str, x: float, size: float, is_bold: bool = False) -> None:
        font = sized(round(size * unit), is_bold)
        painter.setFont(font)
        box = QRectF(x * unit, y * unit, 160 * unit, size * 1.6 * unit)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    line("按键一览", 0, 6, is_bold=True)
    y += 12
    for group, lines in groups:
        line(group, 0, 4, is_bold=True)
        y += 7
        for key, words in lines:
            line(key, 4, 3.6)
            line(words, 64, 3.6)
            y += 5.8
        y += 3
    painter.end()
