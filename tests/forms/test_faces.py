"""The bundled faces cover what the README promises, and measuring agrees with the font files."""

import subprocess
import sys
import unicodedata

import pytest
from fontTools.ttLib import TTFont

from desktop_app.forms import faces

TEXT_FACES = ("song", "song_bold", "hei", "kai")
LEVEL3 = (
    *range(0x4E00, 0x9FEF + 1),
    *range(0x3400, 0x4DB5 + 1),
    *range(0x20000, 0x2A6D6 + 1),
    *range(0x2A700, 0x2B734 + 1),
    *range(0x2B740, 0x2B81D + 1),
    *range(0x2B820, 0x2CEA1 + 1),
    *range(0x2CEB0, 0x2EBE0 + 1),
    *map(ord, "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29"),
)
EXTENSION_B = "\U0002a6a5"  # 𪚥, in Rare only
EXTENSION_G = "\U0003106c"
PRIVATE = "\ue000"
EMOJI = "\U0001f600"
SELECTOR = "\ufe00"


def tongyong() -> str:
    text = (faces.FONTS / "tongyong8105.txt").read_text(encoding="utf-8")
    return text.replace("\n", "")


@pytest.fixture(scope="module", params=faces.FACES)
def opened(request: pytest.FixtureRequest):
    with TTFont(faces.font_file(request.param), lazy=True) as font:
        yield request.param, font


def test_the_list_of_the_table_is_whole() -> None:
    characters = tongyong()
    assert len(characters) == len(set(characters)) == 8105
    assert characters[:3] == "一乙二"
    assert sum(ord(character) > 0xFFFF for character in characters) == 196


@pytest.mark.parametrize("face", TEXT_FACES)
def test_each_text_face_has_all_8105_and_gb2312(face: str) -> None:
    pairs = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    needed = tongyong() + "".join(pair.decode("gb2312", "ignore") for pair in pairs)
    assert [character for character in needed if not faces.has(face, character)] == []


@pytest.mark.parametrize("face", TEXT_FACES)
def test_each_text_face_has_the_signs_of_the_papers(face: str) -> None:
    signs = "□■√✓￥¥〔〕【】《》（）①⑳·—…“”‘’：；，。、℃㎡％×≥≤→\u3000" + "".join(map(chr, range(32, 127)))
    assert [sign for sign in signs if not faces.has(face, sign)] == []


def test_song_and_rare_have_all_of_level_3() -> None:
    assert len(LEVEL3) == len(set(LEVEL3)) == 87_887
    assert faces.missing("".join(map(chr, LEVEL3))) == ()
    assert set(LEVEL3) <= faces.coverage_of("song") | faces.coverage_of("rare")


def test_song_has_all_that_the_other_text_faces_have() -> None:
    for face in TEXT_FACES:
        assert faces.coverage_of(face) <= faces.coverage_of("song")
    assert not faces.coverage_of("rare") & faces.coverage_of("song")


def test_no_face_claims_a_character_that_cannot_be_printed() -> None:
    for face in faces.FACES:
        categories = {unicodedata.category(chr(code)) for code in faces.coverage_of(face)}
        assert not categories & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def test_the_record_agrees_with_the_font_file(opened: tuple[str, TTFont]) -> None:
    face, font = opened
    cmap, widths, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    assert set(cmap) == faces.coverage_of(face)
    differing = [
        hex(code)
        for code, glyph in cmap.items()
        if not faces.has(face, chr(code)) or faces.advance(face, chr(code)) * units != widths[glyph][0] * 1000
    ]
    assert differing == []


def test_every_character_but_blanks_has_an_outline(opened: tuple[str, TTFont]) -> None:
    _, font = opened
    starts = font["loca"].locations
    empty = [
        chr(code)
        for code, glyph in font.getBestCmap().items()
        if starts[font.getGlyphID(glyph)] == starts[font.getGlyphID(glyph) + 1]
    ]
    assert [character for character in empty if not character.isspace()] == []


