"""The papers that the program has: `resources/forms/<region>/<form>.toml`, each read when it is first needed.

An office may be given a paper of its own, or the official one in place of a 参考样式: a file `forms/*.toml` in the
office's folder, which goes before the bundled file of the same id and version. This module knows no case.
"""

import re
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from desktop_app.faults import nearest
from desktop_app.forms.load import load_form
from desktop_app.forms.model import Form
from desktop_app.resources import home, resource

_HEAD = re.compile(r'^(id|version)\s*=\s*"([^"]*)"', re.MULTILINE)


class UnknownForm(LookupError):
    """No paper has this id or version; the message says which is nearest."""


def form_ids() -> tuple[str, ...]:
    """Return the ids of all papers, by region."""
    return tuple(dict.fromkeys(form_id for form_id, _ in _files()))


def form(form_id: str, version: str | None = None, day: date | None = None) -> Form:
    """Return a paper: that version of it, or the newest that is in use on `day`; without both, the newest.

    Raises:
        UnknownForm: If there is none.
        Faults: If its file has faults.
    """
    versions = {each: path for (each_id, each), path in _files().items() if each_id == form_id}
    if not versions:
        near = nearest(form_id, form_ids())
        hint = f"，最接近的是“{near}”" if near else "，请用 forms 命令查看有哪些表单"
        raise UnknownForm(f"没有表单“{form_id}”{hint}。")
    in_use = [each for each in versions if day is None or each <= day.isoformat()]
    wanted = version or max(in_use, default=min(versions))
    if wanted not in versions:
        raise UnknownForm(f"表单“{form_id}”没有 {wanted} 版，现有 {'、'.join(sorted(versions))}。")
    return read_form(versions[wanted])


@lru_cache(maxsize=64)
def read_form(path: Path) -> Form:
    """Return the form in a file; raise `Faults` with all its faults."""
    return load_form(path.read_text(encoding="utf-8"), path.name)


@cache
def _files() -> dict[tuple[str, str], Path]:
    found = {}
    for folder in (*sorted(resource("forms").iterdir()), home() / "forms"):
        for path in sorted(folder.glob("*.toml")):
            head = dict(_HEAD.findall(path.read_text(encoding="utf-8", errors="replace")))
            found[head.get("id", path.stem), head.get("version", "")] = path
    return found
