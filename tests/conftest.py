"""What every test needs: a display or none, and folders of its own."""

import os
import tempfile
from pathlib import Path

import pytest

# A worker of the parallel suite has an X server of its own, because keys go to the window in front.
if "PYTEST_XDIST_WORKER" in os.environ and os.environ.get("DISPLAYS"):
    _displays = os.environ["DISPLAYS"].split()
    os.environ["DISPLAY"] = _displays[int(os.environ["PYTEST_XDIST_WORKER"][2:]) % len(_displays)]
# Qt reads these when its first module is imported, so they are set before any test is collected.
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "XDG_RUNTIME_DIR" not in os.environ:
    _runtime = tempfile.TemporaryDirectory(prefix="desktop-app-tests-")
    os.environ["XDG_RUNTIME_DIR"] = _runtime.name
# Fractions of a screen, a platform theme or an input method of the developer's desktop would change pictures.
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ.pop("QT_QPA_PLATFORMTHEME", None)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings and stores of the person who runs it."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    # Beside the test's folder: a test may take that folder itself as the office's.
    monkeypatch.setenv("DESKTOP_APP_STATE", f"{tmp_path}-state")
