"""The first tables: cases, the chain of events with its outbox, and what later rooms keep."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0001"
down_revision: Final = None
branch_labels: Final = None
depends_on: Final = None

_KEY: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make every table, then the triggers that keep events from being changed."""
    _award()
    _case()
    _payload()
    _replica()
    _setting()
    _user()
    _attachment()
    _batch()
    _event()
    _receipt()
    _search_term()
    _outbox()
    if op.get_context().dialect.name == "postgresql":
        _postgresql_triggers()
    else:
        _sqlite_triggers()


def _award() -> None:
    op.create_table(
        "award",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("id_number", _KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("occupation", sa.Text(), nullable=True),
        sa.Column("work_type", sa.Text(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("certificate_kind", sa.Text(), nullable=True),
        sa.Column("certificate_number", _KEY, nullable=True),
        sa.Column("certificate_issued_on", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("applied_on", sa.Text(), nullable=True),
        sa.Column("on", sa.Text(), nullable=True),
        sa.Column("amount", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_award"),
    )
    op.create_index("ix_award_case_id", "award", ["case_id"])
    op.create_index("ix_award_certificate_number", "award", ["certificate_number"])
    op.create_index("ix_award_id_number", "award", ["id_number"])


def _case() -> None:
    op.create_table(
        "case",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("governing_day", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", _KEY, nullable=False),
        sa.Column("id_number", _KEY, nullable=False),
        sa.Column("certificate_number", _KEY, nullable=False),
        sa.Column("occupation", _KEY, nullable=False),
        sa.Column("phone", _KEY, nullable=False),
        sa.Column("last_field", sa.Text(), nullable=False),
        sa.Column("created_at", _KEY, nullable=False),
        sa.Column("updated_at", _KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case"),
    )
    op.create_index("ix_case_certificate_number", "case", ["certificate_number"])
    op.create_index("ix_case_id_number", "case", ["id_number"])
    op.create_index("ix_case_name", "case", ["name"])
    op.create_index("ix_case_state_updated_at_id", "case", ["state", "updated_at", "id"])
    op.create_index("ix_case_updated_at_id", "case", ["updated_at", "id"])


def _payload() -> None:
    op.create_table(
        "payload",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payload"),
    )


def _replica() -> None:
    op.create_table(
        "replica",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("chain_number", sa.Integer(), nullable=False),
        sa.Column("chain_head", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_replica"),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
    )


def _user() -> None:
    op.create_table(
        "user",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("login", _KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=True),
        sa.Column("disabled_at", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user"),
        sa.UniqueConstraint("login", name="uq_user_login"),
    )


def _attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("material", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_attachment_case_id"),
        sa.PrimaryKeyConstraint("case_id", "sha256", name="pk_attachment"),
    )
    op.create_index("ix_attachment_sha256", "attachment", ["sha256"])


def _batch() -> None:
    op.create_table(
        "batch",
        sa.Column("replica_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("previous_sha256", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["replica_id"], ["replica.id"], name="fk_batch_replica_id"),
        sa.PrimaryKeyConstraint("replica_id", "epoch", "sequence", name="pk_batch"),
    )


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("replica_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload_id", sa.Text(), nullable=False),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("number >= 1", name="ck_event_number"),
        sa.ForeignKeyConstraint(["replica_id"], ["replica.id"], name="fk_event_replica_id"),
        sa.PrimaryKeyConstraint("replica_id", "number", name="pk_event"),
        sa.UniqueConstraint("hash", name="uq_event_hash"),
        sa.UniqueConstraint("id", name="uq_event_id"),
    )
    op.create_index("ix_event_case_id", "event", ["case_id"])


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("replica_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch_epoch", sa.Integer(), nullable=False),
        sa.Column("batch_sequence", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["replica_id"], ["replica.id"], name="fk_receipt_replica_id"),
        sa.PrimaryKeyConstraint("replica_id", "number", name="pk_receipt"),
    )


def _search_term() -> None:
    op.create_table(
        "search_term",
        sa.Column("term", _KEY, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_search_term_case_id"),
        sa.PrimaryKeyConstraint("term", "case_id", name="pk_search_term"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_term_case_id", "search_term", ["case_id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("replica_id", sa.Text(), nullable=False),
        sa.Column("event_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch_epoch", sa.Integer(), nullable=True),
        sa.Column("batch_sequence", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["replica_id", "batch_epoch", "batch_sequence"],
            ["batch.replica_id", "batch.epoch", "batch.sequence"],
            name="fk_outbox_replica_id_batch_epoch_batch_sequence",
        ),
        sa.ForeignKeyConstraint(
            ["replica_id", "event_number"],
            ["event.replica_id", "event.number"],
            name="fk_outbox_replica_id_event_number",
        ),
        sa.PrimaryKeyConstraint("replica_id", "event_number", name="pk_outbox"),
    )
    op.create_index(
        "ix_outbox_replica_id_batch_epoch_batch_sequence",
        "outbox",
        ["replica_id", "batch_epoch", "batch_sequence"],
    )


def _sqlite_triggers() -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER event_no_{act.lower()} BEFORE {act} ON event "
            "BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END"
        )


def _postgresql_triggers() -> None:
    op.execute(
        "CREATE FUNCTION event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'events are only ever added'; END $$"
    )
    for act in ("UPDATE", "DELETE", "TRUNCATE"):
        op.execute(
            f"CREATE TRIGGER event_no_{act.lower()} BEFORE {act} ON event "
            "FOR EACH STATEMENT EXECUTE FUNCTION event_is_append_only()"
        )
