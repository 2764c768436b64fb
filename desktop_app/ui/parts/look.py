"""How the frame around the paper looks: colours, one style sheet, the Hei face, a rhythm of eight pixels.

It knows no page and no paper; the paper is white whatever is chosen here.
"""

from functools import cache
from typing import Final, NamedTuple

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from desktop_app.resources import resource

STEP: Final = 8  # pixels at 100 %: every distance is a multiple or a half of it
SMALL, NORMAL, LARGE = 12, 14, 18  # pixels; nothing is smaller
# A character that the first lacks is taken from the next; those are loaded only for a text that needs them.
_BUNDLED_FACES: Final = ("Form Hei", "Form Song", "Form Rare")
_faces_shown: Final = {"Form Hei"}


class Colours(NamedTuple):
    """The colours of the frame: text stands out at least 4.5:1, the edge of what is filled in 3:1."""

    frame: str
    desk: str
    line: str
    edge: str
    text: str
    quiet: str
    accent: str
    focus: str
    accent_text: str
    chip: str
    hover: str
    fail: str
    warn: str
    passed: str
    navigation: str
    navigation_chosen: str
    navigation_text: str
    shadow: int


LIGHT: Final = Colours(
    "#ffffff", "#e5e9ee", "#d3d9e1", "#7d8896", "#18212c", "#566170", "#1b5db3", "#1b5db3", "#ffffff", "#e8f0fb",
    "#f1f4f8", "#b3182c", "#855600", "#1c6b40", "#22344e", "#31496b", "#dde5f0", 60,
)  # fmt: skip
DARK: Final = Colours(
    "#22272e", "#15191e", "#3b434d", "#7d8896", "#e6eaef", "#a6b0bc", "#2967b8", "#5b9cf0", "#ffffff", "#2b3a50",
    "#2d343d", "#ff9a9a", "#e8bd68", "#7bd3a0", "#16202f", "#2a3d59", "#d5deea", 150,
)  # fmt: skip


def colours(is_dark: bool) -> Colours:
    """Return the colours of a light or a dark desktop."""
    return DARK if is_dark else LIGHT


def is_dark_desktop(application: QApplication) -> bool:
    """Say whether the desktop asks for a dark frame."""
    # Qt's own word for it would load the whole name space of constants before the first window.
    return application.palette().color(QPalette.ColorRole.Window).lightness() < 128


def shown_colours(widget: QWidget) -> Colours:
    """Return the colours that a widget is shown in, for a window of its own above it."""
    return colours(widget.palette().color(QPalette.ColorRole.Window).lightness() < 128)


def dress(application: QApplication, is_dark: bool) -> Colours:
    """Give the whole program its style, face and palette; return the colours chosen."""
    chosen = colours(is_dark)
    if application.property("hei_loaded") is None:
        application.setProperty("hei_loaded", True)
        if not application.property("is_fusion"):
            application.setStyle("Fusion")
        QFontDatabase.addApplicationFont(str(resource("fonts/FormHei-Regular.ttf")))
        application.setFont(_face())
    application.setPalette(_palette(chosen))
    return chosen


def _face() -> QFont:
    face = QFont(list(_BUNDLED_FACES))
    face.setPixelSize(NORMAL)
    return face


def _palette(chosen: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for each, colour in (
        (role.Window, chosen.frame),
        (role.Base, chosen.frame),
        (role.AlternateBase, chosen.hover),
        (role.Button, chosen.frame),
        (role.WindowText, chosen.text),
        (role.Text, chosen.text),
        (role.ButtonText, chosen.text),
        (role.PlaceholderText, chosen.quiet),
        (role.ToolTipBase, chosen.frame),
        (role.ToolTipText, chosen.text),
        (role.Highlight, chosen.accent),
        (role.HighlightedText, chosen.accent_text),
        (role.Accent, chosen.accent),
        (role.Link, chosen.accent),
        (role.Mid, chosen.line),
    ):
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(chosen.quiet))
    # A row that was chosen stays readable when the focus is elsewhere.
    inactive = QPalette.ColorGroup.Inactive
    palette.setColor(inactive, role.Highlight, QColor(chosen.chip))
    palette.setColor(inactive, role.HighlightedText, QColor(chosen.text))
    return palette


