"""Questions of an act with much to choose from: items looked at one by one, reasons and materials with own words."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt

from desktop_app.ui.parts.look import Colours
from desktop_app.ui.parts.option_row import OptionRow
from desktop_app.ui.walk.act_field import ActField, ChosenField, Line, WrittenField
from desktop_app.ui.walk.pick import Pick
from desktop_app.workflow.offers import Question

_ALL = "全部收齐"
_SHORT = 8  # characters of a choice that stands as a button


class ItemsField(ActField):
    """What is looked at one by one, each with what it comes to."""

    def __init__(self, question: Question, colours: Colours) -> None:
        super().__init__(question)
        words = tuple(each.words for each in question.choices)
        self._chosen: dict[str, str] = {}
        self.rows: dict[str, OptionRow] = {}
        for part in question.parts:
            row = OptionRow(part, words, colours)
            row.chosen.connect(lambda at, is_key, part=part: self._take(part, at, is_key=is_key))
            row.asked.connect(lambda asked, part=part: self._go(part, asked))
            self.rows[part] = row
            self.column.addWidget(row)
        self.setFocusProxy(next(iter(self.rows.values())))

    @property
    def has_own_label(self) -> bool:
        """Each row has its label."""
        return True

    def value(self) -> object:
        """Return what was found of each that was looked at."""
        return dict(self._chosen) or None

    def show_value(self, value: object) -> None:
        """Show what was found."""
        if isinstance(value, Mapping):
            words = [each.words for each in self.question.choices]
            self._chosen = {part: str(value[part]) for part in self.rows if value.get(part) in words}
            for part, row in self.rows.items():
                row.show_chosen(words.index(self._chosen[part]) if part in self._chosen else -1)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        for row in self.rows.values():
            row.dress(colours)

    def _take(self, part: str, at: int, *, is_key: bool) -> None:
        if at < 0:
            self._chosen.pop(part, None)
        else:
            self._chosen[part] = self.question.choices[at].value
        if is_key:
            self._go(part, "later")

    def _go(self, part: str, asked: str) -> None:
        parts = list(self.rows)
        at = parts.index(part) + (-1 if asked == "earlier" else 1)
        if 0 <= at < len(parts):
            self.rows[parts[at]].setFocus(Qt.FocusReason.OtherFocusReason)
        elif asked != "earlier":
            self.asked.emit("next" if asked == "next" else "answered")


class PickedField(ActField):
    """Things to choose from, one or several, with room for own words; materials have none."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self._is_all = question.kind == "materials"
        is_many = question.kind in ("materials", "texts")
        words = ([_ALL] if self._is_all else []) + [each.words for each in question.choices]
        self.pick = Pick(question.label, words, is_many=is_many)
        self.pick.asked.connect(self._go)
        self.column.addWidget(self.pick)
        self.own: Line | None = None
        if question.kind in ("reason", "texts"):
            hint = "另外要补正的，几项用分号隔开" if is_many else "自己的话，可以不写"
            self.own = Line(f"{question.label}，自己的话", hint if words else "")
            self.own.asked.connect(self.asked)
            self.column.addWidget(self.own)
        self.pick.setVisible(bool(words))
        if self._is_all:
            self.pick.buttons[0].toggled.connect(self._take_all)

    def value(self) -> object:
        """Return what is chosen and said as the act takes it."""
        own = self.own.text().strip() if self.own is not None else ""
        offset = 1 if self._is_all else 0
        chosen = [self.question.choices[at - offset].value for at in self.pick.chosen() if at >= offset]
        match self.question.kind:
            case "materials":
                is_all = len(chosen) == len(self.question.choices)
                return "all" if is_all else tuple(chosen) or None
            case "texts":
                said = own.replace(";", "；").split("；")
                return (*chosen, *(each.strip() for each in said if each.strip())) or None
            case "reason":
                parts = {"code": next(iter(chosen), ""), "words": own}
                kept = {name: each for name, each in parts.items() if each}
                return own if kept.keys() == {"words"} else kept or None
            case _:
                return next(iter(chosen), None)

    def show_value(self, value: object) -> None:
        """Choose and write it."""
        offset, own = (1 if self._is_all else 0), ""
        wanted: Sequence[object] = ()
        if value == "all":
            wanted = [each.value for each in self.question.choices]
        elif isinstance(value, Mapping):
            wanted, own = (value.get("code"),), str(value.get("words", ""))
        elif isinstance(value, str):
            wanted, own = (value,), ("" if value in [each.value for each in self.question.choices] else value)
        elif isinstance(value, tuple):
            wanted = value
            known = [each.value for each in self.question.choices]
            own = "；".join(str(each) for each in value if each not in known)
        chosen = [at + offset for at, each in enumerate(self.question.choices) if each.value in wanted]
        self.pick.choose([0, *chosen] if value == "all" and self._is_all else chosen)
        if self.own is not None:
            self.own.setText(own)

    def take_focus(self) -> None:
        """Begin with what is to be chosen; where there is nothing, with own words."""
        if self.question.choices or self._is_all:
            self.pick.take_focus()
        elif self.own is not None:
            self.own.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, asked: str) -> None:
        if self.own is not None:
            self.own.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.asked.emit(asked)

    def _take_all(self, is_all: bool) -> None:
        for button in self.pick.buttons[1:]:
            button.setChecked(is_all)


def act_field(question: Question, colours: Colours) -> ActField:
    """Return the editor of a question."""
    if question.kind == "items" and question.parts:
        return ItemsField(question, colours)
    if question.kind in ("materials", "texts", "reason"):
        return PickedField(question)
    if question.kind == "signed":
        return ChosenField(question, colours)
    if question.choices:
        is_short = all(len(each.words) <= _SHORT for each in question.choices)
        return ChosenField(question, colours) if is_short else PickedField(question)
    return WrittenField(question)
