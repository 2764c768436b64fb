"""Commands about single values: amounts in capitals, numbers checked."""

import argparse
import json
import sys
from datetime import date

from desktop_app import identifiers, money
from desktop_app.cli.faults import Fault
from desktop_app.finding import Finding
from desktop_app.forms import faces


def capitals(options: argparse.Namespace) -> int:
    """Print amounts in capitals, one a line; nothing is printed where one of them is at fault."""
    try:
        lines = [money.capitals(money.parse(text)) for text in options.amounts]
    except ValueError as error:
        raise Fault(str(error)) from None
    print("\n".join(lines))
    return 0


def identify(options: argparse.Namespace) -> int:
    """Check numbers and print what they tell; the exit status does not depend on what is found."""
    for text in options.values:
        found = _with_glyphs(identifiers.identify(options.kind, text, date.today()))
        if options.json:
            print(json.dumps(_described(found), ensure_ascii=False))
            continue
        tells = "，".join(
            f"{_TELLS.get(key, key)} {_WORDS.get(str(value), value)}" for key, value in found.tells.items()
        )
        print(f"{'通过' if found.is_ok else '不通过'}\t{found.value or ''}\t{tells}")
        for finding in found.findings:
            print(finding.message, file=sys.stderr)
    return 0


def _with_glyphs(found: identifiers.Identified) -> identifiers.Identified:
    """Add what the faces say: a character that none has cannot be printed."""
    missing = faces.missing(found.value or "")
    if not missing:
        return found
    codes = "、".join(f"U+{ord(each):04X}" for each in missing)
    finding = Finding(
        "glyphs_available", "fail", "", f"字库里没有 {codes} 这个字，请改用其他写法，或打印后手写。"
    )
    return found._replace(value=None, is_ok=False, findings=(*found.findings, finding))


_TELLS = {
    "sex": "性别",
    "birth_date": "出生日期",
    "holder": "持有人",
    "certificate_kind": "证书类别",
    "level": "等级",
    "year": "年份",
    "kind": "类别",
}
_WORDS = {
    "male": "男",
    "female": "女",
    "resident": "居民",
    "skill_level": "职业技能等级证书",
    "vocational_qualification": "职业资格证书",
}


def _described(found: identifiers.Identified) -> dict[str, object]:
    return {
        "given": found.given,
        "value": found.value,
        "ok": found.is_ok,
        "tells": {
            key: value.isoformat() if isinstance(value, date) else value for key, value in found.tells.items()
        },
        "findings": [{"outcome": each.outcome, "message": each.message} for each in found.findings],
    }
