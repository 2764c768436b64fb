"""Paint marks with Qt: every glyph where the layout put it, on screen, on a picture and on a printer alike.

Nothing is shaped, kerned, hinted or substituted here: the face of a run is what the mark says, and the place of each
character follows from the widths that the layout measured with. This module knows no form and no case.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGlyphRun,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QRawFont,
)

from desktop_app.forms import faces
from desktop_app.forms.marks import ALL_LAYERS, MM_PER_POINT, Layer, Line, Mark, Path, Text

INK = QColor(0, 0, 0)
PAPER = QColor(255, 255, 255)
_LARGEST_GLYPH = 60.0  # device px; Qt's raster engine leaves runs above 64 out
_PROBE_SIZE = 20  # px; a raw font is made at this size and then set to the one that is wanted


@cache
def load_face(face: str) -> str:
    """Register a bundled face when it is first needed and return its family name.

    Raises:
        FileNotFoundError: If the font file is missing or damaged; the message says what to do.
    """
    path = faces.font_file(face)
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    if not families:
        raise FileNotFoundError(f"字体文件“{path.name}”读不出来，请重新安装程序。")
    return families[0]


def load_faces(names: Iterable[str] = ("hei", "song")) -> tuple[str, ...]:
    """Register faces (of `faces.FACES`) and return their family names, for the fonts of widgets."""
    return tuple(load_face(name) for name in names)


def families_for(text: str, wanted: str = "hei") -> tuple[str, ...]:
    """Return the families in which a widget shows `text`; the rare face is loaded only where it is needed."""
    names = dict.fromkeys((wanted, *(face for face, _ in faces.face_for(text, wanted))))
    return load_faces(names)


def widget_font(pixel_size: float, text: str = "", wanted: str = "hei") -> QFont:
    """Return an unhinted font in the bundled faces for a widget that shows `text`."""
    return _font(families_for(text, wanted), max(round(pixel_size), 1))


@lru_cache(maxsize=64)
def _font(families: tuple[str, ...], pixel_size: int) -> QFont:
    font = QFont(list(families))
    font.setPixelSize(pixel_size)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@lru_cache(maxsize=128)
def _raw_font(face: str, pixel_size: float) -> QRawFont:
    if face == "song_bold":
        # Regular and bold share a family; the file alone tells them apart.
        return QRawFont(str(faces.font_file(face)), pixel_size, QFont.HintingPreference.PreferNoHinting)
    family = load_face(face)
    font = QFont(family)
    font.setPixelSize(_PROBE_SIZE)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    raw = QRawFont.fromFont(font)
    if raw.familyName() != family:
        raw = QRawFont(str(faces.font_file(face)), _PROBE_SIZE, QFont.HintingPreference.PreferNoHinting)
    raw.setPixelSize(pixel_size)
    return raw


@lru_cache(maxsize=8192)
def _glyphs(face: str, text: str) -> tuple[list[int], list[float]]:
    """Return the glyph of each character and its place in em from the start of the run."""
    indexes = _raw_font(face, float(_PROBE_SIZE)).glyphIndexesForString(text)
    advances = (faces.advance(face, character) / 1000 for character in text)
    return list(indexes), list(accumulate(advances, initial=0.0))[:-1]


@lru_cache(maxsize=4096)
def _glyph_run(face: str, text: str, pixel_size: float, spread: float) -> QGlyphRun:
    """Return a run of glyphs that starts at the origin; sizes and spread in pixels."""
    indexes, places = _glyphs(face, text)
    run = QGlyphRun()
    run.setRawFont(_raw_font(face, pixel_size))
    run.setGlyphIndexes(indexes)
    run.setPositions([QPointF(place * pixel_size + spread * i, 0.0) for i, place in enumerate(places)])
    return run


@lru_cache(maxsize=2048)
def _outline(face: str, text: str, pixel_size: float, spread: float) -> QPainterPath:
    """Return the shape of a run that starts at the origin; sizes and spread in pixels."""
    indexes, places = _glyphs(face, text)
    font = _raw_font(face, pixel_size)
    outline = QPainterPath()
    outline.setFillRule(Qt.FillRule.WindingFill)
    for number, (index, place) in enumerate(zip(indexes, places, strict=True)):
        outline.addPath(font.pathForGlyph(index).translated(place * pixel_size + spread * number, 0.0))
    return outline


def boxed_run(text: str, pixel_size: float, step: float) -> QGlyphRun:
    """Return characters in the middle of boxes of `step` pixels, from a baseline at the first box's left edge."""
    indexes, _ = _glyphs("song", text)
    run = QGlyphRun()
    run.setRawFont(_raw_font("song", pixel_size))
    run.setGlyphIndexes(indexes)
    wide = pixel_size / 1000
    run.setPositions(
        [
            QPointF(i * step + (step - faces.advance("song", character) * wide) / 2, 0.0)
            for i, character in enumerate(text)
        ]
    )
    return run


