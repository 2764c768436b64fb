"""People as rows that are only ever added, four eyes below the program, acceptance numbers, and what lay on a desk."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0004"
down_revision: Final = "0003"
branch_labels: Final = None
depends_on: Final = None

_KEY: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
# Acts that none of a case's clerks does on it, and what makes somebody its clerk.
_OTHER_EYES: Final = (
    "'approve', 'confirm', 'confirm_account', 'overturn_refusal', 'refuse', 'retry_payment', 'return', "
    "'uphold_refusal'"
)
_CLERKS: Final = "'accept', 'choose', 'correct', 'fill', 'finish', 'new', 'record_check', 'resubmit'"
_IS_CLERK: Final = (
    "EXISTS (SELECT 1 FROM event AS old WHERE old.case_id = NEW.case_id AND old.actor_id = NEW.actor_id "
    f"AND old.act IN ({_CLERKS}) "
    "AND NOT (old.act = 'record_check' AND coalesce(old.state_before, '') = 'under_reexamination'))"
)


def upgrade() -> None:
    """Make the table of people anew, since no program before has written into it, and the triggers."""
    op.drop_table("user")
    op.create_table(
        "user",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("login", _KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("seal_key", sa.Text(), nullable=False),
        sa.Column("sign_key", sa.Text(), nullable=False),
        sa.Column("is_removed", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_user"),
        sa.UniqueConstraint("id", "version", name="uq_user_id_version"),
    )
    op.create_table(
        "desk",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_desk"),
    )
    op.add_column("case", sa.Column("number", sa.Text(), nullable=True))
    op.create_index("ix_case_number", "case", ["number"], unique=True)
    if op.get_context().dialect.name == "postgresql":
        _postgresql_triggers()
    else:
        _sqlite_triggers()


def _sqlite_triggers() -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f'CREATE TRIGGER user_no_{act.lower()} BEFORE {act} ON "user" '
            "BEGIN SELECT RAISE(ABORT, 'users are only ever added'); END"
        )
    op.execute(
        f"CREATE TRIGGER event_other_eyes BEFORE INSERT ON event WHEN NEW.act IN ({_OTHER_EYES}) AND {_IS_CLERK} "
        "BEGIN SELECT RAISE(ABORT, 'a clerk of the case cannot decide on it'); END"
    )


def _postgresql_triggers() -> None:
    op.execute(
        "CREATE FUNCTION user_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'users are only ever added'; END $$"
    )
    for act in ("UPDATE", "DELETE", "TRUNCATE"):
        op.execute(
            f'CREATE TRIGGER user_no_{act.lower()} BEFORE {act} ON "user" '
            "FOR EACH STATEMENT EXECUTE FUNCTION user_is_append_only()"
        )
    op.execute(
        "CREATE FUNCTION event_has_other_eyes() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF NEW.act IN ({_OTHER_EYES}) AND {_IS_CLERK} THEN "
        "RAISE EXCEPTION 'a clerk of the case cannot decide on it'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER event_other_eyes BEFORE INSERT ON event "
        "FOR EACH ROW EXECUTE FUNCTION event_has_other_eyes()"
    )
