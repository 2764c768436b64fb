"""What a reviewer is shown to look at: from deeds, findings, choices, notes and an earlier application alone."""

from dataclasses import replace
from datetime import date

from desktop_app.forms.catalogue import form
from desktop_app.policy.assess import Assessment, assess
from desktop_app.policy.catalogue import policy
from desktop_app.policy.model import ClerkChoice, Known
from desktop_app.workflow.refusals import Deed
from desktop_app.workflow.to_look_at import Before, ToLookAt, to_look_at
from tests.support.office import application

DAY, LATER = date(2017, 10, 9), date(2017, 10, 12)
CASE = application()
NOTHING = Known()
LEVEL, PHONE = "certificate.level", "applicant.phone"


def finished(day: date, who: str = "zhang", **answers: object) -> Deed:
    said = {"decision": {"answers": {key.replace("_", ".", 1): value for key, value in answers.items()}}}
    return Deed("finish", who, "draft", {}, "awaiting_signature", day, said)


def corrected(field: str, old: object, new: object, reason: str) -> Deed:
    given = {"field": field, "value": new, "reason": reason}
    return Deed("correct", "li", "verifying", given, "verifying", LATER, {"changed": {field: [old, new]}})


def assessed(known: Known = NOTHING, **answers: object) -> Assessment:
    changed = {key.replace("_", ".", 1): value for key, value in answers.items()}
    case = replace(CASE, answers={**CASE.answers, **changed})
    return assess(form(case.form_id), case, policy("jilin"), known)


def test_a_case_that_was_typed_once_has_nothing_to_look_at() -> None:
    assert to_look_at((finished(DAY, certificate_level=4),), CASE.answers, assessed()) == ()


def test_what_was_signed_and_then_changed_is_told_with_both_values_and_who_signed_out_the_second() -> None:
    deeds = (
        finished(DAY, certificate_level=4, applicant_phone="13800000000", certificate_issued_on="2017-03-02"),
        Deed("reopen", "zhang", "awaiting_signature", {}, "draft", DAY),
        finished(LATER, "li", certificate_level=3, certificate_issued_on="2017-03-02"),
    )
    assert to_look_at(deeds, CASE.answers, None) == (
        ToLookAt(LEVEL, "changed", 4, 3, "", "li", LATER),
        ToLookAt(PHONE, "changed", "13800000000", None, "", "li", LATER),
    )


def test_a_correction_is_told_with_both_values_its_reason_who_and_when() -> None:
    deeds = (
        finished(DAY),
        corrected("certificate.issued_on", "2017-03-02", "2017-03-20", "看错了证书"),
        corrected("applicant.home_address", None, "样例路1号", "补上"),
    )
    assert to_look_at(deeds, CASE.answers, None) == (
        ToLookAt(
            "certificate.issued_on",
            "corrected",
            date(2017, 3, 2),
            date(2017, 3, 20),
            "看错了证书",
            "li",
            LATER,
        ),
        ToLookAt("applicant.home_address", "corrected", None, "样例路1号", "补上", "li", LATER),
    )


def test_every_finding_but_a_pass_is_told_the_failing_first() -> None:
    found = to_look_at((), CASE.answers, assessed(insurance_months_paid=3, claim_is_first=False))
    assert [each.kind for each in found] == sorted(
        (each.kind for each in found), key=("failed", "warned").index
    )
    assert [each.field_id for each in found if each.kind == "failed"] == ["insurance.months_paid"]
    assert [each.field_id for each in found if each.kind == "warned"] == ["claim.is_first"]
    assert "36" in found[0].reason


def test_a_choice_is_told_with_its_reading_in_words_and_its_reason() -> None:
    rule = "claim_history_consistent"
    known = Known(choices={rule: ClerkChoice("lenient", "申请人说明了")})
    assessment = assessed(known, claim_is_first=False)
    choices = {rule: ("lenient", "申请人说明了", "…")}
    (told,) = to_look_at((finished(DAY, "wang"),), CASE.answers, assessment, choices)
    readings = next(each.readings for each in assessment.settled_points if each.finding.rule == rule)
    assert told == ToLookAt(
        "claim.is_first",
        "chosen",
        reason="申请人说明了",
        who="wang",
        day=DAY,
        reading=readings.get("lenient", "lenient"),
    )
    given = {"rule": rule, "reading": "lenient", "reason": "申请人说明了"}
    chose = Deed("choose", "li", "verifying", given, "verifying", LATER)
    (told,) = to_look_at((finished(DAY, "wang"), chose), CASE.answers, assessment, choices)
    assert (told.who, told.day) == ("li", LATER)


def test_a_note_and_what_is_as_in_the_application_before_come_last() -> None:
    answers = {"applicant.name": "李样例", PHONE: "13800000000", "payment.bank": "样例银行"}
    before = Before({**answers, "payment.bank": "另一家银行"}, DAY)
    assert to_look_at((), answers, None, {}, {"payment.bank": "已看过存折"}, before) == (
        ToLookAt("payment.bank", "noted", None, "样例银行", "已看过存折"),
        ToLookAt(PHONE, "carried", "13800000000", "13800000000", "", "", DAY),
    )
