"""The pages that were made so far, of the table of pages; one of them is shown, or the paper that is open."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.ui.window.pages import PAGES

if TYPE_CHECKING:
    from desktop_app.store.records import FirstPage
    from desktop_app.ui.context import Context
    from desktop_app.ui.lists.case_list import CaseList


class PageStack:
    """Makes each page when it is first shown.

    Attributes:
        made: The pages that were made and not forgotten, by their names in the table.
    """

    def __init__(self, context: "Context", first: "FirstPage | None", stack: QStackedWidget) -> None:
        self.made: dict[str, QWidget] = {}
        self._context, self._first, self._stack = context, first, stack
        self._is_complete = False

    @property
    def cases(self) -> "CaseList":
        """The list of applications."""
        page: CaseList = self._page("cases")  # type: ignore[assignment]  # as the table makes it
        return page

    def offered(self) -> tuple[str, ...]:
        """Return the names of the pages that who has signed in may enter, in the order of the table."""
        actor = self._context.actor
        return tuple(spec.id for spec in PAGES if not spec.right or actor.may(spec.right))

    def is_shown(self, name: str) -> bool:
        """Whether a page is what is shown."""
        return name in self.made and self._stack.currentWidget() is self.made[name]

    def shown(self) -> str:
        """Return the name of the page that is shown; empty where that is a paper."""
        return next((name for name in self.made if self.is_shown(name)), "")

    def show(self, name: str) -> None:
        """Show a page; one that lasts a single showing is made anew."""
        if next(each for each in PAGES if each.id == name).lasts == "showing":
            self._forget(name)
        self._stack.setCurrentWidget(self._page(name))

    def complete(self) -> None:
        """Show in the list what may wait until it is painted."""
        self._is_complete = True
        if "cases" in self.made:
            self.cases.point_to_newest()

    def forget_region(self) -> None:
        """Forget what shows another region's."""
        for spec in PAGES:
            if spec.lasts == "region":
                self._forget(spec.id)

    def _page(self, name: str) -> QWidget:
        if name not in self.made:
            spec = next(each for each in PAGES if each.id == name)
            self.made[name] = spec.make(self._context, self._first, self._stack)
            self._stack.addWidget(self.made[name])
            if self._is_complete and name == "cases":
                self.cases.point_to_newest()
        return self.made[name]

    def _forget(self, name: str) -> None:
        if name in self.made:
            page = self.made.pop(name)
            self._stack.removeWidget(page)
            page.deleteLater()
