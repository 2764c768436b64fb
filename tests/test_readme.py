"""What the papers beside the code promise: links lead somewhere, and every package has its licence told."""

import re
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAPERS = tuple(sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]))
LOCKS = tuple(sorted(ROOT.glob("requirements*.lock")))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_to_files_of_the_checkout(paper: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text_of(paper))
    assert [target for target in targets if not (paper.parent / target).exists()] == []


def test_notice_tells_the_licence_of_every_pinned_package() -> None:
    told = set(
        re.findall(r"[a-z0-9-]+", " ".join(re.findall(r"^\| (.+?) \|", text_of(ROOT / "NOTICE.md"), re.M)))
    )
    pinned = {name for lock in LOCKS for name in re.findall(r"^([a-z0-9-]+)==", text_of(lock), re.M)}
    assert pinned and pinned - told == set()


def test_notice_names_what_the_wheels_carry() -> None:
    packages = Path(sysconfig.get_path("platlib"))
    told = text_of(ROOT / "NOTICE.md").lower()
    libraries = {re.split(r"[-.]", path.name)[0] for path in packages.glob("pillow.libs/lib*.so*")}
    icu = {path.name for path in packages.glob("PySide6/Qt/lib/libicu*.so.*")}
    faces = {path.name for path in packages.glob("reportlab/fonts/*.ttf")}
    adobe = {
        re.search(rb"/FontName /([A-Za-z0-9]+)", path.read_bytes())[1].decode()
        for path in packages.glob("reportlab/fonts/*.pfb")
    }
    assert libraries and icu and faces and adobe
    assert {name for name in libraries | faces | adobe if name.lower() not in told} == set()
    assert {name for name in icu if f"icu {name.rpartition('.')[2]}" not in told} == set()


def test_notice_names_every_bundled_font() -> None:
    fonts = {path.name for path in (ROOT / "resources" / "fonts").glob("*.ttf")}
    assert {name for name in fonts if name not in text_of(ROOT / "NOTICE.md")} == set()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_pins_each_file_and_names_no_place(lock: Path) -> None:
    text = text_of(lock)
    pins = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.M)[1:]
    assert pins and all("--hash=sha256:" in pin for pin in pins)
    assert not re.search(r"https?://|file://|--index-url|--find-links|/home/|/tmp/", text)
