"""The closed list of states a case can be in, and towards the centre, with what the window says of each.

It knows words and sentences only: no case, no store, no clock.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, get_args

State = Literal[
    "draft",
    "awaiting_signature",
    "accepted",
    "awaiting_materials",
    "verifying",
    "awaiting_review",
    "returned",
    "awaiting_publicity",
    "in_publicity",
    "objected",
    "awaiting_confirmation",
    "awaiting_payment",
    "paid",
    "payment_failed",
    "not_accepted",
    "refused",
    "under_reexamination",
    "disqualified",
    "withdrawn",
    "recovered",
    "suspected_duplicate",
]
CentreState = Literal["not_sent", "exported", "sent", "received", "duplicate", "sent_back", "superseded"]

STATES: Final[tuple[State, ...]] = get_args(State)
CENTRE_STATES: Final[tuple[CentreState, ...]] = get_args(CentreState)

# Where every paper begins: a draft, the one state in which it is written on.
FIRST_STATE: Final[State] = "draft"
# Of an application that is not taken in yet.
OPEN_STATES: Final[tuple[State, ...]] = (FIRST_STATE, "awaiting_signature")

STATE_LABELS: Final[Mapping[State, str]] = MappingProxyType(
    {
        "draft": "草稿",
        "awaiting_signature": "待签字",
        "accepted": "已受理",
        "awaiting_materials": "待补正",
        "verifying": "核验",
        "awaiting_review": "待复核",
        "returned": "已退回",
        "awaiting_publicity": "待公示",
        "in_publicity": "公示中",
        "objected": "有异议",
        "awaiting_confirmation": "待确认",
        "awaiting_payment": "待拨付",
        "paid": "已拨付",
        "payment_failed": "拨付失败",
        "not_accepted": "不予受理",
        "refused": "不予通过",
        "under_reexamination": "申请复核",
        "disqualified": "取消资格",
        "withdrawn": "已撤回",
        "recovered": "追回",
        "suspected_duplicate": "待核查",
    }
)
CENTRE_STATE_LABELS: Final[Mapping[CentreState, str]] = MappingProxyType(
    {
        "not_sent": "未上报",
        "exported": "已导出待回执",
        "sent": "已上报",
        "received": "已接收",
        "duplicate": "重复",
        "sent_back": "退回",
        "superseded": "已被取代",
    }
)
# What is to be done in each state, as far as the state alone says; `telling.next_step` adds what the region asks.
NEXT_STEPS: Final[Mapping[State, str]] = MappingProxyType(
    {
        "draft": "请把表填完整，核对无误后打印，交申请人签字。",
        "awaiting_signature": "请让申请人在打印好的表上签字，需要盖章的请盖章，然后办理受理。",
        "accepted": "请逐项核验并记录结果。",
        "awaiting_materials": "请申请人补齐所缺的内容，收齐后办理“补正收齐”。",
        "verifying": "请把余下的核验做完并记录结果。",
        "awaiting_review": "请没有经办过这份申请的复核人复核。",
        "returned": "请按退回的理由改好，再办理“再次提交”。",
        "awaiting_publicity": "请列入公示名单，张贴后登记“公示”。",
        "in_publicity": "请等公示期满；有人提出异议的，先登记异议。",
        "objected": "请负责人核查异议，再办理“异议成立”或者“异议不成立”。",
        "awaiting_confirmation": "公示无异议，请负责人确认。",
        "awaiting_payment": "请列入拨付名单，由没有编制名单的人确认后拨付。",
        "paid": "补贴已经拨付，不用再办理。",
        "payment_failed": "请核对或者更正账户，由复核人办理“重新拨付”。",
        "not_accepted": "没有受理，请把理由书面告知申请人。",
        "refused": "没有通过，请把理由告知申请人。",
        "under_reexamination": "请重新核验，再由负责人维持原结论或者改为通过。",
        "disqualified": "已取消资格，不发补贴，请告知申请人。",
        "withdrawn": "申请人已撤回，不再办理。",
        "recovered": "补贴已追回，以后又收到的，继续登记追回。",
        "suspected_duplicate": "请负责人核查是不是重复申领。",
    }
)


# The same for a list, which no applicant signs.
LIST_STEPS: Final[Mapping[State, str]] = MappingProxyType(
    {
        "draft": "请把名单填完，逐行核对无误后打印。",
        "awaiting_signature": "请在打印好的名单上按表上的要求签字、盖章，再上报或张贴。",
    }
)


# What a case leaves in the ledger of awards; a state that is not named leaves nothing.
LedgerStatus = Literal["applied", "granted", "refused", "recovered"]
LEDGER_STATUS: Final[Mapping[State, LedgerStatus]] = MappingProxyType(
    {
        "accepted": "applied",
        "awaiting_materials": "applied",
        "verifying": "applied",
        "awaiting_review": "applied",
        "returned": "applied",
        "awaiting_publicity": "applied",
        "in_publicity": "applied",
        "objected": "applied",
        "awaiting_confirmation": "applied",
        "awaiting_payment": "applied",
        "payment_failed": "applied",
        "under_reexamination": "applied",
        "suspected_duplicate": "applied",
        "paid": "granted",
        "refused": "refused",
        "not_accepted": "refused",
        "disqualified": "refused",
        "recovered": "recovered",
    }
)


def ledger_status(state: State, before_suspicion: State | None) -> LedgerStatus | None:
    """Return what a case comes to in the ledger; one that is looked into comes to what it came to before."""
    return LEDGER_STATUS.get(before_suspicion if is_suspected(state) and before_suspicion else state)


def is_suspected(state: State) -> bool:
    """Say whether a case is looked into as a duplicate; what it comes to waits for that."""
    return state == "suspected_duplicate"


def is_objected(state: State) -> bool:
    """Say whether an objection against a case is open; it holds this one person."""
    return state == "objected"


def is_draft(state: State) -> bool:
    """Say whether an application or a list can still be written on."""
    return state == FIRST_STATE


def state_of(text: str) -> State:
    """Return `text` as a state.

    Raises:
        ValueError: `text` is not one of the closed list.
    """
    for state in STATES:
        if state == text:
            return state
    raise ValueError(f"unknown state of a case: {text!r}")