@cache
def style_sheet(c: Colours) -> str:
    """Return the one style sheet, for every part of the frame and never for the paper.

    Whatever has the focus shows one frame of two pixels, however the focus came there.
    """
    signs = resource("signs").as_posix()
    return f"""
QPushButton {{ border: 1px solid {c.line}; border-radius: 4px; padding: 6px 16px; background: {c.frame}; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:focus {{ border: 2px solid {c.focus}; padding: 5px 15px; }}
QPushButton:disabled {{ color: {c.quiet}; }}
QPushButton#main_act {{ background: {c.accent}; color: {c.accent_text}; border-color: {c.accent}; }}
QPushButton#main_act:focus {{ border: 2px solid {c.text}; }}
QPushButton#plain {{ border: 0; background: transparent; padding: 4px 8px; color: {c.quiet}; }}
QPushButton#plain:focus {{ border: 2px solid {c.focus}; padding: 2px 6px; }}
QPushButton#option {{ padding: 2px 8px; }}
QPushButton#option:focus {{ padding: 1px 7px; }}
QPushButton#option:checked {{ background: {c.accent}; color: {c.accent_text}; border-color: {c.accent}; }}
QPushButton#option:checked:focus {{ border: 2px solid {c.text}; }}
QPushButton#room {{ border: 0; border-left: 3px solid transparent; border-radius: 0; padding: 8px 0;
  background: transparent; color: {c.navigation_text}; }}
QPushButton#room:hover {{ background: {c.navigation_chosen}; }}
QPushButton#room:checked {{ background: {c.navigation_chosen}; color: #ffffff; border-left-color: #7fb2f5; }}
QPushButton#room:focus {{ border: 2px solid #7fb2f5; padding: 6px 0; }}
QLineEdit, QAbstractSpinBox, QComboBox {{ border: 1px solid {c.edge}; border-radius: 4px; padding: 3px 7px;
  background: {c.frame}; color: {c.text}; }}
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {{ border: 2px solid {c.focus}; padding: 2px 6px; }}
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {{ color: {c.quiet}; border-color: {c.line}; }}
QLineEdit#line {{ padding: 6px 8px; }}
QLineEdit#line:focus {{ padding: 5px 7px; }}
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit, QComboBox QLineEdit:focus,
QAbstractItemView QLineEdit, QAbstractItemView QLineEdit:focus {{ border: 0; border-radius: 0; padding: 0; }}
QAbstractItemView QLineEdit#line {{ border: 1px solid {c.edge}; border-radius: 4px; padding: 6px 8px; }}
QAbstractItemView QLineEdit#line:focus {{ border: 2px solid {c.focus}; padding: 5px 7px; }}
QComboBox::drop-down {{ border: 0; width: 24px; }}
QComboBox::down-arrow, QAbstractSpinBox::down-arrow {{ image: url("{signs}/down.svg"); width: 12px; height: 12px; }}
QAbstractSpinBox::up-arrow {{ image: url("{signs}/up.svg"); width: 12px; height: 12px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: 0; background: transparent; width: 24px; }}
QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: 4px; padding: 2px 6px 2px 4px;
  spacing: 6px; outline: 0; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {c.focus}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 16px; height: 16px; border: 1px solid {c.edge};
  background: {c.frame}; border-radius: 3px; }}
QRadioButton::indicator {{ border-radius: 9px; }}
QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.focus}; image: url("{signs}/tick.svg"); }}
QRadioButton::indicator:checked {{ width: 8px; height: 8px; border: 5px solid {c.focus}; }}
QHeaderView::section {{ background: {c.frame}; color: {c.quiet}; border: 0;
  border-bottom: 1px solid {c.line}; padding: 8px; }}
QTableView, QListView, QScrollArea {{ border: 2px solid transparent; outline: 0; }}
QTableView:focus, QListView:focus, QScrollArea:focus {{ border-color: {c.focus}; }}
QListView#findings, QListView#findings:focus, QScrollArea#still {{ border: 0; }}
QTableView {{ gridline-color: {c.line}; }}
QTableView::item {{ padding: 0 8px; border-bottom: 1px solid {c.hover}; }}
QTableView::item:selected {{ background: {c.chip}; color: {c.text}; }}
QListView::item {{ padding: 4px 8px; border-radius: 4px; }}
QListView::item:selected {{ background: {c.chip}; color: {c.text}; }}
QFrame#rule {{ background: {c.line}; border: 0; }}
QScrollBar {{ background: transparent; border: 0; width: 12px; height: 12px; }}
QScrollBar::handle {{ background: {c.line}; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }}
QScrollBar::handle:hover {{ background: {c.quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenuBar {{ background: {c.frame}; border-bottom: 1px solid {c.line}; }}
QToolTip {{ color: {c.text}; background: {c.frame}; border: 1px solid {c.line}; }}
"""


def sized(pixels: int, is_bold: bool = False) -> QFont:
    """Return the frame's face in another size."""
    face = QFont(QApplication.font())
    face.setPixelSize(pixels)
    face.setBold(is_bold)
    return face


def load_faces_for(text: str) -> None:
    """Load the bundled faces in which the frame shows a text: hardly any needs another than the one it has."""
    try:
        text.encode("gb2312")  # all of it is in the Hei face
    except UnicodeEncodeError:
        from desktop_app.ui.parts.painting import families_for

        families = frozenset(families_for(text))
        if not families <= _faces_shown:
            _faces_shown.update(families)
            # WORKAROUND: Qt 6.9's font of the application keeps boxes for what no face had when it was first used.
            QApplication.setFont(_face())


def tint(widget: QWidget, colour: str) -> None:
    """Write a widget's text in a colour."""
    palette = widget.palette()
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(role, QColor(colour))
    widget.setPalette(palette)


def ground(widget: QWidget, colour: str) -> None:
    """Give a widget a ground of its own."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.Window, QColor(colour))
    widget.setPalette(palette)
    widget.setAutoFillBackground(True)


def rule(is_upright: bool) -> QFrame:
    """Return a line of one pixel that parts two regions."""
    line = QFrame()
    line.setObjectName("rule")
    (line.setFixedWidth if is_upright else line.setFixedHeight)(1)
    return line
