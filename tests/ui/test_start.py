"""What the first window may load before its list is painted: seen in a process where nothing else has loaded it."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from desktop_app.case import Case
from desktop_app.store import cases, opening, settings

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
OFFICE = {"region": "jilin", "office.code": "220104001", "office.name": "样例市社会保险事业管理局"}
PROGRAM = """
import sys
from pathlib import Path
from PySide6 import QtCore
from desktop_app.ui import start

def told(application, window, follows_desktop):
    heavy = [name for name in ("sqlalchemy", "alembic", "pypinyin", "json", "dataclasses") if name in sys.modules]
    print(window.list_page().model.row(0).name, "Qt" in vars(QtCore), heavy)
    complete(application, window, follows_desktop)
    print(len(window.acts) > 20, "Qt" in vars(QtCore))
    application.quit()

complete, start.complete = start.complete, told
application = start.made_application(["desktop-app"])
window = start.open_window(application, Path(sys.argv[1]), is_dark=False)
application.exec()
window.door.close()
"""


def test_list_is_painted_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    store = opening.open_store(tmp_path / "store", NOW)
    with opening.writing(store) as session:
        settings.set_settings(session, OFFICE, "220104001", NOW)
        case = Case(
            "jilin.application", "2017-08-23", "jilin", date(2026, 1, 5), {"applicant.name": "样例一"}
        )
        cases.create_case(session, case, "220104001", "样例员", NOW)
    opening.close_store(store)
    asked = [sys.executable, "-c", PROGRAM, str(tmp_path / "store")]
    told = subprocess.run(asked, capture_output=True, text=True, check=True, encoding="utf-8")
    assert told.stdout.splitlines() == ["样例一 False []", "True True"]
