"""What a paper says as the store keeps it: answers as JSON text, each line of a list for itself."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from desktop_app.case import Answer, Answers, Case, Unread
from desktop_app.forms.fields import fields
from desktop_app.forms.kinds import restorer, to_json
from desktop_app.store import faults
from desktop_app.store.faults import StoreFault
from desktop_app.store.json_text import json_text

_SCANNER = json.JSONDecoder()


def answers_text(answers: Answers) -> str:
    """Return answers as text.

    Raises:
        StoreFault: One holds what no database keeps.
    """
    known = fields()
    return json_text({field_id: to_json(known[field_id], answer) for field_id, answer in answers.items()})


def answers_of(text: str) -> dict[str, Answer]:
    """Return the answers that a text is, as `answers_text` wrote it.

    Raises:
        StoreFault: One of them is not known to this program.
    """
    return _answers(json.loads(text))


def paper_values(case: Case) -> dict[str, str]:
    """Return what the store keeps of any paper under columns of its own, but for its lines."""
    return {
        "form": case.form_id,
        "version": case.form_version,
        "region": case.region,
        "governing_day": case.governing_day.isoformat(),
        "answers": answers_text(case.answers),
    }


def lines_text(lines: Iterable[str]) -> str:
    """Return the lines of a list, each as `answers_text` wrote it, as one text."""
    return f"[{','.join(lines)}]"


def case_of(form: str, version: str, region: str, day: str, answers: str, rows: str) -> Case:
    """Return the case that these texts are.

    Raises:
        StoreFault: It holds an answer that this program does not know.
    """
    lines = () if rows == "[]" else tuple(_answers(line) for line in json.loads(rows))
    # The scanner alone: a bulk check reads a hundred thousand of these.
    return Case(
        form, version, region, date.fromisoformat(day), _answers(_SCANNER.raw_decode(answers)[0]), lines
    )


def _answers(raw: Mapping[str, Any]) -> dict[str, Answer]:
    restorers = _restorers()
    out: dict[str, Answer] = {}
    try:
        for field_id, value in raw.items():
            restore = restorers[field_id]
            if type(value) is dict:
                out[field_id] = Unread(value["unread"])
            else:
                out[field_id] = restore(value) if restore else value
    except (KeyError, ValueError, TypeError, ArithmeticError) as error:
        raise StoreFault(faults.ANSWER_UNKNOWN) from error
    return out


@cache
def _restorers() -> dict[str, Callable[[Any], Answer] | None]:
    return {field_id: restorer(field.kind) for field_id, field in fields().items()}