def test_the_font_files_are_what_the_papers_need(opened: tuple[str, TTFont]) -> None:
    face, font = opened
    assert "glyf" in font
    assert not {"fvar", "GPOS", "GSUB", "kern", "fpgm", "CFF "} & set(font.keys())
    assert font["OS/2"].fsType == 0  # embedding allowed without limits
    family = {"hei": "Form Hei", "kai": "Form Kai", "rare": "Form Rare"}.get(face, "Form Song")
    assert font["name"].getBestFamilyName() == family
    assert (font["head"].macStyle & 1) == (face == "song_bold")
    glyphs = list(font.getBestCmap().values())
    assert len(glyphs) == len(set(glyphs)), "two characters with one glyph cannot be told apart in a PDF"


@pytest.mark.parametrize(
    "character", [EXTENSION_G, PRIVATE, EMOJI, SELECTOR, "\t", "\u200b", "\ufeff", "\ud800"]
)
def test_missing_finds_what_cannot_be_printed(character: str) -> None:
    assert faces.missing(f"张{character}三{character}") == (character,)
    assert not any(faces.has(face, character) for face in faces.FACES)


def test_missing_tells_each_once_in_order_and_nothing_of_printable_text() -> None:
    assert faces.missing(EMOJI + "王" + EXTENSION_G + EMOJI) == (EMOJI, EXTENSION_G)
    assert faces.missing("阿卜杜热西提·阿卜杜热合曼 〇㛃䶮𬱖𠅤" + EXTENSION_B) == ()


@pytest.mark.parametrize(
    ("text", "wanted", "runs"),
    [
        ("", "song", ()),
        ("张三", "kai", (("kai", "张三"),)),
        ("样例𬱖", "hei", (("hei", "样例𬱖"),)),
        ("张㐂", "kai", (("song", "张㐂"),)),
        (EXTENSION_B, "song_bold", (("rare", EXTENSION_B),)),
        (f"张{EXTENSION_B}三", "song", (("song", "张"), ("rare", EXTENSION_B), ("song", "三"))),
        (f"张㐂{EXTENSION_B}", "kai", (("kai", "张"), ("song", "㐂"), ("rare", EXTENSION_B))),
        (f"张{EMOJI}三", "kai", (("kai", f"张{EMOJI}三"),)),
        (EMOJI, "rare", (("rare", EMOJI),)),
        ("张", "rare", (("song", "张"),)),
    ],
)
def test_a_text_stands_in_one_face_where_one_has_it_all(text: str, wanted: str, runs: object) -> None:
    assert faces.face_for(text, wanted) == runs


def test_widths_are_millimetres() -> None:
    assert faces.advance("song", "张") == 1000
    assert faces.advance("rare", EXTENSION_B) == 1000
    assert faces.advance("song", "i") < faces.advance("song", "m") < 1000
    assert faces.text_width("张三", "song", 72) == pytest.approx(2 * 25.4)
    assert faces.text_width("", "song", 12) == 0
    runs = faces.face_for(f"张{EXTENSION_B}1", "song")
    digit = faces.advance("song", "1") / 1000
    assert faces.width(runs, 36) == pytest.approx((2 + digit) * 12.7)


def test_an_unknown_face_is_refused() -> None:
    with pytest.raises(KeyError):
        faces.advance("fang", "张")
    with pytest.raises(KeyError):
        faces.font_file("fang")


def test_all_tables_load_within_15_ms_of_processor_time() -> None:
    program = (
        "import time, json; from desktop_app.forms import faces; start = time.process_time()\n"
        "for face in faces.FACES: faces.advance(face, '张'), faces.has(face, '张')\n"
        "print((time.process_time() - start) * 1000)"
    )
    command = [sys.executable, "-c", program]
    root = faces.FONTS.parents[1]
    runs = [subprocess.run(command, cwd=root, capture_output=True, check=True).stdout for _ in range(3)]
    assert min(map(float, runs)) < 15
