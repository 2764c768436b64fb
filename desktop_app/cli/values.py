"""Commands about single values: amounts in capitals, numbers checked."""

import argparse
import json
import sys
from datetime import date

from desktop_app import identifiers, money
from desktop_app.cli.faults import Fault


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
        found = identifiers.identify(options.kind, text, date.today())
        if options.json:
            print(json.dumps(_described(found), ensure_ascii=False))
            continue
        tells = "，".join(f"{key} {value}" for key, value in found.tells.items())
        print(f"{'通过' if found.is_ok else '不通过'}\t{found.value or ''}\t{tells}")
        for finding in found.findings:
            print(finding.message, file=sys.stderr)
    return 0


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
