"""Says on the first page how old the last good backup is, when it is old."""

from functools import partial

from desktop_app.store import backup_jobs
from desktop_app.ui.context import Context
from desktop_app.ui.jobs.clock import now
from desktop_app.ui.parts.notice import Notice


def remind_of_backup(context: Context, notice: Notice) -> None:
    """Ask the store once it is open; what it had to say of itself comes first."""
    door = context.door

    def tell(sentence: str) -> None:
        if sentence and not notice.isVisible():
            context.say(sentence, act="去备份", on_act=partial(context.go.page, "backup"))

    def ask() -> None:
        door.read(backup_jobs.age_told, door.folder, now(), then=tell)

    door.opened.connect(ask)
