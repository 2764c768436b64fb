"""The table of acts says what the contract says, and an act that is not in it is refused with a sentence."""

import json
from datetime import date
from decimal import Decimal

import pytest

from desktop_app import cli
from desktop_app.workflow.acts import ACT, ACTS, Act, roles_in
from desktop_app.workflow.queues import QUEUES, turn_of
from desktop_app.workflow.refusals import Deed, Standing, acts_for, clerks_of, refusals
from desktop_app.workflow.roles import Actor, Role
from desktop_app.workflow.states import STATES, State, is_draft

DAY = date(2017, 10, 9)
ENDS = {"not_accepted", "disqualified", "withdrawn"}

# One line an act, written from the contract and not from the code: from, to, roles, fields; in brackets what is taken
# and not asked.
ON_THE_WAY = (
    "accepted awaiting_materials verifying awaiting_review returned awaiting_publicity in_publicity objected "
    "awaiting_confirmation awaiting_payment payment_failed under_reexamination"
)
CORRECTED = (
    "accepted verifying awaiting_review returned awaiting_publicity in_publicity awaiting_confirmation "
    "awaiting_payment payment_failed"
)
ASKED = "awaiting_signature accepted verifying awaiting_review"
CONTRACT = f"""
finish | draft | awaiting_signature | clerk |
reopen | awaiting_signature | draft | clerk |
accept | awaiting_signature | accepted | clerk | received_on materials
not_accept | awaiting_signature accepted verifying awaiting_materials | not_accepted | clerk | reason
ask_materials | {ASKED} | awaiting_materials | clerk reviewer | missing
materials_received | awaiting_materials | {ASKED} | clerk |
record_check | accepted verifying returned under_reexamination | verifying awaiting_review returned \
under_reexamination | clerk head | check result [by] [department] [on] [where] [items]
approve | awaiting_review | awaiting_publicity | reviewer |
return | awaiting_review awaiting_confirmation | returned | reviewer head | reason
resubmit | returned | awaiting_review verifying | clerk | changed
refuse | awaiting_review | refused | reviewer | reason
ask_reexamination | refused | under_reexamination | clerk | ground
uphold_refusal | under_reexamination | refused | head | reason
overturn_refusal | under_reexamination | awaiting_publicity | head | reason
post | awaiting_publicity | in_publicity | clerk | list on where
object | in_publicity | objected | clerk | by on what
dismiss_objection | objected | in_publicity | head | finding
uphold_objection | objected | disqualified | head | finding
close_publicity | in_publicity | awaiting_confirmation awaiting_payment | clerk | list [sent_on]
confirm | awaiting_confirmation | awaiting_payment | head |
request_funds | awaiting_payment | awaiting_payment | clerk | list on sum paper
funds_arrived | awaiting_payment | awaiting_payment | clerk | list on sum paper
confirm_list | awaiting_payment | awaiting_payment | reviewer head | list
pay | awaiting_payment | paid | clerk | list on
mark_insured | paid | paid | clerk | on
fail_payment | awaiting_payment paid | payment_failed | clerk | reason
retry_payment | payment_failed | awaiting_payment | reviewer | account
confirm_account | awaiting_publicity in_publicity awaiting_confirmation awaiting_payment | awaiting_publicity \
in_publicity awaiting_confirmation awaiting_payment | reviewer |
recover | paid suspected_duplicate recovered | recovered | head | reason on amount
withdraw | {ON_THE_WAY} | withdrawn | clerk | signed
correct | {CORRECTED} | {CORRECTED} | clerk | field value reason
suspect_duplicate | {ON_THE_WAY} paid | suspected_duplicate | clerk centre | reason
clear_duplicate | suspected_duplicate | {ON_THE_WAY} paid | head | finding
confirm_duplicate | suspected_duplicate | disqualified | head | finding
choose | draft accepted verifying returned | draft accepted verifying returned | clerk | rule reading reason
"""
LINES = [[part.split() for part in line.split("|")] for line in CONTRACT.strip().split("\n")]


