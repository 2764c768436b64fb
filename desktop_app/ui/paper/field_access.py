"""What a screen reader is told of a field: its label as the name, its answer as the value, that it can be typed in."""

from functools import cache

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from desktop_app.ui.paper.proxies import FieldProxy


class FieldAccess(QAccessibleWidget):
    """A field as Qt's accessibility bridge asks for it; the proxy's description is the answer in words."""

    def __init__(self, proxy: FieldProxy) -> None:
        role = QAccessible.Role.Grouping if proxy.takes_keys else QAccessible.Role.EditableText
        super().__init__(proxy, role, "")
        self._proxy = proxy

    def text(self, part: QAccessible.Text) -> str:
        """Return the answer as the value, everything else as Qt has it."""
        return (
            self._proxy.accessibleDescription() if part == QAccessible.Text.Value else str(super().text(part))
        )


@cache
def install() -> None:
    """Answer for fields from now on; asked again, nothing happens."""
    QAccessible.installFactory(_made)


def _made(_class_name: str, widget: object) -> QAccessibleInterface | None:
    if not isinstance(widget, FieldProxy):
        return None
    # WORKAROUND PySide6 6.9: the answer of a factory is owned by nobody. Python would collect it while Qt's
    # cache still points at it, and the process would end with a segmentation fault.
    widget.access = FieldAccess(widget)
    return widget.access
