"""What the commands tell of a slip: the place, once, and what would be right; nothing hidden gets out."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from desktop_app import cli
from desktop_app.case import Case
from desktop_app.cli.demo import sample
from desktop_app.faults import Faults
from desktop_app.forms.catalogue import form
from desktop_app.forms.load import load_form
from desktop_app.policy.assess import assess
from desktop_app.policy.catalogue import policy
from desktop_app.policy.model import Award, Known
from desktop_app.resources import resource
from tests.cli.test_commands import text_of
from tests.forms.test_load import GOOD

Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize("form_id", ["urumqi.summary", "urumqi.publicity_certificate", "jilin.application"])
def test_a_masked_copy_hides_every_identity_number(form_id: str, tmp_path: Path) -> None:
    path, out = resource(f"samples/{form_id}.json"), tmp_path / "a.pdf"
    assert cli.main(["fill", form_id, str(path), "-o", str(out), "--masked"]) == 0
    given = json.loads(path.read_text(encoding="utf-8"))
    text = "".join(text_of(out).split())
    for held in (given, *given.get("rows", ())):
        for key in ("applicant.id_number", "agent.id_number"):
            if held.get(key):
                assert held[key] not in text
                assert held[key][6:14] not in text


def test_a_device_is_no_target(tmp_path: Path, capsys: Capture) -> None:
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    assert cli.main(["blank", "jilin.application", "-o", str(pipe)]) == 1
    assert "普通文件" in capsys.readouterr().err
    assert pipe.is_fifo()
    real, link = tmp_path / "real.pdf", tmp_path / "link.pdf"
    real.write_bytes(b"")
    link.symlink_to(real)
    assert cli.main(["blank", "jilin.application", "-o", str(link)]) == 0
    assert link.is_symlink()
    assert real.stat().st_size > 1000


def test_a_zero_subsidy_is_refused(tmp_path: Path, capsys: Capture) -> None:
    given = tmp_path / "a.json"
    given.write_text('{"claim.amount": "0.00"}', encoding="utf-8")
    assert cli.main(["fill", "urumqi.review", str(given), "-o", str(tmp_path / "a.pdf")]) == 1
    assert "不能是零" in capsys.readouterr().err


def test_a_finding_on_a_list_names_file_and_row_once(tmp_path: Path, capsys: Capture) -> None:
    given = tmp_path / "a.json"
    rows = [{"applicant.name": "样例"}, {"applicant.name": "样例\ue000"}]
    given.write_text(json.dumps({"rows": rows}), encoding="utf-8")
    assert cli.main(["fill", "urumqi.summary", str(given), "-o", str(tmp_path / "a.pdf")]) == 0
    lines = [line for line in capsys.readouterr().err.splitlines() if "U+E000" in line]
    assert len(lines) == 1
    assert lines[0].startswith("a.json 第2行：")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('align = "center"', 'align = "centre"', "align"),
        ("required =", "copies = 0\nrequired =", "copies"),
        ('region = "jilin"', 'region = "jiln"', "jilin"),
        ('"{applicant.phone}"', '"{applicant.phone boxes=0}"', "boxes"),
        ('"{applicant.phone}"', '"{applicant.phone boxes=900}"', "boxes"),
        ("size = 18", "size = -1", "size"),
    ],
)
def test_preview_tells_slips_too(old: str, new: str, words: str) -> None:
    with pytest.raises(Faults) as told:
        load_form(GOOD.replace(old, new), "a.toml")
    assert any(words in fault for fault in told.value.faults)
    assert len(told.value.faults) <= 2


@pytest.mark.parametrize("offset", ["nan", "inf", "1e9"])
def test_an_offset_is_a_distance_on_paper(offset: str, tmp_path: Path) -> None:
    sample_path = str(resource("samples/jilin.application.json"))
    with pytest.raises(SystemExit) as end:
        cli.main(
            ["fill", "jilin.application", sample_path, "-o", str(tmp_path / "a.pdf"), "--offset-down", offset]
        )
    assert end.value.code == 2


def test_a_name_that_no_face_has_is_not_ok(capsys: Capture) -> None:
    assert cli.main(["identify", "name", "张\ue000", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is False


def test_tianjin_works_out_level_and_year() -> None:
    paper = form("tianjin.application")
    answers = {"certificate.number": "Y000123456789235000001", "claim.applied_on": date(2023, 9, 25)}
    found = assess(
        paper,
        Case(paper.id, paper.version, "tianjin", date(2023, 9, 25), answers),
        policy("tianjin"),
    )
    assert found.answers["certificate.level"] == 5
    assert found.answers["claim.year"] == 2023


def test_an_award_without_its_occupation_is_asked_about() -> None:
    paper = form("jilin.application")
    earlier = (Award("granted", region="jilin", level=4, on=date(2017, 9, 1)),)
    found = assess(paper, sample(paper), policy("jilin"), Known(earlier=earlier))
    (outcome,) = {
        each.outcome for each in found.decision.findings if each.rule == "once_for_occupation_and_level"
    }
    assert outcome == "warn"
