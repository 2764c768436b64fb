"""A clerk at the keyboard: keys and an input method, sent to whatever has the focus; and one morning of her work.

Run as `python -m tests.support.clerk WHAT STORE PDF`, it is the program itself with her hands inside: `begin` fills in
an application from the first start on and is killed in the middle of a field, `begin_behind` does so behind a long job
that reads the store and does not end, `go_on` comes back, finishes and prints.
"""

import os
import signal
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

NAME = "样例𬱖"
ISSUED = date.today() - timedelta(days=60)  # within the twelve months of the notice
BEFORE = (
    ("applicant.name", NAME),
    ("employer.name", "样例机械制造有限责任公司（样例分公司）"),
    ("employer.industry", "样例制造业"),
    ("employer.address", "样例市样例区样例路1号"),
    ("certificate.occupation", "多工序数控机床操作调整工"),
    ("certificate.level", "3"),
    ("certificate.number", f"{ISSUED:%y}07003018300000"),
    ("certificate.issued_on", f"{ISSUED.year}.{ISSUED.month}.{ISSUED.day}"),
)
CUT_OFF = "样例市样"
AFTER = (
    ("applicant.home_address", "样例市样例区样例街道2号"),
    ("applicant.phone", "13800000000"),
    ("applicant.id_number", "220104199003070016"),
    ("payment.account_number", "6222020200112233446"),
    ("payment.bank", "样例银行样例支行"),
)
OFFICE = {"office.code": "220104001", "office.name": "样例市社会保险事业管理局", "window.name": "1号窗口"}
LOGIN, PERSON, PASSWORD = "zhang", "张样例", "zheng-que 7 ma"
WAIT_MS = 20_000
pressed = 0


def until(condition, what: str) -> None:
    """Let the window work until a condition holds."""
    late = QDeadlineTimer(WAIT_MS)
    while not condition():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if late.hasExpired():
            raise AssertionError(f"waited in vain for {what}")


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key where the focus is."""
    global pressed
    pressed += 1
    until(lambda: QApplication.focusWidget() is not None, "a focus")
    QTest.keyClick(QApplication.focusWidget(), key, modifier)
    QApplication.processEvents()


def control(key: Qt.Key) -> None:
    press(key, Qt.KeyboardModifier.ControlModifier)


def write(text: str) -> None:
    """Type figures and Latin letters by key; other characters come from an input method, one commit each."""
    global pressed
    for character in text:
        pressed += 1
        until(lambda: QApplication.focusWidget() is not None, "a focus")
        focus = QApplication.focusWidget()
        if character.isascii():
            QTest.keyClick(focus, character)
        else:
            event = QInputMethodEvent()
            event.setCommitString(character)
            QApplication.sendEvent(focus, event)
    QApplication.processEvents()


def tell_office() -> None:
    """Fill in the page of the first start for a counter in Jilin."""
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    for text in OFFICE.values():
        write(text)
        press(Qt.Key.Key_Return)


def founded(folder: Path, *roles: str):
    """Found an office whose first administrator has these roles too; return who has signed in.

    A try of the password costs next to nothing: it is the tests' own.
    """
    from desktop_app.store import place
    from desktop_app.store.founding import found_office
    from desktop_app.store.keys import Effort

    claim = place.hold(folder)
    try:
        held = frozenset(("administrator", *roles))
        now = datetime.now(UTC)
        signed_in, _ = found_office(folder, LOGIN, PERSON, held, PASSWORD, now, Effort(1, 8), claim)
    finally:
        place.release(claim)
    return signed_in


def sign_in(window, password: str = PASSWORD) -> None:
    """Sign in at the page that stands first; the login stands there already."""
    until(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "the page that signs in")
    write(password)
    press(Qt.Key.Key_Return)
    until(lambda: window.door is not None and window.door.is_open, "the store")


def opened(folder: Path):
    """Start the program and wait until it can be used: at the first time a clerk is signed in, later she signs in."""
    from desktop_app.ui import start

    is_new = not (folder / "store.db").exists()
    application = start.made_application(["desktop-app"])
    signed_in = founded(folder, "clerk") if is_new else None
    window = start.open_window(application, folder, signed_in=signed_in)
    if not is_new:
        until(window.isActiveWindow, "an active window")
        sign_in(window)
    until(lambda: window.acts != {}, "the whole window")
    until(window.isActiveWindow, "an active window")
    return application, window


def read_on(window):
    """Let a long job read the store until the test ends; return what ends it, once it has begun."""
    from sqlalchemy import text

    begun, end = Event(), Event()

    def job(session) -> int:
        count = session.execute(
            text("SELECT count(*) FROM event")
        ).scalar_one()  # from here on it holds a snapshot
        begun.set()
        end.wait(WAIT_MS / 1000)
        return count

    window.door.read_long(job, then=lambda _count: None)
    until(begun.is_set, "the long job")
    return end


def begin(folder: Path, *, is_behind: bool = False) -> None:
    """From the first start into the middle of a field, and then the plug is pulled."""
    _, window = opened(folder)
    tell_office()
    if is_behind:
        read_on(window)
    global pressed
    pressed = 0
    control(Qt.Key.Key_N)
    for field_id, text in BEFORE:
        assert window.case_page.sheet.current_field() == field_id
        write(text)
        press(Qt.Key.Key_Return)
    write(CUT_OFF)
    print(pressed, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


def go_on(folder: Path, pdf: Path) -> None:
    """Come back to the same field, finish, and print to a file through the preview."""
    from desktop_app.ui.printing.print_preview import PrintPreview

    def open_printer(name: str, title: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(pdf))
        return printer

    application, window = opened(folder)
    window.context.printing.update({"printers": ("PDF",), "open_printer": open_printer})
    offer = window.list_page().notice
    assert "家庭地址" in offer.label.text(), offer.label.text()
    assert offer.act.hasFocus()
    press(Qt.Key.Key_Return)
    until(lambda: window.case_page is not None, "the paper")
    sheet = window.case_page.sheet
    answers = sheet.answers()
    lost = [field_id for field_id, _ in BEFORE if field_id not in answers]
    assert lost == [], lost
    assert answers["applicant.name"] == NAME
    for field_id, text in AFTER:
        assert sheet.current_field() == field_id, (sheet.current_field(), field_id)
        write(text)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)  # 初次申请
    press(Qt.Key.Key_F9)
    assert not window.notice.label.text().startswith("✕"), window.notice.label.text()
    until(
        lambda: any(isinstance(each, PrintPreview) for each in application.topLevelWidgets()), "the preview"
    )
    assert window.case_page.state in ("draft", "awaiting_signature")
    preview = next(each for each in application.topLevelWidgets() if isinstance(each, PrintPreview))
    until(preview.isActiveWindow, "the preview in front")
    press(Qt.Key.Key_Return)
    until(pdf.exists, "the print")
    print(pressed, flush=True)
    window.close()
    window.door.close()


if __name__ == "__main__":
    what, store, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    go_on(store, out) if what == "go_on" else begin(store, is_behind=what == "begin_behind")
