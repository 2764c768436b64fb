"""Acts of the counter: filling in, taking in, asking for materials, correcting, settling open points, taking back."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from desktop_app.case import Answer, Answers, Unread
from desktop_app.faults import hint
from desktop_app.forms import kinds
from desktop_app.forms.fields import Field, fields
from desktop_app.policy.assess import DECIDED, OpenPoint
from desktop_app.policy.decide import decide
from desktop_app.policy.facts import readings_of
from desktop_app.policy.finishing import against_finishing, sentences
from desktop_app.policy.materials import materials_of_channel
from desktop_app.workflow.checking import results_of
from desktop_app.workflow.doing import Change, Doing, Matter, came_from, decided
from desktop_app.workflow.states import State

# The account of the applicant: a correction of it moves no case, but somebody else confirms it.
ACCOUNT: Final = ("payment.bank", "payment.account_name", "payment.account_number")
_STAYING: Final[tuple[State, ...]] = ("accepted", "verifying", "returned")


def _against_finishing(matter: Matter) -> Iterator[str]:
    yield from sentences(against_finishing(matter.form, matter.case, matter.assessment, matter.day))


def _finished(matter: Matter) -> Change:
    return Change(matter.act.after[0], says=decided(matter) or {"decision": {}})


def _against_accepting(matter: Matter) -> Iterator[str]:
    """Only materials of the policy are received, and nothing is accepted without the paper that was signed."""
    received = matter.given.get("materials")
    if matter.policy is None or not isinstance(received, tuple):
        return
    wanted = materials_of_channel(matter.case.answers, matter.policy)
    names = [each.name for each in wanted]
    for name in received:
        if name not in names:
            yield f"材料清单里没有“{name}”{hint(str(name), names)}，请按清单填写。"
    for each in wanted:
        if each.is_signed and each.name not in received:
            yield f"还没有收到签了字的“{each.name}”，请收到后再受理。"


def _accepted(matter: Matter) -> Change:
    return Change(matter.act.after[0], is_numbered=True)


def against_reason(matter: Matter) -> Iterator[str]:
    """Yield what stands against a reason by its code: the policy has no such condition or check."""
    reason = matter.given.get("reason")
    code = reason.get("code") if isinstance(reason, Mapping) else None
    if code is None or matter.policy is None:
        return
    policy = matter.policy
    known = {each.rule for each in policy.calls}.union(
        (each.id for each in policy.checks), (each.code for each in policy.reasons)
    )
    if code not in known:
        yield "政策里没有这个理由代号，请从政策的条件和核验里选，或者写自己的话。"


def _received(matter: Matter) -> Change:
    return Change(came_from(matter, "ask_materials"))


def was_taken_in(matter: Matter) -> bool:
    """Say whether the case was taken in before it waited for materials; what was not is no case on its way yet."""
    return matter.state != "awaiting_materials" or came_from(matter, "ask_materials") != "awaiting_signature"


def _against_withdrawing(matter: Matter) -> Iterator[str]:
    if not was_taken_in(matter):
        yield "这份申请还没有受理，不用撤回，不再办理的请改回草稿后删除。"


# Correction


def _against_correcting(matter: Matter) -> Iterator[str]:
    field_id, value = matter.given.get("field"), matter.given.get("value")
    if not isinstance(field_id, str) or not field_id:
        return
    field = fields().get(field_id)
    on_paper = {each.field_id for each in matter.form.fields if not each.is_repeated}
    facts = matter.policy.facts if matter.policy else ()
    if field is None or field_id not in on_paper.union(facts, matter.case.answers):
        yield "这份申请上没有要更正的这一项，请从表上的各项里选。"
        return
    if field_id in DECIDED or field_id == "case.number" or field_id in {each.sets for each in matter.checks}:
        yield f"“{field.label}”是审核得出的，不能更正，请更正它所依据的内容。"
        return
    if field_id in ACCOUNT and matter.is_done_on("confirm_list", matter.lists.get("payment", "")):
        yield "拨付名单已经确认，账户不能再更正，请等拨付结果，失败的再更正。"
    if value is None or value == "":
        return
    try:
        new = _corrected_value(field, value)
    except ValueError as fault:
        yield str(fault)
        return
    if new == matter.case.answers.get(field_id):
        yield f"“{field.label}”更正前后是一样的，请核对要更正的内容。"


def _corrected_value(field: Field, value: object) -> Answer:
    """Return what a correction gives as an answer.

    Raises:
        ValueError: It cannot be read; one sentence that names the field by its label.
    """
    if isinstance(value, tuple):
        value = list(value)
    answer = kinds.from_json(replace(field, id=field.label), value)
    if isinstance(answer, Unread):
        raise ValueError(f"“{field.label}”的写法看不懂，请照表上的样子写。")
    bad = [each.message for each in kinds.check(field, answer) if each.outcome == "fail"]
    if bad:
        raise ValueError(bad[0])
    return answer


def _corrected(matter: Matter) -> Change:
    field_id = str(matter.given["field"])
    answers: dict[str, Answer] = {field_id: _corrected_value(fields()[field_id], matter.given["value"])}
    results = results_of(matter.deeds, matter.checks)
    void = [each for each in matter.checks if each.is_void_by(field_id)]
    says = {"void": [each.id for each in void if each.id in results]}
    if field_id in ACCOUNT or matter.state in _STAYING:
        return Change(matter.state, answers, says)
    if void:
        return Change("accepted", answers, says)
    return Change("awaiting_review" if field_id in read_by_decision(matter) else matter.state, answers, says)


class _Watched(dict[str, Answer]):
    """Answers that note which of them were asked for."""

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers)
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Answer:
        self.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return super().__contains__(key)


def read_by_decision(matter: Matter) -> frozenset[str]:
    """Return the fields that the decision on a case looks at."""
    if matter.policy is None or matter.assessment is None:
        return frozenset()
    kept = {key: each for key, each in matter.assessment.answers.items() if each not in ("", ())}
    watched = _Watched({key: each for key, each in kept.items() if not isinstance(each, Unread)})
    decide(replace(matter.case, answers=watched), matter.policy, matter.known)
    return frozenset(watched.asked)


# Open points


def _against_choosing(matter: Matter) -> Iterator[str]:
    rule, reading = matter.given.get("rule"), matter.given.get("reading")
    if not isinstance(rule, str) or not rule or matter.assessment is None or matter.policy is None:
        return
    points = {each.finding.rule: each for each in _points(matter)}
    if rule not in points:
        yield "这份申请没有这个待确认的问题，请核对后再选。"
        return
    readings = readings_of(matter.policy, rule)
    if isinstance(reading, str) and reading and reading not in readings:
        yield f"没有这种选法，请在{'、'.join(f'“{each}”' for each in readings.values())}里选一种。"


def _points(matter: Matter) -> tuple[OpenPoint, ...]:
    found = matter.assessment
    return (*found.open_points, *found.settled_points) if found else ()


def _chosen(matter: Matter) -> Change:
    rule = str(matter.given["rule"])
    about = next(each.finding.message for each in _points(matter) if each.finding.rule == rule)
    choice = (str(matter.given["reading"]), str(matter.given["reason"]).strip(), about)
    return Change(matter.state, choices=MappingProxyType({rule: choice}))


INTAKE: Final[Mapping[str, Doing]] = MappingProxyType(
    {
        "finish": Doing(_finished, _against_finishing, is_for_lists=True),
        "reopen": Doing(is_for_lists=True),
        "accept": Doing(_accepted, _against_accepting),
        "not_accept": Doing(obstacles=against_reason),
        "ask_materials": Doing(),
        "materials_received": Doing(_received),
        "withdraw": Doing(obstacles=_against_withdrawing),
        "correct": Doing(_corrected, _against_correcting),
        "choose": Doing(_chosen, _against_choosing),
    }
)
