"""What follows from other answers where nobody typed it: sex and birth date, and what a paper works out of its own.

The module replaces nothing that was typed and knows no clock: whether a birth date
lies in the future is judged with the dates of the case.
"""

from collections.abc import Collection
from datetime import date

from desktop_app import identifiers
from desktop_app.case import Answer, Answers
from desktop_app.finding import Finding


def derive(answers: Answers, further: Collection[str] = ()) -> dict[str, Answer]:
    """Return the answers, with `applicant.sex` and `applicant.birth_date` from a valid identity number.

    Typed ones are kept, and a number that fails its check derives nothing. `further` are the fields that a paper works
    out of its own: the level that the certificate's number states, the year of the application.
    """
    found = {**_stated(answers), **answers}
    applied, number = found.get("claim.applied_on"), found.get("certificate.number")
    if "claim.year" in further and isinstance(applied, date):
        found.setdefault("claim.year", applied.year)
    if "certificate.level" in further and isinstance(number, str):
        level = identifiers.certificate_tells(number).get("level")
        if isinstance(level, int):
            found.setdefault("certificate.level", level)
    return found


def derived_findings(answers: Answers) -> tuple[Finding, ...]:
    """Warn of a typed sex or birth date that is not the one the identity number states."""
    stated = _stated(answers)
    findings = []
    for field_id, label in (("applicant.sex", "性别"), ("applicant.birth_date", "出生日期")):
        if field_id in stated and field_id in answers and answers[field_id] != stated[field_id]:
            message = f"填写的{label}与身份证号里的不一致，请对照身份证核对。"
            findings.append(
                Finding("identity_number_matches", "warn", field_id, message, identifiers.IDENTITY_SOURCE)
            )
    return tuple(findings)


def _stated(answers: Answers) -> dict[str, Answer]:
    """Sex and birth date as a valid identity number states them; empty without one."""
    number = answers.get("applicant.id_number")
    if not isinstance(number, str) or identifiers.check_identity_number(number):
        return {}
    return {
        "applicant.sex": identifiers.sex_of(number),
        "applicant.birth_date": identifiers.birth_date_of(number),
    }
