"""Which papers there are, and how an office gets one of its own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.forms import catalogue
from desktop_app.resources import HOME, resource


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of an office's own forms."""
    monkeypatch.setenv(HOME, str(tmp_path))
    catalogue._files.cache_clear()
    folder = tmp_path / "forms"
    folder.mkdir()
    yield folder
    catalogue._files.cache_clear()


def test_an_office_supplies_the_official_paper_in_place_of_a_sample(office: Path) -> None:
    text = resource("forms/tianjin/application.toml").read_text(encoding="utf-8")
    old = catalogue.form("tianjin.application")
    assert old.is_sample
    new = text.replace(f'version = "{old.version}"', 'version = "2026-01-01"').replace("sample = true\n", "")
    (office / "tianjin.toml").write_text(new, encoding="utf-8")
    catalogue._files.cache_clear()
    assert catalogue.form("tianjin.application").version == "2026-01-01"
    assert not catalogue.form("tianjin.application").is_sample
    assert catalogue.form("tianjin.application", old.version) is old  # an old case keeps its paper
    assert catalogue.form("tianjin.application", day=date(2025, 12, 31)) is old
    assert catalogue.form("tianjin.application", day=date(2026, 1, 1)) is not old


def test_an_unknown_form_or_version_is_told_with_the_nearest() -> None:
    with pytest.raises(catalogue.UnknownForm, match=r"urumqi\.review"):
        catalogue.form("urumqi.revue")
    with pytest.raises(catalogue.UnknownForm, match="2017-08-23"):
        catalogue.form("jilin.application", "2000-01-01")
