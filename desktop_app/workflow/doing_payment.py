"""Acts from the posted list to the money: publicity, confirmation, funds, payment, failure, recovery."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from desktop_app.dates import show_day
from desktop_app.workflow.deadlines import publicity_closes_on
from desktop_app.workflow.doing import Change, Doing, Matter, came_from
from desktop_app.workflow.doing_intake import ACCOUNT
from desktop_app.workflow.posting import day_named
from desktop_app.workflow.refusals import Deed
from desktop_app.workflow.states import State

# What settles an account again after it was corrected.
_CONFIRMING: Final = ("approve", "overturn_refusal", "retry_payment", "confirm_account")


def is_account_confirmed(deeds: Sequence[Deed]) -> bool:
    """Say whether nothing of the account was corrected since somebody else saw it."""
    for deed in reversed(deeds):
        if deed.act in _CONFIRMING:
            return True
        if deed.act == "correct" and deed.given.get("field") in ACCOUNT:
            return False
    return True


def _against_closing(matter: Matter) -> Iterator[str]:
    posted = matter.last("post")
    if posted is None or matter.policy is None or matter.calendar is None:
        return
    closes = publicity_closes_on(day_named(posted), matter.policy, matter.calendar, matter.periods)
    if closes is None:
        yield "缺少公示期间的放假安排，算不出公示到哪天，请先导入当年的放假安排。"
    elif matter.day < closes:
        yield f"公示到{show_day(closes)}才满，请到那天再办理“{matter.act.label}”。"


def _closed(matter: Matter) -> Change:
    state: State = "awaiting_confirmation" if matter.has_act("confirm") else "awaiting_payment"
    return Change(state)


def _against_funds_arriving(matter: Matter) -> Iterator[str]:
    if not matter.is_done_on("request_funds", matter.given.get("list")):
        yield "这份名单还没有登记申请资金，请先登记“申请资金”。"


def _against_paying(matter: Matter) -> Iterator[str]:
    name = matter.given.get("list")
    if not matter.is_done_on("confirm_list", name):
        yield "拨付名单还没有确认，请复核人或负责人先办理“确认拨付名单”。"
    if matter.has_act("funds_arrived") and not matter.is_done_on("funds_arrived", name):
        yield "资金还没有到位，请先登记“资金到位”。"
    if not is_account_confirmed(matter.deeds):
        yield "账户更正过，还没有确认，请复核人先办理“确认账户”。"
    if matter.pays_after_receipt:
        yield "本机构设定收到汇总中心的回执以后才拨付，请先取得回执。"


def _against_retrying(matter: Matter) -> Iterator[str]:
    account = matter.given.get("account")
    if account is not None and account not in ("", "corrected", "confirmed"):
        yield "“账户”只能写已更正或者已确认，请重新选择。"


def _against_confirming_account(matter: Matter) -> Iterator[str]:
    if is_account_confirmed(matter.deeds):
        yield "账户没有更正过，不用确认。"


def was_paid(matter: Matter) -> bool:
    """Say whether money went out: a case that is looked into may have been paid before."""
    return matter.state != "suspected_duplicate" or came_from(matter, "suspect_duplicate") == "paid"


def _against_recovering(matter: Matter) -> Iterator[str]:
    if not was_paid(matter):
        yield "这份申请还没有拨付，没有可以追回的，请办理“确认重复”或者“不是重复”。"


PAYMENT: Final[Mapping[str, Doing]] = MappingProxyType(
    {
        "post": Doing(),
        "close_publicity": Doing(_closed, _against_closing),
        "confirm": Doing(),
        "request_funds": Doing(),
        "funds_arrived": Doing(obstacles=_against_funds_arriving),
        "confirm_list": Doing(),
        "pay": Doing(obstacles=_against_paying),
        "mark_insured": Doing(),
        "fail_payment": Doing(),
        "retry_payment": Doing(obstacles=_against_retrying),
        "confirm_account": Doing(obstacles=_against_confirming_account),
        "recover": Doing(obstacles=_against_recovering),
    }
)
