"""Cases that policy staff write: what a clerk gives, and what the document says should come of it.

The cases stand in `tests/cases/*.toml` and go through the command line all at once, as an office would check
them. This module knows how a case is written and compared; it knows nothing of how a decision is made.
"""

import contextlib
import io
import itertools
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import pytest

from desktop_app.cli import main
from desktop_app.forms.fields import fields
from tests.support import TESTS

FOLDER = TESTS / "cases"
OUTCOMES = ("pass", "warn", "unknown", "fail")  # mildest first: a rule that speaks twice counts by its worst
NONE = "none"  # in an expectation: no such finding, no amount, no last day

TEXT_KEYS = {"name", "cites"}
GIVEN_KEYS = {"region", "governing_day", "office", "answers", "earlier", "choices"}
EXPECTED_KEYS = {
    "decision",
    "amount",
    "amount_in_capitals",
    "policy",
    "needs_confirmation",
    "last_day_to_apply",
    "findings",  # rule = outcome, "none", or a list of outcomes that the document allows
    "says",  # rule = words that its message must have
    "may_have_more_faults",  # true: rules that are not named here may fail or miss a fact too
}

# The articles of each document that a case may cite, as the document numbers them.
ARTICLES = {
    "tianjin": (
        "天津市2023年职业技能提升补贴指南",
        "二（一） 二（一）1 二（一）2 二（二） 二（三）1 二（三）2 二（三）3 三（二）2",
    ),
    "urumqi": (
        "乌人社办〔2017〕358号",
        "一 一（一） 一（二） 二 三 三（一）1 三（一）2 三（二）1 三（二）3 三（二）4 三（三） 六 附件1",
    ),
    "jilin": (
        "吉人社联字〔2017〕67号",
        "一 一（一） 一（二） 二 二（一） 二（二） 二（三） 三（一） 三（一）1 三（一）2 三（一）3 三（三） 四（一） "
        "四（二） 四（三） 六 附件1 附件3",
    ),
    "dalian": ("大连市企业职工个人申请职业培训补贴操作指南", "一1 一3 二 三 四"),
    "chongqing": (
        "渝人社办〔2025〕84号",
        "一 一（一）1 一（一）2 一（二） 一（三） 二（三） 附件",
    ),
}
# Law of the whole country: any article of it may be cited beside the region's own.
COMMON = (
    "民法典",
    "GB 11643",
    "国发〔1978〕104号",
    "国务院关于渐进式延迟法定退休年龄的办法",
    "渝人社发〔2024〕13号",
)


class Written(NamedTuple):
    """One case as its file has it, with what the file's [base] says filled in."""

    file: str
    name: str
    cites: str
    given: dict[str, Any]
    expect: dict[str, Any]


def identity_number(typed: str) -> str:
    """The number with its check character in place of a last `?` (GB 11643, ISO 7064 MOD 11-2).

    >>> identity_number("11010519491231002?")
    '11010519491231002X'
    """
    if not re.fullmatch(r"\d{17}\?", typed):
        return typed
    weighted = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(typed[:17]))
    return typed[:17] + "0123456789X"[(1 - weighted) % 11]


def card_number(typed: str) -> str:
    """The number with its check digit (Luhn) in place of a last `?`.

    >>> card_number("7992739871?")
    '79927398713'
    """
    if not re.fullmatch(r"\d+\?", typed):
        return typed
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(typed[:-1])))
    return typed[:-1] + str(-sum(sum(divmod(part, 10)) for part in doubled) % 10)


FILLED_IN = {
    "applicant.id_number": identity_number,
    "agent.id_number": identity_number,
    "payment.account_number": card_number,
}


def read_cases(text: str, file: str) -> Iterator[Written]:
    """Every case of one file, in its order."""
    whole = tomllib.loads(text)
    base = whole.get("base", {})
    for own in whole["case"]:
        given = {
            key: own[key] if key in own else base[key] for key in GIVEN_KEYS if key in own or key in base
        }
        day = given["governing_day"]
        answers = {"claim.applied_on": day, **base.get("answers", {}), **own.get("answers", {})}
        given["answers"] = {
            field: FILLED_IN[field](value) if field in FILLED_IN else value
            for field, value in answers.items()
            if value != ""
        }
        expect = {**base.get("expect", {}), **own.get("expect", {})}
        expect["findings"] = {
            **base.get("expect", {}).get("findings", {}),
            **own.get("expect", {}).get("findings", {}),
        }
        yield Written(file, own.get("name", ""), own.get("cites", ""), given, expect)


