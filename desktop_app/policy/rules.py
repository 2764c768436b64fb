"""Every rule by its id, in the order in which findings are told, and what a policy may call it with.

The numbers that a rule takes are the keyword arguments of its function; nothing else has to be written down.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, get_type_hints

from desktop_app import identifiers
from desktop_app.finding import Finding
from desktop_app.policy import rules_before, rules_certificate, rules_numbers, rules_person, rules_repeat


class Rule(NamedTuple):
    """One rule: its function, and the names and types of the numbers that it takes.

    Attributes:
        needed: Those of the numbers that have no default.
    """

    id: str
    function: Callable[..., tuple[Finding, ...]]
    numbers: Mapping[str, Any]
    needed: frozenset[str]


def _rule(function: Callable[..., tuple[Finding, ...]]) -> Rule:
    hints = get_type_hints(function)
    names = function.__code__.co_varnames[2 : 2 + function.__code__.co_kwonlyargcount]
    defaults = function.__kwdefaults__ or {}
    return Rule(
        function.__name__, function, {name: hints[name] for name in names}, frozenset(names) - set(defaults)
    )


_FUNCTIONS: tuple[Callable[..., tuple[Finding, ...]], ...] = (
    rules_numbers.dates_consistent,
    rules_certificate.policy_in_force,
    rules_person.route_accepted,
    rules_person.months_paid_at_least,
    rules_person.not_in_arrears,
    rules_person.insured_in_this_region,
    rules_person.in_service_at_certificate,
    rules_person.in_service_at_application,
    rules_person.employer_is_enterprise,
    rules_person.employer_registered_here,
    rules_person.contract_and_filing,
    rules_person.employer_insures,
    rules_person.certificate_while_drawing_benefit,
    rules_person.below_retirement_age,
    rules_person.draws_no_pension,
    rules_person.proof_of_no_award_elsewhere,
    rules_person.identity_category_accepted,
    rules_certificate.certificate_kind_accepted,
    rules_certificate.certificate_level_accepted,
    rules_certificate.unseen_article_met,
    rules_certificate.certificate_dated_in_range,
    rules_certificate.certificate_verified,
    rules_person.filed_locally,
    rules_certificate.assessed_in_this_district,
    rules_certificate.applied_within_months_of_issue,
    rules_certificate.applied_by_transition_deadline,
    rules_repeat.once_for_certificate,
    rules_repeat.once_for_occupation_and_level,
    rules_repeat.once_for_occupation,
    rules_before.no_lower_level_after_higher,
    rules_repeat.yearly_limit,
    rules_repeat.lifetime_limit,
    rules_before.no_other_subsidy,
    rules_certificate.on_shortage_list,
    rules_certificate.amount_configured,
    rules_before.claim_history_consistent,
    rules_numbers.identity_number_valid,
    rules_numbers.identity_number_matches,
    rules_numbers.employer_code_matches,
    rules_certificate.certificate_number_plausible,
    rules_numbers.card_number_plausible,
    rules_numbers.account_belongs_to_applicant,
)

RULES: Mapping[str, Rule] = MappingProxyType({each.__name__: _rule(each) for each in _FUNCTIONS})

# Rules of common sense, with their source; an empty one stands for the document of the edition.
COMMON: Mapping[str, str] = MappingProxyType(
    {
        "dates_consistent": "",
        "policy_in_force": "",
        "certificate_verified": "",
        "claim_history_consistent": "",
        "account_belongs_to_applicant": "",
        "identity_number_valid": identifiers.IDENTITY_SOURCE,
        "identity_number_matches": identifiers.IDENTITY_SOURCE,
        "employer_code_matches": identifiers.CREDIT_SOURCE,
        "certificate_number_plausible": "证书编号的编号规则",
        "card_number_plausible": identifiers.CARD_SOURCE,
    }
)
