"""Reading a policy file: every dated value with its source, and all faults told at once.

Takes the text of a TOML file and returns a policy whose rules are bound to their numbers. Opens no file.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from desktop_app.faults import Faults, hint
from desktop_app.forms.fields import fields
from desktop_app.policy.compiled import compile_policy
from desktop_app.policy.faults_between import between_tables
from desktop_app.policy.materials import CONDITIONS
from desktop_app.policy.model import (
    Agency,
    Amounts,
    Check,
    CopyCount,
    Edition,
    Lookup,
    Material,
    OccupationList,
    OpenNote,
    PathName,
    Place,
    Policy,
    Publicity,
    RetirementAge,
    RuleCall,
)
from desktop_app.policy.period import Clock
from desktop_app.policy.rules import RULES
from desktop_app.policy.steps import Reason, RegionalAct
from desktop_app.policy.toml_table import Table, header_lines
from desktop_app.toml_text import TomlFault, read_toml

_CLASSES = ("male", "female_cadre", "female_worker")
_CHOICES_OF = {
    "kinds": "certificate.kind",
    "open_kinds": "certificate.kind",
    "open_employers": "employer.kind",
    "routes": "insurance.route",
    "open_routes": "insurance.route",
    "categories": "applicant.identity_categories",
    "in_graduation_year": "applicant.identity_categories",
    "soon_after_graduation": "applicant.identity_categories",
}


def load_policy(text: str, file_name: str) -> Policy:
    """Return the policy that a file describes.

    Raises:
        Faults: With every fault of the file.
    """
    try:
        raw = read_toml(text, file_name)
    except TomlFault as fault:
        raise Faults([str(fault)]) from None
    reader = _Reader(raw, file_name, header_lines(text))
    policy = reader.policy()
    if not reader.faults:
        reader.faults += between_tables(policy, file_name)
    if reader.faults:
        raise Faults(reader.faults)
    return compile_policy(policy)


class _Reader:
    """One file while it is read."""

    def __init__(self, raw: dict[str, Any], file_name: str, lines: Mapping[str, tuple[int, ...]]) -> None:
        self.faults: list[str] = []
        self.file_name = file_name
        self.lines = lines
        self.top = Table(raw, file_name, self.faults)

    def tables(self, name: str, key: str = "") -> Iterable[Table]:
        """The tables `[[name]]`, told by their line and by the value of `key`."""
        self.top.read.add(name)
        raw = self.top.raw.get(name, [])
        if not isinstance(raw, list):
            self.top.tell(f"{name}应写成[[{name}]]，请用双方括号")
            return
        for number, each in enumerate(raw):
            lines = self.lines.get(name, ())
            line = f"第{lines[number]}行 " if number < len(lines) else ""
            title = each.get(key, "") if isinstance(each, dict) else ""
            table = Table(each, f"{self.file_name} {line}[[{name}]] {title}".rstrip(), self.faults)
            yield table
            table.close()

    def policy(self) -> Policy:
        top = self.top
        ages = tuple(map(_retirement_age, self.tables("retirement_age", "class")))
        lists = tuple(map(_list, self.tables("list", "id")))
        paths = tuple(
            PathName(_choice(each, "id", "insurance.route"), each.text("name", "名称"))
            for each in self.tables("path", "id")
        )
        policy = Policy(
            region=top.code("region", "地区代号"),
            programme=top.code("programme", "补贴项目代号"),
            name=top.text("name", "补贴项目名称"),
            region_name=top.text("region_name", "地区名称"),
            short_name=top.text("short_name", "地区简称"),
            application_form=top.text("application_form", "申请表的代号"),
            selected_by=top.one_of("selected_by", ("certificate", "application"), "certificate"),
            has_office_amounts=top.flag("has_office_amounts"),
            facts=_known_facts(top),
            editions=tuple(map(_edition, self.tables("edition", "document"))),
            calls=tuple(_call(each, ages, paths, lists) for each in self.tables("rule", "id")),
            amounts=tuple(_amounts(each, lists) for each in self.tables("amount", "list")),
            lists=lists,
            paths=paths,
            retirement_ages=ages,
            clocks=tuple(map(_clock, self.tables("clock", "id"))),
            checks=tuple(map(_check, self.tables("check", "id"))),
            acts=tuple(
                RegionalAct(
                    each.code("id", "办理代号"),
                    each.text("source", "条款"),
                    each.day("confirmed", "最近一次核对的日期"),
                )
                for each in self.tables("act", "id")
            ),
            reasons=tuple(map(_reason, self.tables("reason", "code"))),
            materials=tuple(map(_material, self.tables("material", "name"))),
            places=tuple(map(_place, self.tables("place"))),
            copies=tuple(
                CopyCount(
                    each.text("form", "表单"), each.whole("copies", "份数"), each.text("source", "条款")
                )
                for each in self.tables("copies", "form")
            ),
            publicity=next(iter([_publicity(each) for each in self.tables("publicity")]), None),
            lookups=tuple(
                Lookup(each.text("name", "名称"), each.address("address"), each.text("source", "条款"))
                for each in self.tables("lookup", "name")
            ),
            agencies=tuple(map(_agency, self.tables("agency", "name"))),
            notes=tuple(
                OpenNote(each.text("text", "存疑之处"), each.text("source", "条款"))
                for each in self.tables("open")
            ),
        )
        top.close()
        return policy


def _known_facts(top: Table) -> tuple[str, ...]:
    facts = top.texts("facts", "字段", ())
    top.known_fields("facts", facts)
    return facts


def _dated(table: Table) -> tuple[date, str, date]:
    """What every dated value has: first day, source, last day on which somebody checked it."""
    return (
        table.day("from", "从哪一天起"),
        table.text("source", "文号和条款"),
        table.day("confirmed", "最近一次核对的日期"),
    )


def _choice(table: Table, key: str, field_id: str) -> str:
    word = table.text(key, "代号")
    if word:
        table.known_choices(key, field_id, (word,))
    return word


def _edition(table: Table) -> Edition:
    first, source, confirmed = _dated(table)
    start = table.day("certificates_from", "适用证书的最早核发日期")
    end = table.day("certificates_to", "", None)
    if end is not None and end < start:
        table.tell("certificates_to早于certificates_from，请核对")
    return Edition(
        first,
        start,
        end,
        table.text("document", "文号"),
        table.text("title", "文件名称"),
        table.text("issuer", "发文机关"),
        source,
        confirmed,
    )


def _call(
    table: Table,
    ages: tuple[RetirementAge, ...],
    paths: tuple[PathName, ...],
    lists: tuple[OccupationList, ...],
) -> RuleCall:
    rule_id = table.text("id", "规则代号")
    first, source, confirmed = _dated(table)
    path = table.text("path", "", "")
    if path and path not in [each.id for each in paths]:
        table.tell(f"没有途径“{path}”{hint(path, [each.id for each in paths])}，请先写[[path]]")
    is_ended = table.flag("is_ended")
    numbers: dict[str, Any] = {}
    rule = RULES.get(rule_id)
    if rule is None:
        if rule_id:
            table.tell(f"没有规则“{rule_id}”{hint(rule_id, RULES)}，请改正")
        table.read.update(table.raw)
    else:
        for key, kind in rule.numbers.items():
            if key == "ages":
                numbers[key] = ages
                if not ages:
                    table.tell("缺少退休年龄，请写上[[retirement_age]]")
                continue
            value = table.number(key, kind, is_ended or key not in rule.needed)
            if value is None:
                continue
            numbers[key] = value
            if key in _CHOICES_OF:
                table.known_choices(key, _CHOICES_OF[key], value)
            elif key == "field":
                table.known_fields(key, (value,))
            elif key in ("list", "extra_list") and value not in [each.id for each in lists]:
                table.tell(f"没有目录“{value}”{hint(value, [each.id for each in lists])}，请先写[[list]]")
    return RuleCall(
        rule_id,
        first,
        source,
        confirmed,
        path,
        table.flag("if_given"),
        is_ended,
        table.text("open", "存疑之处", ""),
        table.named_texts("readings"),
        tuple(numbers.items()),
    )


def _amounts(table: Table, lists: tuple[OccupationList, ...]) -> Amounts:
    first, source, confirmed = _dated(table)
    list_id = table.text("list", "目录代号", "")
    known = [each.id for each in lists]
    if list_id and list_id not in known:
        table.tell(f"没有目录“{list_id}”{hint(list_id, known)}，请先写[[list]]")
    return Amounts(first, list_id, table.yuan_by_level("yuan"), source, confirmed)


def _list(table: Table) -> OccupationList:
    first, source, confirmed = _dated(table)
    names = table.texts("occupations", "目录里的职业名称")
    if len(set(names)) < len(names):
        table.tell("occupations里有重复的名称，请删去一处")
    return OccupationList(
        first, table.text("id", "目录代号"), table.text("name", "目录名称"), names, source, confirmed
    )


def _retirement_age(table: Table) -> RetirementAge:
    first, source, confirmed = _dated(table)
    return RetirementAge(
        first,
        table.one_of("class", _CLASSES),
        table.whole("age", "周岁"),
        source,
        confirmed,
        table.day("births_from", "", None),
        table.whole("month_for_births", "", 0),
        table.whole("final_age", "", 0),
    )


def _clock(table: Table) -> Clock:
    return Clock(
        table.text("id", "期限代号"),
        table.text("name", "期限名称"),
        table.whole("working_days", "", None),
        table.flag("is_minimum"),
        table.text("starts", "从何时起算", ""),
        table.text("source", "条款"),
        table.day("confirmed", "最近一次核对的日期"),
        table.texts("starts_with", "", ()),
        table.texts("ends_with", "", ()),
        table.texts("runs_in", "", ()),
        table.text("counts_from", "", ""),
        table.month_days("month_days"),
    )


def _check(table: Table) -> Check:
    sets = table.text("sets", "字段", "")
    good, bad = "通过", "不通过"
    if sets:
        table.known_fields("sets", (sets,))
        labels = {each.id: each.label for each in fields()[sets].choices} if sets in fields() else {}
        if "genuine" in labels and "not_found" in labels:
            good, bad = labels["genuine"], labels["not_found"]
        elif labels or sets in fields():
            table.tell(f"sets里的“{sets}”不是证书核验一类的字段，请改正")
    rests_on = table.texts("rests_on", "所依据的字段，没有的写[]")
    table.known_parts("rests_on", rests_on)
    return Check(
        table.code("id", "核验代号"),
        table.text("name", "核验名称"),
        table.text("department", "核验部门", ""),
        table.text("clock", "期限代号", ""),
        table.text("after", "在它之前的核验代号", ""),
        rests_on,
        table.texts("items", "逐项核验的内容", ()),
        sets,
        table.text("good", "符合时的说法", good),
        table.text("bad", "不符合时的说法", bad),
        table.flag("is_returned_if_bad"),
        table.text("source", "条款"),
        table.day("confirmed", "最近一次核对的日期"),
        _pair(table, "item_results", ("符合", "不符合")),
    )


def _pair(table: Table, key: str, default: tuple[str, str]) -> tuple[str, str]:
    found = table.texts(key, "好和不好两种说法", default)
    if len(found) != 2:
        table.tell(f"{key}要写好和不好两种说法，请改正")
        return default
    return found[0], found[1]


def _reason(table: Table) -> Reason:
    return Reason(
        table.code("code", "理由代号"),
        table.text("words", "告知申请人的话"),
        table.text("source", "条款"),
        table.day("confirmed", "最近一次核对的日期"),
        table.texts("acts", "办理代号", ()),
    )


def _material(table: Table) -> Material:
    return Material(
        table.text("name", "材料名称"),
        table.text("form", "原件或复印件", ""),
        table.whole("copies", "", 1),
        table.one_of("when", tuple(CONDITIONS), "always"),
        table.text("source", "条款"),
        _channels(table),
        table.flag("is_signed"),
    )


def _channels(table: Table) -> tuple[str, ...]:
    channels = table.texts("channels", "申请方式", ())
    table.known_choices("channels", "claim.channel", channels)
    return channels


def _place(table: Table) -> Place:
    return Place(table.text("text", "到哪里申请"), table.text("source", "条款"), _channels(table))


def _agency(table: Table) -> Agency:
    enquiry, supervision = (table.text(key, "", "") for key in ("enquiry", "supervision"))
    if not enquiry and not supervision:
        table.tell("没有电话，请写上enquiry（咨询）或supervision（监督）")
    return Agency(
        table.text("name", "名称"),
        enquiry,
        supervision,
        table.text("source", "条款"),
        table.flag("is_for_all"),
    )


def _publicity(table: Table) -> Publicity:
    columns = table.texts("columns", "公示的各列")
    masked = table.texts("masked", "", ())
    table.known_fields("columns", columns)
    for each in masked:
        if each not in columns:
            table.tell(f"masked里的“{each}”不在columns里，请核对")
    return Publicity(columns, masked, table.text("place", "在哪里公示"), table.text("source", "条款"))
