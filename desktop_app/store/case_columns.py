"""The list of applications: what a line of it holds, and how each column shows that.

A column is a field of `CaseRow`, named as in the table of cases, and a `Column` of `COLUMNS`. What reads the store
takes its statements from here, what paints the list its heads and texts; known without SQLAlchemy and without Qt,
because the first window shows the list before either is loaded whole.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from desktop_app.forms.titles import form_title
from desktop_app.store.times import moment
from desktop_app.workflow.states import STATE_LABELS, State, is_draft, state_of

Order = Literal[
    "updated_at",
    "created_at",
    "state",
    "form",
    "name_order",
    "id_number",
    "certificate_number",
    "occupation",
    "number",
]


class CaseRow(NamedTuple):
    """One line of the list of applications: the columns of a case that stand in it, in the order of their reading.

    A text that is not filled in yet is empty.

    Attributes:
        missing: How many required fields had no answer at the last save; None where no program counted them.
        number: The running number of acceptance (受理编号); empty before.
    """

    id: str
    form: str
    state: State
    name: str
    id_number: str
    certificate_number: str
    occupation: str
    phone: str
    created_at: datetime
    updated_at: datetime
    missing: int | None = None
    number: str = ""

    @property
    def form_id(self) -> str:
        """The paper's id."""
        return self.form


class Column(NamedTuple):
    """One column that can be shown.

    Attributes:
        text: What a line shows in it.
        order: By what the store sorts it; None where it does not.
        width: In the window's own pixels.
        is_shown: Whether it stands there before the clerk has chosen.
    """

    id: str
    head: str
    text: Callable[[CaseRow], str]
    order: Order | None
    width: int
    is_shown: bool = True


def masked(number: str) -> str:
    """Return a number with its first six and last four characters; short ones are hidden whole but the end."""
    hidden = len(number) - 10
    return f"{number[:6]}{'*' * hidden}{number[-4:]}" if hidden > 0 else number


def _minute(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


# A state is told by sign, word and colour.
_SIGNS: Final[Mapping[State, str]] = MappingProxyType({"draft": "○", "awaiting_signature": "●"})


def _state(row: CaseRow) -> str:
    missing = f"，缺 {row.missing} 项" if is_draft(row.state) and row.missing else ""
    return f"{_SIGNS.get(row.state, '')} {STATE_LABELS[row.state]}{missing}".strip()


# In the order of their first showing. A new one goes to the end: what a clerk has arranged names columns by number.
COLUMNS: Final = (
    Column("name", "姓名", lambda row: row.name or "（未填姓名）", "name_order", 168),
    Column("id_number", "证件号码", lambda row: masked(row.id_number), "id_number", 176),
    Column("occupation", "职业（工种）", lambda row: row.occupation, "occupation", 176),
    Column("certificate_number", "证书编号", lambda row: row.certificate_number, "certificate_number", 176),
    Column("state", "状态", _state, "state", 136),
    Column("updated_at", "更新时间", lambda row: _minute(row.updated_at), "updated_at", 152),
    Column("form", "表单", lambda row: form_title(row.form_id), "form", 272),
    Column("phone", "联系电话", lambda row: row.phone, None, 128, False),
    Column("created_at", "建立时间", lambda row: _minute(row.created_at), "created_at", 152, False),
    Column("number", "受理编号", lambda row: row.number, "number", 168, False),
)

# Of a field that the first tables had not: since which revision of the schema. An older store has nothing there.
_SINCE: Final[Mapping[str, str]] = MappingProxyType({"missing": "0003", "number": "0004"})
# What the store holds as text and a line as more than that; by the type of the field.
_READ: Final[Mapping[Any, Callable[[Any], Any]]] = MappingProxyType(
    {State: state_of, datetime: moment, str: lambda value: "" if value is None else value}
)
_READERS: Final = tuple(
    (place, _READ[kind]) for place, kind in enumerate(CaseRow.__annotations__.values()) if kind in _READ
)


def selected(version: str) -> str:
    """Return the columns of a line as a statement selects them from a store of a revision of the schema."""
    return ", ".join(
        name if _SINCE.get(name, "") <= version else f"NULL AS {name}" for name in CaseRow._fields
    )


def case_row(values: Iterable[Any]) -> CaseRow:
    """Return a line from the values of its columns in the store.

    Raises:
        ValueError: A state or a time that no program wrote.
    """
    read = list(values)
    for place, reader in _READERS:
        read[place] = reader(read[place])
    return CaseRow._make(read)
