"""Build the national holidays of `resources/calendars` from the package chinesecalendar.

For developers only; the program never runs this. The package's tables are cut by notice and not by calendar
year: days around New Year that lie in December stand in the file of the year whose notice moves them. Days of
`settled.json` are taken as the notice says. Files of Xinjiang are written by hand and left alone.

Usage: `python tools/build_calendars.py [--out FOLDER]`.
"""

import argparse
import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from chinese_calendar.constants import Holiday, holidays, workdays

OUT = Path(__file__).resolve().parents[1] / "resources" / "calendars"

# Titles where no address of the State Council's own pages is known; else the pages that carry the notice.
PAPERS = {
    2004: ["国务院办公厅关于2004年部分节假日安排的通知"],
    2005: ["国务院办公厅关于2005年部分节假日安排的通知"],
    2006: ["国务院办公厅关于2006年部分节假日安排的通知（国办发明电〔2005〕35号）"],
    2007: ["http://www.gov.cn/zhengce/zhengceku/2008-03/28/content_1761.htm"],
    2008: ["http://www.gov.cn/zhengce/zhengceku/2008-03/28/content_1645.htm"],
    2009: ["http://www.gov.cn/zhengce/zhengceku/2008-12/10/content_1572.htm"],
    2010: ["http://www.gov.cn/zhengce/zhengceku/2009-12/08/content_1476.htm"],
    2011: ["http://www.gov.cn/zhengce/zhengceku/2010-12/10/content_1423.htm"],
    2012: ["http://www.gov.cn/zhengce/zhengceku/2011-12/06/content_1411.htm"],
    2013: ["http://www.gov.cn/zhengce/zhengceku/2012-12/10/content_1353.htm"],
    2014: ["http://www.gov.cn/zhengce/zhengceku/2014-01/02/content_1194.htm"],
    2015: [
        "http://www.gov.cn/zhengce/zhengceku/2014-12/16/content_9302.htm",
        "http://www.gov.cn/zhengce/zhengceku/2015-05/13/content_9742.htm",
    ],
    2016: ["http://www.gov.cn/zhengce/zhengceku/2015-12/10/content_10394.htm"],
    2017: ["http://www.gov.cn/zhengce/zhengceku/2016-12/01/content_5141603.htm"],
    2018: ["http://www.gov.cn/zhengce/zhengceku/2017-11/30/content_5243579.htm"],
    2019: [
        "http://www.gov.cn/zhengce/zhengceku/2018-12/06/content_5346276.htm",
        "http://www.gov.cn/zhengce/zhengceku/2019-03/22/content_5375877.htm",
    ],
    2020: [
        "http://www.gov.cn/zhengce/zhengceku/2019-11/21/content_5454164.htm",
        "http://www.gov.cn/zhengce/zhengceku/2020-01/27/content_5472352.htm",
    ],
    2021: ["http://www.gov.cn/zhengce/zhengceku/2020-11/25/content_5564127.htm"],
    2022: ["http://www.gov.cn/zhengce/zhengceku/2021-10/25/content_5644835.htm"],
    2023: ["http://www.gov.cn/zhengce/zhengceku/2022-12/08/content_5730844.htm"],
    2024: ["https://www.gov.cn/zhengce/zhengceku/202310/content_6911528.htm"],
    2025: ["https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm"],
    2026: ["https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"],
}


def years(settled: list[dict[str, Any]]) -> dict[int, dict[date, dict[str, Any]]]:
    """Return the days of each notice's year by date, settled days as the notice says."""
    made: dict[int, dict[date, dict[str, Any]]] = defaultdict(dict)
    chinese = {each.value: each.chinese for each in Holiday}
    found = [(day, chinese[name], True) for day, name in holidays.items()]
    found += [(day, chinese[name], False) for day, name in workdays.items()]
    found += [(date.fromisoformat(each["date"]), each["name"], each["isOffDay"]) for each in settled]
    for day, name, is_off in found:
        year = day.year + (day.month == 12 and name == "元旦")
        made[year][day] = {"name": name, "date": day.isoformat(), "isOffDay": is_off}
    return made


def written(year: int, days: dict[date, dict[str, Any]]) -> str:
    """Return the file's text, one day a line, so that a correction shows as one line."""
    papers = ",\n    ".join(json.dumps(each, ensure_ascii=False) for each in PAPERS[year])
    lines = ",\n    ".join(json.dumps(each, ensure_ascii=False) for _, each in sorted(days.items()))
    return f'{{\n  "year": {year},\n  "papers": [\n    {papers}\n  ],\n  "days": [\n    {lines}\n  ]\n}}\n'


def main() -> None:
    """Write one file a year."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT)
    out = parser.parse_args().out
    settled = json.loads((OUT / "settled.json").read_text(encoding="utf-8"))["days"]
    for year, days in sorted(years(settled).items()):
        (out / f"{year}.json").write_text(written(year, days), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
