"""What papers and fields are called, read without loading a paper: the first window names them in its list.

A paper's file is a text whose heads stand at the beginning of lines; this module looks for one line and no more.
"""

import re
from functools import cache

from desktop_app.resources import resource


@cache
def form_title(form_id: str) -> str:
    """Return the title of a paper, or its id where its file is not at hand."""
    found = re.search(r'^title\s*=\s*"([^"]+)"', _form_text(form_id), re.MULTILINE)
    return found[1] if found else form_id


@cache
def field_label(form_id: str, field_id: str) -> str:
    """Return what a paper calls a field, or what the vocabulary calls it; empty where neither knows it."""
    name = re.escape(field_id)
    found = re.search(rf'^"{name}"\s*=\s*"([^"]+)"', _form_text(form_id), re.MULTILINE)
    if not found:
        fields = resource("fields.toml").read_text(encoding="utf-8")
        found = re.search(rf'^\["{name}"\]\s*\nlabel\s*=\s*"([^"]+)"', fields, re.MULTILINE)
    return found[1] if found else ""


@cache
def _form_text(form_id: str) -> str:
    region, _, name = form_id.partition(".")
    for path in sorted(resource(f"forms/{region}").glob(f"{name}*.toml"), reverse=True):
        text = path.read_text(encoding="utf-8")
        if f'"{form_id}"' in text:
            return text
    return ""
