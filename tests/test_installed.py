"""The wheel, installed alone into an environment without the checkout and run from another folder, as offices have it.

What it depends on is lent by the environment of the tests through one path file, so that nothing is fetched.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from desktop_app.forms.catalogue import form_ids

ROOT = Path(__file__).parent.parent
PARTS = ("desktop_app", "resources", "pyproject.toml", "setup.py", "README.md", "LICENSE", "NOTICE.md")
STORED = {"--build-option": ["--compression=stored"]}
SAMPLES = "share/desktop-app/resources/samples"
CASE = {
    "region": "jilin",
    "governing_day": "2017-10-09",
    "answers": {"insurance.months_paid": 48, "certificate.level": 4, "claim.applied_on": "2017-10-09"},
}


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program from a folder that is not the checkout's, without a path to it."""
    own = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run(
        [str(each) for each in command],
        cwd=cwd,
        env=own,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def done(*command: str | Path, cwd: Path) -> str:
    """Return what a program prints that must end well."""
    ran = run(*command, cwd=cwd)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it is built from a clean copy."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source)
    # What pip asks of the builder, without pip; stored in place of packed, because that takes seconds less.
    build = f"from setuptools import build_meta; build_meta.build_wheel({str(out)!r}, {STORED!r})"
    done(sys.executable, "-c", build, cwd=source)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def office(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the installed wheel; its programs stand in `bin`."""
    bare = tmp_path_factory.mktemp("office") / "env"
    done(sys.executable, "-m", "venv", "--without-pip", bare, cwd=bare.parent)
    pip = (sys.executable, "-m", "pip", "--python", bare / "bin" / "python", "install", "--quiet")
    done(*pip, "--no-deps", "--no-index", "--no-compile", wheel, cwd=bare.parent)
    # A path in such a file is searched, and the path files that lie there are not: the checkout stays out.
    packages = next(bare.glob("lib/python*/site-packages"))
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return bare


def test_wheel_carries_every_file(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    data = f"{wheel.name.split('-py3')[0]}.data/data/share/desktop-app"
    for top, place in (("desktop_app", "desktop_app"), ("resources", f"{data}/resources")):
        files = {
            f"{place}/{path.relative_to(ROOT / top).as_posix()}"
            for path in (ROOT / top).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert files
        assert files <= held, sorted(files - held)


def test_commands_run(office: Path, tmp_path: Path) -> None:
    program = office / "bin" / "desktop-app"
    where = done(
        office / "bin" / "python", "-c", "import desktop_app; print(desktop_app.__file__)", cwd=tmp_path
    )
    assert Path(where.strip()).is_relative_to(office)
    assert (
        tuple(each["id"] for each in json.loads(done(program, "forms", "--json", cwd=tmp_path))) == form_ids()
    )
    done(program, "blank", "urumqi.public_list", "-o", "blank.pdf", cwd=tmp_path)
    sample = office / SAMPLES / "jilin.application.json"
    done(program, "fill", "jilin.application", sample, "-o", "filled.pdf", cwd=tmp_path)
    assert (tmp_path / "blank.pdf").read_bytes()[:5] == (tmp_path / "filled.pdf").read_bytes()[:5] == b"%PDF-"
    (tmp_path / "case.json").write_text(json.dumps(CASE), encoding="utf-8")
    assert json.loads(done(program, "check", "case.json", "--json", cwd=tmp_path))["decision"] == "incomplete"
    assert "2026-10-10" in done(program, "working-days", "jilin", "2026-09-28", "5", "--json", cwd=tmp_path)


def test_window_opens_and_a_paper_is_typed_into(office: Path, tmp_path: Path) -> None:
    clerk = ROOT / "tests" / "support" / "clerk.py"
    begun = run(
        office / "bin" / "python", clerk, "begin", tmp_path / "store", tmp_path / "x.pdf", cwd=tmp_path
    )
    assert begun.returncode == -signal.SIGKILL, begun.stderr  # its end is a pulled plug, in the last field
    assert int(begun.stdout) > 50  # keys
    assert (tmp_path / "store" / "store.db").exists()
