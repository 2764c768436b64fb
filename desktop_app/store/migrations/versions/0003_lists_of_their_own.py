"""Lists in tables of their own, settings of the office apart from one program's, names in the order of their pinyin."""

import json
import re
from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from desktop_app.resources import home
from desktop_app.store.name_order import name_order
from desktop_app.store.schema import OLD_LISTS

revision: Final = "0003"
down_revision: Final = "0002"
branch_labels: Final = None
depends_on: Final = None

_KEY: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
# Settings of the whole office, by the beginning of their names; the others are one program's own.
_OFFICE: Final = ("region", "office", "policy.", "typing.")
_KEPT: Final = (
    "id",
    "form",
    "version",
    "region",
    "office",
    "governing_day",
    "state",
    "owner",
    "answers",
    "revision",
    "last_field",
    "created_at",
    "updated_at",
)


def upgrade() -> None:
    """Make the tables, move the lists with their lines, part the settings, and work out the order of names."""
    _rosters()
    _move_lists(op.get_bind())
    _part_settings(op.get_bind())
    op.add_column("case", sa.Column("name_order", _KEY, nullable=False, server_default=""))
    op.add_column("case", sa.Column("missing", sa.Integer(), nullable=True))
    op.add_column("case", sa.Column("notes", sa.Text(), nullable=True))
    _order_names(op.get_bind())
    op.drop_index("ix_case_name", "case")
    op.create_index("ix_case_name_order", "case", ["name_order"])


def _rosters() -> None:
    texts = ("form", "version", "region", "office", "governing_day", "state", "owner", "answers")
    op.create_table(
        "roster",
        sa.Column("id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("last_field", sa.Text(), nullable=False),
        sa.Column("created_at", _KEY, nullable=False),
        sa.Column("updated_at", _KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_roster"),
    )
    op.create_index("ix_roster_updated_at_id", "roster", ["updated_at", "id"])
    op.create_table(
        "roster_line",
        sa.Column("roster_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name="fk_roster_line_roster_id"),
        sa.PrimaryKeyConstraint("roster_id", "position", name="pk_roster_line"),
    )
    op.create_index("ix_roster_line_case_id", "roster_line", ["case_id"])


def _move_lists(connection: sa.Connection) -> None:
    """Move each list as it stands; its events go on telling of it under the same id."""
    case = sa.table("case", *map(sa.column, (*_KEPT, "rows")))
    roster = sa.table("roster", *map(sa.column, _KEPT))
    line = sa.table("roster_line", *map(sa.column, ("roster_id", "position", "answers")))
    is_list = sa.or_(case.c.form.in_((*OLD_LISTS, *_own_lists())), case.c.rows != "[]")
    moved = connection.execute(sa.select(case).where(is_list)).mappings().all()
    for each in moved:
        connection.execute(roster.insert().values({name: each[name] for name in _KEPT}))
        for position, answers in enumerate(json.loads(each["rows"])):
            text = json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
            connection.execute(line.insert().values(roster_id=each["id"], position=position, answers=text))
        for name, column in (("search_term", "case_id"), ("case", "id")):
            table = sa.table(name, sa.column(column))
            connection.execute(table.delete().where(table.c[column] == each["id"]))


def _own_lists() -> list[str]:
    """Return the ids of the lists that an office has brought in its own folder."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in (home() / "forms").glob("*.toml")]
    heads = (re.search(r'^id\s*=\s*"([^"]+)"', text, re.MULTILINE) for text in texts)
    return [
        head[1]
        for head, text in zip(heads, texts, strict=True)
        if head and re.search(r"^list\s*=\s*true", text, re.MULTILINE)
    ]


def _part_settings(connection: sa.Connection) -> None:
    old = sa.table("setting", sa.column("key"), sa.column("value"))
    kept = [(row.key, row.value) for row in connection.execute(sa.select(old))]
    op.drop_table("setting")
    op.create_table(
        "setting",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name="pk_setting"),
    )
    new = sa.table("setting", *map(sa.column, ("scope", "key", "value")))
    own: Any = next((json.loads(value) for key, value in kept if key == "store.replica"), "")
    for key, value in kept:
        scope = "office" if key.startswith(_OFFICE) else own
        connection.execute(new.insert().values(scope=scope, key=key, value=value))


def _order_names(connection: sa.Connection) -> None:
    named = sa.table("case", *map(sa.column, ("id", "name", "name_order")))
    wanted = sa.select(named.c.id, named.c.name).where(named.c.name != "")
    changed = [{"of": row.id, "order": name_order(row.name)} for row in connection.execute(wanted)]
    statement = (
        named.update().where(named.c.id == sa.bindparam("of")).values(name_order=sa.bindparam("order"))
    )
    if changed:
        connection.execute(statement, changed)
