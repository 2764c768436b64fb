"""Which schema a store has, and how it is brought to this program's.

Known without SQLAlchemy and Alembic, which are loaded only when there is something to upgrade.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy import Connection

MIGRATIONS: Final = Path(__file__).parent / "migrations"

# Every released schema, oldest first; a test holds this against the files in `migrations/versions`.
REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005")
HEAD: Final = REVISIONS[-1]

# The setting that names this installed program's own replica; it is none that anybody chose.
OWN_REPLICA: Final = "store.replica"
# The scope of what the whole office decides; a setting of one installed program has its replica's id there.
OFFICE: Final = "office"
# The lists that programs before schema 0003 kept among the applications.
OLD_LISTS: Final = (
    "chongqing.public_list",
    "dalian.public_list",
    "jilin.monthly_statistics",
    "jilin.public_list",
    "jilin.publicity_filing",
    "tianjin.public_list",
    "urumqi.public_list",
    "urumqi.publicity_certificate",
    "urumqi.summary",
)

VERSION_STATEMENT: Final = "SELECT version_num FROM alembic_version"

# Acts that none of a case's clerks does on it, and those that make somebody its clerk, as `workflow.refusals` says.
OTHER_EYES: Final = (
    "approve",
    "confirm",
    "confirm_account",
    "overturn_refusal",
    "refuse",
    "retry_payment",
    "return",
    "uphold_refusal",
)
CLERKS: Final = ("accept", "choose", "correct", "fill", "finish", "new", "record_check", "resubmit")


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


# What keeps events and people from being changed and a clerk from deciding on his own case, as SQLite keeps it. A table
# that is rebuilt loses its triggers, so they are looked for after every upgrade and by every verification.
TRIGGERS: Final = {
    **{
        f"{table}_no_{act.lower()}": f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {name} "
        f"BEGIN SELECT RAISE(ABORT, '{table}s are only ever added'); END"
        for table, name in (("event", "event"), ("user", '"user"'))
        for act in ("UPDATE", "DELETE")
    },
    "event_other_eyes": "CREATE TRIGGER event_other_eyes BEFORE INSERT ON event "
    f"WHEN NEW.act IN ({_words(OTHER_EYES)}) AND EXISTS (SELECT 1 FROM event AS old "
    f"WHERE old.case_id = NEW.case_id AND old.actor_id = NEW.actor_id AND old.act IN ({_words(CLERKS)}) "
    "AND NOT (old.act = 'record_check' AND coalesce(old.state_before, '') = 'under_reexamination')) "
    "BEGIN SELECT RAISE(ABORT, 'a clerk of the case cannot decide on it'); END",
}
_POSTGRESQL_TRIGGERS: Final = frozenset({*TRIGGERS, "event_no_truncate", "user_no_truncate"})


def upgrade(connection: "Connection", migrations: Path = MIGRATIONS) -> None:
    """Run every migration that the store lacks, in the transaction that `connection` is in."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # The option is read with interpolation, so a percent sign in a folder's name is doubled.
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def has_its_triggers(connection: "Connection") -> bool:
    """Say whether exactly the triggers are there that this program made."""
    if connection.dialect.name == "postgresql":
        found = connection.exec_driver_sql(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
        )
        return {row[0] for row in found} == _POSTGRESQL_TRIGGERS
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {row[0]: row[1] for row in found} == TRIGGERS


def has_loose_ends(connection: "Connection") -> bool:
    """Say whether a row refers to one that is gone; PostgreSQL lets nobody make one.

    Whose an event is, verification sees for itself.
    """
    if connection.dialect.name == "postgresql":
        return False
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'event'"
    )
    return any(
        connection.exec_driver_sql(f'PRAGMA foreign_key_check("{name}")').first() is not None
        for (name,) in names.all()
    )
