"""Where everything of a paper stands at one scale, in pixels of the widget that shows it.

Pages stand one under another. It paints nothing; at another zoom, or for other pages, it is made anew.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF

from desktop_app.forms.layout import LaidPage
from desktop_app.forms.marks import MM_PER_POINT, Text
from desktop_app.forms.slots import Area
from desktop_app.ui.paper import stops
from desktop_app.ui.paper.paper import Paper
from desktop_app.ui.paper.stops import Spot, Stop

MARGIN = 20  # px round each page, where its shadow falls
_SLACK = 4  # px by which a painted value may stand out of its slot


class Places:
    """The places of a `Paper`.

    Attributes:
        scale: Pixels for a millimetre.
        tops: Where each page begins, from the top of the widget.
        size: The size of all pages and the margins round them.
        spots_of: The spots of each page: index and where its value may be painted.
    """

    def __init__(self, paper: Paper, scale: float) -> None:
        self._paper = paper
        self.scale = scale
        self.tops: list[int] = []
        top, wide = MARGIN, 0
        for page in paper.pages:
            self.tops.append(top)
            top += round(page.height * scale) + MARGIN
            wide = max(wide, round(page.width * scale))
        self.size = QSize(wide + 2 * MARGIN, top)
        self.spots_of: list[list[tuple[int, QRect]]] = [[] for _ in paper.pages]
        for index, spot in enumerate(paper.spots):
            self.spots_of[spot.page].append((index, self.spot_rect(spot)))

    def page_rect(self, number: int) -> QRect:
        """Return where a page stands (from 0)."""
        page = self._page(number)
        return QRect(
            MARGIN, self.tops[number], round(page.width * self.scale), round(page.height * self.scale)
        )

    def pixels(self, number: int, area: Area) -> QRectF:
        """Return where an area of a page stands, given in mm."""
        x, y, scale = MARGIN, self.tops[number], self.scale
        return QRectF(x + area.x * scale, y + area.y * scale, area.width * scale, area.height * scale)

    def spot_rect(self, spot: Spot) -> QRect:
        """Return where the value of a spot may be painted."""
        slot = spot.slot
        area = Area(slot.x, slot.y, slot.width, slot.height, "place")
        return self.pixels(spot.page, area).toAlignedRect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)

    def stop_rect(self, stop: Stop, spot: Spot) -> QRectF:
        """Return where a field is typed at one of its spots: its whole cell, or the first of its squares."""
        if stop.way == "marks":
            slot = stops.marks_of(stop)[0].slot
            return self.pixels(spot.page, Area(slot.x, slot.y, slot.width, slot.height, "place"))
        return self.pixels(spot.page, stops.typing_area(stop, spot, self._page(spot.page)))

    def corner_rect(self, stop: Stop, spot: Spot) -> QRectF:
        """Return the place whose corner tells that something is wrong with a field."""
        return self.pixels(spot.page, stops.corner_area(stop, spot, self._page(spot.page)))

    def found_at(self, point: QPointF) -> tuple[Stop, Spot] | None:
        """Return what a click at a point means; None where there is no field."""
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

    def words(self, number: int) -> list[QRect]:
        """Return where words and values stand on a page."""
        top, scale = self.tops[number], self.scale
        values = (
            mark
            for spot, marks in zip(self._paper.spots, self._paper.marks, strict=True)
            if spot.page == number
            for mark in marks
        )
        found = []
        for mark in (*self._page(number).marks, *values):
            if isinstance(mark, Text):
                high = mark.size * MM_PER_POINT
                wide = (high + mark.spread) * len(mark.text)
                corner = QPointF(MARGIN + mark.x * scale, top + (mark.y - high) * scale)
                found.append(QRectF(corner, QSizeF(wide * scale, high * scale)).toRect())
        return found

    def _millimetres(self, point: QPointF) -> tuple[int, float, float] | None:
        """Return the page under a point and the place on it, mm."""
        for number in range(len(self.tops)):
            rect = self.page_rect(number)
            if rect.contains(point.toPoint()):
                return number, (point.x() - rect.x()) / self.scale, (point.y() - rect.y()) / self.scale
        return None

    def _page(self, number: int) -> LaidPage:
        return self._paper.pages[number]
