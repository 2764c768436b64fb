"""What a paper says beside the field in use: a number read back, what was tidied, keys at squares, what nobody types.

It owns the one editor that floats over the paper and the notes beside it; it enters and leaves no field.
"""

from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QWidget

from desktop_app.forms.tidying import ReadBack, read_back
from desktop_app.ui import stops
from desktop_app.ui.field_editor import Editor, FieldEditor
from desktop_app.ui.paper import Paper
from desktop_app.ui.stops import Spot, Stop
from desktop_app.ui.tick_view import TickView

_NOTE_MS = 120


class TellingView(TickView):
    """A paper that says in a note beside the field what is to be known of it."""

    def __init__(self, paper: Paper, parent: QWidget | None = None) -> None:
        self._spot: Spot | None = None
        self._editor: Editor | None = None
        self._printed: list[QRect] = []  # what a note should not cover; worked out once for a field
        super().__init__(paper, parent)
        self._desk = FieldEditor(self)
        self._note_pause = QTimer(self)  # a note that follows each key would cost more than the key
        self._note_pause.setSingleShot(True)
        self._note_pause.setInterval(_NOTE_MS)
        self._note_pause.timeout.connect(self._read_back)

    def _tell(self, told: ReadBack, place: QRect, page: int) -> None:
        if (told.figures or told.sentence) and not self._printed:
            self._printed = self._words(page)
        self._desk.note.tell(told.figures, told.sentence, place, self._page_rect(page), self._printed)

    def _hush(self) -> None:
        self._desk.hide_words()
        self._printed = []

    def _read_back(self) -> None:
        """Show what the text in the editor is taken for, where that is not plain."""
        if self._editor is not None and self._current is not None and self._spot is not None:
            told = read_back(self._current.field, self._editor.content())
            self._tell(told, self._desk.geometry(), self._spot.page)

    def _tell_decided(self, stop: Stop) -> None:
        """Say at a field that only the policy gives that nothing is typed there."""
        spot = self._place(stop)
        place = self._pixels(spot.page, self._area(stop, spot)).toRect()
        label = "".join(stop.label.split())
        self._tell(ReadBack("", f"{label}由程序按政策算出，不用填写。"), place, spot.page)

    def _tell_tick_keys(self) -> None:
        """Say at squares which keys tick them; other characters mean nothing there."""
        if self._current is None:
            return
        marks = stops.marks_of(self._current)
        sentence = f"这里打√：按 1 至 {len(marks)} 选定第几项，或按空格。"
        self._tell(ReadBack("", sentence), self._spot_rect(marks[-1]), marks[-1].page)
