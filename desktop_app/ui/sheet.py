"""The paper that is typed into: one editor floats over the field in use, everything else is painted as it prints.

The sheet gives plain values by signal, one level up. It knows no store, no amounts and nothing of what is missing.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.case import Answer, Answers
from desktop_app.forms.draw import holds
from desktop_app.forms.marks import MM_PER_POINT
from desktop_app.forms.model import Form
from desktop_app.ui import editors, painting, stops
from desktop_app.ui.field_view import FieldView
from desktop_app.ui.history import Change, History, applied, change_between
from desktop_app.ui.paper import Paper
from desktop_app.ui.proxies import OptionHint
from desktop_app.ui.stops import Spot, Stop

_STAY = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_SMALLEST_TYPE = 14  # px
_NARROWEST_EDITOR = 24.0  # mm


class Sheet(FieldView):
    """One paper that is typed into.

    A field is told by its name: the field id, in a list's row with the running number (`applicant.name@3`).

    Signals:
        answers_edited: A field has a new answer in the model.
        answer_left: A field was left, and its answer is another than when it was entered.
        field_entered: This field is typed in now.
    """

    answers_edited = Signal(str)
    answer_left = Signal(str)
    field_entered = Signal(str)

    def __init__(
        self, form: Form, answers: Answers, rows: Sequence[Answers] = (), parent: QWidget | None = None
    ) -> None:
        self._history = History()
        self._current: Stop | None = None
        self._spot: Spot | None = None
        self._option = 0
        self._entered_value: Answer | None = None
        self._editor: editors.Editor | None = None
        self._made: dict[str, editors.Editor] = {}
        self._is_passing = False  # the focus goes through a proxy without opening its field
        super().__init__(Paper(form, answers, rows), parent)
        self.proxy_entered.connect(self._field_focused)
        self.proxy_left.connect(self._field_unfocused)
        self.asked.connect(self._act)
        self._frame = editors.EditorFrame(self)
        self._hint = OptionHint(self)
        self._hint.chosen.connect(self._put_words)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(form.title)

    # What the window reads and asks for.

    def answers(self) -> Answers:
        """Return the answers in the model; text in an open editor comes with `commit`."""
        return dict(self._paper.answers)

    def rows(self) -> tuple[Answers, ...]:
        """Return the rows of a list paper."""
        return tuple(dict(row) for row in self._paper.rows)

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
        return (
            "" if stop is None else stops.edited_text(self._paper.form, stop.field, self._paper.value(stop))
        )

    def _show_text_here(self) -> None:
        if self._editor is not None and self._editor.content() != self._text_here():
            self._editor.set_content(self._text_here())
            self._editor.selectAll()

    def current_field(self) -> str:
        """Return the field that is typed in; empty without one."""
        return self._current.name if self._current else ""

    def go_to(self, field_id: str) -> bool:
        """Begin to type in a field; False where the paper has it not."""
        stop = self._paper.stop(field_id)
        if stop is not None:
            self._enter(stop, self._place(stop))
        return stop is not None

    def go_next(self) -> bool:
        """Go on in the paper's order; at the end the text is taken and False comes back."""
        return self._go(1)

    def go_back(self) -> bool:
        """Go back in the paper's order; at the beginning False comes back."""
        return self._go(-1)

    def commit(self) -> None:
        """Take what stands in the open editor into the answers."""
        if self._current is None or self._editor is None:
            return
        stop, text = self._current, self._editor.content()
        if text != self._text_here():
            self._take(stop, stops.read_value(self._paper.form, stop.field, text))

    def undo(self) -> None:
        """Take back the last typing in the open editor, or else the last change of a field."""
        if self._editor and self._editor.can_undo():
            self._editor.undo()
        else:
            self._restore(self._history.undo(), is_undo=True)

    def redo(self) -> None:
        """Make again what was taken back."""
        if self._editor and self._editor.can_redo():
            self._editor.redo()
        else:
            self._restore(self._history.redo(), is_undo=False)

    def add_row(self) -> str:
        """Add an empty row to a list and return its first field; empty where the paper has no rows."""
        self.close_editor()
        self._paper.replace(self._paper.answers, [*self._paper.rows, {}])
        self._arrange()
        last = len(self._paper.rows) - 1
        return next((stop.name for stop in self._paper.stops if stop.row == last), "")

    def close_editor(self) -> None:
        """Take what is in the editor and leave the field; the paper keeps the focus."""
        is_here = self._has_focus_within()
        self._leave()
        if is_here:
            self._pass_focus(self)
        self._tidy()

    # Entering and leaving a field.

    def _enter(self, stop: Stop, spot: Spot, option: int = -1) -> None:
        if self._current is not None and self._current.name == stop.name and self._spot == spot:
            self._focus_field()
            return
        self._leave()
        stop = self._paper.stop(stop.name) or stop  # leaving may have laid a list out anew
        self._current, self._spot = stop, spot if spot in stop.spots else self._place(stop)
        self._entered_value = self._paper.value(stop)
        if stop.way == "marks":
            self._option = option if option >= 0 else self._ticked_option()
            self._tell_option()
        else:
            self._open(stop)
        self._focus_field()
        self._tidy()
        self.field_entered.emit(stop.name)

    def _open(self, stop: Stop) -> None:
        assert self._spot is not None
        editor = self._editor = self._editor_for(stop)
        if isinstance(editor, editors.BoxEditor):
            editor.boxes = self._spot.slot.boxes
        editor.setAccessibleName(stop.label)
        editor.set_content(self._text_here())
        editor.show()
        editor.raise_()
        self._frame.show()
        self._frame.raise_()
        self._fit_editor()
        editor.selectAll()
        self._hint.show_options(stops.option_labels(self._paper.form, stop.field), self._frame.geometry())

    def _editor_for(self, stop: Stop) -> editors.Editor:
        made = self._made.get(stop.way)
        if made is None:
            kind = {"prose": editors.ProseEditor, "boxes": editors.BoxEditor}.get(
                stop.way, editors.LineEditor
            )
            made = self._made[stop.way] = kind(self._frame)
            made.asked.connect(self._act)
            made.focus_left.connect(self._editor_left)
            made.textChanged.connect(self._fit_editor)
            if isinstance(made, editors.ProseEditor):
                made.grown.connect(self._fit_editor)
        return made

    def _fit_editor(self) -> None:
        """Put the editor over its place, as large as its text needs and inside the page."""
        if self._editor is None or self._current is None or self._spot is None:
            return
        editor, spot, is_boxes = self._editor, self._spot, self._current.way == "boxes"
        size = max(spot.slot.size * MM_PER_POINT * self._scale, _SMALLEST_TYPE)
        font = painting.widget_font(size, editor.content(), "song" if is_boxes else "hei")
        if editor.font() != font:
            editor.setFont(font)
        place = self._pixels(spot.page, self._area(self._current, spot)).toRect()
        page = self._page_rect(spot.page)
        narrowest = 0 if is_boxes else round(_NARROWEST_EDITOR * self._scale)
        least = QSize(max(place.width(), narrowest), place.height())
        if editor.width() != least.width():
            editor.resize(least.width(), editor.height())
        need = editor.wanted_size(least)
        wide = min(need.width(), page.width() - 8)
        left = min(place.x(), page.right() - wide - 4)
        is_tall = isinstance(editor, editors.ProseEditor) and need.height() > place.height()
        top = place.y() if is_tall else place.center().y() - need.height() // 2
        edge = editors.FRAME_WIDTH
        rect = QRect(left, top, wide, need.height()).adjusted(-edge, -edge, edge, edge)
        if self._frame.geometry() != rect:
            self._frame.setGeometry(rect)
        editor.setGeometry(editors.inner_rect(rect))
        if isinstance(editor, editors.ProseEditor):
            editor.centre()

    def _leave(self) -> None:
        """Take what was typed and be in no field; the editor is hidden by `_tidy`, when the focus has gone."""
        if self._current is None:
            return
        if self._editor:
            QGuiApplication.inputMethod().commit()
            self.commit()
        self._update_option()
        stop, was = self._current, self._entered_value
        self._current, self._spot, self._editor, self._entered_value = None, None, None, None
        self._hint.hide()
        if self._paper.value(stop) != was:
            self.answer_left.emit(stop.name)

    def _tidy(self) -> None:
        """Hide editors that are not in use; a hidden editor that had the focus would pass it to a stranger."""
        for editor in self._made.values():
            if editor is not self._editor:
                editor.hide()
        self._frame.setVisible(self._editor is not None)

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

    # Taking answers.

    def _take(self, stop: Stop, value: Answer | None) -> None:
        """Put an answer into the model, remember the change, and paint what it touches."""
        old = self._paper.answers_at(stop.row)
        new = stops.with_value(old, stop.field.id, value)
        change = change_between(stop.name, stop.row, old, new)
        if change is not None:
            self._paper.typed.add(stop.name)
            self._history.add(change)
            self._show_answers(change.row, new, change.after)
            self.answers_edited.emit(stop.name)

    def _show_answers(self, row: int, answers: Answers, changed: Iterable[str]) -> None:
        touched = self._paper.set_answers(row, answers)
        if touched is None:
            self._arrange()
            return
        for index in touched:
            self.update(self._spot_rect(self._paper.spots[index]))
        for field_id in changed:
            self._describe(stops.stop_name(field_id, row))

    def _restore(self, change: Change | None, *, is_undo: bool) -> None:
        if change is None:
            return
        values = change.before if is_undo else change.after
        if self._editor is not None and self.current_field() == change.place:
            self._close_without_taking()
        self._show_answers(change.row, applied(self._paper.answers_at(change.row), values), values)
        self.answers_edited.emit(change.place)
        self.go_to(change.place)
        self.answer_left.emit(change.place)

    def _close_without_taking(self) -> None:
        self._current, self._spot, self._editor, self._entered_value = None, None, None, None
        self._hint.hide()

    def _put_back(self) -> None:
        """Give the field the answer that it had when it was entered."""
        if self._current is None:
            return
        if self._paper.value(self._current) != self._entered_value:
            self._take(self._current, self._entered_value)
        self._show_text_here()

    # Keys.

    def _go(self, step: int) -> bool:
        self.commit()
        target = self._paper.neighbour(self.current_field(), step)
        if target is not None:
            self._enter(target, self._place(target))
        return target is not None

    def _act(self, act: str) -> None:
        """Do what a key in an editor or at a square asks."""
        match act:
            case "next" | "back":
                if not self._go(1 if act == "next" else -1) and self._editor:
                    self._editor.selectAll()
            case "onward" | "backward":
                if not self._go(1 if act == "onward" else -1):
                    self._leave_paper(is_forward=act == "onward")
            case "undo":
                self.undo()
            case "redo":
                self.redo()
            case "restore":
                self._put_back()
            case "earlier" | "later":
                self._step_option(1 if act == "later" else -1)
            case "tick":
                self._tick(self._option)

    def _leave_paper(self, *, is_forward: bool) -> None:
        """Give the focus to the window's next widget after the last field, or before the first."""
        self._leave()
        chain = [proxy for proxy in self._proxies.values() if proxy.focusPolicy() != Qt.FocusPolicy.NoFocus]
        if chain:
            self._pass_focus(chain[-1] if is_forward else chain[0])
        self._tidy()
        super().focusNextPrevChild(is_forward)

    # Squares, rings and words to choose from.

    def _ticked_option(self) -> int:
        assert self._current is not None
        value = self._paper.value(self._current)
        marks = stops.marks_of(self._current)
        ticked = (i for i, spot in enumerate(marks) if value is not None and holds(value, spot.slot.option))
        return next(ticked, 0)

    def _step_option(self, step: int) -> None:
        if self._current is None:
            return
        if self._current.way == "marks":
            self._update_option()
            self._option = (self._option + step) % len(stops.marks_of(self._current))
            self._tell_option()
            return
        words = stops.option_labels(self._paper.form, self._current.field)
        if words and self._editor:
            text = self._editor.content()
            at = words.index(text) + step if text in words else (0 if step > 0 else -1)
            self._put_words(words[at % len(words)])

    def _put_words(self, words: str) -> None:
        if self._editor:
            self._editor.selectAll()
            self._editor.insert(words)  # type: ignore[union-attr]
            self._editor.selectAll()

    def _tick(self, option: int) -> None:
        if self._current is None or self._current.way != "marks":
            return
        chosen = stops.marks_of(self._current)[option].slot.option
        self._take(
            self._current, stops.toggled(self._current.field, self._paper.value(self._current), chosen)
        )
        self._tell_option()

    def _tell_option(self) -> None:
        """Paint the square that the keys act on, and name it to screen readers."""
        self._update_option()
        if self._current is None:
            return
        option = stops.marks_of(self._current)[self._option].slot.option
        value = self._paper.value(self._current)
        state = "已选" if value is not None and holds(value, option) else "未选"
        words = stops.option_text(self._paper.form, self._current.field, option)
        self._proxy(self._current).setAccessibleDescription(f"{words}，{state}")

    def _update_option(self) -> None:
        if self._current is not None and self._current.way == "marks":
            self.update(self._spot_rect(stops.marks_of(self._current)[self._option]))

    def _paint_under(self, painter: QPainter, number: int) -> None:
        """Lift the square that the keys act on: pale yellow with a blue frame."""
        if self._current is None or self._current.way != "marks":
            return
        spot = stops.marks_of(self._current)[self._option]
        if spot.page != number:
            return
        rect = self._spot_rect(spot).adjusted(1, 1, -1, -1)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(rect, editors.FILL)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(editors.FRAME, editors.FRAME_WIDTH))
        painter.drawRect(rect)

    def _arrange(self) -> None:
        super()._arrange()
        if self._current is not None:
            self._current = self._paper.stop(self._current.name)
            self._spot = self._place(self._current) if self._current else None
            self._fit_editor()

    # The mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the field that was clicked with the caret there; tick a square; elsewhere leave the field."""
        found = self._spot_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if found is None:
            self.close_editor()
            return
        stop, spot = found
        if stop.way == "marks":
            option = stops.marks_of(stop).index(spot)
            self._enter(stop, self._place(stop), option)
            self._update_option()
            self._option = option
            self._tick(option)
            return
        self._enter(stop, spot)
        if self._editor:
            self._editor.put_caret(self._editor.mapFrom(self, QPoint(event.position().toPoint())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take undo and redo where no editor is open; leave the other keys to the window."""
        act = editors.asked_by(event)
        if act in ("undo", "redo", "next", "back") and self._current is None:
            self._act(act)
        else:
            super().keyPressEvent(event)
