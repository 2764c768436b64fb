"""The command line as a technician and a script meet it."""

import json
import os
import resource as limits
import signal
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from desktop_app import cli
from desktop_app.resources import resource

SAMPLE = resource("samples/jilin.application.json")
Capture = pytest.CaptureFixture[str]


def run(*arguments: object) -> int:
    return cli.main([str(each) for each in arguments])


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "".join(page.get_textpage().get_text_range() for page in document)


def test_every_command_has_help(capsys: Capture) -> None:
    for command in (
        "",
        "demo",
        "forms",
        "preview",
        "blank",
        "fill",
        "screen",
        "sheet",
        "capitals",
        "identify",
    ):
        with pytest.raises(SystemExit) as end:
            run(*command.split(), "--help")
        assert end.value.code == 0
        assert capsys.readouterr().out


def test_wrong_usage_is_2() -> None:
    with pytest.raises(SystemExit) as end:
        run("fill", "jilin.application")
    assert end.value.code == 2


def test_forms_tells_every_form(capsys: Capture) -> None:
    assert run("forms", "--json") == 0
    forms = {each["id"]: each for each in json.loads(capsys.readouterr().out)}
    review = forms["urumqi.review"]
    assert (review["paper"], review["orientation"], review["copies"]) == ("A4", "portrait", 3)
    assert forms["urumqi.summary"]["paper"] == "A3"
    assert forms["urumqi.summary"]["orientation"] == "landscape"
    assert forms["tianjin.application"]["is_sample"]
    fields = {each["id"]: each for each in forms["jilin.application"]["fields"]}
    assert fields["applicant.sex"]["derived"]
    assert fields["applicant.name"]["required"]
    assert fields["applicant.id_number"]["kind"] == "id_number"
    assert not any(each["repeated"] for each in fields.values())
    assert all(each["repeated"] for each in forms["tianjin.public_list"]["fields"])


def test_fill_writes_the_paper_and_derives(tmp_path: Path, capsys: Capture) -> None:
    answers = json.loads(SAMPLE.read_text(encoding="utf-8"))
    answers = {key: answers[key] for key in ("applicant.name", "applicant.id_number")}
    given, out = tmp_path / "a.json", tmp_path / "a.pdf"
    given.write_text(json.dumps(answers), encoding="utf-8")
    assert run("fill", "jilin.application", given, "-o", out) == 0
    assert "年" in text_of(out)
    assert any(sex in text_of(out) for sex in "男女")
    assert capsys.readouterr().err == ""


def test_fill_of_many_lines_gives_a_page_each(tmp_path: Path) -> None:
    line = json.dumps(json.loads(SAMPLE.read_text(encoding="utf-8")))
    given, out = tmp_path / "a.jsonl", tmp_path / "a.pdf"
    given.write_text("\n".join([line] * 5), encoding="utf-8")
    assert run("fill", "jilin.application", given, "-o", out, "--copies", 2) == 0
    assert len(pypdfium2.PdfDocument(out)) == 10


def test_masked_shows_the_ends_of_the_number_alone(tmp_path: Path) -> None:
    given, out = resource("samples/jilin.publicity_filing.json"), tmp_path / "a.pdf"
    assert run("fill", "jilin.publicity_filing", given, "-o", out, "--masked") == 0
    number = json.loads(given.read_text(encoding="utf-8"))["rows"][0]["applicant.id_number"]
    text = text_of(out)
    assert number not in text
    assert f"{number[:6]}********{number[-4:]}" in text


def test_findings_are_told_and_do_not_fail(tmp_path: Path, capsys: Capture) -> None:
    given, out = tmp_path / "a.json", tmp_path / "a.pdf"
    given.write_text('{"applicant.id_number": "110105194912310021"}', encoding="utf-8")
    assert run("fill", "jilin.application", given, "-o", out) == 0
    message = capsys.readouterr().err
    assert "校验码不符" in message
    assert "11010519" not in message
    assert "110105194912310021" in "".join(text_of(out).split())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"aplicant.name": "样例"}', "applicant.name"),
        ('{"certificate.kind": "skill_lvel"}', "skill_level"),
        ('{"claim.applied_on": "2017年13月1日"}', "claim.applied_on"),
        ('{"insurance.months_paid": true}', "insurance.months_paid"),
        ('{"applicant.name": "样例"', "不合 JSON"),
        ('{"applicant.name": "样例", "applicant.name": "又"}', "写了两次"),
        ("[1]", "花括号"),
        ("[" * 100_000, "a.json"),
    ],
)
def test_what_cannot_be_read_is_told_and_writes_nothing(
    content: str, words: str, tmp_path: Path, capsys: Capture
) -> None:
    given, out = tmp_path / "a.json", tmp_path / "a.pdf"
    given.write_text(content, encoding="utf-8")
    assert run("fill", "jilin.application", given, "-o", out) == 1
    error = capsys.readouterr().err
    assert words in error
    assert "Traceback" not in error
    assert not out.exists()


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: Capture) -> None:
    assert run("fill", "jilin.application", tmp_path / "no.json", "-o", tmp_path / "a.pdf") == 1
    assert "找不到文件" in capsys.readouterr().err
    assert run("blank", "jilin.aplication", "-o", tmp_path / "a.pdf") == 1
    assert "jilin.application" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "name", "room"),
    [
        (["blank", "jilin.application"], "a.pdf", 20_000),
        (["sheet", "urumqi.summary", str(resource("samples/urumqi.summary.json"))], "a.xlsx", 2_000),
    ],
)
def test_a_full_disk_is_told_and_leaves_nothing(
    arguments: list[str], name: str, room: int, tmp_path: Path
) -> None:
    def small_files_only() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        limits.setrlimit(limits.RLIMIT_FSIZE, (room, room))

    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", *arguments, "-o", str(tmp_path / name)],
        preexec_fn=small_files_only,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 1
    assert "磁盘空间不够" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("qapp")  # the window's own application, should it come first
def test_preview_tells_all_faults_or_shows_the_form(tmp_path: Path, capsys: Capture) -> None:
    good = resource("forms/tianjin/application.toml").read_text(encoding="utf-8")
    file, out = tmp_path / "new.toml", tmp_path / "new.png"
    file.write_text(
        good.replace("{applicant.name}", "{applicant.nam}").replace("{payment.bank", "{payment.bnk"), "utf-8"
    )
    assert run("preview", file, "-o", out) == 1
    error = capsys.readouterr().err
    assert error.count("new.toml") >= 2
    assert "applicant.name" in error
    assert "payment.bank" in error
    assert not out.exists()
    file.write_text(good, "utf-8")
    assert run("preview", file, "-o", out) == 0
    with Image.open(out) as picture:
        assert picture.size == (1241, 1754)


def test_capitals(capsys: Capture) -> None:
    assert run("capitals", "107000.53", "1300.00") == 0
    assert capsys.readouterr().out == "人民币壹拾万柒仟元伍角叁分\n人民币壹仟叁佰元整\n"
    for amount in ("0", "-1", "1.005", "x"):
        assert run("capitals", "1", amount) == 1
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.strip().endswith("。")


def test_identify(capsys: Capture) -> None:
    assert run("identify", "id-number", "１１０１０５ 19491231-002x", "123", "--json") == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["value"] == "11010519491231002X"
    assert first["ok"]
    assert first["tells"]["birth_date"] == "1949-12-31"
    assert not second["ok"]
    assert second["value"] is None
