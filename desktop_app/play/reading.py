"""Reading the values of a scripted line: each by its kind, a refusal in one plain sentence, never with an id."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from desktop_app import money
from desktop_app.case import Answer
from desktop_app.dates import show_day
from desktop_app.forms import kinds
from desktop_app.forms.fields import fields
from desktop_app.registers.case_file import LONGEST_TEXT, MOST_ANSWERS
from desktop_app.store.faults import StoreFault
from desktop_app.store.times import BEIJING, moment_text
from desktop_app.workflow.acts import ACT, RECORD, Act, Ask

_CASE: Final = frozenset(("case",))
# What each line takes beside `at`, `act` and `user`; acts of the table take what they ask for.
OWN_KEYS: Final[Mapping[str, frozenset[str]]] = {
    "open_office": frozenset(("region", "office")),
    "add_user": frozenset(("login", "name", "roles", "password")),
    "remove_user": frozenset(("login",)),
    "set": frozenset(("setting", "value")),
    "new": frozenset(("case", "answers", "choices")),
    "fill": frozenset(("case", "answers", "choices")),
    "make_list": frozenset(("list", "kind", "cases")),
    "claim_work": _CASE,
    "release_work": _CASE,
    "hand_over": frozenset(("case", "to")),
    "print": frozenset(("case", "list", "paper", "out")),
    "sheet": frozenset(("list", "out")),
    "statistics": frozenset(("form", "from", "to")),
    "ledger": frozenset(("id_number",)),
    "show": _CASE,
    "search": frozenset(("words",)),
    "verify": frozenset(),
    "lock": frozenset(),
    "sign_in": frozenset(("password",)),
}
_EVERY: Final = frozenset(("at", "act", "user"))


def keys_of(act_id: str) -> frozenset[str] | None:
    """Return the keys that a line of an act may have; None where there is no such act."""
    if act_id in OWN_KEYS:
        return OWN_KEYS[act_id] | _EVERY
    act = RECORD.get(act_id) or ACT.get(act_id)
    if act is None:
        return None
    on = ("list",) if act.is_list else ("case", "cases")
    return _EVERY.union((ask.name for ask in act.asks), on)


def moment_of(raw: object) -> datetime:
    """Return the moment of a line.

    Raises:
        StoreFault: It is none, or does not say its zone.
    """
    try:
        found = datetime.fromisoformat(raw) if isinstance(raw, str) else None
        if found is not None and found.tzinfo is not None:
            moment_text(found)
            return found.astimezone(BEIJING)
    except (ValueError, OverflowError):
        pass
    raise StoreFault("时间看不懂，请写成2017-10-09T08:30:00+08:00的样子。")


def text_of(raw: object, label: str) -> str:
    """Return a text that is not blank.

    Raises:
        StoreFault: It is missing, or no text.
    """
    if raw is None or raw == "":
        raise StoreFault(f"还缺“{label}”，请填写。")
    if not isinstance(raw, str) or not raw.strip():
        raise StoreFault(f"“{label}”应是文字，请改正。")
    return raw


def day_of(raw: object, label: str) -> date:
    """Return a day.

    Raises:
        StoreFault: It is missing, or no day.
    """
    found = _day(text_of(raw, label))
    if found is None:
        raise StoreFault(f"“{label}”的写法不对，请写成{show_day(date(2017, 10, 9))}这样的日子。")
    return found


def given_for(act: Act, line: Mapping[str, Any]) -> dict[str, object]:
    """Return what a line gives for what an act asks for; what cannot be read stays, and the act says so."""
    return {ask.name: _value(ask, line[ask.name]) for ask in act.asks if line.get(ask.name) is not None}


def _value(ask: Ask, raw: Any) -> object:
    match ask.kind, raw:
        case "day", str():
            return _day(raw) or raw
        case "money", str():
            try:
                return money.parse(raw)
            except ValueError:
                return raw
        case "money", int() if not isinstance(raw, bool):
            return Decimal(raw)
        case "texts", str():
            return (raw,)
        case "texts" | "materials" | "items", list():
            return tuple(raw)
        case _:
            return raw


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def answers_of(raw: object) -> dict[str, Answer | None]:
    """Return answers as a draft keeps them: None takes one away.

    Raises:
        StoreFault: One is of no field, or cannot be what its field holds.
    """
    if raw is None:
        return {}
    if not isinstance(raw, dict) or len(raw) > MOST_ANSWERS:
        raise StoreFault("填写的内容应是一组字段和值，请改正。")
    found: dict[str, Answer | None] = {}
    for field_id, value in raw.items():
        field = fields().get(field_id)
        if field is None:
            raise StoreFault("填写的内容里有表上没有的一项，请核对字段。")
        if value is None or value == "":
            found[field_id] = None
            continue
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise StoreFault(f"“{field.label}”超过{LONGEST_TEXT}个字，请核对。")
        try:
            answer = kinds.from_json(replace(field, id=field.label), value)
        except ValueError:
            raise StoreFault(f"“{field.label}”的写法不对，请照表上的样子写。") from None
        found[field_id] = answer
    return found
