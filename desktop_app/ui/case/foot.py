"""The foot below the paper: what is saved, the zoom, and the two or three things that make sense now."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop_app.ui.parts.acts import ACTS, key_text
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import plain_label
from desktop_app.ui.parts.look import NORMAL, STEP, Colours, sized, tint
from desktop_app.workflow.states import State, is_draft

_WORDS = {
    "choose_rows": "从申请中选取",
    "add_row": "加一行",
    "notice": "一次性告知",
    "print": "打印",
    "finish": "完成填写",
    "reopen": "改回草稿",
}
_BUTTONS: dict[bool, tuple[str, ...]] = {True: ("print", "finish"), False: ("reopen", "print")}


def _quiet(colours: Colours) -> str:
    return colours.quiet


class Foot(QWidget):
    """Tells by signal which act was chosen."""

    act_chosen = Signal(str)

    def __init__(
        self, has_rows: bool, colours: Colours, parent: QWidget | None = None, *, is_typed: bool = True
    ) -> None:
        super().__init__(parent)
        self._has_rows, self._is_typed = has_rows, is_typed
        self._colour_of_saved: Callable[[Colours], str] = _quiet
        self.setFixedHeight(7 * STEP)
        self.saved = plain_label(font=sized(NORMAL - 1))
        self.saved.setAccessibleName("保存情况")
        self.fit = self._plain("适合宽度", "zoom_fit", "适合宽度 Ctrl+2")
        self.zoom = self._plain("100%", "zoom_full", "实际大小 Ctrl+0；放大 Ctrl++，缩小 Ctrl+-")
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * STEP, 0, 2 * STEP, 0)
        row.setSpacing(STEP)
        row.addWidget(self.saved)
        row.addSpacing(STEP)
        row.addWidget(self.fit)
        row.addWidget(self.zoom)
        row.addStretch(1)
        keys = {act.id: key_text(act) for act in ACTS}
        self.buttons: dict[str, QPushButton] = {}
        for act, words in _WORDS.items():
            button = push_button(f"{words}  {keys.get(act, '')}".strip())
            button.setAccessibleName(words)
            button.setToolTip(f"{words} {keys.get(act, '')}".strip())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked, chosen=act: self.act_chosen.emit(chosen))
            row.addWidget(button)
            self.buttons[act] = button
        self.buttons["finish"].setObjectName("main_act")
        self.dress(colours)
        self.show_state("draft")

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self._colours = colours
        tint(self.saved, self._colour_of_saved(colours))

    def show_state(self, state: State, *, is_written: bool = True) -> None:
        """Offer what makes sense in a state; to who may not write on the paper, printing alone."""
        for act, button in self.buttons.items():
            if not is_written:
                button.setVisible(act == "print")
                continue
            button.setVisible(
                act in _BUTTONS[is_draft(state)]
                or (
                    act in (("add_row", "choose_rows") if self._has_rows else ("notice",))
                    and self._is_typed
                    and is_draft(state)
                )
            )

    def show_saved(self, at: datetime) -> None:
        """Say that everything is on the disk: here, without any network."""
        self._say(f"✓ 已保存在本机 {at:%H:%M}", lambda colours: colours.passed)

    def show_unsaved(self) -> None:
        """Say that the last entry is not on the disk."""
        self._say("✕ 没有保存，请按 Ctrl+S 再试", lambda colours: colours.fail)

    def show_read_only(self) -> None:
        """Say that the paper is only looked at."""
        self._say("只能查看，填写由经办人办理", _quiet)

    def show_new(self) -> None:
        """Say how saving works, before there is anything to save."""
        self._say("离开一格即自动保存", _quiet)

    def show_zoom(self, zoom: float, is_fitted: bool) -> None:
        """Show the size of the sheet."""
        self.zoom.setText(f"{zoom:.0%}")
        tint(self.fit, self._colours.text if is_fitted else self._colours.quiet)

    def _say(self, words: str, colour: Callable[[Colours], str]) -> None:
        self.saved.setText(words)
        self._colour_of_saved = colour
        tint(self.saved, colour(self._colours))

    def _plain(self, words: str, act: str, tip: str) -> QPushButton:
        button = push_button(words, "plain")
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.act_chosen.emit(act))
        return button
