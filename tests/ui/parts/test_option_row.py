"""A question with its words to choose from: how they stand."""

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.parts.look import LIGHT
from desktop_app.ui.parts.option_row import OptionRow


@pytest.mark.parametrize(
    ("words", "is_beside"),
    [
        (("是", "否"), True),
        (("在职", "离职"), True),
        (("企业职", "个体户"), False),
        (("是", "否", "不详"), False),
    ],
)
def test_two_short_words_stand_beside_their_question(
    qtbot: QtBot, words: tuple[str, ...], is_beside: bool
) -> None:
    row = OptionRow("样例问题", words, LIGHT)
    qtbot.addWidget(row)
    row.resize(300, row.sizeHint().height())
    row.show()
    question = row.name.geometry()
    for option in row.options:
        assert (option.geometry().center().y() in range(question.top(), question.bottom() + 1)) is is_beside
        assert (option.geometry().top() > question.bottom()) is not is_beside
