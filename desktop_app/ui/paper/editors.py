"""The one editor that floats over the field in use, one for each way of filling.

Knows places in pixels and texts; it knows no answer and no paper.
"""

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.ui.paper.editor_frame import FRAME_WIDTH, EditorFrame, inner_rect
from desktop_app.ui.paper.line_editors import BoxEditor, LineEditor
from desktop_app.ui.paper.prose_editor import ProseEditor
from desktop_app.ui.paper.stops import Way
from desktop_app.ui.parts import painting

Editor = LineEditor | BoxEditor | ProseEditor
SMALLEST_TYPE = 14  # px
_KINDS: dict[Way, type[Editor]] = {"prose": ProseEditor, "boxes": BoxEditor, "line": LineEditor}


class Editors(QObject):
    """Opens editors over a sheet and keeps them as large as their text needs.

    Signals:
        asked: What a key asks, as in `asked_by`.
        focus_left: The focus went elsewhere (the reason).
        outgrown: The text changed and may need another size.
        overfilled: Far more was pasted than any answer has, so many characters.
    """

    asked = Signal(str)
    focus_left = Signal(Qt.FocusReason)
    outgrown = Signal()
    overfilled = Signal(int)

    def __init__(self, sheet: QWidget) -> None:
        super().__init__(sheet)
        self._made: dict[Way, Editor] = {}
        self._frame = EditorFrame(sheet)

    def editor_for(self, way: Way, label: str, boxes: int) -> Editor:
        """Return the editor for a way of filling, named for screen readers."""
        editor = self._made.get(way)
        if editor is None:
            editor = self._made[way] = _KINDS[way](self._frame)
            editor.asked.connect(self.asked)
            editor.focus_left.connect(self.focus_left)
            editor.overfilled.connect(self.overfilled)
            editor.textChanged.connect(self.outgrown)
            if isinstance(editor, ProseEditor):
                editor.grown.connect(self.outgrown)
        if isinstance(editor, BoxEditor):
            editor.boxes = boxes
        elif isinstance(editor, ProseEditor):
            editor.has_words = False
        editor.setAccessibleName(label)
        return editor

    def show(self, editor: Editor) -> None:
        """Bring an editor to the front; where it stands is told by `fit`."""
        editor.show()
        editor.raise_()
        self._frame.show()
        self._frame.raise_()

    def geometry(self) -> QRect:
        """Return where the editor stands with its frame, in the sheet's pixels."""
        return self._frame.geometry()

    def fit(self, editor: Editor, place: QRect, page: QRect, type_size: float, narrowest: int) -> None:
        """Put an editor over its place, as large as its text needs and inside the page; all in pixels."""
        face = "song" if isinstance(editor, BoxEditor) else "hei"
        font = painting.widget_font(max(type_size, SMALLEST_TYPE), editor.content(), face)
        if editor.font() != font:
            editor.setFont(font)
        least = QSize(max(place.width(), narrowest), place.height())
        if editor.width() != least.width():
            editor.resize(least.width(), editor.height())
        need = editor.wanted_size(least)
        wide = min(need.width(), page.width() - 8)
        left = min(place.x(), page.right() - wide - 4)
        is_tall = isinstance(editor, ProseEditor) and need.height() > place.height()
        top = place.y() if is_tall else place.center().y() - need.height() // 2
        edge = FRAME_WIDTH
        rect = QRect(left, top, wide, need.height()).adjusted(-edge, -edge, edge, edge)
        if self._frame.geometry() != rect:
            self._frame.setGeometry(rect)
        editor.setGeometry(inner_rect(rect))
        if isinstance(editor, ProseEditor):
            editor.centre()

    def tidy(self, used: Editor | None) -> None:
        """Hide editors that are not in use; a hidden editor that had the focus would pass it to a stranger."""
        for editor in self._made.values():
            if editor is not used:
                editor.hide()
        self._frame.setVisible(used is not None)
