"""Lines break as Chinese typesetting wants, and values fit or say that they do not."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.forms import breaking, faces
from desktop_app.forms.breaking import NO_END, NO_START
from desktop_app.forms.marks import MM_PER_POINT
from tests.support.worst_cases import ADDRESS_OF_90, COMPANY_OF_60, LONG_NAME

PROMISE = (
    "本人承诺以上内容及所提供的材料真实有效，如有虚假不得享受相关补贴，并承担相应法律责任（含“追回”、《办法》所列）。"
    "多工序数控机床操作调整工（三级）；Y000123456789195000001，2017年8月1日。"
)


@pytest.mark.parametrize("width", range(20, 290))
def test_no_line_begins_with_a_closing_or_ends_with_an_opening_mark(width: int) -> None:
    limit = width / 10
    lines = breaking.break_lines(breaking.em_tokens(PROMISE, "song"), max(limit, 14.0))
    texts = ["".join(token.text for token in line) for line in lines]
    assert "".join(texts) == PROMISE
    for before, after in pairwise(texts):
        assert after[0] not in NO_START
        assert before[-1] not in NO_END


def test_words_of_digits_stay_whole() -> None:
    lines = breaking.break_lines(breaking.em_tokens("证书编号Y000123456789195000001号", "song"), 14)
    assert any("Y000123456789195000001" in "".join(token.text for token in line) for line in lines)


@settings(max_examples=100, deadline=None)
@given(
    text=st.text(alphabet="样例市（区）·，。0123ABC 热西提", min_size=1, max_size=80),
    width=st.floats(8, 120),
    height=st.floats(4, 20),
    is_number=st.booleans(),
)
def test_a_fitted_value_is_whole_and_inside(text: str, width: float, height: float, is_number: bool) -> None:
    fitted = breaking.fit(text, "kai", 10.5, width, height, is_number=is_number)
    assert "".join("".join(fitted.lines).split()) == "".join(text.split())
    if fitted.is_whole:
        size = fitted.size * MM_PER_POINT
        assert size * (1 + breaking.VALUE_LEAD * (len(fitted.lines) - 1)) <= height + 0.01
        for line in fitted.lines:
            assert faces.width(faces.face_for(line, "kai"), fitted.size) <= width + 0.01


def test_a_number_shrinks_before_it_wraps() -> None:
    fitted = breaking.fit("Y000123456789195000001", "song", 10.5, 30, 10, is_number=True)
    assert fitted.is_whole
    assert len(fitted.lines) == 1
    assert fitted.size < 10.5


def test_a_long_name_keeps_one_line_as_long_as_it_can_be_read() -> None:
    assert len(breaking.fit(LONG_NAME, "kai", 10.5, 42, 10, is_number=False).lines) == 1
    assert len(breaking.fit(LONG_NAME, "kai", 10.5, 30, 10, is_number=False).lines) == 2


def test_long_values_wrap_and_what_cannot_fit_says_so() -> None:
    assert breaking.fit(COMPANY_OF_60, "kai", 10.5, 100, 10, is_number=False).is_whole
    assert breaking.fit(ADDRESS_OF_90, "kai", 10.5, 68, 10, is_number=False).is_whole
    assert not breaking.fit(ADDRESS_OF_90, "kai", 10.5, 30, 6, is_number=False).is_whole
