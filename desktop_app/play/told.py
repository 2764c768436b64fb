"""What a scripted line is answered with: cases, lists, figures, as the contract of the command line words them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from desktop_app import money
from desktop_app.case import Answers
from desktop_app.forms.fields import field
from desktop_app.policy.model import Award
from desktop_app.store.history import Told
from desktop_app.store.list_acts import Outcomes
from desktop_app.store.perform import View
from desktop_app.store.times import BEIJING

_WAN = Decimal(10_000)


def case_told(name: str, view: View) -> dict[str, Any]:
    """Return what a line about an application is answered with."""
    decision = view.matter.assessment.decision if view.matter.assessment else None
    amount = decision.amount if decision else None
    return {
        "ok": True,
        "case": name,
        "state": view.stored.state,
        "since": view.since.isoformat(),
        "due": _iso(view.due.day),
        "due_other": _iso(view.due.other),
        "turn": list(view.turn),
        "acts": [act.id for act in view.acts],
        "decision": decision.decision if decision else None,
        "amount": None if amount is None else money.show(amount),
        "number": view.stored.number or None,
    }


def list_told(name: str | None, outcomes: Outcomes, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what a line about a list, or about many applications, is answered with."""
    return {
        "ok": True,
        **({"list": name} if name is not None else {}),
        "cases": cases_told(outcomes, names),
        "sum": money.show(outcomes.sum),
        "count": outcomes.moved,
    }


def cases_told(outcomes: Outcomes, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what became of each application."""
    return {
        names.get(each.case_id, each.case_id): {
            "ok": not each.told,
            "state": each.state,
            **({"error": each.told} if each.told else {}),
        }
        for each in outcomes.cases
    }


def events_told(history: tuple[Told, ...], logins: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return a history as `show` tells it."""
    return [
        {
            "number": each.number,
            "at": each.at.astimezone(BEIJING).isoformat(timespec="seconds"),
            "user": logins.get(each.actor_id),
            "act": each.act,
            "reason": each.reason,
        }
        for each in history
    ]


def award_told(award: Award) -> dict[str, Any]:
    """Return an award; keys that are not known are left out."""
    told: dict[str, Any] = {}
    for key, value in award._asdict().items():
        if value is None or value == "":
            continue
        told[key] = (
            value.isoformat()
            if isinstance(value, date)
            else money.show(value)
            if isinstance(value, Decimal)
            else value
        )
    return told


def figures_told(paid: tuple[Answers, ...]) -> list[dict[str, Any]]:
    """Return persons and 万元 of what was paid, by kind and level; empty cells are left out."""
    cells: dict[str, dict[str, tuple[int, Decimal]]] = {}
    for answers in paid:
        kind, level = str(answers.get("certificate.kind", "")), answers.get("certificate.level")
        amount = answers.get("claim.amount")
        if level is not None:
            row = cells.setdefault(kind, {})
            persons, money_so_far = row.get(str(level), (0, Decimal(0)))
            row[str(level)] = (
                persons + 1,
                money_so_far + (amount if isinstance(amount, Decimal) else Decimal(0)),
            )
    kinds = [each.id for each in field("certificate.kind").choices]
    return [
        {
            "certificate.kind": kind,
            **{
                level: {"persons": persons, "amount": f"{(yuan / _WAN).normalize():f}"}
                for level, (persons, yuan) in sorted(cells[kind].items(), reverse=True)
            },
        }
        for kind in sorted(cells, key=lambda each: kinds.index(each) if each in kinds else len(kinds))
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
