"""Typing into a paper: a field is entered, its editor opened over it, what was typed taken, the field left.

One editor floats over the field in use; the focus and what is typed agree at all times. It knows no menu and no key.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.case import Answer, Answers
from desktop_app.forms.marks import MM_PER_POINT
from desktop_app.ui.paper import stops
from desktop_app.ui.paper.history import change_between
from desktop_app.ui.paper.paper import Paper
from desktop_app.ui.paper.stops import Spot, Stop
from desktop_app.ui.paper.telling_view import TellingView

_STAY = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_NARROWEST_EDITOR = 24.0  # mm


class TypingView(TellingView):
    """A paper with one field that is typed in, or none.

    A field is told by its name: the field id, in a list's row with the running number (`applicant.name@3`).

    Signals:
        field_entered: This field is typed in now.
        overfilled: Far more was pasted than any answer has, so many characters; nothing of it was taken.
    """

    field_entered = Signal(str)
    overfilled = Signal(int)

    def __init__(self, paper: Paper, parent: QWidget | None = None) -> None:
        self._entered_value: Answer | None = None
        self._is_passing = False  # the focus goes through a proxy without opening its field
        super().__init__(paper, parent)
        self.proxy_entered.connect(self._field_focused)
        self.proxy_left.connect(self._field_unfocused)
        self._desk.focus_left.connect(self._editor_left)
        self._desk.outgrown.connect(self._text_changed)
        self._desk.overfilled.connect(self.overfilled)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def set_answers(self, answers: Answers, rows: Sequence[Answers] | None = None) -> None:
        """Show other answers, as when a rule worked one out; no signal, no undo.

        What is being typed stays; an open editor in which nothing was typed shows the new answer.
        """
        is_untouched = self._editor is not None and self._editor.content() == self._text_here()
        if rows is not None and tuple(rows) != self.rows():
            self._paper.replace(answers, rows)
            self._arrange()
        else:
            self._show_answers(-1, answers, {**self._paper.answers, **answers})
        if self._current is not None and is_untouched:
            self._entered_value = self._paper.value(self._current)
            self._show_text_here()

    def _text_here(self) -> str:
        """Return the text with which the editor of the field in use begins."""
        stop = self._current
        if stop is None or self._second.is_waiting(stop.name):
            return ""
        return stops.edited_text(self._paper.form, stop.field, self._paper.value(stop))

    def _show_text_here(self) -> None:
        if self._editor is not None and self._editor.content() != self._text_here():
            self._editor.set_content(self._text_here())
            self._editor.selectAll()

    def current_field(self) -> str:
        """Return the field that is typed in; empty without one."""
        return self._current.name if self._current else ""

    def go_to(self, field_id: str, *, is_selected: bool = True) -> bool:
        """Begin to type in a field; False where the paper has it not.

        Without `is_selected` the caret stands behind what is there, so that one stray key replaces nothing. A field
        that only the policy gives says so.
        """
        stop = self._paper.stop(field_id)
        if stop is not None:
            self._enter(stop, self._place(stop), is_selected=is_selected)
        return stop is not None

    def commit(self) -> None:
        """Take what stands in the open editor into the answers."""
        if self._current is None or self._editor is None or self._second.is_waiting(self._current.name):
            return
        stop, text = self._current, self._editor.content()
        if text != self._text_here():
            self._take(stop, stops.read_value(self._paper.form, stop.field, text))

    def take_answers(self, values: Answers) -> None:
        """Take several answers at once, as one change that is undone at once."""
        self.commit()
        old = self._paper.answers
        change = change_between(self.current_field() or next(iter(values)), -1, old, {**old, **values})
        if change is not None:
            self._history.add(change)
            self._show_answers(-1, {**old, **values}, change.after)
            if self.current_field() in values:
                self._entered_value = self._paper.answers[self.current_field()]
                self._show_text_here()
            self.answers_edited.emit(change.place)

    def close_editor(self) -> None:
        """Take what is in the editor and leave the field; the paper keeps the focus."""
        is_here = self._has_focus_within()
        self._leave()
        if is_here:
            self._pass_focus(self)
        self._tidy()

    def _enter(self, stop: Stop, spot: Spot, option: int = -1, *, is_selected: bool = True) -> None:
        if stop.field.id in self._paper.decided:
            self._leave()
            self._pass_focus(self)
            self._tidy()
            self._hush()
            self._tell_decided(stop)
            return
        if self._current is not None and self._current.name == stop.name and self._spot == spot:
            self._focus_field()
            if self._editor is not None and not is_selected:
                self._editor.put_caret_last()
            return
        self._leave()
        self._hush()
        stop = self._paper.stop(stop.name) or stop  # leaving may have laid a list out anew
        self._current, self._spot = stop, spot if spot in stop.spots else self._place(stop)
        self._entered_value = self._paper.value(stop)
        if stop.way == "marks":
            self._option = option if option >= 0 else self._ticked_option()
            self._tell_option()
        else:
            self._open(stop, is_selected=is_selected)
        self._focus_field()
        self._tidy()
        self.field_entered.emit(stop.name)

    def _open(self, stop: Stop, *, is_selected: bool) -> None:
        assert self._spot is not None
        editor = self._editor = self._desk.made_for(stop.way, stop.label, self._spot.slot.boxes)
        editor.set_content(self._text_here())
        self._desk.show(editor)
        self._fit_editor()
        if is_selected:
            editor.selectAll()
        else:
            editor.put_caret_last()
        words = stops.option_labels(self._paper.form, stop.field)
        if words:
            page = self._spot.page
            self._desk.show_words(words, self._page_rect(page), self._words(page))
        self._read_back()

    def _text_changed(self) -> None:
        self._fit_editor()
        if not self._note_pause.isActive():
            self._note_pause.start()

    def _fit_editor(self) -> None:
        """Put the editor over its place, as large as its text needs and inside the page."""
        if self._editor is None or self._current is None or self._spot is None:
            return
        spot = self._spot
        place = self._pixels(spot.page, self._area(self._current, spot)).toRect()
        narrowest = 0 if self._current.way == "boxes" else round(_NARROWEST_EDITOR * self._scale)
        type_size = spot.slot.size * MM_PER_POINT * self._scale
        self._desk.fit(self._editor, place, self._page_rect(spot.page), type_size, narrowest)

    def _leave(self) -> None:
        """Take what was typed and be in no field; the editor is hidden by `_tidy`, when the focus has gone."""
        if self._current is None:
            return
        if self._editor:
            QGuiApplication.inputMethod().commit()
            self._editor.end_composing()
            self.commit()
        self._update_option()
        stop, was = self._current, self._entered_value
        self._current, self._spot, self._editor, self._entered_value = None, None, None, None
        self._hush()
        value = self._paper.value(stop)
        if value != was and self._second.wants(stop.name, stop.field, value):
            self._second.begin(stop.name, str(value))
        if value != was:
            self.answer_left.emit(stop.name)

    def _tidy(self) -> None:
        self._desk.tidy(self._editor)

    def _focus_field(self) -> None:
        assert self._current is not None
        target = self._editor or self._proxy(self._current)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_focus_within(self) -> bool:
        widget = self.window().focusWidget()
        return widget is not None and (widget is self or self.isAncestorOf(widget))

    def _editor_left(self, reason: Qt.FocusReason) -> None:
        if reason not in _STAY and self._editor is not None and not self._has_focus_within():
            self._leave()
            self._tidy()

    def _field_unfocused(self, name: str, reason: Qt.FocusReason) -> None:
        if reason not in _STAY and self.current_field() == name and not self._has_focus_within():
            self._leave()

    def _field_focused(self, name: str) -> None:
        if not self._is_passing and self.current_field() != name:
            self.go_to(name)

    def _pass_focus(self, widget: QWidget) -> None:
        self._is_passing = True
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._is_passing = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Open the field in use, or the first: the paper has no other use for the focus."""
        super().focusInEvent(event)
        is_asked = event.reason() not in (*_STAY, Qt.FocusReason.MouseFocusReason)
        if is_asked and not self._is_passing and self._current is None:
            self._go(1)

    def _close_without_taking(self) -> None:
        self._current, self._spot, self._editor, self._entered_value = None, None, None, None
        self._hush()

    def _go(self, step: int) -> bool:
        self.commit()
        target = self._paper.neighbour(self.current_field(), step)
        if target is not None:
            self._enter(target, self._place(target))
        return target is not None

    def _arrange(self) -> None:
        super()._arrange()
        if self._current is not None:
            self._current = self._paper.stop(self._current.name)
            self._spot = self._place(self._current) if self._current else None
            self._fit_editor()
