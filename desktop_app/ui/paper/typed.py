"""What is typed in the field in use: the text that its editor begins with, what is said of it, the answer it becomes.

It takes answers and enters no field; going from one field to the next stands in `walk`.
"""

from collections.abc import Collection
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer

from desktop_app.case import Answer
from desktop_app.forms.marks import MM_PER_POINT
from desktop_app.forms.tidying import ReadBack, read_back
from desktop_app.ui.paper import stops
from desktop_app.ui.paper.editors import Editor, Editors
from desktop_app.ui.paper.edits import Edits
from desktop_app.ui.paper.paper_view import PaperView
from desktop_app.ui.paper.prose_editor import ProseEditor
from desktop_app.ui.paper.second_keying import AGAIN, SecondKeying
from desktop_app.ui.paper.stops import Spot, Stop
from desktop_app.ui.paper.telling import Telling

_NARROWEST_EDITOR = 24.0  # mm
_NOTE_MS = 120


class InUse(NamedTuple):
    """The field in use.

    Attributes:
        spot: The place at which it is typed.
        editor: The editor over it; None at squares.
        entered: Its answer when it was entered.
    """

    stop: Stop
    spot: Spot
    editor: Editor | None
    entered: Answer | None


class Typing(QObject):
    """The text of the one field of a paper view that is typed in, if there is one.

    Attributes:
        here: The field in use.
        second: The numbers that wait for their second keying.
        note_pause: Runs from a key until a note follows what is typed.
    """

    def __init__(self, view: PaperView, edits: Edits, editors: Editors, telling: Telling) -> None:
        super().__init__(view)
        self._view, self._edits, self._editors, self._telling = view, edits, editors, telling
        self.here: InUse | None = None
        self.second = SecondKeying()
        self.note_pause = QTimer(self)  # a note that follows each key would cost more than the key
        self.note_pause.setSingleShot(True)
        self.note_pause.setInterval(_NOTE_MS)
        self.note_pause.timeout.connect(self._answer_typing)
        editors.outgrown.connect(self._text_changed)
        telling.word_chosen.connect(self.put_text)

    def name(self) -> str:
        """Return the field that is typed in; empty without one."""
        return self.here.stop.name if self.here else ""

    def editor(self) -> Editor | None:
        """Return the editor that is open."""
        return self.here.editor if self.here else None

    def is_untouched(self) -> bool:
        """True if an editor is open and nothing was typed in it."""
        editor = self.editor()
        return editor is not None and editor.content() == self._text_here()

    def begin(self, editor: Editor, *, is_selected: bool) -> None:
        """Open the editor of the field in use over its place."""
        assert self.here is not None
        editor.set_content(self._text_here())
        self._editors.show(editor)
        self.fit()
        if is_selected:
            editor.selectAll()
        else:
            editor.put_caret_last()
        words = stops.option_labels(self._view.paper.form, self.here.stop.field)
        if words:
            self._telling.show_words(words, self.here.spot)
        self._read_back()

    def begin_anew(self) -> None:
        """Go on as if the field in use had been entered with the answer that it has now."""
        if self.here is not None:
            self.here = self.here._replace(entered=self._view.paper.value(self.here.stop))
            self._show_text_here()

    def put_back(self) -> None:
        """Give the field the answer that it had when it was entered."""
        if self.here is None:
            return
        stop, entered = self.here.stop, self.here.entered
        self.second.forget(stop.name)
        if self._view.paper.value(stop) != entered:
            self._edits.take(stop, entered)
        self._show_text_here()
        if editor := self.editor():
            editor.put_caret_last()

    def put_text(self, text: str) -> None:
        """Put words into the editor; nothing is taken into the answers before it is left."""
        if editor := self.editor():
            editor.selectAll()
            editor.insert(text)
            if self._telling.offers:
                editor.put_caret_last()
            else:
                editor.selectAll()

    def step_words(self, step: int) -> None:
        """Put the next (1) or previous (-1) of the words beside the editor into it."""
        if self.here is None or self.here.editor is None:
            return
        words = stops.option_labels(self._view.paper.form, self.here.stop.field)
        words = words or self._telling.offered_texts()
        if words:
            text = self.here.editor.content()
            at = words.index(text) + step if text in words else (0 if step > 0 else -1)
            self.put_text(words[at % len(words)])

    def commit(self) -> None:
        """Take what stands in the open editor into the answers."""
        if self.here is None or self.here.editor is None or self.second.is_waiting(self.here.stop.name):
            return
        stop, text = self.here.stop, self.here.editor.content()
        if text != self._text_here():
            self._edits.take(stop, stops.read_value(self._view.paper.form, stop.field, text))

    def asks_again(self) -> bool:
        """True if the number here is to be keyed a second time, or was and differs."""
        if self.here is None or self.here.editor is None:
            return False
        stop, editor = self.here.stop, self.here.editor
        if self.second.is_waiting(stop.name):
            value = stops.read_value(self._view.paper.form, stop.field, editor.content())
            if told := self.second.compare(stop.name, value):
                editor.selectAll()
                self.note_pause.stop()  # reading the number back would wipe what is told of it
                self._telling.tell(ReadBack("", told), stop.spots[0].page)
            return bool(told)
        self.commit()
        if not self.begin_second(self.here):
            return False
        editor.set_content("")
        self._read_back()
        return True

    def wait_again(self, names: Collection[str]) -> None:
        """Wait for the second keying of numbers that stand on the paper."""
        for name in names:
            stop = self._view.paper.stop(name)
            if stop is not None and (value := self._view.paper.value(stop)) is not None:
                self.second.begin(name, str(value))
        self._show_text_here()
        self._read_back()

    def begin_second(self, here: InUse) -> bool:
        """True if a number is another than when its field was entered and is to be keyed once more."""
        value = self._view.paper.value(here.stop)
        is_wanted = value != here.entered and self.second.wants(here.stop.name, here.stop.field, value)
        if is_wanted:
            self.second.begin(here.stop.name, str(value))
        return is_wanted

    def fit(self) -> None:
        """Put the editor over its place, as large as its text needs and inside the page."""
        if self.here is None or self.here.editor is None:
            return
        places, stop, spot = self._view.places, self.here.stop, self.here.spot
        narrowest = 0 if stop.way == "boxes" else round(_NARROWEST_EDITOR * places.scale)
        type_size = spot.slot.size * MM_PER_POINT * places.scale
        place = places.stop_rect(stop, spot).toRect()
        self._editors.fit(self.here.editor, place, places.page_rect(spot.page), type_size, narrowest)

    def _text_here(self) -> str:
        """Return the text with which the editor of the field in use begins."""
        if self.here is None or self.second.is_waiting(self.here.stop.name):
            return ""
        paper, stop = self._view.paper, self.here.stop
        return stops.edited_text(paper.form, stop.field, paper.value(stop))

    def _show_text_here(self) -> None:
        editor = self.editor()
        if editor is not None and editor.content() != self._text_here():
            editor.set_content(self._text_here())
            editor.selectAll()

    def _text_changed(self) -> None:
        self.fit()
        if not self.note_pause.isActive():
            self.note_pause.start()

    def _answer_typing(self) -> None:
        """Offer the words that go on with what is typed, or else read it back."""
        if self.here is None or self.here.editor is None:
            return
        editor = self.here.editor
        self._telling.offer_words(self.here.stop.field, editor.content(), self.here.spot)
        if isinstance(editor, ProseEditor):
            editor.has_words = bool(self._telling.offers)
        if not self._telling.offers:
            self._read_back()

    def _read_back(self) -> None:
        """Show what the text in the editor is taken for, where that is not plain."""
        if self.here is None or self.here.editor is None:
            return
        stop, text = self.here.stop, self.here.editor.content()
        is_again = not text and self.second.is_waiting(stop.name)
        self._telling.tell(
            ReadBack("", AGAIN) if is_again else read_back(stop.field, text), self.here.spot.page
        )
