"""What a paper says beside the field in use: a number read back, what was tidied, keys at squares, what nobody types.

It owns the one editor that floats over the paper and the notes beside it; it enters and leaves no field.
"""

from collections.abc import Callable, Collection

from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QWidget

from desktop_app.forms.fields import Field, Kind
from desktop_app.forms.rare_characters import Offer, offered_characters
from desktop_app.forms.tidying import ReadBack, read_back
from desktop_app.ui.paper import stops
from desktop_app.ui.paper.beside import FieldNote
from desktop_app.ui.paper.field_editor import Editor, FieldEditor
from desktop_app.ui.paper.paper import Paper
from desktop_app.ui.paper.prose_editor import ProseEditor
from desktop_app.ui.paper.second_keying import AGAIN, SecondKeying
from desktop_app.ui.paper.stops import Spot, Stop
from desktop_app.ui.paper.tick_view import TickView

_NOTE_MS = 120
_EDITOR_WEIGHT = 5  # an offer rather covers words than the field in use


def no_offers(_field_id: str, _text: str) -> tuple[Offer, ...]:
    """Return nothing: where no words are known, none are offered."""
    return ()


class TellingView(TickView):
    """A paper that says in a note beside the field what is to be known of it."""

    def __init__(self, paper: Paper, parent: QWidget | None = None) -> None:
        self._spot: Spot | None = None
        self._editor: Editor | None = None
        self._printed: list[QRect] = []  # what a note should not cover; worked out once for a field
        self._offers: tuple[Offer, ...] = ()
        self._offer_for: Callable[[str, str], tuple[Offer, ...]] = no_offers
        self._second = SecondKeying()
        self._standing_offer = ("", "")  # the field and what is said there
        super().__init__(paper, parent)
        self._desk = FieldEditor(self)
        self._offer_note = FieldNote(self)
        self._note_pause = QTimer(self)  # a note that follows each key would cost more than the key
        self._note_pause.setSingleShot(True)
        self._note_pause.setInterval(_NOTE_MS)
        self._note_pause.timeout.connect(self._answer_typing)

    def set_offers(self, offer_for: Callable[[str, str], tuple[Offer, ...]]) -> None:
        """Take what words go on with what is typed: a function of the field id and the text."""
        self._offer_for = offer_for

    def _answer_typing(self) -> None:
        self._offer()
        if not self._offers:
            self._read_back()

    def _offer(self) -> None:
        """Show the words that go on with what is typed; a word that was chosen of them keeps them in sight."""
        if self._editor is None or self._current is None or self._spot is None:
            return
        text = self._editor.content()
        if text in self._offered_texts():
            return
        had = bool(self._offers)
        self._offers = self._offers_for(self._current.field, text)
        if isinstance(self._editor, ProseEditor):
            self._editor.has_words = bool(self._offers)
        if self._offers:
            self._printed = self._printed or self._words(self._spot.page)
            shown = tuple(each.shown for each in self._offers)
            page = self._page_rect(self._spot.page)
            self._desk.show_words(shown, page, self._printed, is_column=True)
        elif had:
            self._desk.hide_words()

    def _offers_for(self, field: Field, text: str) -> tuple[Offer, ...]:
        if field.kind not in ("text", "name") or not text:
            return ()
        return offered_characters(text) or self._offer_for(field.id, text)

    def _offered_texts(self) -> tuple[str, ...]:
        return tuple(each.text for each in self._offers)

    def key_twice(self, asked_kinds: Collection[Kind]) -> None:
        """Ask for a second keying of numbers of these kinds."""
        self._second.asked_kinds = asked_kinds

    def keyed_once(self) -> tuple[str, ...]:
        """Return the fields that wait for their second keying."""
        return self._second.waiting()

    def offer(self, field_id: str, sentence: str) -> None:
        """Say something at a field that stays while others are typed in, until it is withdrawn."""
        stop = self._paper.stop(field_id)
        if stop is not None:
            spot = self._place(stop)
            printed = [*self._words(spot.page), *[self._desk.geometry()] * _EDITOR_WEIGHT]
            page, place = self._page_rect(spot.page), self.field_rect(field_id)
            self._offer_note.tell("", sentence, place, page, printed)
            self._standing_offer = (field_id, sentence)

    def withdraw(self) -> None:
        """Take back what was said by `offer`."""
        self._offer_note.hide()
        self._standing_offer = ("", "")

    def _arrange(self) -> None:
        super()._arrange()
        field_id, sentence = self._standing_offer
        if field_id:
            self._offer_note.hide()
            self.offer(field_id, sentence)

    def _tell(self, told: ReadBack, place: QRect, page: int) -> None:
        if (told.figures or told.sentence) and not self._printed:
            self._printed = self._words(page)
        self._desk.note.tell(told.figures, told.sentence, place, self._page_rect(page), self._printed)

    def _hush(self) -> None:
        self._desk.hide_words()
        self._printed, self._offers = [], ()

    def _read_back(self) -> None:
        """Show what the text in the editor is taken for, where that is not plain."""
        if self._editor is not None and self._current is not None and self._spot is not None:
            text = self._editor.content()
            is_again = not text and self._second.is_waiting(self._current.name)
            told = ReadBack("", AGAIN) if is_again else read_back(self._current.field, text)
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
