"""Makes the fixture of the newest schema, once, when that schema is released; it is never made again.

Run as `python tests/stores/make.py` from the root of the repository. The people in it do not exist.
"""

import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from desktop_app.case import Case, Unread
from desktop_app.store import cases, place, rosters, schema, tables
from desktop_app.store.opening import close_store, open_store, writing
from desktop_app.store.settings import set_settings

NOW = datetime(2018, 5, 3, 9, 30, tzinfo=UTC)
NAMES = ("曾丽华", "欧阳𠮷㐂", "阿卜杜热西提·阿卜杜热合曼")

SETTINGS = {"office": {"code": "220104", "region": "jilin"}, "window.name": "1号窗口", "paper.zoom": 1.5}
LISTS = ("awaiting_signature", "draft")


def main() -> int:
    folder = Path(__file__).parent / schema.HEAD
    if folder.exists():
        sys.exit(f"{folder.name} was released; it stays as it is")
    store = open_store(folder, NOW)
    with writing(store) as session:
        set_settings(session, SETTINGS, "clerk", NOW)
        for number, name in enumerate(NAMES):
            moment = NOW + timedelta(minutes=number)
            answers = {"applicant.name": name, "applicant.birth_date": date(1990, 3, 7)}
            case = Case("jilin.application", "1", "jilin", date(2018, 5, 3), answers)
            case_id = cases.create_case(session, case, "220104", "clerk", moment)
            case = case.with_answer("applicant.id_number", Unread("2201041990"))
            cases.save_answers(session, case_id, 1, case, "applicant.id_number", moment)
            if number == 0:
                cases.move_case(
                    session, case_id, 2, "awaiting_signature", "finish", "clerk", moment, {"copies": 1}
                )
            else:
                cases.save_notes(session, case_id, 2, {"applicant.id_number": "请带原件"}, moment)
        rows = tuple({"applicant.name": name} for name in NAMES)
        filing = Case("jilin.publicity_filing", "1", "jilin", NOW.date(), {"summary.unit": "样例单位"}, rows)
        for state in LISTS:
            list_id = rosters.create_roster(session, filing, "220104", "clerk", NOW)
            if state != "draft":
                cases.move_case(
                    session, list_id, 1, state, "finish", "clerk", NOW, {"copies": 1}, tables.roster
                )
    close_store(store)
    connection = place.connect(folder, place.read_key(folder))
    connection.execute("VACUUM")
    connection.close()
    (folder / place.LOCK_NAME).unlink()
    said = {
        "names": list(reversed(NAMES)),
        "settings": SETTINGS,
        "lists": list(LISTS),
        "search": "阿卜杜",
        "found": [NAMES[2]],
    }
    (folder / "said.json").write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
