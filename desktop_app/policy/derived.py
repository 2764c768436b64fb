"""What follows from an identity number: sex and birth date, where nobody typed them.

The module derives nothing else, replaces nothing that was typed, and knows no clock: whether a birth date
lies in the future is judged with the dates of the case.
"""

from desktop_app import identifiers
from desktop_app.case import Answer, Answers
from desktop_app.finding import Finding


def derive(answers: Answers) -> dict[str, Answer]:
    """Return the answers, with `applicant.sex` and `applicant.birth_date` from a valid identity number.

    Typed ones are kept, and a number that fails its check derives nothing.
    """
    return {**_stated(answers), **answers}


def derived_findings(answers: Answers) -> tuple[Finding, ...]:
    """Warn of a typed sex or birth date that is not the one the identity number states."""
    stated = _stated(answers)
    findings = []
    for field_id, label in (("applicant.sex", "性别"), ("applicant.birth_date", "出生日期")):
        if field_id in stated and field_id in answers and answers[field_id] != stated[field_id]:
            message = f"填写的{label}与身份证号里的不一致，请对照身份证核对。"
            findings.append(Finding("identity_number_matches", "warn", field_id, message, "GB 11643-1999"))
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