@lru_cache(maxsize=256)
def _pen(width: float) -> QPen:
    style = Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin
    return QPen(INK, width, *style)


def paint(
    painter: QPainter,
    marks: Sequence[Mark],
    pixels_per_mm: float,
    *,
    layers: frozenset[Layer] = ALL_LAYERS,
    is_snapped: bool = False,
) -> None:
    """Paint marks in black, the page's top left corner at the painter's origin.

    `pixels_per_mm` is of the painter's coordinates. `is_snapped` moves straight form lines to whole pixels, at most
    by half of one; for the screen alone.
    """
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(1.0))
    scale = pixels_per_mm
    largest = _largest_run(painter)
    for mark in marks:
        if mark.layer not in layers:
            continue
        if isinstance(mark, Text):
            size = round(mark.size * MM_PER_POINT * scale, 4)
            spread = round(mark.spread * scale, 4)
            if size <= largest:
                painter.setPen(INK)
                run = _glyph_run(mark.face, mark.text, size, spread)
                painter.drawGlyphRun(QPointF(mark.x * scale, mark.y * scale), run)
            else:
                outline = _outline(mark.face, mark.text, size, spread)
                painter.fillPath(outline.translated(mark.x * scale, mark.y * scale), INK)
        elif is_snapped and mark.layer == "form" and (bars := _bars(mark, scale)):
            for bar in bars:
                painter.fillRect(bar, INK)
        elif isinstance(mark, Line):
            painter.setPen(_pen(mark.width * scale))
            painter.drawLine(
                QPointF(mark.x1 * scale, mark.y1 * scale), QPointF(mark.x2 * scale, mark.y2 * scale)
            )
        else:
            painter.setPen(_pen(mark.width * scale))
            polygon = QPolygonF([QPointF(x * scale, y * scale) for x, y in mark.points])
            (painter.drawPolygon if mark.is_closed else painter.drawPolyline)(polygon)


def _largest_run(painter: QPainter) -> float:
    """Return the size in the painter's pixels up to which it paints runs of glyphs; above, it paints nothing."""
    if painter.paintEngine().type() == QPaintEngine.Type.Pdf:
        return float("inf")
    return _LARGEST_GLYPH / max(abs(painter.deviceTransform().m11()), 0.01)


def _bars(mark: Line | Path, scale: float) -> list[QRectF]:
    """Return upright and level lines as rectangles of whole pixels; nothing where a line is slanted."""
    if type(mark) is Line:
        ends = [((mark.x1, mark.y1), (mark.x2, mark.y2))]
    else:
        assert type(mark) is Path
        last = mark.points[:1] if mark.is_closed else ()
        points = (*mark.points, *last)
        ends = list(pairwise(points))
    bars = []
    for (x1, y1), (x2, y2) in ends:
        if x1 != x2 and y1 != y2:
            return []
        thick = max(round(mark.width * scale), 1)
        left, right = sorted((_snapped(x1, scale, thick), _snapped(x2, scale, thick)))
        top, bottom = sorted((_snapped(y1, scale, thick), _snapped(y2, scale, thick)))
        bars.append(QRectF(left, top, right - left + thick, bottom - top + thick))
    return bars


def _snapped(middle: float, scale: float, thick: int) -> int:
    """Return the pixel at which `thick` pixels begin whose middle is nearest to a place in mm."""
    return round(middle * scale - thick / 2)
