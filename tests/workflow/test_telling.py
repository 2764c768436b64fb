"""The five answers: the same words wherever an application is told, and never a code."""

from datetime import date

import pytest

from desktop_app.policy.catalogue import policy
from desktop_app.regions import region_ids
from desktop_app.workflow.acts import ACT, RECORD
from desktop_app.workflow.deadlines import Due, clock_faults
from desktop_app.workflow.queues import turn_of
from desktop_app.workflow.refusals import CLERKS_ACTS, Deed
from desktop_app.workflow.states import STATES, State
from desktop_app.workflow.telling import act_label, next_step, reason_words, told

DAY = date(2017, 10, 9)
RETURNED = Deed("return", "wang", "awaiting_review", {"reason": "证书编号与原件不符"}, "returned", DAY)


@pytest.mark.parametrize("state", STATES)
def test_every_state_says_what_is_next_and_by_whom(state: State) -> None:
    found = told(state, DAY, Due(), turn_of(state), DAY)
    assert found.next.endswith("。") and found.turn and found.since == "2017年10月9日"
    assert found.why == found.until == ""


def test_why_is_the_last_act_that_moved_it_with_its_reason() -> None:
    later = Deed("complaint", "li", "returned", {"what": "样例"}, "returned", DAY)
    found = told("returned", DAY, Due(), ("clerk",), DAY, deeds=(RETURNED, later), policy=policy("jilin"))
    assert found.why == "退回：证书编号与原件不符"
    assert found.turn == "经办人"


CHECKS = [
    ("urumqi", "certificate", "not_found", "记录核验：职业资格证书相关信息核实 查询无果"),
    ("chongqing", "identity", "failed", "记录核验：补贴对象身份审核 不符合补贴对象"),
]


@pytest.mark.parametrize(("region", "check", "result", "why"), CHECKS)
def test_a_check_is_told_in_the_words_of_its_region(region: str, check: str, result: str, why: str) -> None:
    deed = Deed("record_check", "a", "verifying", {"check": check, "result": result}, "awaiting_review", DAY)
    found = told("awaiting_review", DAY, Due(), ("reviewer",), DAY, deeds=(deed,), policy=policy(region))
    assert found.why == why
    assert "不能通过" in found.next


@pytest.mark.parametrize("region", region_ids())
def test_checks_that_are_missing_are_named(region: str) -> None:
    rules = policy(region)
    accepted = Deed("accept", "zhang", "awaiting_signature", {}, "accepted", DAY)
    done = Deed(
        "record_check",
        "zhang",
        "accepted",
        {"check": rules.checks[0].id, "result": rules.checks[0].results[0]},
        "verifying",
    )
    assert all(each.name in next_step("accepted", (accepted,), rules) for each in rules.checks)
    later = next_step("verifying", (accepted, done), rules)
    assert rules.checks[0].name not in later and rules.checks[1].name in later


def test_a_code_is_told_in_the_policys_words_and_never_shown() -> None:
    rules = policy("jilin")
    assert reason_words({"code": "months_paid_at_least"}, rules) == "累计缴纳失业保险费不足36个月"
    assert reason_words({"code": "months_paid_at_least", "words": "实缴12个月"}, rules) == (
        "累计缴纳失业保险费不足36个月；实缴12个月"
    )
    assert reason_words({"code": "on_shortage_list"}, rules) == "职业目录"
    assert reason_words({"code": "long_gone"}, rules) == "其他理由"
    assert reason_words(("身份证", "证书"), rules) == "身份证；证书"


@pytest.mark.parametrize("region", region_ids())
def test_reasons_are_about_rules_and_checks_of_their_region_and_have_an_article(region: str) -> None:
    rules = policy(region)
    known = {each.rule for each in rules.calls} | {each.id for each in rules.checks}
    assert rules.reasons
    for each in rules.reasons:
        assert each.code in known and each.words and each.source
    assert list(clock_faults(rules)) == []


STEPS = [
    ((), "请列入拨付名单，向财政申请资金。"),
    (("request_funds",), "已申请资金，请在资金到位后登记。"),
    (("request_funds", "funds_arrived"), "请列入拨付名单，由没有编制名单的人确认。"),
    (("request_funds", "funds_arrived", "confirm_list"), "拨付名单已确认，请按名单拨付并登记。"),
]


@pytest.mark.parametrize(("acts", "step"), STEPS)
def test_the_way_to_the_money_is_told_step_by_step(acts: tuple[str, ...], step: str) -> None:
    begun = Deed("confirm", "zhao", "awaiting_confirmation", {}, "awaiting_payment", DAY)
    deeds = (begun, *(Deed(act, "a", "awaiting_payment", {}, "awaiting_payment", DAY) for act in acts))
    assert next_step("awaiting_payment", deeds, policy("urumqi")) == step


def test_every_act_of_a_history_has_a_word() -> None:
    assert all(act_label(each) != "记录" for each in (*ACT, *RECORD, *CLERKS_ACTS, "claim_work"))
