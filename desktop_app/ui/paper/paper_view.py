"""Show a filled paper on the screen as it will be printed; nothing is typed here.

The form layer lies in a picture for each page; the marks of values are painted live. Pages stand one under another
on white, whatever the desktop's colours are.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from desktop_app.case import Answers
from desktop_app.finding import Outcome
from desktop_app.forms.marks import MM_PER_POINT
from desktop_app.ui.paper import stops
from desktop_app.ui.paper.editor_frame import FILL, FRAME, FRAME_WIDTH
from desktop_app.ui.paper.paper import Paper
from desktop_app.ui.paper.places import MARGIN, Places
from desktop_app.ui.paper.stops import Spot
from desktop_app.ui.parts import painting

SMALLEST_ZOOM, LARGEST_ZOOM = 0.25, 5.0
CORNER = 2.2  # mm
CORNER_COLOURS: Mapping[str, QColor] = {"fail": QColor("#C62132"), "warn": QColor("#B87503")}
_KEPT_PICTURES = 4  # an A3 page at 150 % is 16 MB
_SHADOW = QColor(0, 0, 0, 9)
_SHADOW_WIDTH = 6
_SMALLEST_TEXT = 9  # px


class PaperView(QWidget):
    """The pages of a `Paper` at a zoom.

    Signals:
        arranged: Pages and places stand elsewhere: the zoom is another, or rows came or went.

    Attributes:
        paper: What is shown; changed through this view, which paints it.
        places: Where everything stands in this widget's pixels, since it was arranged last.
    """

    arranged = Signal()

    def __init__(self, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paper = paper
        self._zoom = 1.0
        self._marked: Mapping[str, Outcome] = {}
        self._lifted: Spot | None = None
        self._pictures: OrderedDict[int, QPixmap] = OrderedDict()
        self.arrange()

    def zoom(self) -> float:
        """Return the zoom; 1.0 is the true size at the screen's logical resolution."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Show the paper at a zoom between 0.25 and 5."""
        self._zoom = min(max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM)
        self.arrange()

    def zoom_for(self, width: int) -> float:
        """Return the zoom at which the widest page and its margins, which do not grow, are `width` pixels wide."""
        widest = max(page.width for page in self.paper.pages) * self.logicalDpiX() / 25.4
        # A pixel less, because the sheet rounds its own size.
        return (width - 2 * MARGIN - 1) / widest

    def zoom_for_text(self, pixels: float) -> float:
        """Return the zoom at which the smallest size that values are set in is so many pixels high."""
        smallest = min((spot.slot.size for spot in self.paper.spots), default=10.5)
        return pixels / (smallest * MM_PER_POINT * self.logicalDpiX() / 25.4)

    def zoom_for_page(self, height: int) -> float:
        """Return the zoom at which the highest page and its margins are `height` pixels high."""
        highest = max(page.height for page in self.paper.pages) * self.logicalDpiY() / 25.4
        return (height - 2 * MARGIN - 1) / highest

    def sizeHint(self) -> QSize:
        """Return the size of all pages at this zoom."""
        return self.size()

    def answers(self) -> Answers:
        """Return the answers in the model."""
        return dict(self.paper.answers)

    def rows(self) -> tuple[Answers, ...]:
        """Return the rows of a list paper."""
        return tuple(dict(row) for row in self.paper.rows)

    def field_names(self) -> tuple[str, ...]:
        """Return every field of the paper, those of rows with their number, in the paper's order."""
        return tuple(stop.name for stop in self.paper.stops)

    def typing_fields(self) -> tuple[str, ...]:
        """Return the fields that Tab goes through now, in the paper's order."""
        return tuple(stop.name for stop in self.paper.reachable())

    def field_rect(self, field_id: str) -> QRect:
        """Return where a field stands, in the sheet's pixels; empty where the paper has it not."""
        stop = self.paper.stop(field_id)
        return QRect() if stop is None else self.places.stop_rect(stop, self.paper.spot(stop)).toAlignedRect()

    def set_marked(self, marked: Mapping[str, Outcome]) -> None:
        """Put a small corner at fields: red for "fail", amber for "warn"."""
        self._marked = dict(marked)
        self.update()

    def lift(self, spot: Spot | None) -> None:
        """Show the square that the keys act on, pale yellow with a blue frame; None shows none."""
        for each in (self._lifted, spot):
            if each is not None:
                self.update(self.places.spot_rect(each))
        self._lifted = spot

    def show_answers(self, row: int, answers: Answers) -> None:
        """Show other answers of a row (-1: of the paper); only what changed is painted."""
        touched = self.paper.set_answers(row, answers)
        if touched is None:
            self.arrange()
            return
        for index in touched:
            spot = self.paper.spots[index]
            self.update(self.places.spot_rect(spot))
            if spot.slot.style in stops.PARTS:
                # What cannot be read as a date stands over all of its places.
                self.update(self.field_rect(stops.stop_name(spot.slot.field_id, row)))

    def arrange(self) -> None:
        """Work out anew where pages and places stand."""
        self._pictures.clear()
        self._lifted = None
        self.places = Places(self.paper, self.logicalDpiX() / 25.4 * self._zoom)
        self.setFixedSize(self.places.size)
        self.updateGeometry()
        self.update()
        self.arranged.emit()

    def _picture(self, number: int) -> QPixmap:
        """Return the fixed part of a page at the screen's own pixels."""
        ratio = self.devicePixelRatioF()
        kept = self._pictures.get(number)
        if kept is not None and kept.devicePixelRatio() == ratio:
            self._pictures.move_to_end(number)
            return kept
        size = (self.places.page_rect(number).size().toSizeF() * ratio).toSize()
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(painting.PAPER)
        painter = QPainter(image)
        painting.paint(painter, self.paper.pages[number].marks, self.places.scale * ratio, is_snapped=True)
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
        for number, top in enumerate(self.places.tops):
            rect = self.places.page_rect(number)
            around = rect.adjusted(-_SHADOW_WIDTH, -_SHADOW_WIDTH, _SHADOW_WIDTH, _SHADOW_WIDTH)
            if not around.intersects(dirty):
                continue
            if not rect.contains(dirty):
                self._paint_shadow(painter, rect)
            painter.drawPixmap(rect.topLeft(), self._picture(number))
            self._paint_lifted(painter, number)
            painter.save()
            painter.translate(MARGIN, top)
            marks = self.paper.marks
            for index, place in self.places.spots_of[number]:
                if marks[index] and place.intersects(dirty):
                    painting.paint(painter, marks[index], self.places.scale)
            painter.restore()
            self._paint_unread(painter, number)
            self._paint_corners(painter, number)
        painter.end()

    @staticmethod
    def _paint_shadow(painter: QPainter, rect: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_SHADOW)
        for width in range(_SHADOW_WIDTH, 0, -1):
            painter.drawRoundedRect(rect.adjusted(-width, 1 - width, width, width), width, width)

    def _paint_lifted(self, painter: QPainter, number: int) -> None:
        """Paint the square that the keys act on, between the form and its values."""
        if self._lifted is None or self._lifted.page != number:
            return
        rect = self.places.spot_rect(self._lifted).adjusted(1, 1, -1, -1)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(rect, FILL)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(FRAME, FRAME_WIDTH))
        painter.drawRect(rect)

    def _paint_unread(self, painter: QPainter, number: int) -> None:
        """Show what was typed for a date that could not be read, over all of its places."""
        for stop, text in self.paper.unread_days(number):
            spot = stop.spots[0]
            rect = self.places.stop_rect(stop, spot)
            painter.fillRect(rect, painting.PAPER)
            size = spot.slot.size * MM_PER_POINT * self.places.scale
            font = QFont(painting.widget_font(size, text))
            wide = QFontMetricsF(font).horizontalAdvance(text)
            if wide > rect.width():
                font.setPixelSize(max(round(font.pixelSize() * rect.width() / wide), _SMALLEST_TEXT))
            painter.setFont(font)
            painter.setPen(painting.INK)
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)

    def _corners(self, number: int) -> Iterator[tuple[QRectF, QColor]]:
        for name, outcome in self._marked.items():
            stop, colour = self.paper.stop(name), CORNER_COLOURS.get(outcome)
            if stop is not None and colour is not None and self.paper.spot(stop).page == number:
                yield self.places.corner_rect(stop, self.paper.spot(stop)), colour

    def _paint_corners(self, painter: QPainter, number: int) -> None:
        side = CORNER * self.places.scale
        painter.setPen(Qt.PenStyle.NoPen)
        for rect, colour in self._corners(number):
            painter.setBrush(colour)
            corner = rect.topRight()
            below, beside = corner + QPointF(0, side), corner - QPointF(side, 0)
            painter.drawPolygon(QPolygonF([corner, below, beside]))
