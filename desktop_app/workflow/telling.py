"""What is said of every application without opening it: state, since when, why, what next and whose turn, until when.

One wording for panel, list, queue, receipt and enquiry. Pure: the case's deeds, its period and today come in. Where a
line of a list knows no deeds, it says what the state alone says.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from desktop_app.dates import show_day
from desktop_app.policy.calendars import Calendar
from desktop_app.policy.model import Policy
from desktop_app.policy.rules import RULES
from desktop_app.workflow.acts import ACT, RECORD
from desktop_app.workflow.checking import is_good, results_of
from desktop_app.workflow.deadlines import Due, words
from desktop_app.workflow.queues import Turn
from desktop_app.workflow.refusals import Deed
from desktop_app.workflow.roles import ROLE_LABELS
from desktop_app.workflow.states import NEXT_STEPS, STATE_LABELS, State

# Where an act keeps why it was done, in the order of looking.
REASONS: Final = ("reason", "finding", "ground", "changed", "what", "missing")
# What is recorded beside the table; it moves nothing.
_BESIDE: Final[Mapping[str, str]] = {
    "new": "新建",
    "fill": "填写",
    "claim_work": "领取",
    "release_work": "放回",
    "hand_over": "交接",
    "make_list": "编制名单",
    "print": "打印",
    "forget": "删除",
}
ENDED: Final = "已办结"


class Told(NamedTuple):
    """The five answers, each a Chinese text; a receipt has no need of a state's name elsewhere.

    Attributes:
        state: 已受理.
        since: The day from which it stands so.
        why: The act that brought it there, with its reason; empty where no deed is known.
        next: What is to be done now, one sentence.
        turn: By whom; `已办结` where nobody has to.
        until: The period with its days left and its day; empty where none runs.
    """

    state: str
    since: str
    why: str
    next: str
    turn: str
    until: str


def told(
    state: State,
    since: date,
    due: Due,
    turn: Sequence[Turn],
    today: date,
    *,
    deeds: Sequence[Deed] = (),
    policy: Policy | None = None,
    calendar: Calendar | None = None,
) -> Told:
    """Return the five answers.

    Args:
        state: How the case stands.
        since: From which day.
        due: Its period, as `deadlines.due` gives it.
        turn: Whose turn it is, as `doings.turn` gives it.
        today: The day on which it is told.
        deeds: Everything that was done on it, in order; none where they are not known.
        policy: What holds in its region; names reasons, checks and steps of its own.
        calendar: The region's working days; without it no period is told.
    """
    return Told(
        STATE_LABELS[state],
        show_day(since),
        _why(deeds, policy),
        next_step(state, deeds, policy, turn),
        turn_words(turn),
        words(due, today, calendar) if calendar is not None else "",
    )


def turn_words(turn: Sequence[Turn]) -> str:
    """Return whose turn it is in words, `经办人`; `已办结` where it is nobody's."""
    return "或".join("申请人" if each == "applicant" else ROLE_LABELS[each] for each in turn) or ENDED


def act_label(act_id: str) -> str:
    """Return what a history calls an act, one of the table or one beside it."""
    act = RECORD.get(act_id) or ACT.get(act_id)
    return act.label if act else _BESIDE.get(act_id, "记录")


def act_words(deed: Deed, policy: Policy | None) -> str:
    """Return an act with the check that it recorded and its result, or its reason: `退回：证书编号与原件不符`."""
    label = act_label(deed.act)
    why = check_words(deed.given, policy) if deed.act == "record_check" else deed_reason(deed.given, policy)
    return f"{label}：{why}" if why else label


def deed_reason(given: Mapping[str, object], policy: Policy | None) -> str:
    """Return why an act was done, in words; empty where it gave no reason."""
    found = next((given[name] for name in REASONS if given.get(name)), None)
    return reason_words(found, policy)


def reason_words(reason: object, policy: Policy | None) -> str:
    """Return a reason in words: own words, the policy's words of its code, or both; a code is never shown."""
    if isinstance(reason, Mapping):
        code = reason.get("code")
        parts = (code_words(str(code), policy) if code else "", str(reason.get("words") or "").strip())
        return "；".join(filter(None, parts))
    if isinstance(reason, Sequence) and not isinstance(reason, str):
        return "；".join(map(str, reason))
    return str(reason).strip() if reason else ""


def code_words(code: str, policy: Policy | None) -> str:
    """Return what a code of a reason says: the policy's own words, else the title of its rule or check."""
    if policy is not None:
        found = next((each.words for each in policy.reasons if each.code == code), "")
        found = found or next((f"{each.name}：{each.bad}" for each in policy.checks if each.id == code), "")
        if found:
            return found
    return RULES[code].title if code in RULES else "其他理由"


def check_words(given: Mapping[str, object], policy: Policy | None) -> str:
    """Return a recorded check with its result in the region's own words, `证书核查 真实有效`."""
    check = next((each for each in policy.checks if each.id == given.get("check")), None) if policy else None
    if check is None:
        return ""
    return f"{check.name} {check.good if given.get('result') == check.results[0] else check.bad}"


def next_step(state: State, deeds: Sequence[Deed], policy: Policy | None, turn: Sequence[Turn] = ()) -> str:
    """Return what is to be done now, with the steps of the region where the deeds are known."""
    own = next(_own_steps(state, deeds, policy, turn), "") if deeds and policy is not None else ""
    return own or NEXT_STEPS[state]


def _own_steps(
    state: State, deeds: Sequence[Deed], policy: Policy | None, turn: Sequence[Turn]
) -> Iterator[str]:
    assert policy is not None
    results = results_of(deeds, policy.checks)
    bad = [each for each in policy.checks if each.id in results and not is_good(each, results)]
    open_checks = [each for each in policy.checks if not is_good(each, results)]
    match state:
        case "accepted" | "verifying" if open_checks:
            yield f"请核验并记录结果：{'、'.join(each.name for each in open_checks)}。"
        case "awaiting_review" if bad:
            told_bad = "；".join(f"{each.name} {each.bad}" for each in bad)
            yield f"{told_bad}，不能通过，请复核人退回、通知补正或者办理不予通过。"
        case "refused" if turn:
            yield "请把理由告知申请人；申请人有异议的，可以申请复核一次。"
        case "awaiting_payment":
            yield _payment_step(deeds, policy)
        case "paid" if policy.has_act("mark_insured") and not _is_done(deeds, "mark_insured"):
            yield "已拨付，请在经办系统里标识已领取，再记录“在经办系统标识”。"


def _payment_step(deeds: Sequence[Deed], policy: Policy) -> str:
    begun = max((at for at, deed in enumerate(deeds) if deed.before != deed.after), default=0)
    done = deeds[begun:]
    if policy.has_act("request_funds") and not _is_done(done, "request_funds"):
        return "请列入拨付名单，向财政申请资金。"
    if policy.has_act("funds_arrived") and not _is_done(done, "funds_arrived"):
        return "已申请资金，请在资金到位后登记。"
    if not _is_done(done, "confirm_list"):
        return "请列入拨付名单，由没有编制名单的人确认。"
    return "拨付名单已确认，请按名单拨付并登记。"


def _is_done(deeds: Sequence[Deed], act_id: str) -> bool:
    return any(deed.act == act_id for deed in deeds)


def _why(deeds: Sequence[Deed], policy: Policy | None) -> str:
    moved = (deed for deed in reversed(deeds) if deed.before != deed.after)
    deed = next(moved, None)
    return act_words(deed, policy) if deed is not None else ""
