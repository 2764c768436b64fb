"""The tables of the store, the same on SQLite and on PostgreSQL.

Days are ISO text, moments UTC text of one width, amounts decimal text, answers JSON text: one meaning under
both dialects. Several installed programs (replicas) may share one PostgreSQL store, so numbers of events,
batches and receipts belong to their replica.
"""

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

# Terms and keys compare by code point on every server, whatever its language.
Key: Final = Text().with_variant(Text(collation="C"), "postgresql")

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

replica: Final = Table(
    "replica",
    metadata,
    Column("id", Text, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("chain_number", Integer, nullable=False),
    Column("chain_head", Text, nullable=False),
    Column("writes", Integer, nullable=False, server_default="0"),
    Column("created_at", Text, nullable=False),
)

case: Final = Table(
    "case",
    metadata,
    Column("id", Text, primary_key=True),
    Column("form", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("governing_day", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("answers", Text, nullable=False),
    Column("rows", Text, nullable=False),
    Column("choices", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("name", Key, nullable=False),
    Column("id_number", Key, nullable=False),
    Column("certificate_number", Key, nullable=False),
    Column("occupation", Key, nullable=False),
    Column("phone", Key, nullable=False),
    Column("last_field", Text, nullable=False),
    Column("created_at", Key, nullable=False),
    Column("updated_at", Key, nullable=False),
    Column("name_order", Key, nullable=False, server_default=""),
    Column("missing", Integer),
    Column("notes", Text),
    Column("number", Text),
    Column("since", Text),
    Column("due", Text),
    Column("due_other", Text),
    Index(None, "number", unique=True),
    Index(None, "updated_at", "id"),
    Index(None, "state", "updated_at", "id"),
    Index(None, "name_order"),
    Index(None, "id_number"),
    Index(None, "certificate_number"),
)
# What the program works out of a case's other columns: it can be made again at any time, so no event promises it.
WORKED_OUT: Final = frozenset({"name_order", "missing", "since", "due", "due_other"})

# A list, a filing or a table of figures: no application of a person. Its lines stand in `roster_line`. One that is made
# of applications, to be posted or paid, has a kind, and a name by which people call it.
roster: Final = Table(
    "roster",
    metadata,
    Column("id", Text, primary_key=True),
    Column("form", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("governing_day", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("answers", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("last_field", Text, nullable=False),
    Column("created_at", Key, nullable=False),
    Column("updated_at", Key, nullable=False),
    Column("kind", Text),
    Column("name", Text),
    Index(None, "updated_at", "id"),
    Index(None, "name", unique=True),
)

# `live` is the kind of the list while the application keeps its place on it: one such line an application and kind.
# No foreign key to `case`: an application may be erased when its keeping time is over, and the line stays.
roster_line: Final = Table(
    "roster_line",
    metadata,
    Column("roster_id", Text, ForeignKey("roster.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("answers", Text, nullable=False),
    Column("case_id", Text),
    Column("live", Text),
    Index(None, "case_id"),
    Index(None, "live", "case_id", unique=True),
)

payload: Final = Table(
    "payload",
    metadata,
    Column("id", Text, primary_key=True),
    Column("salt", Text, nullable=False),
    Column("json", Text, nullable=False),
)

# No foreign key to `payload`: a payload goes when its keeping time is over; the event stays and proves itself
# by its commitment. `format` says what is hashed; the signature is not, since it signs the hash.
event: Final = Table(
    "event",
    metadata,
    Column("replica_id", Text, ForeignKey("replica.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("at", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("payload_id", Text, nullable=False),
    Column("commitment", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("format", Integer, nullable=False, server_default="1"),
    Column("state_before", Text),
    Column("state_after", Text),
    Column("case_digest", Text),
    Column("signature", Text),
    Column("revision", Integer),
    CheckConstraint("number >= 1", name="number"),
    Index(None, "case_id"),
)

batch: Final = Table(
    "batch",
    metadata,
    Column("replica_id", Text, ForeignKey("replica.id"), primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("sha256", Text, nullable=False),
    Column("previous_sha256", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("events", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("sealed_at", Text, nullable=False),
)

outbox: Final = Table(
    "outbox",
    metadata,
    Column("replica_id", Text, primary_key=True),
    Column("event_number", Integer, primary_key=True, autoincrement=False),
    Column("batch_epoch", Integer),
    Column("batch_sequence", Integer),
    ForeignKeyConstraint(["replica_id", "event_number"], ["event.replica_id", "event.number"]),
    ForeignKeyConstraint(
        ["replica_id", "batch_epoch", "batch_sequence"],
        ["batch.replica_id", "batch.epoch", "batch.sequence"],
    ),
    Index(None, "replica_id", "batch_epoch", "batch_sequence"),
)

receipt: Final = Table(
    "receipt",
    metadata,
    Column("replica_id", Text, ForeignKey("replica.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("batch_epoch", Integer, nullable=False),
    Column("batch_sequence", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("received_at", Text, nullable=False),
)

award: Final = Table(
    "award",
    metadata,
    Column("id", Text, primary_key=True),
    Column("case_id", Text),
    Column("id_number", Key, nullable=False),
    Column("name", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("programme", Text, nullable=False),
    Column("occupation", Text),
    Column("work_type", Text),
    Column("level", Integer),
    Column("certificate_kind", Text),
    Column("certificate_number", Key),
    Column("certificate_issued_on", Text),
    Column("status", Text, nullable=False),
    Column("applied_on", Text),
    Column("on", Text),
    Column("amount", Text),
    Column("source", Text, nullable=False),
    Index(None, "id_number"),
    Index(None, "certificate_number"),
    Index(None, "case_id"),
)

# People as versions that are only ever added: who may do what, from when on, and who has signed for it. The recovery
# key is the person of the id "recovery", without roles. `store/trust.py` says which rows count.
user: Final = Table(
    "user",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("login", Key, nullable=False),
    Column("name", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("seal_key", Text, nullable=False),
    Column("sign_key", Text, nullable=False),
    Column("is_removed", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("signed_by", Text, nullable=False),
    Column("signature", Text, nullable=False),
    UniqueConstraint("id", "version", name="uq_user_id_version"),
)

# What a person had open when the program was locked.
desk: Final = Table(
    "desk",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("json", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
)

attachment: Final = Table(
    "attachment",
    metadata,
    Column("case_id", Text, ForeignKey("case.id"), primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("material", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("added_at", Text, nullable=False),
    Index(None, "sha256"),
)

# The terms are the table: SQLite keeps them in the key's own tree, without a second one.
search_term: Final = Table(
    "search_term",
    metadata,
    Column("term", Key, primary_key=True),
    Column("case_id", Text, ForeignKey("case.id"), primary_key=True),
    Index(None, "case_id"),
    sqlite_with_rowid=False,
)

setting: Final = Table(
    "setting",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
