"""What the first window may load, before its page that signs in is painted and before the list is: seen in a process
where nothing else has loaded it.
"""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from desktop_app.case import Case
from desktop_app.store import cases, opening, settings
from tests.support.clerk import LOGIN, PASSWORD, founded

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
OFFICE = {"region": "jilin", "office.code": "220104001", "office.name": "样例市社会保险事业管理局"}
PROGRAM = """
import sys
from pathlib import Path
from PySide6 import QtCore
from desktop_app.ui import start
from desktop_app.ui.entrance.way_in import Entrance

HEAVY = ("nacl", "sqlcipher3", "sqlalchemy", "alembic", "pypinyin", "desktop_app.forms", "json", "dataclasses")
def begin(entrance):
    print([name for name in HEAVY if name in sys.modules], "Qt" in vars(QtCore))
    loaded(entrance)
    page = entrance._window.stack.currentWidget()
    page.login.setText(sys.argv[2])
    page.password.setText(sys.argv[3])
    page.enter.click()

def told(application, window):
    print(window.list_page().model.row(0).name)
    complete(application, window)
    print(len(window.acts) > 20)
    application.quit()

loaded, Entrance.begin = Entrance.begin, begin
complete, start.complete = start.complete, told
application = start.made_application(["desktop-app"])
window = start.open_window(application, Path(sys.argv[1]), is_dark=False)
application.exec()
window.door.close()
"""


def test_page_that_signs_in_is_painted_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    signed_in = founded(tmp_path / "store", "clerk")
    store = opening.open_store(tmp_path / "store", NOW, None, signed_in)
    with opening.writing(store) as session:
        settings.set_settings(session, OFFICE, "220104001", NOW)
        case = Case(
            "jilin.application", "2017-08-23", "jilin", date(2026, 1, 5), {"applicant.name": "样例一"}
        )
        cases.create_case(session, case, "220104001", "样例员", NOW)
    opening.close_store(store)
    asked = [sys.executable, "-c", PROGRAM, str(tmp_path / "store"), LOGIN, PASSWORD]
    told = subprocess.run(asked, capture_output=True, text=True, check=True, encoding="utf-8", timeout=60)
    assert told.stdout.splitlines() == ["[] False", "样例一", "True"]
