"""Events that say everything a change of a case is held against, and a store that knows its own replica by name."""

import json
from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0002"
down_revision: Final = "0001"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Add the new columns; the old events keep format 1, and their hashes hold as they are."""
    # These statements are the same in SQLite and PostgreSQL, and leave the table and its triggers in their place.
    op.execute("ALTER TABLE event RENAME COLUMN kind TO act")
    op.execute('ALTER TABLE event RENAME COLUMN "user" TO actor_id')
    op.add_column("event", sa.Column("format", sa.Integer(), nullable=False, server_default="1"))
    for name in ("state_before", "state_after", "case_digest", "signature"):
        op.add_column("event", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("event", sa.Column("revision", sa.Integer(), nullable=True))
    op.add_column("replica", sa.Column("writes", sa.Integer(), nullable=False, server_default="0"))
    connection = op.get_bind()
    own = connection.execute(sa.text("SELECT id FROM replica ORDER BY created_at, id")).scalar()
    if own is not None:
        connection.execute(
            sa.text("INSERT INTO setting (key, value) VALUES ('store.replica', :value)"),
            {"value": json.dumps(own)},
        )
