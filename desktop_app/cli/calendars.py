"""The command about working days."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from desktop_app import dates
from desktop_app.cli.faults import Fault
from desktop_app.faults import hint
from desktop_app.policy.calendars import Year, calendar, import_year
from desktop_app.regions import region_ids
from desktop_app.registers.json_file import read_text


def working_days(options: argparse.Namespace) -> int:
    """Print the days on which a period of working days ends; what has no data is a warning and no fault."""
    _refuse_region(options.region)
    imported = [_year(path) for path in options.calendar]
    try:
        start, n = dates.parse_day(options.start), _whole(options.n)
        period = calendar(options.region, imported=imported).end_of_period(start, n)
    except ValueError as error:
        raise Fault(str(error)) from None
    if options.json:
        described = {
            "first_day_not_counted": _iso(period.first_day_not_counted),
            "first_day_counted": _iso(period.first_day_counted),
            "warnings": period.warnings,
        }
        print(json.dumps(described, ensure_ascii=False))
        return 0
    print(f"起始日不计入\t{_iso(period.first_day_not_counted) or '算不出'}")
    print(f"起始日计入\t{_iso(period.first_day_counted) or '算不出'}")
    for warning in period.warnings:
        print(warning, file=sys.stderr)
    return 0


def _refuse_region(region: str) -> None:
    known = region_ids()
    if region not in known:
        raise Fault(f"没有地区“{region}”{hint(region, known)}，请改正。")


def _whole(text: str) -> int:
    # Python refuses to read a number of thousands of digits; no period is that long.
    if not text.isdecimal() or len(text) > 9:
        raise ValueError("工作日天数应是1以上的整数，请改正。")
    return int(text)


def _year(path: Path) -> Year:
    return import_year(read_text(path), path.name)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
