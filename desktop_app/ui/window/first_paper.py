"""What the first paper needs, loaded in small steps before it is asked for: code, the region's form, faces."""

from collections.abc import Iterator
from importlib import import_module
from typing import Final

from desktop_app.regions import region

_CODE: Final = (
    "desktop_app.forms.load",
    "desktop_app.forms.catalogue",
    "desktop_app.forms.layout",
    "desktop_app.ui.parts.painting",
    "desktop_app.ui.paper.sheet",
    "desktop_app.ui.case.case_page",
    "desktop_app.ui.window.paper_acts",
)


def steps(region_id: str) -> Iterator[None]:
    """Do one step of the loading for each value taken; a form that cannot be read is told when it is opened."""
    for module in _CODE:
        import_module(module)
        yield
    found = region(region_id)
    if found is None:
        return
    from desktop_app.forms.layout import lay_out
    from desktop_app.ui.parts import painting
    from desktop_app.ui.parts.reading_forms import Unreadable, readable_form

    try:
        paper = readable_form(found.application_form)
    except Unreadable:
        return
    yield
    lay_out(paper)
    yield
    for face in ("hei", "song", "kai"):
        painting.load_faces((face,))
        yield
