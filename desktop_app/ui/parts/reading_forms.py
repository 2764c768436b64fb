"""Reading a paper for the window: a faulty or missing form file is one sentence for the clerk, never a crash."""

from datetime import date

from desktop_app.faults import Faults
from desktop_app.forms.catalogue import UnknownForm, form
from desktop_app.forms.model import Form


class Unreadable(Exception):
    """The paper cannot be opened; the text is one Chinese sentence that says what to do."""


def readable_form(form_id: str, version: str | None = None, day: date | None = None) -> Form:
    """Return a paper: that version, or the newest that is in use on `day`; without both, the newest.

    Raises:
        Unreadable: Its file has faults, cannot be read, or is not there.
    """
    try:
        return form(form_id, version, day)
    except Faults as error:
        more = f"（另有 {len(error.faults) - 1} 处）" if len(error.faults) > 1 else ""
        first = error.faults[0].rstrip("。")
        raise Unreadable(f"这份表单的文件有错，请技术人员改正后重新打开程序：{first}{more}。") from None
    except UnknownForm as error:
        raise Unreadable(str(error.args[0])) from None
    except (OSError, ValueError):
        raise Unreadable("这份表单的文件读不出来，请技术人员检查资料文件夹里的 forms 文件夹。") from None
