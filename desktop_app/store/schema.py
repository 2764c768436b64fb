"""Which schema a store has, and how it is brought to this program's.

Known without SQLAlchemy and Alembic, which are loaded only when there is something to upgrade.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy import Connection

MIGRATIONS: Final = Path(__file__).parent / "migrations"

# Every released schema, oldest first; a test holds this against the files in `migrations/versions`.
REVISIONS: Final = ("0001",)
HEAD: Final = REVISIONS[-1]

VERSION_STATEMENT: Final = "SELECT version_num FROM alembic_version"


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
