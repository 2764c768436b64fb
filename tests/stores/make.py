"""Makes the fixture of the newest schema, once, when that schema is released; it is never made again.

Run as `python tests/stores/make.py` from the root of the repository. The people in it do not exist.
"""

import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from desktop_app.case import Case, Unread
from desktop_app.store import cases, place, schema
from desktop_app.store.opening import close_store, open_store, writing
from desktop_app.store.settings import set_settings

NOW = datetime(2018, 5, 3, 9, 30, tzinfo=UTC)
NAMES = ("曾丽华", "欧阳𠮷㐂", "阿卜杜热西提·阿卜杜热合曼")


def main() -> int:
    folder = Path(__file__).parent / schema.HEAD
    if folder.exists():
        sys.exit(f"{folder.name} was released; it stays as it is")
    store = open_store(folder, NOW)
    with writing(store) as session:
        set_settings(session, {"office": {"code": "220104", "region": "jilin"}}, "clerk", NOW)
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
    close_store(store)
    connection = place.connect(folder, place.read_key(folder))
    connection.execute("VACUUM")
    connection.close()
    (folder / place.LOCK_NAME).unlink()
    said = {
        "names": list(reversed(NAMES)),
        "settings": {"office": {"code": "220104", "region": "jilin"}},
        "search": "阿卜杜",
        "found": [NAMES[2]],
    }
    (folder / "said.json").write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