def one(role: Role, person: str = "zhang") -> Actor:
    return Actor(person, "张样例", frozenset((role,)))


def answered(act: Act) -> dict[str, object]:
    """Something readable for everything that an act asks for."""
    readable: dict[str, object] = {
        "text": "样例",
        "day": DAY,
        "money": Decimal("1500.00"),
        "list": "l1",
        "texts": ("补交证书复印件",),
        "materials": "all",
        "items": ("等级",),
        "value": "样例",
        "reason": {"code": "not_in_arrears", "words": "样例"},
        "signed": True,
    }
    return {ask.name: readable[ask.kind] for ask in act.asks}


def test_the_table_is_the_contract() -> None:
    ours = [
        [
            [act.id],
            sorted(act.before),
            sorted(act.after),
            sorted(act.roles),
            [ask.name if ask.is_needed else f"[{ask.name}]" for ask in act.asks],
        ]
        for act in ACTS
    ]
    assert ours == [
        [name, sorted(before), sorted(after), sorted(roles), fields]
        for name, before, after, roles, fields in LINES
    ]
    assert [act.is_list for act in ACTS] == ["list" in fields for *_, fields in LINES]


def test_the_command_prints_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["acts", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [line["act"] for line in told] == [line[0][0] for line in LINES]
    assert told[2] == {
        "act": "accept",
        "label": "受理",
        "from": ["awaiting_signature"],
        "to": ["accepted"],
        "roles": ["clerk"],
        "fields": ["received_on", "materials"],
    }
    assert cli.main(["acts"]) == 0
    assert "公示无异议" in capsys.readouterr().out


def test_whatever_is_not_in_the_table_is_refused_with_a_sentence() -> None:
    tried = 0
    for act in ACTS:
        for state in STATES:
            for role in ("clerk", "reviewer", "head", "administrator", "auditor", "centre"):
                told = refusals(act, Standing(state), one(role), answered(act), DAY)
                is_open = state in act.before and role in roles_in(act, state)
                assert (told == ()) is is_open, (act.id, state, role, told)
                tried += not is_open
                assert all(sentence.endswith("。") and act.id not in sentence for sentence in told)
    assert tried > 4000


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_next_step_or_is_an_end(state: State) -> None:
    leads_on = any(state in act.before and act.after != act.before for act in ACTS)
    assert leads_on is (state not in ENDS)
    assert bool(turn_of(state)) is (state not in {*ENDS, "refused", "recovered", "paid"})


def test_nobody_is_paid_without_an_approval() -> None:
    reached, edge = {"draft"}, {"draft"}
    while edge:
        edge = {
            to
            for act in ACTS
            if act.id not in ("approve", "overturn_refusal", "clear_duplicate", "correct")
            for before in act.before
            if before in edge
            for to in ((before,) if act.before == act.after else act.after)
        } - reached
        reached |= edge
    assert "paid" not in reached
    assert "awaiting_review" in reached


@pytest.mark.parametrize(
    "act_id", ["new", "fill", "finish", "accept", "record_check", "choose", "correct", "resubmit"]
)
def test_whoever_worked_on_a_case_never_reviews_it(act_id: str) -> None:
    standing = Standing("awaiting_review", (Deed(act_id, "zhang", "draft"),))
    assert refusals(ACT["approve"], standing, one("reviewer", "zhang"), {}, DAY) == (
        "这份申请是您经办的，“复核通过”请由另一人办理。",
    )
    assert refusals(ACT["approve"], standing, one("reviewer", "li"), {}, DAY) == ()


def test_a_check_during_a_reexamination_makes_nobody_the_clerk() -> None:
    deeds = (Deed("record_check", "li", "under_reexamination"), Deed("record_check", "zhang", "verifying"))
    assert clerks_of(deeds) == {"zhang"}


def test_the_head_who_confirms_is_not_the_reviewer_unless_the_office_says_so() -> None:
    standing = Standing("awaiting_confirmation", (Deed("approve", "wang", "awaiting_review"),))
    head = one("head", "wang")
    assert refusals(ACT["confirm"], standing, head, {}, DAY) == (
        "这份申请是您复核的，请由另一位负责人确认。",
    )
    assert refusals(ACT["confirm"], standing._replace(reviewer_may_confirm=True), head, {}, DAY) == ()


@pytest.mark.parametrize("act_id", ["uphold_refusal", "overturn_refusal"])
def test_who_refused_does_not_decide_the_reexamination(act_id: str) -> None:
    standing = Standing("under_reexamination", (Deed("refuse", "wang", "awaiting_review"),))
    given = {"reason": "重新查验属实"}
    assert len(refusals(ACT[act_id], standing, one("head", "wang"), given, DAY)) == 1
    assert refusals(ACT[act_id], standing, one("head", "zhao"), given, DAY) == ()


@pytest.mark.parametrize(
    ("act_id", "state", "given", "sentence"),
    [
        ("refuse", "awaiting_review", {}, "“不予通过”还缺“理由”，请填写。"),
        ("return", "awaiting_review", {"reason": "  "}, "“理由”的写法不对，请写成文字。"),
        (
            "refuse",
            "awaiting_review",
            {"reason": {"code": 1}},
            "“理由”的写法不对，请写明理由，可以写政策里的代号、自己的话，或者两样都写。",
        ),
        (
            "accept",
            "awaiting_signature",
            {"received_on": date(2017, 10, 10), "materials": "all"},
            "“收件日期”2017-10-10晚于办理当天2017-10-09，请核对。",
        ),
        (
            "accept",
            "awaiting_signature",
            {"received_on": DAY, "materials": ()},
            "“收到的材料”的写法不对，请写收到的材料名称，全部收齐的写全部。",
        ),
        *(
            (
                "recover",
                "paid",
                {"reason": "重复", "on": DAY, "amount": amount},
                "“追回金额”的写法不对，请写成大于零、至多两位小数的金额。",
            )
            for amount in (Decimal("0.001"), Decimal("0.00"), Decimal("-1.00"), "1500.00")
        ),
    ],
)
def test_what_an_act_asks_for_is_asked_for_in_words(
    act_id: str, state: State, given: dict[str, object], sentence: str
) -> None:
    role = ACT[act_id].roles[0]
    assert refusals(ACT[act_id], Standing(state), one(role), given, DAY) == (sentence,)


@pytest.mark.parametrize("act", ACTS, ids=[act.id for act in ACTS])
def test_what_stands_in_brackets_can_be_left_out_and_nothing_else(act: Act) -> None:
    state = act.before[0]
    actor, given = one(roles_in(act, state)[0]), answered(act)
    for ask in act.asks:
        left = {name: value for name, value in given.items() if name != ask.name}
        told = refusals(act, Standing(state), actor, left, DAY)
        assert told == (() if not ask.is_needed else (f"“{act.label}”还缺“{ask.label}”，请填写。",))


def test_what_stands_against_an_act_on_the_paper_is_told() -> None:
    standing = Standing("draft", obstacles={"finish": ("还缺“姓名”，请填写。",)})
    assert refusals(ACT["finish"], standing, one("clerk"), {}, DAY) == ("还缺“姓名”，请填写。",)


def test_a_person_is_offered_what_role_state_and_four_eyes_allow() -> None:
    deeds = (Deed("accept", "zhang", "awaiting_signature"),)
    both = Actor("zhang", "张样例", frozenset(("clerk", "reviewer")))
    offered = [act.id for act in acts_for(Standing("awaiting_review", deeds), both)]
    assert offered == ["ask_materials", "withdraw", "correct", "suspect_duplicate"]
    assert acts_for(Standing("awaiting_review"), one("auditor")) == ()


def test_each_queue_waits_for_somebody_who_can_act() -> None:
    for queue in QUEUES:
        for state in queue.states:
            assert any(queue.role in roles_in(act, state) for act in ACTS if state in act.before)


def test_only_a_draft_can_be_written_on() -> None:
    assert [state for state in STATES if is_draft(state)] == ["draft"]
