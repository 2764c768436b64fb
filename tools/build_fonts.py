"""Build the bundled faces, their coverage record, licences and README from source packages.

For developers only; the program never runs this. The packages are fetched by name with the ordinary clients
(npm, apt-get), refused when a checksum differs, cut down to the characters that the faces need, renamed, and
written to `resources/fonts`. Equal packages give equal bytes: nothing of the clock goes into a file.

Usage: `python tools/build_fonts.py [--packages FOLDER] [--out FOLDER]`. Needs fontTools, npm, and a Debian
with apt-get and dpkg-deb; packages already in FOLDER are not fetched again. Takes about a minute.
"""

import argparse
import bz2
import copy
import io
import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from font_packages import (
    HANAZONO,
    NOTO_SANS,
    NOTO_SERIF,
    SOURCES,
    UNICODE,
    WENKAI,
    Source,
    licence_text,
    member,
)
from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

OUT = Path(__file__).resolve().parents[1] / "resources" / "fonts"

# GB 18030-2022, implementation level 3: first and last code point of each block.
LEVEL3_RANGES = (
    (0x4E00, 0x9FEF),
    (0x3400, 0x4DB5),
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)
LEVEL3_COMPATIBILITY = "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"
# The hanzi that amendment 1 (2024) added inside the two blocks that Song has whole.
AMENDMENT_RANGES = ((0x9FF0, 0x9FFF), (0x4DB6, 0x4DBF))
SYMBOL_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x2000, 0x206F),
    (0x20A0, 0x20BF),
    (0x2100, 0x22FF),
    (0x2460, 0x27BF),
    (0x2E80, 0x2EF3),
    (0x2F00, 0x2FD5),
    (0x3000, 0x303F),
    (0x3200, 0x33FF),
    (0xFE10, 0xFE4F),
    (0xFF00, 0xFFEF),
)
NEEDED_SYMBOLS = "□■○●√✓￥¥〔〕【】《》（）①⑳·—…“”‘’：；，。、℃㎡％×÷≥≤→　"
UNNEEDED_TABLES = ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "VORG", "DSIG", "FFTM"]


def main() -> None:
    parser = argparse.ArgumentParser(description="Build resources/fonts from source packages.")
    parser.add_argument("--packages", type=Path, help="folder that keeps the fetched packages")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        packages = options.packages or Path(scratch) / "packages"
        built = Path(scratch) / "fonts"
        packages.mkdir(parents=True, exist_ok=True)
        build(packages, built)
        put_in_place(built, options.out)


