"""The table of acts: what moves an application, from which states to which, by whom, and what it asks for.

Window, command line, imports and receipts read this one table; nothing else says what may be done. An act's id stands
in events and batches for ever and is never renamed.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from desktop_app.workflow.roles import Role
from desktop_app.workflow.states import STATES, State

# How what is given for a field is read: `texts` is a list of words, `items` anything that a check itemises,
# `reason` a code of the policy or own words or both, `signed` yes or what was signed.
AskKind = Literal["text", "day", "money", "list", "texts", "materials", "items", "value", "reason", "signed"]


class Ask(NamedTuple):
    """One thing that an act asks for.

    Attributes:
        name: As commands and events call it.
        label: As screens and sentences call it.
        is_needed: False for what is taken and not asked.
    """

    name: str
    label: str
    kind: AskKind = "text"
    is_needed: bool = True


class Act(NamedTuple):
    """One line of the table.

    Attributes:
        id: Never renamed.
        label: What button, menu and event list say.
        before: The states in which it can be done.
        after: The states to which it can lead; for one that moves nothing, the states before.
        roles: Who does it. Where a state has roles of its own, `roles_in` says so.
        asks: What it asks for, in the order of asking.
        is_list: It is done on a list and answers for each of its cases.
        is_regional: It is done only where the region's policy names it.
    """

    id: str
    label: str
    before: tuple[State, ...]
    after: tuple[State, ...]
    roles: tuple[Role, ...]
    asks: tuple[Ask, ...] = ()
    is_list: bool = False
    is_regional: bool = False


_CODED: Final = Ask("reason", "理由", "reason")
_REASON = Ask("reason", "理由")
_FINDING = Ask("finding", "核查结论")
_LIST = Ask("list", "名单", "list")
_ON = Ask("on", "日期", "day")
_SUM = Ask("sum", "金额", "money")
_PAPER = Ask("paper", "文书")

# While an application is on its way and nobody has paid: what can be withdrawn, or held as a possible duplicate.
_ON_THE_WAY: Final[tuple[State, ...]] = (
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
    "payment_failed",
    "under_reexamination",
)
_CORRECTED: Final[tuple[State, ...]] = (
    "accepted",
    "verifying",
    "awaiting_review",
    "returned",
    "awaiting_publicity",
    "in_publicity",
    "awaiting_confirmation",
    "awaiting_payment",
    "payment_failed",
)
_ACCOUNT_CHANGES: Final[tuple[State, ...]] = (
    "awaiting_publicity",
    "in_publicity",
    "awaiting_confirmation",
    "awaiting_payment",
)
_MATERIALS_ASKED: Final[tuple[State, ...]] = (
    "awaiting_signature",
    "accepted",
    "verifying",
    "awaiting_review",
)
_CHECKED: Final[tuple[State, ...]] = ("accepted", "verifying", "returned", "under_reexamination")
_CHOSEN: Final[tuple[State, ...]] = ("draft", "accepted", "verifying", "returned")

ACTS: Final[tuple[Act, ...]] = (
    Act("finish", "完成填写", ("draft",), ("awaiting_signature",), ("clerk",)),
    Act("reopen", "改回草稿", ("awaiting_signature",), ("draft",), ("clerk",)),
    Act(
        "accept",
        "受理",
        ("awaiting_signature",),
        ("accepted",),
        ("clerk",),
        (Ask("received_on", "收件日期", "day"), Ask("materials", "收到的材料", "materials")),
    ),
    Act(
        "not_accept",
        "不予受理",
        ("awaiting_signature", "accepted", "verifying", "awaiting_materials"),
        ("not_accepted",),
        ("clerk",),
        (_CODED,),
    ),
    Act(
        "ask_materials",
        "通知补正",
        _MATERIALS_ASKED,
        ("awaiting_materials",),
        ("clerk", "reviewer"),
        (Ask("missing", "要补正的内容", "texts"),),
    ),
    Act("materials_received", "补正收齐", ("awaiting_materials",), _MATERIALS_ASKED, ("clerk",)),
    Act(
        "record_check",
        "记录核验",
        _CHECKED,
        ("verifying", "awaiting_review", "returned", "under_reexamination"),
        ("clerk", "head"),
        (
            Ask("check", "核验事项"),
            Ask("result", "核验结果"),
            Ask("by", "核验人", is_needed=False),
            Ask("department", "核验部门", is_needed=False),
            Ask("on", "核验日期", "day", is_needed=False),
            Ask("where", "核验途径", is_needed=False),
            Ask("items", "核验内容", "items", is_needed=False),
        ),
    ),
    Act("approve", "复核通过", ("awaiting_review",), ("awaiting_publicity",), ("reviewer",)),
    Act(
        "return",
        "退回",
        ("awaiting_review", "awaiting_confirmation"),
        ("returned",),
        ("reviewer", "head"),
        (_REASON,),
    ),
    Act(
        "resubmit",
        "再次提交",
        ("returned",),
        ("awaiting_review", "verifying"),
        ("clerk",),
        (Ask("changed", "改动说明"),),
    ),
    Act("refuse", "不予通过", ("awaiting_review",), ("refused",), ("reviewer",), (_CODED,)),
    Act(
        "ask_reexamination",
        "申请复核",
        ("refused",),
        ("under_reexamination",),
        ("clerk",),
        (Ask("ground", "申请复核的理由"),),
        is_regional=True,
    ),
    Act("uphold_refusal", "维持原结论", ("under_reexamination",), ("refused",), ("head",), (_REASON,)),
    Act(
        "overturn_refusal",
        "改为通过",
        ("under_reexamination",),
        ("awaiting_publicity",),
        ("head",),
        (_REASON,),
    ),
    Act(
        "post",
        "公示",
        ("awaiting_publicity",),
        ("in_publicity",),
        ("clerk",),
        (_LIST, Ask("on", "公示日期", "day"), Ask("where", "公示地点")),
        is_list=True,
    ),
    Act(
        "object",
        "登记异议",
        ("in_publicity",),
        ("objected",),
        ("clerk",),
        (Ask("by", "提出人"), Ask("on", "提出日期", "day"), Ask("what", "异议内容")),
    ),
    Act("dismiss_objection", "异议不成立", ("objected",), ("in_publicity",), ("head",), (_FINDING,)),
    Act("uphold_objection", "异议成立", ("objected",), ("disqualified",), ("head",), (_FINDING,)),
    Act(
        "close_publicity",
        "公示无异议",
        ("in_publicity",),
        ("awaiting_confirmation", "awaiting_payment"),
        ("clerk",),
        (_LIST, Ask("sent_on", "公示通过名单送达日期", "day", is_needed=False)),
        is_list=True,
    ),
    Act("confirm", "负责人确认", ("awaiting_confirmation",), ("awaiting_payment",), ("head",)),
    Act(
        "request_funds",
        "申请资金",
        ("awaiting_payment",),
        ("awaiting_payment",),
        ("clerk",),
        (_LIST, _ON, _SUM, _PAPER),
        is_list=True,
        is_regional=True,
    ),
    Act(
        "funds_arrived",
        "资金到位",
        ("awaiting_payment",),
        ("awaiting_payment",),
        ("clerk",),
        (_LIST, _ON, _SUM, _PAPER),
        is_list=True,
        is_regional=True,
    ),
    Act(
        "confirm_list",
        "确认拨付名单",
        ("awaiting_payment",),
        ("awaiting_payment",),
        ("reviewer", "head"),
        (_LIST,),
        is_list=True,
    ),
    Act(
        "pay",
        "登记拨付",
        ("awaiting_payment",),
        ("paid",),
        ("clerk",),
        (_LIST, Ask("on", "拨付日期", "day")),
        is_list=True,
    ),
    Act("mark_insured", "在经办系统标识", ("paid",), ("paid",), ("clerk",), (_ON,), is_regional=True),
    Act(
        "fail_payment",
        "拨付失败",
        ("awaiting_payment", "paid"),
        ("payment_failed",),
        ("clerk",),
        (_REASON,),
    ),
    Act(
        "retry_payment",
        "重新拨付",
        ("payment_failed",),
        ("awaiting_payment",),
        ("reviewer",),
        (Ask("account", "账户"),),
    ),
    Act("confirm_account", "确认账户", _ACCOUNT_CHANGES, _ACCOUNT_CHANGES, ("reviewer",)),
    Act(
        "recover",
        "追回",
        ("paid", "suspected_duplicate", "recovered"),
        ("recovered",),
        ("head",),
        (_REASON, _ON, Ask("amount", "追回金额", "money")),
    ),
    Act(
        "withdraw",
        "撤回",
        _ON_THE_WAY,
        ("withdrawn",),
        ("clerk",),
        (Ask("signed", "申请人签字的撤回申请", "signed"),),
    ),
    Act(
        "correct",
        "更正",
        _CORRECTED,
        _CORRECTED,
        ("clerk",),
        (Ask("field", "更正的项目"), Ask("value", "更正后的内容", "value"), _REASON),
    ),
    Act(
        "suspect_duplicate",
        "转待核查",
        (*_ON_THE_WAY, "paid"),
        ("suspected_duplicate",),
        ("clerk", "centre"),
        (_REASON,),
    ),
    Act(
        "clear_duplicate",
        "不是重复",
        ("suspected_duplicate",),
        (*_ON_THE_WAY, "paid"),
        ("head",),
        (_FINDING,),
    ),
    Act("confirm_duplicate", "确认重复", ("suspected_duplicate",), ("disqualified",), ("head",), (_FINDING,)),
    Act(
        "choose",
        "记下选定",
        _CHOSEN,
        _CHOSEN,
        ("clerk",),
        (Ask("rule", "待确认的问题"), Ask("reading", "选定的办法"), _REASON),
    ),
)
# What a clerk records at any time, in any state and without moving anything; no lines of the table.
RECORDS: Final[tuple[Act, ...]] = (
    Act(
        "send_list",
        "移交清单",
        STATES,
        STATES,
        ("clerk",),
        (
            _LIST,
            Ask("to", "移交给"),
            _ON,
            Ask("paper", "文书", is_needed=False),
            Ask("received_by", "接收人", is_needed=False),
        ),
        is_list=True,
    ),
    Act(
        "complaint",
        "登记举报",
        STATES,
        STATES,
        ("clerk",),
        (
            Ask("by", "举报人", is_needed=False),
            Ask("on", "举报日期", "day", is_needed=False),
            Ask("what", "举报内容", is_needed=False),
            Ask("finding", "核查结论", is_needed=False),
            Ask("followed_by", "后续处理", is_needed=False),
        ),
    ),
)
RECORD: Final[Mapping[str, Act]] = MappingProxyType({act.id: act for act in RECORDS})
ACT: Final[Mapping[str, Act]] = MappingProxyType({act.id: act for act in ACTS})

# Where an act is open to more than one role, which of them does it in which state.
_ROLES_IN: Final[Mapping[tuple[str, str | None], tuple[Role, ...]]] = MappingProxyType(
    {
        **{("ask_materials", state): ("clerk",) for state in _MATERIALS_ASKED[:3]},
        ("ask_materials", "awaiting_review"): ("reviewer",),
        ("return", "awaiting_review"): ("reviewer",),
        ("return", "awaiting_confirmation"): ("head",),
        **{("record_check", state): ("clerk",) for state in _CHECKED[:3]},
    }
)


def roles_in(act: Act, state: State) -> tuple[Role, ...]:
    """Return who does an act in a state."""
    return _ROLES_IN.get((act.id, state), act.roles)


def is_signed_act(act_id: str, before: str | None) -> bool:
    """Say whether an act is one that only a reviewer or a head does in that state: each signs for it."""
    roles = _ROLES_IN.get((act_id, before), ACT[act_id].roles)
    return {"reviewer", "head"}.issuperset(roles)
