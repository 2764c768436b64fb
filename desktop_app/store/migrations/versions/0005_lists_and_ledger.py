"""Lists that are made of applications, the ledger of the store's own applications, and until when each is due."""

import json
from typing import Any, Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0005"
down_revision: Final = "0004"
branch_labels: Final = None
depends_on: Final = None

# What an application left in the ledger when this schema was made, and under which programme.
_APPLIED: Final = (
    "accepted verifying awaiting_materials awaiting_review returned awaiting_publicity in_publicity objected "
    "awaiting_confirmation awaiting_payment payment_failed under_reexamination suspected_duplicate"
)
_STATUS: Final = {
    **dict.fromkeys(_APPLIED.split(), "applied"),
    "paid": "granted",
    **dict.fromkeys(("refused", "not_accepted", "disqualified"), "refused"),
    "recovered": "recovered",
}
_PROGRAMMES: Final = {
    **dict.fromkeys(("tianjin", "urumqi", "jilin"), "skill_upgrade"),
    "dalian": "training",
    "chongqing": "assessment",
}


def upgrade() -> None:
    """Add the columns, and a line of the ledger for each application that was taken in before."""
    for name in ("since", "due", "due_other"):
        op.add_column("case", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("roster", sa.Column("kind", sa.Text(), nullable=True))
    op.add_column("roster", sa.Column("name", sa.Text(), nullable=True))
    op.create_index("ix_roster_name", "roster", ["name"], unique=True)
    op.add_column("roster_line", sa.Column("live", sa.Text(), nullable=True))
    op.create_index("ix_roster_line_live_case_id", "roster_line", ["live", "case_id"], unique=True)
    _fill_ledger()


def _fill_ledger() -> None:
    connection = op.get_bind()
    columns = "id, region, governing_day, state, answers, id_number, name, updated_at"
    rows = connection.execute(sa.text(f'SELECT {columns} FROM "case" ORDER BY id')).all()
    award = sa.table("award", *(sa.column(name) for name in _AWARD))
    for row in rows:
        if row.state in _STATUS:
            connection.execute(award.insert().values(_award(row)))


_AWARD: Final = (
    "id case_id id_number name region programme occupation work_type level certificate_kind certificate_number "
    "certificate_issued_on status applied_on on amount source"
).split()


def _award(row: Any) -> dict[str, Any]:
    answers, status = json.loads(row.answers), _STATUS[row.state]

    def text(field_id: str) -> str:
        value = answers.get(field_id)
        return value if isinstance(value, str) else ""

    applied = text("claim.applied_on") or row.governing_day
    level, amount = answers.get("certificate.level"), text("claim.amount")
    return {
        "id": row.id,
        "case_id": row.id,
        "id_number": "".join(text("applicant.id_number").split()).upper(),
        "name": row.name,
        "region": row.region,
        "programme": _PROGRAMMES.get(row.region, ""),
        "occupation": text("certificate.occupation"),
        "work_type": text("certificate.work_type"),
        "level": level if isinstance(level, int) else None,
        "certificate_kind": text("certificate.kind"),
        "certificate_number": text("certificate.number"),
        "certificate_issued_on": text("certificate.issued_on") or None,
        "status": status,
        "applied_on": applied,
        "on": applied if status == "applied" else row.updated_at[:10],
        "amount": amount or None,
        "source": "",
    }