def build(packages: Path, out: Path) -> None:
    """Write every bundled file to `out`; raises `SystemExit` with one sentence when a promise is not kept."""
    (out / "LICENSES").mkdir(parents=True)
    listed = tongyong(packages)
    (out / "tongyong8105.txt").write_text(
        "".join(listed[i : i + 100] + "\n" for i in range(0, len(listed), 100)), encoding="utf-8"
    )
    record: dict[str, dict[str, Any]] = {}
    covered: dict[str, set[int]] = {}
    for source in SOURCES:
        font = cut(source, packages, wanted(source.face, set(map(ord, listed)), covered))
        covered[source.face] = set(font.getBestCmap())
        record[source.face] = coverage(source.file, font)
        font.save(out / source.file)
        print(source.file, (out / source.file).stat().st_size, "bytes", flush=True)
    promise(set(map(ord, listed)), covered)
    lines = [f'"{face}":' + json.dumps(entry, separators=(",", ":")) for face, entry in record.items()]
    (out / "coverage.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    write_papers(packages, out, covered, set(map(ord, listed)))


def put_in_place(built: Path, out: Path) -> None:
    """Replace the files of `out` one by one with finished ones."""
    for path in sorted(p for p in built.rglob("*") if p.is_file()):
        target = out / path.relative_to(built)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(target.name + ".new")
        shutil.copyfile(path, beside)
        beside.replace(target)


# --- characters -------------------------------------------------------------------------------------------


def tongyong(packages: Path) -> str:
    """The 8105 characters of 通用规范汉字表 in the table's order, from Unihan's field kTGH."""
    rows = []
    packed = member(UNICODE, packages, "./usr/share/unicode/Unihan_OtherMappings.txt.bz2")
    text = bz2.decompress(packed).decode()
    for code, number in re.findall(r"^U\+([0-9A-F]+)\tkTGH\t2013:(\d+)$", text, re.MULTILINE):
        rows.append((int(number), chr(int(code, 16))))
    if [number for number, _ in sorted(rows)] != list(range(1, 8106)):
        raise SystemExit("unicode-data does not hold the 8105 characters of 通用规范汉字表 without a gap.")
    return "".join(character for _, character in sorted(rows))


def decodable(codec: str) -> set[int]:
    """All code points of the two-byte part of a codec."""
    pairs = (bytes((a, b)).decode(codec, "ignore") for a in range(0x81, 0xFF) for b in range(0x40, 0xFF))
    return {ord(text) for text in pairs if len(text) == 1 and not text.isascii()}


def spread(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """The code points of ranges given by first and last, without controls, formats and line separators."""
    unprintable = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    codes = {code for first, last in ranges for code in range(first, last + 1)}
    return {code for code in codes if unicodedata.category(chr(code)) not in unprintable}


def level3() -> set[int]:
    """The 87,887 hanzi of GB 18030-2022 level 3."""
    return spread(LEVEL3_RANGES) | set(map(ord, LEVEL3_COMPATIBILITY))


def wanted(face: str, listed: set[int], covered: dict[str, set[int]]) -> set[int]:
    """The code points that a face shall have, as far as its source has them."""
    text = listed | decodable("gb2312") | spread(SYMBOL_RANGES)
    match face:
        case "song":
            return text | decodable("gbk") | level3() | spread(AMENDMENT_RANGES)
        case "rare":
            return level3() - covered["song"]
        case _:
            # A character only in Kai would be printable there and an empty box in Song: so none is.
            return text & covered["song"]


def promise(listed: set[int], covered: dict[str, set[int]]) -> None:
    """Stop unless the faces cover what the README says."""
    needed = listed | set(map(ord, NEEDED_SYMBOLS))
    for face in covered.keys() - {"rare"}:
        if lacking := needed - covered[face]:
            raise SystemExit(f"The face {face} lacks {''.join(map(chr, sorted(lacking)))}.")
    if len(level3()) != 87_887 or level3() - covered["song"] - covered["rare"]:
        raise SystemExit("Song and Rare together lack characters of GB 18030-2022 level 3.")


# --- fonts ------------------------------------------------------------------------------------------------


def cut(source: Source, packages: Path, codes: set[int]) -> TTFont:
    """The renamed subset of a source font: outlines and widths only, one glyph for each character."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += UNNEEDED_TABLES
    options.bidi_closure = False  # it would add mirrored signs that nobody asked for
    options.recalc_timestamp = False
    font = TTFont(io.BytesIO(member(source.package, packages, source.member)), recalcTimestamp=False)
    if "glyf" not in font or "fvar" in font:
        raise SystemExit(f"{source.member} has no static TrueType outlines.")
    # Variation sequences and Macintosh tables would let a screen choose glyphs that the paper does not.
    tables = font["cmap"].tables
    font["cmap"].tables = [table for table in tables if table.platformID != 1 and table.format != 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    separate_glyphs(font)
    rename(font, source.family, source.style)
    if source.style == "Regular":
        font["OS/2"].usWeightClass = 400
    return font


def separate_glyphs(font: TTFont) -> None:
    """Give each character a glyph of its own, so that text copied out of a PDF is the text that went in.

    The sources draw 兀 and its compatibility twin, or 〜 and ～, with one glyph; a reader of glyphs cannot
    know which of the two was meant.
    """
    cmap: dict[int, str] = font.getBestCmap()
    taken: set[str] = set()
    order = list(font.getGlyphOrder())
    copies: dict[int, str] = {}
    glyphs, widths = font["glyf"], font["hmtx"]
    for code in sorted(cmap):
        name = cmap[code]
        if name in taken:
            copies[code] = f"own{code:05X}"
            order.append(copies[code])
            glyphs.glyphs[copies[code]] = copy.deepcopy(glyphs[name])
            widths[copies[code]] = widths[name]
        taken.add(name)
    font.setGlyphOrder(order)
    glyphs.setGlyphOrder(order)
    for table in font["cmap"].tables:
        table.cmap.update({code: name for code, name in copies.items() if code in table.cmap})


def rename(font: TTFont, family: str, style: str) -> None:
    """Name a font by our family.

    Reserved names may not stay on a subset, and an installed font of the same name must not be taken instead.
    """
    names = font["name"]
    kept = {0, 7, 8, 9, 11, 13, 14}  # copyright, trade mark, makers, licence
    names.names = [
        record
        for record in names.names
        if record.platformID == 3 and record.langID == 0x409 and record.nameID in kept
    ]
    file_name = f"{family.replace(' ', '')}-{style}"
    for name_id, text in (
        (1, family),
        (2, style),
        (3, f"{file_name}-1"),
        (4, f"{family} {style}"),
        (5, "Version 1.000"),
        (6, file_name),
    ):
        names.setName(text, name_id, 3, 1, 0x409)


def coverage(file: str, font: TTFont) -> dict[str, Any]:
    """The coverage record of a face; widths in 1/1000 em, those of 1000 left out."""
    units = font["head"].unitsPerEm
    by_width: dict[int, list[int]] = {}
    for code, name in font.getBestCmap().items():
        thousandths, rest = divmod(font["hmtx"][name][0] * 1000, units)
        if rest:
            raise SystemExit(f"{file}: the width of U+{code:04X} is not a whole number of 1/1000 em.")
        by_width.setdefault(thousandths, []).append(code)
    return {
        "file": file,
        "units": units,
        "covered": steps(font.getBestCmap()),
        "advances": {str(width): steps(by_width[width]) for width in sorted(by_width) if width != 1000},
    }


def steps(codes: Iterable[int]) -> list[int]:
    """Ranges as steps from bound to bound: start, length, gap to the next start, length, and so on.

    >>> steps([65, 66, 67, 70])
    [65, 3, 2, 1]
    """
    bounds = [0, *edges(sorted(codes))]
    return [right - left for left, right in pairwise(bounds)]


def edges(codes: list[int]) -> Iterator[int]:
    """Start and end (exclusive) of each unbroken range of sorted code points."""
    for i, code in enumerate(codes):
        if i == 0 or codes[i - 1] + 1 != code:
            yield code
        if i + 1 == len(codes) or codes[i + 1] != code + 1:
            yield code + 1


# --- licences and README ----------------------------------------------------------------------------------

README = """# Bundled faces

Cut down and renamed by `tools/build_fonts.py` from the packages named here; equal packages give equal bytes.
Each face has static TrueType outlines, no hinting, no layout features, and a glyph of its own for each
character. The names are ours, because the licences reserve some of the old ones and because an installed font
of the same name must not be taken instead. Do not edit these files: change the script and run it.

{files}

What each face covers, in characters:

{coverage}

All 8105 characters of 通用规范汉字表 stand in each of Song, Song Bold, Hei and Kai. All 87,887 hanzi of
GB 18030-2022 level 3 stand in Song and Rare together. Song has all that Song Bold, Hei and Kai have.
Hanzi of extensions G, H and I are in no face; the program says so when one is typed.

Source packages:

{packages}

- `tongyong8105.txt`: the 8105 characters in the table's order, 100 a line, from Unihan's field kTGH
  ({unicode}).
- `coverage.json`: what the program reads to measure text, one line for each face. `covered` holds ranges of
  code points as steps: start, length, gap to the next start, length, and so on; `advances` holds the same for
  each width (1/1000 em) other than 1000; `units` is the font file's own em.
- `LICENSES/`: the licence texts as the packages give them. The subsets stay under these licences.
"""


def write_papers(packages: Path, out: Path, covered: dict[str, set[int]], listed: set[int]) -> None:
    """Write the licence texts as the packages give them, and the README with today's figures."""
    for source in SOURCES:
        copyright_text = TTFont(out / source.file, lazy=True)["name"].getDebugName(0)
        notice = f"{copyright_text}\n\n{licence_text(source.package, packages)}"
        (out / "LICENSES" / source.licence).write_text(notice, encoding="utf-8")
    files = [
        (
            f"`{s.file}`",
            f"{s.family} {s.style}",
            f"{s.package.name} {s.package.version}",
            f"[{s.licence}](LICENSES/{s.licence})",
        )
        for s in SOURCES
    ]
    sets = {"8105": listed, "GB 2312": decodable("gb2312"), "level 3": level3()}
    heads = ("face", "all", *(f"{name} ({len(codes)})" for name, codes in sets.items()))
    counts = [
        (f"`{face}`", len(codes), *(len(codes & known) for known in sets.values()))
        for face, codes in covered.items()
    ]
    used = (NOTO_SERIF, NOTO_SANS, WENKAI, HANAZONO, UNICODE)
    origins = [(p.name, p.version, p.client, f"`{p.sha256}`") for p in used]
    text = README.format(
        files=table(("file", "name", "from", "licence"), files),
        coverage=table(heads, counts),
        packages=table(("package", "version", "client", "sha256 of the package file"), origins),
        unicode=f"{UNICODE.name} {UNICODE.version}",
    )
    (out / "README.md").write_text(text, encoding="utf-8")


def table(heads: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    head = tuple(heads)
    lines = (head, ("---",) * len(head), *rows)
    return "\n".join("| " + " | ".join(map(str, cells)) + " |" for cells in lines)


if __name__ == "__main__":
    main()
