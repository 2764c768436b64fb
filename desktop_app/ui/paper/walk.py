"""Going from field to field of a paper: one is entered and its editor opened, left and what was typed taken.

The focus goes with it at all times. It knows no key and no mouse.
"""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from desktop_app.ui.paper.editors import Editors
from desktop_app.ui.paper.fields import Fields
from desktop_app.ui.paper.paper_view import PaperView
from desktop_app.ui.paper.squares import Squares
from desktop_app.ui.paper.stops import Spot, Stop
from desktop_app.ui.paper.telling import Telling
from desktop_app.ui.paper.typed import InUse, Typing


class Walk(QObject):
    """Which field of a paper view is in use.

    Signals:
        entered: This field is in use now.
        left: A field was left, and its answer is another than when it was entered.
    """

    entered = Signal(str)
    left = Signal(str)

    def __init__(
        self,
        view: PaperView,
        fields: Fields,
        squares: Squares,
        editors: Editors,
        telling: Telling,
        typing: Typing,
    ) -> None:
        super().__init__(view)
        self._view, self._fields, self._squares = view, fields, squares
        self._editors, self._telling, self._typing = editors, telling, typing
        fields.entered.connect(self._field_focused)
        fields.left.connect(self._field_unfocused)
        editors.focus_left.connect(self._editor_left)
        view.arranged.connect(self._arrange)

    def go_to(self, name: str, *, is_selected: bool = True) -> bool:
        """Begin to type in a field; False where the paper has it not."""
        stop = self._view.paper.stop(name)
        if stop is not None:
            self.enter(stop, self._view.paper.spot(stop), is_selected=is_selected)
        return stop is not None

    def enter(self, stop: Stop, spot: Spot, option: int | None = None, *, is_selected: bool = True) -> None:
        """Begin to type in a field at a place, or at one of its squares; without `is_selected` behind what is there."""
        if stop.field.id in self._view.paper.decided:
            self.leave()
            self._fields.pass_focus(self._view)
            self.tidy()
            self._telling.hush()
            self._telling.tell_decided(stop)
            return
        here = self._typing.here
        if here is not None and (here.stop.name, here.spot) == (stop.name, spot):
            self._focus(here)
            if here.editor is not None and not is_selected:
                here.editor.put_caret_last()
            return
        self.leave()
        self._telling.hush()
        paper = self._view.paper
        stop = paper.stop(stop.name) or stop  # leaving may have laid a list out anew
        spot = spot if spot in stop.spots else paper.spot(stop)
        editor = None
        if stop.way != "marks":
            editor = self._editors.editor_for(stop.way, stop.label, spot.slot.boxes)
        here = self._typing.here = InUse(stop, spot, editor, paper.value(stop))
        if editor is None:
            self._squares.enter(stop, option)
        else:
            self._typing.begin(editor, is_selected=is_selected)
        self._focus(here)
        self.tidy()
        self.entered.emit(stop.name)

    def go(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) field; False where there is none."""
        self._typing.commit()
        target = self._view.paper.neighbour(self._typing.name(), step)
        if target is not None:
            self.enter(target, self._view.paper.spot(target))
        return target is not None

    def leave(self) -> None:
        """Take what was typed and be in no field; the editor is hidden by `tidy`, when the focus has gone."""
        if editor := self._typing.editor():
            QGuiApplication.inputMethod().commit()
            editor.end_composing()
            self._typing.commit()
        here = self._typing.here
        if here is None:
            return
        self.drop()
        self._typing.begin_second(here)
        if self._view.paper.value(here.stop) != here.entered:
            self.left.emit(here.stop.name)

    def drop(self) -> None:
        """Be in no field and take nothing of what was typed."""
        self._typing.here = None
        self._squares.leave()
        self._telling.hush()

    def close(self) -> None:
        """Take what was typed and leave the field; the paper keeps the focus."""
        is_here = self._fields.has_focus()
        self.leave()
        if is_here:
            self._fields.pass_focus(self._view)
        self.tidy()

    def tidy(self) -> None:
        """Hide the editors that are not in use."""
        self._editors.tidy(self._typing.editor())

    def _arrange(self) -> None:
        """Go on in the same field where it stands now."""
        here = self._typing.here
        if here is None:
            return
        stop = self._view.paper.stop(here.stop.name)
        if stop is None:
            self.drop()
            if self._fields.has_focus():
                self._fields.pass_focus(self._view)
            self.tidy()
            return
        self._typing.here = here._replace(stop=stop, spot=self._view.paper.spot(stop))
        if here.editor is None:
            self._squares.arrange(stop)
        self._typing.fit()

    def _focus(self, here: InUse) -> None:
        if here.editor is None:
            self._fields.focus(here.stop)
        else:
            here.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _editor_left(self, reason: Qt.FocusReason) -> None:
        if self._typing.editor() is not None and self._fields.is_left(reason):
            self.leave()
            self.tidy()

    def _field_unfocused(self, name: str) -> None:
        if self._typing.name() == name:
            self.leave()

    def _field_focused(self, name: str) -> None:
        if self._typing.name() != name:
            self.go_to(name)
