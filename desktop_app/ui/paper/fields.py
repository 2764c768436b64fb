"""The fields of a paper for the keyboard and for screen readers: a proxy over each, the Tab order, the focus.

Nothing is typed here; what a proxy is asked goes on by signal.
"""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.ui.paper import field_access
from desktop_app.ui.paper.paper_view import PaperView
from desktop_app.ui.paper.proxies import FieldProxy
from desktop_app.ui.paper.stops import Stop

STAY = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class Fields(QObject):
    """A proxy for each field of a paper view.

    Signals:
        entered: The focus came to a field (its name), and not on its way to elsewhere.
        left: The focus went from a field (its name) out of the paper.
        asked: What a key at a square or ring asks, as in `FieldProxy`.

    Attributes:
        is_passing: True while the focus goes through the paper without opening a field.
    """

    entered = Signal(str)
    left = Signal(str)
    asked = Signal(str)

    def __init__(self, view: PaperView) -> None:
        super().__init__(view)
        field_access.install()
        self._view = view
        self._proxies: dict[str, FieldProxy] = {}
        self.is_passing = False
        view.arranged.connect(self._arrange)
        self._arrange()

    def describe(self, names: Iterable[str]) -> None:
        """Tell screen readers the answers that some fields have now."""
        for name in names:
            stop, proxy = self._view.paper.stop(name), self._proxies.get(name)
            if stop is not None and proxy is not None:
                proxy.setAccessibleDescription(self._view.paper.shown_text(stop))

    def say(self, stop: Stop, words: str) -> None:
        """Tell screen readers something at a field."""
        self._proxy(stop).setAccessibleDescription(words)

    def focus(self, stop: Stop) -> None:
        """Give a field the focus."""
        self._proxy(stop).setFocus(Qt.FocusReason.OtherFocusReason)

    def pass_focus(self, widget: QWidget) -> None:
        """Give a widget the focus without opening its field."""
        self.is_passing = True
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.is_passing = False

    def pass_to_end(self, *, is_last: bool) -> None:
        """Give the focus to the last field in the Tab order, or the first, without opening it."""
        chain = [proxy for proxy in self._proxies.values() if proxy.focusPolicy() != Qt.FocusPolicy.NoFocus]
        if chain:
            self.pass_focus(chain[-1 if is_last else 0])

    def has_focus(self) -> bool:
        """True if the focus is anywhere in the paper, as far as its window goes."""
        widget = self._view.window().focusWidget()
        return widget is not None and (widget is self._view or self._view.isAncestorOf(widget))

    def is_left(self, reason: Qt.FocusReason) -> bool:
        """True if the focus that went for this reason is out of the paper; a menu or another window gives it back."""
        return reason not in STAY and not self.has_focus()

    def _proxy(self, stop: Stop) -> FieldProxy:
        proxy = self._proxies.get(stop.name)
        if proxy is None:
            proxy = self._proxies[stop.name] = FieldProxy(stop.name, stop.label, self._view)
            proxy.takes_keys = stop.way == "marks"
            proxy.entered.connect(self._came)
            proxy.left.connect(self._went)
            proxy.asked.connect(self.asked)
            if stop.row >= 0:
                # The Tab key reaches rows through the sheet alone; a list of 500 has no 5,000 widgets.
                proxy.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            proxy.show()
        proxy.setGeometry(self._view.field_rect(stop.name))
        return proxy

    def _arrange(self) -> None:
        stops = self._view.paper.stops
        names = {stop.name for stop in stops}
        for name in [name for name in self._proxies if name not in names]:
            self._proxies.pop(name).deleteLater()
        for stop in stops:
            if stop.row < 0 or stop.name in self._proxies:
                self._proxy(stop)
                self.describe((stop.name,))

    def _came(self, name: str) -> None:
        if not self.is_passing:
            self.entered.emit(name)

    def _went(self, name: str, reason: Qt.FocusReason) -> None:
        if self.is_left(reason):
            self.left.emit(name)
