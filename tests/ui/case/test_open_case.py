"""The open case as a value: what follows from it, whose answers it takes, what is saved, what stands against it."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from desktop_app.case import Answer, Case, Unread
from desktop_app.cli.demo import sample
from desktop_app.forms.catalogue import form
from desktop_app.policy.model import Award
from desktop_app.store.case_columns import CaseRow
from desktop_app.store.jobs import Person
from desktop_app.ui.case.open_case import OpenCase, PersonAsked, opened
from desktop_app.ui.case.to_correct import (
    beyond,
    missing_facts,
    open_rules,
    point_behind,
    point_of,
    stop_of,
    where_to_begin,
)
from desktop_app.workflow.states import State

TODAY = date(2026, 3, 2)
NUMBER, OTHER = "220104199003070016", "220104199003070032"
WELDER: dict[str, Answer] = {
    "applicant.name": "样例𬱖",
    "applicant.id_number": NUMBER,
    "certificate.kind": "vocational_qualification",
    "certificate.occupation": "焊工",
    "certificate.level": 4,
    "certificate.issued_on": TODAY - timedelta(days=60),
    "claim.applied_on": TODAY,
}
SIMILAR = {**WELDER, "certificate.occupation": "电焊工"}
POINT = "on_shortage_list"


def open_case(
    answers: Mapping[str, Answer],
    state: State = "draft",
    case_id: str = "",
    choices: Mapping[str, tuple[str, ...]] | None = None,
) -> OpenCase:
    paper = form("jilin.application")
    case = Case(paper.id, paper.version, paper.region, TODAY, answers)
    return opened(paper, case, {}, case_id, state, choices).assessed(TODAY)


def with_answers(held: OpenCase, **changed: Answer) -> OpenCase:
    changes = {key.replace("__", "."): value for key, value in changed.items()}
    return held.with_answers({**held.case.answers, **changes}).assessed(TODAY)


def whole(**changed: Answer) -> OpenCase:
    """A case against which nothing stands."""
    dates = {key: WELDER[key] for key in ("certificate.issued_on", "claim.applied_on")}
    answers = {**sample(form("jilin.application")).answers, **dates, "claim.is_first": True}
    answers["certificate.number"] = f"{TODAY:%y}07003003400311"
    held = open_case({key: value for key, value in answers.items() if "claim.earlier" not in key})
    return with_answers(held, **changed)


def row(case_id: str, at: int) -> CaseRow:
    moment = datetime(2026, 3, at, 9, 0, tzinfo=UTC)
    return CaseRow(case_id, "jilin.application", "draft", "样例", NUMBER, "", "焊工", "", moment, moment)


FOUND = Person((Award("granted", region="jilin", occupation="焊工", level=4, on=date(2026, 1, 8)),), ())


def asking(held: OpenCase) -> tuple[OpenCase, PersonAsked]:
    asked = held.person_to_ask()
    assert asked is not None
    return replace(held, asked=asked), asked


def test_it_knows_no_qt() -> None:
    code = (
        "import sys; from desktop_app.ui.case import open_case, to_correct; "
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# What follows from what is written.


def test_what_follows_stands_in_the_answers_of_a_draft() -> None:
    held = open_case(WELDER)
    assert held.case.answers["claim.amount"] == Decimal("1950.00")
    assert held.case.answers["claim.is_shortage"] is True
    assert with_answers(held, certificate__level=3).case.answers["claim.amount"] != Decimal("1950.00")


def test_nothing_that_is_written_changes_on_a_signed_paper() -> None:
    signed = {**WELDER, "claim.amount": Decimal("1500.00")}
    held = open_case(signed, "awaiting_signature", "case")
    assert held.case.answers == signed
    assert held.assessment is not None
    assert held.assessment.answers["claim.amount"] == Decimal("1950.00")  # told beside it all the same
    asked, question = asking(held)
    found = asked.with_found(question, FOUND).assessed(TODAY)
    assert found.lines != held.lines
    assert found.case == held.case
    assert found.with_act_done("draft").assessed(TODAY).case.answers["claim.amount"] != Decimal("1500.00")


def test_a_choice_on_a_signed_paper_is_neither_dropped_nor_kept_anew() -> None:
    choices = {POINT: ("listed", "证书写的是电焊工", "另一个问题")}
    held = open_case(SIMILAR, "awaiting_signature", "case", choices)
    assert POINT in held.choices.recorded
    assert held.choices_to_keep() is None
    assert POINT not in open_case(SIMILAR, "draft", "case", choices).choices.recorded


def test_without_a_change_nothing_is_worked_out_again() -> None:
    held = open_case(WELDER)
    assert held.with_answers(held.case.answers).assessed(TODAY) is held
    assert held.assessed(TODAY + timedelta(days=1)) is not held


def test_the_day_the_paper_names_governs_and_without_it_the_first_one() -> None:
    held = with_answers(open_case(WELDER), claim__applied_on=date(2020, 5, 6))
    assert held.case.governing_day == date(2020, 5, 6)
    kept = {key: value for key, value in held.case.answers.items() if key != "claim.applied_on"}
    assert held.with_answers(kept).case.governing_day == TODAY


def test_empty_rows_at_the_end_of_a_list_are_none() -> None:
    paper = form("jilin.publicity_filing")
    held = opened(paper, Case(paper.id, paper.version, paper.region, TODAY), {}).assessed(TODAY)
    assert held.policy is None and held.assessment is None
    named = {"applicant.name": "样例"}
    assert held.with_answers({}, ({}, named, {}, {})).case.rows == ({}, named)
    assert held.with_answers({}, ({},)) is held


def test_the_table_of_an_office_is_taken_as_it_is_set_now() -> None:
    paper = form("chongqing.application")
    answers: dict[str, Answer] = {
        "certificate.kind": "skill_level",
        "certificate.occupation": "电工",
        "certificate.level": 4,
        "certificate.issued_on": date(2025, 1, 10),
    }
    case = Case(paper.id, paper.version, paper.region, date(2025, 3, 3), answers)
    held = opened(paper, case, {}).assessed(TODAY)
    assert "claim.amount" not in held.case.answers
    line = {"kind": "skill_level", "occupation": "电工", "level": 4, "from": "2024-05-09", "yuan": "1200.00"}
    filled = held.with_settings({"policy.amounts": [{**line, "source": "样例"}]}).assessed(TODAY)
    assert filled.case.answers["claim.amount"] == Decimal("1200.00")


# What the store knows of the person.


def test_the_person_is_asked_for_once_and_again_when_number_or_case_is_another() -> None:
    held = open_case(WELDER)
    assert held.person_to_ask() == PersonAsked(NUMBER, "")
    asked, _ = asking(held)
    assert asked.person_to_ask() is None
    assert replace(asked, case_id="case").person_to_ask() == PersonAsked(NUMBER, "case")
    assert with_answers(asked, applicant__id_number=OTHER).person_to_ask() == PersonAsked(OTHER, "")
    assert with_answers(asked, applicant__id_number=Unread("2201")).person_to_ask() is None


def test_an_earlier_award_and_another_application_are_told() -> None:
    held, question = asking(open_case(WELDER))
    found = held.with_found(question, Person(FOUND.earlier, (row("a", 2), row("b", 1)))).assessed(TODAY)
    told = found.lines[0]
    assert (told.case_id, told.group) == ("a", "warn")
    assert "另有 2 份申请，最近一份是草稿" in told.message
    assert any("申领过" in each.message and each.group == "fail" for each in found.lines)
    assert found.with_found(question, Person(FOUND.earlier, (row("a", 2), row("b", 1)))) is found


def test_a_late_answer_about_an_older_number_is_not_taken() -> None:
    held, question = asking(open_case(WELDER))
    meanwhile, _ = asking(with_answers(held, applicant__id_number=OTHER))
    assert meanwhile.with_found(question, FOUND) is meanwhile
    # Nor where the new number has not been asked for, or can be read no longer.
    assert with_answers(held, applicant__id_number=OTHER).with_found(question, FOUND).known.earlier == ()
    unread = with_answers(held, applicant__id_number=Unread("2201"))
    assert unread.with_found(question, FOUND) is unread


def test_a_late_answer_that_knows_this_case_as_another_is_not_taken() -> None:
    held, question = asking(open_case(WELDER))
    stored, _ = asking(replace(held, case_id="case"))
    assert stored.with_found(question, Person((), (row("case", 2),))).others == ()


def test_what_was_found_of_one_person_says_nothing_of_another() -> None:
    held, question = asking(open_case(WELDER))
    found = held.with_found(question, Person(FOUND.earlier, (row("a", 2),))).assessed(TODAY)
    for number in (OTHER, Unread("2201")):
        other = with_answers(found, applicant__id_number=number)
        assert (other.known.earlier, other.others) == ((), ())
        assert not any(each.case_id for each in other.lines)


# What the clerk chose.


def test_a_reading_chosen_before_the_first_save_is_kept_with_it() -> None:
    held = open_case(SIMILAR)
    assert open_rules(held) == (POINT,)
    (reading, *_) = point_of(held, POINT).readings  # type: ignore[union-attr]
    chosen = held.with_choice(POINT, reading, "证书写的是电焊工").assessed(TODAY)
    assert open_rules(chosen) == ()
    assert chosen.choices_to_keep() is None  # there is no draft yet
    stored = replace(chosen, case_id="case")
    kept = stored.choices_to_keep()
    assert kept is not None
    assert kept[POINT][:2] == (reading, "证书写的是电焊工")
    assert stored.with_choices_kept().choices_to_keep() is None
    again = open_case(SIMILAR, "draft", "case", kept)
    assert open_rules(again) == () and again.choices_to_keep() is None
    settled = next(each for each in again.lines if each.rule == POINT)
    assert point_behind(again, settled) == POINT  # it can be settled otherwise


def test_what_was_begun_settles_nothing_and_is_kept() -> None:
    held = open_case(SIMILAR, case_id="case").with_begun(POINT, "listed", "局里").assessed(TODAY)
    kept = held.choices_to_keep()
    assert kept == {POINT: ("", "局里", "", "listed")}
    again = open_case(SIMILAR, "draft", "case", kept)
    assert open_rules(again) == (POINT,)
    assert again.choices.so_far(POINT) == ("listed", "局里")
    assert again.choices.so_far("another") == ("", "")
    recorded = again.with_choice(POINT, "listed", "局里口径")
    assert recorded.choices.begun == {}
    assert recorded.choices.so_far(POINT) == ("listed", "局里口径")


def test_another_fact_under_the_same_rule_is_another_question() -> None:
    held = open_case({**WELDER, "payment.account_number": "6222020200112233440"}, case_id="case")
    rule = "card_number_plausible"
    (reading, *_) = point_of(held, rule).readings  # type: ignore[union-attr]
    chosen = held.with_choice(rule, reading, "存折账号").assessed(TODAY).with_choices_kept()
    assert rule not in open_rules(chosen)
    assert rule not in open_rules(with_answers(chosen, applicant__name="样例乙"))
    other = with_answers(chosen, payment__account_number="62220202001")
    assert rule in open_rules(other)
    assert other.choices_to_keep() == {}


def test_a_point_is_settled_on_a_draft_alone() -> None:
    assert point_of(open_case(SIMILAR, "awaiting_signature", "case"), POINT) is None
    assert point_of(open_case(SIMILAR), "another") is None


# What is saved.


def test_looking_at_a_draft_is_no_change_of_it() -> None:
    held = open_case(WELDER).untouched()
    assert not held.wants_saving("applicant.name")
    changed = with_answers(held, applicant__phone="13800000000")
    assert changed.wants_saving("applicant.phone")
    saved = changed.with_saved("applicant.phone")
    assert not saved.wants_saving("applicant.phone")
    assert saved.wants_saving("payment.bank")  # where to go on is another place now
    assert saved.case == saved.saved


# What stands against finishing.


def test_a_whole_case_is_not_stopped() -> None:
    held = whole()
    assert stop_of(held) is None
    assert where_to_begin(held, ["applicant.name", "payment.bank"]) == "applicant.name"


def test_what_is_missing_comes_before_what_is_keyed_once_and_what_fails() -> None:
    held = whole(insurance__months_paid=35)
    kept = {key: value for key, value in held.case.answers.items() if key != "payment.bank"}
    stop = stop_of(held.with_answers(kept).assessed(TODAY), ("payment.account_number",))
    assert stop is not None and (stop.field_id, stop.failures) == ("payment.bank", ())
    assert "还缺“开户银行”" in stop.sentence
    keyed = stop_of(held, ("payment.account_number",))
    assert keyed is not None and keyed.field_id == "payment.account_number"
    assert "还要再输入一次" in keyed.sentence


def test_what_fails_is_told_once_and_again_when_it_is_something_else() -> None:
    held = whole(insurance__months_paid=35)
    stop = stop_of(held)
    assert stop is not None and stop.field_id == "insurance.months_paid"
    assert stop.sentence.endswith("申请人仍要交件的，请再按一次 F9。")
    told = replace(held, told_failures=stop.failures)
    assert stop_of(told) is None
    assert stop_of(with_answers(told, insurance__months_paid=34)) is not None
    assert (
        stop_of(told.with_act_done("awaiting_signature").with_act_done("draft").assessed(TODAY)) is not None
    )


def test_an_open_point_stops_and_names_its_rule() -> None:
    stop = stop_of(whole(certificate__occupation="电焊工"))
    assert stop is not None and stop.rule == POINT


def test_facts_that_are_missing_come_in_the_order_of_the_work() -> None:
    held = open_case(WELDER)
    missing = missing_facts(held)
    assert missing == tuple(each for each in held.facts if each in missing)
    assert "insurance.months_paid" in missing
    assert "insurance.months_paid" not in missing_facts(with_answers(held, insurance__months_paid=36))
    assert "insurance.months_paid" in missing_facts(with_answers(held, insurance__months_paid=Unread("多")))


def test_work_begins_at_the_first_empty_field_or_else_at_what_is_wrong() -> None:
    held = open_case({**WELDER, "applicant.phone": "123"})
    order = ["applicant.name", "applicant.phone", "payment.bank"]
    assert where_to_begin(held, order) == "payment.bank"
    assert where_to_begin(held, order[:2]) == "applicant.phone"
    assert where_to_begin(held, ["applicant.name@1", "applicant.name"]) == "applicant.name@1"


def test_the_round_of_what_is_wrong_goes_on_at_its_other_end() -> None:
    order = ["a", "b", "c", "d"]
    assert beyond(order, ["b", "d"], "b", 1) == "d"
    assert beyond(order, ["b", "d"], "d", 1) == "b"
    assert beyond(order, ["b", "d"], "b", -1) == "d"
    assert beyond(order, ["b", "d"], "", 1) == "b"
