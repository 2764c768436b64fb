"""The fields of a paper on the screen: where each stands, its name for screen readers, its place in the Tab order.

Nothing is typed here; what a proxy is asked goes on by signal.
"""

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop_app.forms.slots import Area
from desktop_app.ui.paper import field_access, stops
from desktop_app.ui.paper.paper import Paper
from desktop_app.ui.paper.paper_view import PaperView
from desktop_app.ui.paper.proxies import FieldProxy
from desktop_app.ui.paper.stops import Spot, Stop


class FieldView(PaperView):
    """A paper whose fields can be pointed at and reached by keyboard.

    Signals:
        proxy_entered: The focus came to a field (its name).
        proxy_left: The focus went from a field (its name, the reason).
        asked: What a key at a square or ring asks, as in `FieldProxy`.
    """

    proxy_entered = Signal(str)
    proxy_left = Signal(str, Qt.FocusReason)
    asked = Signal(str)

    def __init__(self, paper: Paper, parent: QWidget | None = None) -> None:
        field_access.install()
        self._proxies: dict[str, FieldProxy] = {}
        super().__init__(paper, parent)
        self.setMouseTracking(True)

    def typing_fields(self) -> tuple[str, ...]:
        """Return the fields that Tab goes through now, in the paper's order."""
        return tuple(stop.name for stop in self._paper.reachable())

    def field_names(self) -> tuple[str, ...]:
        """Return every field of the paper, those of rows with their number, in the paper's order."""
        return tuple(stop.name for stop in self._paper.stops)

    def field_rect(self, field_id: str) -> QRect:
        """Return where a field stands, in the sheet's pixels; empty where the paper has it not."""
        stop = self._paper.stop(field_id)
        if stop is None:
            return QRect()
        spot = self._place(stop)
        return self._pixels(spot.page, self._area(stop, spot)).toAlignedRect()

    def _place(self, stop: Stop) -> Spot:
        shown = stops.shown_spots(stop, self._paper.answers_at(stop.row))
        return shown[0] if shown else stop.spots[0]

    def _area(self, stop: Stop, spot: Spot) -> Area:
        if stop.way == "marks":
            slot = stops.marks_of(stop)[0].slot
            return Area(slot.x, slot.y, slot.width, slot.height, "place")
        return stops.typing_area(stop, spot, self._page(spot.page))

    def _proxy(self, stop: Stop) -> FieldProxy:
        proxy = self._proxies.get(stop.name)
        if proxy is None:
            proxy = self._proxies[stop.name] = FieldProxy(stop.name, stop.label, self)
            proxy.takes_keys = stop.way == "marks"
            proxy.entered.connect(self.proxy_entered)
            proxy.left.connect(self.proxy_left)
            proxy.asked.connect(self.asked)
            if stop.row >= 0:
                # The Tab key reaches rows through the sheet alone; a list of 500 has no 5,000 widgets.
                proxy.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            proxy.show()
        proxy.setGeometry(self.field_rect(stop.name))
        return proxy

    def _describe(self, name: str) -> None:
        stop, proxy = self._paper.stop(name), self._proxies.get(name)
        if stop is not None and proxy is not None:
            proxy.setAccessibleDescription(self._paper.shown_text(stop))

    def _arrange(self) -> None:
        super()._arrange()
        names = {stop.name for stop in self._paper.stops}
        for name in [name for name in self._proxies if name not in names]:
            self._proxies.pop(name).deleteLater()
        for stop in self._paper.stops:
            if stop.row < 0 or stop.name in self._proxies:
                self._proxy(stop)
                self._describe(stop.name)

    def _spot_at(self, point: QPointF) -> tuple[Stop, Spot] | None:
        here = self._millimetres(point)
        if here is None:
            return None
        number, x, y = here
        for stop in self._paper.stops:
            for spot in stop.spots:
                if spot.page == number and (stop.way != "marks" or spot.slot.option):
                    reach = stops.reach_of(spot.slot, self._page(number))
                    if reach.x <= x <= reach.x + reach.width and reach.y <= y <= reach.y + reach.height:
                        return stop, spot
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would do."""
        found = self._spot_at(event.position())
        shape = Qt.CursorShape.ArrowCursor
        if found is not None:
            shape = (
                Qt.CursorShape.PointingHandCursor if found[0].way == "marks" else Qt.CursorShape.IBeamCursor
            )
        self.setCursor(shape)
