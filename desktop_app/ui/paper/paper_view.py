"""Show a paper on the screen as it will be printed; nothing is typed here.

The form layer lies in a picture for each page; the marks of values are painted live. Pages stand one under another
on white, whatever the desktop's colours are.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop_app.finding import Outcome
from desktop_app.forms.layout import LaidPage
from desktop_app.forms.marks import MM_PER_POINT, Text
from desktop_app.forms.slots import Area
from desktop_app.ui.paper import stops
from desktop_app.ui.paper.paper import Paper
from desktop_app.ui.paper.stops import Spot
from desktop_app.ui.parts import painting

MARGIN = 20  # px round each page, where its shadow falls
SMALLEST_ZOOM, LARGEST_ZOOM = 0.25, 5.0
CORNER = 2.2  # mm
CORNER_COLOURS: Mapping[str, QColor] = {"fail": QColor("#C62132"), "warn": QColor("#B87503")}
_KEPT_PICTURES = 4  # an A3 page at 150 % is 16 MB
_SHADOW = QColor(0, 0, 0, 9)
_SHADOW_WIDTH = 6
_SMALLEST_TEXT = 9  # px
_SLACK = 4  # px by which a painted value may stand out of its slot


class PaperView(QWidget):
    """The pages of a `Paper` at a zoom."""

    def __init__(self, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper = paper
        self._zoom = 1.0
        self._marked: Mapping[str, Outcome] = {}
        self._pictures: OrderedDict[int, QPixmap] = OrderedDict()
        self._tops: list[int] = []
        self._spots_of: dict[int, list[tuple[int, QRect]]] = {}
        self._scale = 1.0
        self._arrange()

    def zoom(self) -> float:
        """Return the zoom; 1.0 is the true size at the screen's logical resolution."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Show the paper at a zoom between 0.25 and 5."""
        self._zoom = min(max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM)
        self._arrange()

    def zoom_for(self, width: int) -> float:
        """Return the zoom at which the widest page and its margins, which do not grow, are `width` pixels wide."""
        widest = max(page.width for page in self._paper.pages) * self.logicalDpiX() / 25.4
        # A pixel less, because the sheet rounds its own size.
        return (width - 2 * MARGIN - 1) / widest

    def zoom_for_text(self, pixels: float) -> float:
        """Return the zoom at which the smallest size that values are set in is so many pixels high."""
        smallest = min((spot.slot.size for spot in self._paper.spots), default=10.5)
        return pixels / (smallest * MM_PER_POINT * self.logicalDpiX() / 25.4)

    def zoom_for_page(self, height: int) -> float:
        """Return the zoom at which the highest page and its margins are `height` pixels high."""
        highest = max(page.height for page in self._paper.pages) * self.logicalDpiY() / 25.4
        return (height - 2 * MARGIN - 1) / highest

    def sizeHint(self) -> QSize:
        """Return the size of all pages at this zoom."""
        return self.size()

    def set_marked(self, marked: Mapping[str, Outcome]) -> None:
        """Put a small corner at fields: red for "fail", amber for "warn"."""
        self._marked = dict(marked)
        self.update()

    def _arrange(self) -> None:
        """Work out where pages and places stand in pixels."""
        self._scale = self.logicalDpiX() / 25.4 * self._zoom
        self._pictures.clear()
        self._tops = []
        top, wide = MARGIN, 0
        for page in self._paper.pages:
            self._tops.append(top)
            top += round(page.height * self._scale) + MARGIN
            wide = max(wide, round(page.width * self._scale))
        self._spots_of = {number: [] for number in range(len(self._paper.pages))}
        for index, spot in enumerate(self._paper.spots):
            self._spots_of[spot.page].append((index, self._spot_rect(spot)))
        self.setFixedSize(wide + 2 * MARGIN, top)
        self.updateGeometry()
        self.update()

    def _page_rect(self, number: int) -> QRect:
        page = self._paper.pages[number]
        return QRect(
            MARGIN, self._tops[number], round(page.width * self._scale), round(page.height * self._scale)
        )

    def _pixels(self, number: int, area: Area) -> QRectF:
        x, y, scale = MARGIN, self._tops[number], self._scale
        return QRectF(x + area.x * scale, y + area.y * scale, area.width * scale, area.height * scale)

    def _millimetres(self, point: QPointF) -> tuple[int, float, float] | None:
        """Return the page under a point and the place on it, mm."""
        for number in range(len(self._tops)):
            rect = self._page_rect(number)
            if rect.contains(point.toPoint()):
                return number, (point.x() - rect.x()) / self._scale, (point.y() - rect.y()) / self._scale
        return None

    def _words(self, number: int) -> list[QRect]:
        """Return where words and values stand on a page, in the sheet's pixels."""
        top, scale = self._tops[number], self._scale
        values = (
            mark
            for spot, marks in zip(self._paper.spots, self._paper.marks, strict=True)
            if spot.page == number
            for mark in marks
        )
        found = []
        for mark in (*self._paper.pages[number].marks, *values):
            if isinstance(mark, Text):
                high = mark.size * MM_PER_POINT
                wide = (high + mark.spread) * len(mark.text)
                corner = QPointF(MARGIN + mark.x * scale, top + (mark.y - high) * scale)
                found.append(QRectF(corner, QSizeF(wide * scale, high * scale)).toRect())
        return found

    def _spot_rect(self, spot: Spot) -> QRect:
        slot = spot.slot
        area = Area(slot.x, slot.y, slot.width, slot.height, "place")
        return self._pixels(spot.page, area).toAlignedRect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)

    def _picture(self, number: int) -> QPixmap:
        """Return the fixed part of a page at the screen's own pixels."""
        ratio = self.devicePixelRatioF()
        kept = self._pictures.get(number)
        if kept is not None and kept.devicePixelRatio() == ratio:
            self._pictures.move_to_end(number)
            return kept
        page = self._paper.pages[number]
        image = QImage(
            (self._page_rect(number).size().toSizeF() * ratio).toSize(), QImage.Format.Format_RGB32
        )
        image.fill(painting.PAPER)
        painter = QPainter(image)
        painting.paint(painter, page.marks, self._scale * ratio, is_snapped=True)
        painter.end()
        picture = self._pictures[number] = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(ratio)
        if len(self._pictures) > _KEPT_PICTURES:
            self._pictures.popitem(last=False)
        return picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what of the pages lies in the event's region."""
        painter = QPainter(self)
        dirty = event.rect()
        for number, top in enumerate(self._tops):
            rect = self._page_rect(number)
            around = rect.adjusted(-_SHADOW_WIDTH, -_SHADOW_WIDTH, _SHADOW_WIDTH, _SHADOW_WIDTH)
            if not around.intersects(dirty):
                continue
            if not rect.contains(dirty):
                self._paint_shadow(painter, rect)
            painter.drawPixmap(rect.topLeft(), self._picture(number))
            self._paint_under(painter, number)
            painter.save()
            painter.translate(MARGIN, top)
            marks = self._paper.marks
            for index, place in self._spots_of[number]:
                if marks[index] and place.intersects(dirty):
                    painting.paint(painter, marks[index], self._scale)
            painter.restore()
            self._paint_unread(painter, number)
            self._paint_corners(painter, number)
        painter.end()

    def _paint_unread(self, painter: QPainter, number: int) -> None:
        """Show what was typed for a date that could not be read, over all of its places."""
        for stop, text in self._paper.unread_days(number):
            spot = stop.spots[0]
            rect = self._pixels(number, stops.typing_area(stop, spot, self._page(number)))
            painter.fillRect(rect, painting.PAPER)
            font = QFont(painting.widget_font(spot.slot.size * MM_PER_POINT * self._scale, text))
            wide = QFontMetricsF(font).horizontalAdvance(text)
            if wide > rect.width():
                font.setPixelSize(max(round(font.pixelSize() * rect.width() / wide), _SMALLEST_TEXT))
            painter.setFont(font)
            painter.setPen(painting.INK)
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_under(self, painter: QPainter, number: int) -> None:
        """Paint what lies between the form and its values; nothing here."""

    @staticmethod
    def _paint_shadow(painter: QPainter, rect: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_SHADOW)
        for width in range(_SHADOW_WIDTH, 0, -1):
            painter.drawRoundedRect(rect.adjusted(-width, 1 - width, width, width), width, width)

    def _corners(self, number: int) -> Iterator[tuple[QRectF, QColor]]:
        for name, outcome in self._marked.items():
            stop, colour = self._paper.stop(name), CORNER_COLOURS.get(outcome)
            if stop is None or colour is None:
                continue
            shown = stops.shown_spots(stop, self._paper.answers_at(stop.row)) or stop.spots
            if shown[0].page == number:
                yield (
                    self._pixels(number, stops.corner_area(stop, shown[0], self._paper.pages[number])),
                    colour,
                )

    def _paint_corners(self, painter: QPainter, number: int) -> None:
        side = CORNER * self._scale
        painter.setPen(Qt.PenStyle.NoPen)
        for rect, colour in self._corners(number):
            painter.setBrush(colour)
            corner = rect.topRight()
            below, beside = corner + QPointF(0, side), corner - QPointF(side, 0)
            painter.drawPolygon(QPolygonF([corner, below, beside]))

    def _page(self, number: int) -> LaidPage:
        return self._paper.pages[number]
