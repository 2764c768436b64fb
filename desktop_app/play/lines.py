"""What a line of a scripted day does in the open store, for the person of the line: acts, lists, papers, figures."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from desktop_app.case import Answer, Case
from desktop_app.forms import catalogue
from desktop_app.play.reading import answers_of, day_of, given_for, text_of
from desktop_app.play.told import (
    award_told,
    case_told,
    cases_told,
    events_told,
    figures_told,
    list_told,
)
from desktop_app.policy.assess import assess
from desktop_app.policy.catalogue import policy
from desktop_app.policy.facts import readings_of
from desktop_app.store import cases, claiming, list_acts, papers
from desktop_app.store.awards import earlier_awards
from desktop_app.store.chain import append_event
from desktop_app.store.faults import StoreFault
from desktop_app.store.handing_over import hand_over
from desktop_app.store.history import history_of, paid_between
from desktop_app.store.known import known_of
from desktop_app.store.list_acts import UNKNOWN_LIST, NoneMoved, Outcome, Outcomes
from desktop_app.store.opening import Store, reading, writing
from desktop_app.store.perform import Refused, perform, view_of
from desktop_app.store.records import CaseQuery, Json
from desktop_app.store.rights import acting
from desktop_app.store.settings import settings
from desktop_app.store.times import BEIJING
from desktop_app.store.verify import verify_chain
from desktop_app.workflow.acts import ACT, RECORD

if TYPE_CHECKING:
    from desktop_app.play.day import Day
    from desktop_app.store.jobs import Session

__all__ = ["cases_told", "do_line"]
_APPLIED: Final = "claim.applied_on"
_CLERKS: Final = "这一步由经办人办理，请换有这个角色的人登录后办理。"


def do_line(store: Store, line: Mapping[str, Any], now: datetime, day: "Day") -> dict[str, Any]:
    """Do a line as the person in whose hands the store is, and return its answer.

    Raises:
        StoreFault: It is refused; nothing has changed.
    """
    act: str = line["act"]
    if act in _LINES:
        return _LINES[act](store, line, now, day)
    if act == "send_list":
        with writing(store) as session:
            list_id = _list_id(session, line)
            list_acts.send_list(session, list_id, given_for(RECORD[act], line), now)
        return {"ok": True, "list": line["list"]}
    if act in ACT and ACT[act].is_list:
        with writing(store) as session:
            list_id = _list_id(session, line)
            outcomes = list_acts.do_on_list(session, act, list_id, given_for(ACT[act], line), now)
        return list_told(line["list"], outcomes, _names(day))
    return _act(store, line, now, day)


def _act(store: Store, line: Mapping[str, Any], now: datetime, day: "Day") -> dict[str, Any]:
    act = RECORD.get(line["act"]) or ACT[line["act"]]
    given = given_for(act, line)
    if "cases" not in line:
        name, case_id = _case(line, day)
        with writing(store) as session:
            perform(session, act.id, case_id, papers.load_paper(session, case_id).revision, given, now)
        return _told(store, name, case_id, now)
    if "case" in line:
        raise StoreFault("一行里只写一份申请或者一列申请，请去掉一样。")
    found = []
    for case_id in _cases(line["cases"], day):
        try:
            with writing(store) as session:
                stored = papers.load_paper(session, case_id)
                done = perform(session, act.id, case_id, stored.revision, given, now)
                amount = list_acts.amount_of(papers.load_paper(session, case_id))
                found.append(Outcome(case_id, done.state, "", amount))
        except StoreFault as refused:
            told = refused.sentences[0] if isinstance(refused, Refused) else str(refused)
            found.append(Outcome(case_id, stored.state, told, list_acts.amount_of(stored)))
    outcomes = Outcomes("", tuple(found))
    if not outcomes.moved:
        raise NoneMoved(outcomes)
    return list_told(None, outcomes, _names(day))


def _told(store: Store, name: str, case_id: str, now: datetime) -> dict[str, Any]:
    with reading(store) as session:
        return case_told(name, view_of(session, case_id, _today(now)))


def _new(store: Store, line: Mapping[str, Any], now: datetime, day: "Day") -> dict[str, Any]:
    name = text_of(line.get("case"), "申请的名称")
    if name in day.cases:
        raise StoreFault("已经有叫这个名称的申请，请换一个名称。")
    with writing(store) as session:
        actor, held = acting(session), settings(session)
        if "clerk" not in actor.roles:
            raise StoreFault(_CLERKS)
        rules = policy(str(held["region"]))
        paper = catalogue.form(rules.application_form)
        answers = {key: each for key, each in answers_of(line.get("answers")).items() if each is not None}
        asked = {*(each.field_id for each in paper.fields if not each.is_repeated), *rules.facts}
        if _APPLIED in asked:
            answers.setdefault(_APPLIED, _today(now))
        case = Case(paper.id, paper.version, paper.region, _governing(answers, now), answers)
        case_id = papers.create_paper(session, case, str(held.get("office.code") or ""), actor.id, now)
        append_event(session, "new", actor.id, now, {"given": {}}, case_id, "draft")
        _choose(session, case_id, line.get("choices"), now)
    day.cases[name] = case_id
    return _told(store, name, case_id, now)


def _fill(store: Store, line: Mapping[str, Any], now: datetime, day: "Day") -> dict[str, Any]:
    name, case_id = _case(line, day)
    changed = answers_of(line.get("answers"))
    with writing(store) as session:
        actor = acting(session)
        if "clerk" not in actor.roles:
            raise StoreFault(_CLERKS)
        stored = papers.open_paper(session, case_id)
        merged = {**stored.case.answers, **changed}
        answers = {key: each for key, each in merged.items() if each is not None}
        case = replace(stored.case, answers=answers, governing_day=_governing(answers, now))
        papers.save_paper(session, case_id, stored.revision, case, next(reversed(changed), ""), now)
        told: list[Json] = [*sorted(changed)]
        append_event(session, "fill", actor.id, now, {"given": {}, "fields": told}, case_id, "draft")
        _choose(session, case_id, line.get("choices"), now)
    return _told(store, name, case_id, now)


def _governing(answers: Mapping[str, Answer], now: datetime) -> date:
    applied = answers.get(_APPLIED)
    return applied if isinstance(applied, date) else _today(now)


def _choose(session: "Session", case_id: str, raw: object, now: datetime) -> None:
    """Keep the readings of open points that a draft comes with."""
    if raw is None or raw == {}:
        return
    if not isinstance(raw, dict):
        raise StoreFault("选定的办法应按问题写明，请改正。")
    stored = papers.open_paper(session, case_id)
    rules = policy(stored.case.region)
    paper = catalogue.form(stored.case.form_id, stored.case.form_version)
    found = assess(paper, stored.case, rules, known_of(session, stored, _today(now))).decision.findings
    about = {each.rule: each.message for each in found}
    choices = dict(stored.choices)
    for rule, choice in raw.items():
        if rule not in {*about, *(call.rule for call in rules.calls)} or not isinstance(choice, dict):
            raise StoreFault("没有这个待确认的问题，请核对后再选。")
        reading, reason = text_of(choice.get("reading"), "选定的办法"), text_of(choice.get("reason"), "理由")
        readings = readings_of(rules, rule)
        if reading not in readings or not choice.keys() <= {"reading", "reason"}:
            raise StoreFault(
                f"没有这种选法，请在{'、'.join(f'“{each}”' for each in readings.values())}里选一种。"
            )
        choices[rule] = (reading, reason.strip(), about.get(rule, ""))
    cases.save_choices(session, case_id, stored.revision, choices, now)


def _make_list(store: Store, line: Mapping[str, Any], now: datetime, day: "Day") -> dict[str, Any]:
    name, kind = text_of(line.get("list"), "名单的名称"), text_of(line.get("kind"), "名单的种类")
    ids = _cases(line["cases"], day) if line.get("cases") is not None else None
    with writing(store) as session:
        office = str(settings(session).get("office.code") or "")
        outcomes = list_acts.make_list(session, name, kind, ids, office, now)
    return list_told(name, outcomes, _names(day))


def _claim(store: Store, line: Mapping[str, Any], now: datetime, day: "Day") -> dict[str, Any]:
    name, case_id = _case(line, day)
    with writing(store) as session:
        act = claiming.claim_work if line["act"] == claiming.CLAIM else claiming.release_work
        act(session, case_id, now)
    return _told(store, name, case_id, now)


def _hand_over(store: Store, line: Mapping[str, Any], now: datetime, day: "Day") -> dict[str, Any]:
    name, case_id = _case(line, day)
    to = day.user_id(line.get("to"))
    with writing(store) as session:
        hand_over(session, [case_id], to, now)
    return {"ok": True, "case": name}


def _print(store: Store, line: Mapping[str, Any], now: datetime, day: "Day") -> dict[str, Any]:
    from desktop_app.play.papers import print_paper

    if ("case" in line) == ("list" in line):
        raise StoreFault("一行里写一份申请或者一份名单，请改正。")
    with writing(store) as session:
        paper_id = _case(line, day)[1] if "case" in line else _list_id(session, line)
        paper = text_of(line.get("paper"), "表单")
        told = print_paper(session, paper_id, paper, _out(line, ".pdf", is_needed=False), now)
    return {"ok": True, **{key: line[key] for key in ("case", "list") if key in line}, **told}


def _sheet(store: Store, line: Mapping[str, Any], now: datetime, day: "Day") -> dict[str, Any]:
    from desktop_app.play.papers import save_sheet

    out = _out(line, ".xlsx", is_needed=True)
    assert out is not None
    with writing(store) as session:
        save_sheet(session, _list_id(session, line), out, now)
    return {"ok": True, "list": line["list"], "out": line["out"]}


def _out(line: Mapping[str, Any], suffix: str, *, is_needed: bool) -> Path | None:
    if line.get("out") is None and not is_needed:
        return None
    path = Path(text_of(line.get("out"), "输出文件"))
    if path.suffix.lower() != suffix:
        raise StoreFault("输出文件的结尾不对，打印用 PDF，电子表格用 XLSX，请改文件名。")
    return path


def _statistics(store: Store, line: Mapping[str, Any], now: datetime, day: "Day") -> dict[str, Any]:
    form_id = text_of(line.get("form"), "表单")
    first, last = day_of(line.get("from"), "报告期起"), day_of(line.get("to"), "报告期止")
    if form_id not in catalogue.form_ids() or not catalogue.form(form_id).is_statistics:
        raise StoreFault("没有这种统计表，请核对表单。")
    if last < first:
        raise StoreFault("报告期的止日早于起日，请核对。")
    with reading(store) as session:
        return {"ok": True, "rows": figures_told(paid_between(session, first, last))}


def _ledger(store: Store, line: Mapping[str, Any], now: datetime, day: "Day") -> dict[str, Any]:
    number = text_of(line.get("id_number"), "身份证号")
    with reading(store) as session:
        return {"ok": True, "awards": [award_told(each) for each in earlier_awards(session, number)]}


def _show(store: Store, line: Mapping[str, Any], now: datetime, day: "Day") -> dict[str, Any]:
    name, case_id = _case(line, day)
    told = _told(store, name, case_id, now)
    with reading(store) as session:
        return {**told, "events": events_told(history_of(session, case_id), day.logins())}


def _search(store: Store, line: Mapping[str, Any], now: datetime, day: "Day") -> dict[str, Any]:
    with reading(store) as session:
        page = cases.list_cases(session, CaseQuery(text_of(line.get("words"), "要找的内容")))
    names = _names(day)
    return {
        "ok": True,
        "cases": [names[each.id] for each in page.rows if each.id in names],
        "count": page.total,
    }


def _verify(store: Store, line: Mapping[str, Any], now: datetime, day: "Day") -> dict[str, Any]:
    names = _names(day)
    with reading(store) as session:
        found = verify_chain(session)
    faults = [
        {"place": names.get(each.case_id, ""), "number": each.number, "message": each.message}
        for each in found
    ]
    return {"ok": not faults, "faults": faults, **({"error": found[0].message} if found else {})}


_LINES: Final = {
    "new": _new,
    "fill": _fill,
    "make_list": _make_list,
    "claim_work": _claim,
    "release_work": _claim,
    "hand_over": _hand_over,
    "print": _print,
    "sheet": _sheet,
    "statistics": _statistics,
    "ledger": _ledger,
    "show": _show,
    "search": _search,
    "verify": _verify,
}


def _case(line: Mapping[str, Any], day: "Day") -> tuple[str, str]:
    name = text_of(line.get("case"), "申请的名称")
    if name not in day.cases:
        raise StoreFault("没有叫这个名称的申请，请核对。")
    return name, day.cases[name]


def _cases(raw: object, day: "Day") -> list[str]:
    if not isinstance(raw, list) or not all(isinstance(each, str) for each in raw):
        raise StoreFault("几份申请应写成一列名称，请改正。")
    if not raw:
        raise StoreFault("还没有写是哪几份申请，请至少写一份。")
    if any(each not in day.cases for each in raw):
        raise StoreFault("有的申请没有叫这个名称的，请核对。")
    return [day.cases[each] for each in dict.fromkeys(raw)]


def _list_id(session: "Session", line: Mapping[str, Any]) -> str:
    found = list_acts.list_id_of(session, text_of(line.get("list"), "名单的名称"))
    if found is None:
        raise StoreFault(UNKNOWN_LIST)
    return found


def _names(day: "Day") -> dict[str, str]:
    return {case_id: name for name, case_id in day.cases.items()}


def _today(now: datetime) -> date:
    return now.astimezone(BEIJING).date()