def all_cases() -> tuple[Written, ...]:
    files = sorted(FOLDER.glob("*.toml"))
    return tuple(
        itertools.chain.from_iterable(
            read_cases(path.read_text(encoding="utf-8"), path.name) for path in files
        )
    )


CASES = all_cases()


def as_json(given: Mapping[str, Any]) -> str:
    return json.dumps(given, ensure_ascii=False, default=date.isoformat)


@pytest.fixture(scope="module")
def decisions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the program decides, by the name of the case: one run for all."""
    folder = tmp_path_factory.mktemp("cases")
    file = folder / "cases.jsonl"
    file.write_text("".join(as_json(case.given) + "\n" for case in CASES), encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as settings:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            settings.setenv(name, str(folder / name.lower()))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main(["check", str(file), "--json"])
            except SystemExit as stop:
                pytest.fail(f"check ended with {stop.code}: {err.getvalue()}")
    lines = out.getvalue().splitlines()
    assert len(lines) == len(CASES), f"{len(lines)} decisions for {len(CASES)} cases: {err.getvalue()}"
    return {case.name: json.loads(line) for case, line in zip(CASES, lines, strict=True)}


def outcomes(decision: Mapping[str, Any]) -> dict[str, str]:
    """The worst outcome of each rule that spoke."""
    worst: dict[str, str] = {}
    for finding in decision["findings"]:
        rule, outcome = finding["rule"], finding["outcome"]
        worst[rule] = max(worst.get(rule, "pass"), outcome, key=OUTCOMES.index)
    return worst


def disagreements(expect: Mapping[str, Any], decision: Mapping[str, Any]) -> Iterator[str]:
    """What came out otherwise than the case says, one sentence each."""
    for key in sorted(EXPECTED_KEYS - {"findings", "says", "may_have_more_faults"}):
        if key in expect and not _agrees(expect[key], decision[key]):
            yield f"{key}: expected {expect[key]}, came {decision[key]}"
    found = outcomes(decision)
    for rule, wanted in expect["findings"].items():
        if not _agrees(wanted, found.get(rule)):
            yield f"{rule}: expected {wanted}, came {found.get(rule, NONE)}"
    if not expect.get("may_have_more_faults"):
        for rule, outcome in found.items():
            if outcome in ("fail", "unknown") and rule not in expect["findings"]:
                yield f"{rule}: nothing expected, came {outcome}"
    for rule, words in expect.get("says", {}).items():
        if not any(
            words in finding["message"] for finding in decision["findings"] if finding["rule"] == rule
        ):
            yield f"{rule}: its message does not say {words}"


def _agrees(wanted: Any, came: Any) -> bool:
    if isinstance(wanted, list):
        return any(_agrees(one, came) for one in wanted)
    if isinstance(wanted, date):
        return bool(came == wanted.isoformat())
    return bool(came is None if wanted == NONE else came == wanted)


@pytest.mark.parametrize("case", CASES, ids=[f"{case.file}-{case.name}" for case in CASES])
def test_decision_is_what_the_document_says(case: Written, decisions: dict[str, dict[str, Any]]) -> None:
    decision = decisions[case.name]
    assert "error" not in decision, decision
    differing = list(disagreements(case.expect, decision))
    assert not differing, "\n".join(
        [case.cites, *differing, json.dumps(decision, ensure_ascii=False, indent=1)]
    )


@pytest.mark.parametrize("case", CASES, ids=[f"{case.file}-{case.name}" for case in CASES])
def test_decision_agrees_with_its_own_findings(case: Written, decisions: dict[str, dict[str, Any]]) -> None:
    decision = decisions[case.name]
    assert "error" not in decision, decision
    came = {finding["outcome"] for finding in decision["findings"]}
    assert came <= set(OUTCOMES)
    meant = "ineligible" if "fail" in came else "incomplete" if "unknown" in came else "eligible"
    assert decision["decision"] == meant
    settled = case.given.get("choices", {})
    standing = [
        one for one in decision["findings"] if one["outcome"] == "warn" and one["rule"] not in settled
    ]
    assert decision["needs_confirmation"] == bool(standing)
    assert (decision["amount"] is None) == (decision["amount_in_capitals"] is None)
    for finding in decision["findings"]:
        assert set(finding) >= {"rule", "outcome", "field", "message", "source"}
        assert finding["message"], finding
        assert finding["source"], finding


def test_there_are_enough_cases_of_every_region() -> None:
    regions = [case.given["region"] for case in CASES]
    assert set(regions) == set(ARTICLES)
    assert len(regions) >= 150
    assert all(regions.count(region) >= 20 for region in ARTICLES)


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case.name for case in CASES]
    assert all(names)
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_key_of_every_file_is_known() -> None:
    for path in FOLDER.glob("*.toml"):
        whole = tomllib.loads(path.read_text(encoding="utf-8"))
        assert set(whole) <= {"base", "case"}, path.name
        assert set(whole.get("base", {})) <= GIVEN_KEYS | {"expect"}, path.name
        for own in whole["case"]:
            assert set(own) <= TEXT_KEYS | GIVEN_KEYS | {"expect"}, (path.name, own.get("name"))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.file}-{case.name}" for case in CASES])
def test_case_is_well_written(case: Written) -> None:
    region = case.given["region"]
    assert case.file.startswith(f"{region}_"), "the file is named after its region"
    document, articles = ARTICLES[region]
    cited = case.cites.split("；")
    own = [part.removeprefix(document).strip() for part in cited if part.startswith(document)]
    assert own, f"{case.cites}: no article of {document}"
    assert set(own) <= set(articles.split()), f"{case.cites}: no such article in {document}"
    assert all(part.startswith((document, *COMMON)) for part in cited), case.cites
    expect = case.expect
    assert set(expect) <= EXPECTED_KEYS
    assert set(expect) - {"findings"} or expect["findings"], "the case expects nothing"
    for wanted in expect["findings"].values():
        assert set(wanted if isinstance(wanted, list) else [wanted]) <= {*OUTCOMES, NONE}
    known = {"eligible", "ineligible", "incomplete"}
    decided = expect.get("decision", [])
    assert set(decided if isinstance(decided, list) else [decided]) <= known
    assert all(choice.get("reason") for choice in case.given.get("choices", {}).values())
    if expect["findings"].get("identity_number_valid") != "fail":
        number = case.given["answers"].get("applicant.id_number")
        assert number is None or number == identity_number(number[:17] + "?")


@pytest.mark.parametrize("case", CASES, ids=[f"{case.file}-{case.name}" for case in CASES])
def test_case_uses_the_words_of_the_papers(case: Written) -> None:
    known = fields()
    for name, value in case.given["answers"].items():
        assert name in known, name
        ids = {choice.id for choice in known[name].choices}
        if ids:
            assert set(value if isinstance(value, list) else [value]) <= ids, (name, value)


def test_check_digits_are_filled_in() -> None:
    assert identity_number("11010519491231002?") == "11010519491231002X"
    assert card_number("7992739871?") == "79927398713"


def test_a_wrong_decision_is_told() -> None:
    (case,) = read_cases(
        '[[case]]\nname = "x"\ngoverning_day = 2017-10-09\nexpect.decision = "eligible"\nexpect.amount = "1500.00"\n'
        'expect.findings.months_paid_at_least = "pass"\nexpect.says.not_in_arrears = "欠缴"\n',
        "x.toml",
    )
    late = {"rule": "applied_within_months_of_issue", "outcome": "fail", "message": "…"}
    told = list(disagreements(case.expect, {"decision": "ineligible", "amount": None, "findings": [late]}))
    assert [line.split(":")[0] for line in told] == [
        "amount",
        "decision",
        "months_paid_at_least",
        "applied_within_months_of_issue",
        "not_in_arrears",
    ]
