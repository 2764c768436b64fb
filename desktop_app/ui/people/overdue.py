"""Leads to a new password where the office's rules ask for one after so many days."""

from datetime import date

from desktop_app.protection import SETTING, change_by, profile
from desktop_app.store import people_jobs
from desktop_app.ui.context import Context
from desktop_app.ui.jobs.clock import now


def lead_to_new_password(context: Context) -> None:
    """Ask the store, once it is open, when the password was set; one that is too old is changed first."""
    rules = profile(context.settings.text(SETTING))
    if not rules.age_days:
        return

    def judge(set_on: date | None) -> None:
        last = change_by(rules, set_on) if set_on is not None else None
        if last is not None and now().astimezone().date() > last:
            context.go.page("password")
            context.say(f"密码已经用了超过 {rules.age_days} 天，按本机构的规则请先改成新的。")

    def ask() -> None:
        context.door.read(people_jobs.password_set_on, then=judge)

    context.door.opened.connect(ask)
