"""A character that no input method on the counter writes is found by its code point or its parts."""

import pytest

from desktop_app.forms.rare_characters import offered_characters


@pytest.mark.parametrize(
    ("typed", "offered", "shown"),
    [
        ("样例U+20BB7", "样例𠮷", "𠮷 "),
        ("样例u20bb7", "样例𠮷", "𠮷 "),
        ("样例氵+亢", "样例沆", "沆 hàng"),
        ("样例水+亢", "样例沆", "沆 hàng"),
        ("样例氵＋亢", "样例沆", "沆 hàng"),
        ("样例土+口", "样例𠮷", "𠮷 "),
        ("样例吉+吉", "样例喆", "喆 zhé"),
        ("样例羽+中", "样例翀", "翀 chōng"),
    ],
)
def test_code_point_or_parts_offer_the_character(typed: str, offered: str, shown: str) -> None:
    found = {each.text: each.shown for each in offered_characters(typed)}
    assert found[offered].startswith(shown)


@pytest.mark.parametrize("typed", ["", "样例", "U+0041", "U+110000", "A+B", "样例+", "1+1", "U+20BB7 号"])
def test_other_texts_offer_nothing(typed: str) -> None:
    assert offered_characters(typed) == ()
