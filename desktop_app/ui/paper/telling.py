"""What a paper says beside the field in use: a number read back, words to choose from, the keys at squares.

It enters and leaves no field, and takes no answer.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Signal

from desktop_app.forms.fields import Field
from desktop_app.forms.rare_characters import Offer, offered_characters
from desktop_app.forms.tidying import ReadBack
from desktop_app.ui.paper import stops
from desktop_app.ui.paper.beside import FieldNote, OptionHint
from desktop_app.ui.paper.editors import Editors
from desktop_app.ui.paper.paper_view import PaperView
from desktop_app.ui.paper.stops import Spot, Stop

_EDITOR_WEIGHT = 5  # a standing note rather covers words than the field in use


def no_offers(_field_id: str, _text: str) -> tuple[Offer, ...]:
    """Return nothing: where no words are known, none are offered."""
    return ()


class Telling(QObject):
    """The notes and the words beside the fields of a paper view.

    Signals:
        word_chosen: A word was clicked (as it is to be typed).

    Attributes:
        note: What is to be known of the field in use.
        standing: What is said at some field while others are typed in.
        offers: The words that go on with what is typed.
        offer_for: Gives such words: a function of the field id and the text.
    """

    word_chosen = Signal(str)

    def __init__(self, view: PaperView, editors: Editors) -> None:
        super().__init__(view)
        self._view, self._editors = view, editors
        self._hint = OptionHint(view)
        self._hint.chosen.connect(self._choose)
        self.note = FieldNote(view)
        self.standing = FieldNote(view)
        self._said = ("", "")  # the field at which something stands, and what
        self._printed: list[QRect] = []  # what a note should not cover; worked out once for a field
        self.offers: tuple[Offer, ...] = ()
        self.offer_for: Callable[[str, str], tuple[Offer, ...]] = no_offers
        view.arranged.connect(self._arrange)

    def tell(self, told: ReadBack, page: int, place: QRect | None = None) -> None:
        """Show a note beside the editor, or beside another place of a page."""
        if told.figures or told.sentence:
            self._work_out(page)
        around = self._editors.geometry() if place is None else place
        sheet = self._view.places.page_rect(page)
        self.note.tell(told.figures, told.sentence, around, sheet, self._printed)

    def tell_decided(self, stop: Stop) -> None:
        """Say at a field that only the policy gives that nothing is typed there."""
        spot = self._view.paper.spot(stop)
        label = "".join(stop.label.split())
        told = ReadBack("", f"{label}由程序按政策算出，不用填写。")
        self.tell(told, spot.page, self._view.places.stop_rect(stop, spot).toRect())

    def tell_tick_keys(self, stop: Stop) -> None:
        """Say at squares which keys tick them; other characters mean nothing there."""
        marks = stops.marks_of(stop)
        sentence = f"这里打√：按 1 至 {len(marks)} 选定第几项，或按空格。"
        self.tell(ReadBack("", sentence), marks[-1].page, self._view.places.spot_rect(marks[-1]))

    def hush(self) -> None:
        """Say no more of the field in use."""
        self._hide()
        self._printed, self.offers = [], ()

    def show_words(self, words: tuple[str, ...], spot: Spot) -> None:
        """Show the words between which the arrow keys choose at a place."""
        page = self._view.places.page_rect(spot.page)
        self._hint.show_options(words, self._editors.geometry(), page, self._view.places.words(spot.page))

    def offered_texts(self) -> tuple[str, ...]:
        """Return the words that go on with what is typed, as they would be typed."""
        return tuple(each.text for each in self.offers)

    def offer_words(self, field: Field, text: str, spot: Spot) -> None:
        """Show the words that go on with what is typed; a word that was chosen of them keeps them in sight."""
        if text in self.offered_texts():
            return
        had = bool(self.offers)
        self.offers = self._offers_for(field, text)
        if self.offers:
            self._work_out(spot.page)
            shown = tuple(each.shown for each in self.offers)
            around, page = self._editors.geometry(), self._view.places.page_rect(spot.page)
            self._hint.show_options(shown, around, page, self._printed, is_column=True)
        elif had:
            self._hide()

    def offer(self, field_id: str, sentence: str) -> None:
        """Say something at a field that stays while others are typed in, until it is withdrawn."""
        stop = self._view.paper.stop(field_id)
        if stop is not None:
            number = self._view.paper.spot(stop).page
            printed = [*self._view.places.words(number), *[self._editors.geometry()] * _EDITOR_WEIGHT]
            page, place = self._view.places.page_rect(number), self._view.field_rect(field_id)
            self.standing.tell("", sentence, place, page, printed)
            self._said = (field_id, sentence)

    def withdraw(self) -> None:
        """Take back what was said by `offer`."""
        self.standing.hide()
        self._said = ("", "")

    def _arrange(self) -> None:
        field_id, sentence = self._said
        if field_id:
            self.standing.hide()
            self.offer(field_id, sentence)

    def _offers_for(self, field: Field, text: str) -> tuple[Offer, ...]:
        if field.kind not in ("text", "name") or not text:
            return ()
        return offered_characters(text) or self.offer_for(field.id, text)

    def _choose(self, shown: str) -> None:
        self.word_chosen.emit(next((each.text for each in self.offers if each.shown == shown), shown))

    def _work_out(self, page: int) -> None:
        self._printed = self._printed or self._view.places.words(page)

    def _hide(self) -> None:
        self._hint.hide()
        self.note.hide()
