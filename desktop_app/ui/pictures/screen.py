"""Save a page as a picture: the paper as the window shows it, without snapping to pixels.

Works without a display. The picture states its own resolution, so that a viewer knows its true size.
"""

import math
import os
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from desktop_app.case import Case
from desktop_app.forms.draw import draw
from desktop_app.forms.marks import Page
from desktop_app.forms.model import Form
from desktop_app.ui.parts import painting
from desktop_app.whole_file import write_whole

MM_PER_INCH = 25.4
_applications: list[QGuiApplication] = []  # Qt's application must outlive the pictures


class NoSuchPage(LookupError):
    """The paper has fewer pages; the message is one Chinese sentence."""


def save_screen(form: Form, case: Case, path: Path, dpi: int = 150, page: int = 1) -> None:
    """Write a page (from 1) as a PNG file, whole or not at all.

    Raises:
        NoSuchPage: If the paper has fewer pages.
        WriteFault: If the file cannot be written.
    """
    pages = draw(form, case).pages
    if not 1 <= page <= len(pages):
        raise NoSuchPage(f"这份表共 {len(pages)} 页，没有第 {page} 页，请改页码。")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    page_image(pages[page - 1], dpi).save(buffer, "PNG")  # type: ignore[call-overload]  # Qt's stubs ask for bytes here, Qt for a text
    write_whole(path, bytes(buffer.data().data()))


def page_image(page: Page, dpi: float) -> QImage:
    """Return a page painted exactly, black on white."""
    _need_application()
    scale = dpi / MM_PER_INCH
    # As many pixels as a PDF reader gives the page: every part of one is a whole one.
    size = math.ceil(page.width * scale), math.ceil(page.height * scale)
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(dpi / MM_PER_INCH * 1000))
    image.setDotsPerMeterY(round(dpi / MM_PER_INCH * 1000))
    image.fill(painting.PAPER)
    painter = QPainter(image)
    painting.paint(painter, page.marks, scale)
    painter.end()
    return image


def _need_application() -> None:
    """Start Qt where it is not running yet; without a display it draws into memory."""
    if QGuiApplication.instance() is not None:
        return
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _applications.append(QGuiApplication(["desktop-app"]))
