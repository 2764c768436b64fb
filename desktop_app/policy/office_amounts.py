"""The table of amounts that an office fills in where the notice with the amounts is not at hand.

Empty by default. The module reads rows of plain values and tells every fault at once; it knows no file and no
store.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from desktop_app.faults import Faults, hint
from desktop_app.forms import kinds
from desktop_app.forms.fields import field
from desktop_app.policy.facts import plain_occupation
from desktop_app.policy.model import AmountRow
from desktop_app.policy.rules_certificate import SPECIAL_ABILITY

_FIELDS = {
    "kind": "certificate.kind",
    "occupation": "certificate.occupation",
    "level": "certificate.level",
    "from": "claim.applied_on",
    "yuan": "claim.amount",
}
_KEYS = (*_FIELDS, "source")


def amount_rows(raw: Iterable[Mapping[str, Any]], place: str = "补贴标准表") -> tuple[AmountRow, ...]:
    """Return the rows that `{"kind", "occupation", "level", "from", "yuan", "source"}` state.

    Days are ISO texts, money is text with two decimals or whole yuan; a special-ability certificate has no level.

    Raises:
        Faults: With every fault: a value missing or of the wrong kind, zero yuan, rows that overlap.
    """
    faults: list[str] = []
    found: dict[tuple[str, str, int | None, date], AmountRow] = {}
    for number, each in enumerate(raw, 1):
        row = _row(each, f"{place} 第{number}行", faults)
        if row is None:
            continue
        key = (row.kind, plain_occupation(row.occupation), row.level, row.first_day)
        if key in found:
            faults.append(
                f"{place} 第{number}行：与前面一行的证书类别、职业、等级和起始日期相同，请删去一行。"
            )
        found[key] = row
    if faults:
        raise Faults(faults)
    return tuple(found.values())


def _row(raw: Mapping[str, Any], place: str, faults: list[str]) -> AmountRow | None:
    before = len(faults)
    for key in raw:
        if key not in _KEYS:
            faults.append(f"{place}：没有“{key}”这一项{hint(key, _KEYS)}，请改正。")
    values: dict[str, Any] = {}
    for key, field_id in _FIELDS.items():
        if raw.get(key) in (None, ""):
            if key != "level" or raw.get("kind") != SPECIAL_ABILITY:
                faults.append(
                    f"{place}：缺少{key}，请写上{field(field_id).label if key != 'from' else '起始日期'}。"
                )
            continue
        try:
            values[key] = kinds.from_json(field(field_id), raw[key])
        except ValueError as fault:
            faults.append(f"{place}：{fault}")
    source = raw.get("source")
    if not isinstance(source, str) or not source.strip():
        faults.append(f"{place}：缺少source，请写上补贴标准的依据。")
    if values.get("kind") == SPECIAL_ABILITY and "level" in values:
        faults.append(f"{place}：专项职业能力证书没有等级，请去掉level。")
    if values.get("yuan") == 0:
        faults.append(f"{place}：补贴不能为零，请改正。")
    if len(faults) > before:
        return None
    return AmountRow(
        values["kind"],
        values["occupation"],
        values.get("level"),
        values["from"],
        values["yuan"],
        str(source).strip(),
    )
