"""What papers and fields are called, read without loading a paper: the first window names them in its list.

A paper's file is a text whose heads stand at the beginning of lines; this module looks for one line and no more.
"""

import re
from functools import cache

from desktop_app.resources import home, resource

_ID = re.compile(r'^id\s*=\s*"([^"]+)"', re.MULTILINE)
_VERSION = re.compile(r'^version\s*=\s*"([^"]*)"', re.MULTILINE)
_LIST = re.compile(r"^list\s*=\s*true", re.MULTILINE)


@cache
def form_title(form_id: str) -> str:
    """Return the title of a paper, or its id where its file is not at hand."""
    found = re.search(r'^title\s*=\s*"([^"]+)"', _form_text(form_id), re.MULTILINE)
    return found[1] if found else form_id


@cache
def field_label(form_id: str, field_id: str) -> str:
    """Return what a paper calls a field, or what the vocabulary calls it; empty where neither knows it."""
    name = re.escape(field_id)
    labels = re.search(r"^\[labels\]\n(.*?)(?=^\[|\Z)", _form_text(form_id), re.MULTILINE | re.DOTALL)
    found = re.search(rf'^"{name}"\s*=\s*"([^"]+)"', labels[1], re.MULTILINE) if labels else None
    if not found:
        fields = resource("fields.toml").read_text(encoding="utf-8")
        found = re.search(rf'^\["{name}"\]\s*\nlabel\s*=\s*"([^"]+)"', fields, re.MULTILINE)
    return found[1] if found else ""


def is_list(form_id: str) -> bool:
    """True for a list or a statistics paper, which is no application of a person."""
    return form_id in list_ids()


@cache
def list_ids() -> tuple[str, ...]:
    """Return the ids of all lists and statistics papers."""
    return tuple(dict.fromkeys(form_id for form_id, text in _texts() if _LIST.search(text)))


def _form_text(form_id: str) -> str:
    """Return the text of a paper's newest file; empty without one."""
    texts = [text for each_id, text in _texts() if each_id == form_id]
    return max(texts, key=lambda text: found[1] if (found := _VERSION.search(text)) else "", default="")


@cache
def _texts() -> tuple[tuple[str, str], ...]:
    """Return each paper's id and text: the bundled ones, and an office's own in their place."""
    paths = [*sorted(resource("forms").glob("*/*.toml")), *sorted((home() / "forms").glob("*.toml"))]
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in paths)
    return tuple((found[1], text) for text in texts if (found := _ID.search(text)))
