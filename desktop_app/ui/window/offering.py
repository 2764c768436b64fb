"""The offer to go on where the program was left."""

from desktop_app.forms.titles import field_label, form_title, is_list
from desktop_app.store.records import Unfinished
from desktop_app.ui.context import Context
from desktop_app.ui.parts.notice import Notice


def offer(context: Context, notice: Notice, unfinished: Unfinished) -> None:
    """Offer in a bar to go on where the program was left, to who may write."""
    if not context.actor.may("write"):
        return
    label = field_label(unfinished.form_id, unfinished.last_field.partition("@")[0])
    who = f"{unfinished.name}的申请" if unfinished.name else "这份申请"
    if is_list(unfinished.form_id):
        who = form_title(unfinished.form_id)
    where = f"上次填到“{label}”" if label else "上次没有填完"
    notice.say(
        f"{where}（{who}），要继续填写吗？",
        context.colours(),
        act="继续填写  Enter",
        on_act=lambda: context.go.case(unfinished.case_id, unfinished.last_field),
    )
    notice.act.setAccessibleName(f"{where}，继续填写")
    notice.act.setFocus()
