"""What goes from one application to another, and what never does.

Two ways: the next paper of the same employer takes what a stack of papers has in common, and a person who was here
before takes what belongs to the person. Pure; it knows no store and no window.
"""

from typing import Final

from desktop_app.case import Answer, Answers, Unread
from desktop_app.forms.model import Form, label_of

# Of a stack from one employer; nothing of the person, and no number of a certificate or card.
OF_EMPLOYER: Final = (
    "employer.name", "employer.kind", "employer.industry", "employer.address", "employer.credit_code",
    "employer.contact_phone", "employer.registered_here", "employer_at_certificate.name",
    "employer_at_certificate.kind", "employment.employer_insures", "insurance.pool", "certificate.kind",
    "certificate.issuer", "certificate.issued_on", "certificate.assessed_in", "payment.bank", "payment.kind",
    "claim.channel",
)  # fmt: skip
# Of a person; the card goes with the bank, because one without the other would be wrong.
OF_PERSON: Final = (
    "applicant.name", "applicant.phone", "applicant.home_address", "applicant.registered_residence",
    "insurance.number", "employer.name", "employer.kind", "employer.industry", "employer.address",
    "employer.credit_code", "payment.bank", "payment.account_name", "payment.account_number", "payment.kind",
)  # fmt: skip


def carried(form: Form, answers: Answers, field_ids: tuple[str, ...]) -> dict[str, Answer]:
    """Return those answers that a paper has a place for and that could be read."""
    on_paper = {each.field_id for each in form.fields if not each.is_repeated}
    return {
        field_id: answers[field_id]
        for field_id in field_ids
        if field_id in on_paper and field_id in answers and not isinstance(answers[field_id], Unread)
    }


def labels(form: Form, field_ids: tuple[str, ...]) -> str:
    """Return what the paper calls some fields, each label once, as a list in words."""
    return "、".join(dict.fromkeys(label_of(form, each) for each in field_ids))
