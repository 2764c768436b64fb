"""The demo leaves, without a display, what the README promises."""

import os
import subprocess
import sys
from pathlib import Path

from desktop_app.forms.catalogue import form, form_ids


def test_the_demo_leaves_every_paper_list_and_picture(tmp_path: Path) -> None:
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "demo", "--out", str(tmp_path / "out")],
        env={**environment, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "out" / "papers") in done.stdout
    names = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    for form_id in form_ids():
        paper = form(form_id)
        name = f"{form_id} {paper.title}"
        assert {f"papers/{name}.pdf", f"blank/{name}.pdf", f"window/window-{form_id}.png"} <= names
        if paper.is_list:
            assert f"tables/{name}.xlsx" in names
        else:
            assert f"decisions/{name}.txt" in names
