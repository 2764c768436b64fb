"""Whatever file or argument a command is given: one plain sentence and exit 1, nothing half done, never a traceback."""

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app import cli
from desktop_app.policy import calendars
from desktop_app.resources import HOME, resource
from desktop_app.whole_file import WriteFault, write_whole

Capture = pytest.CaptureFixture[str]
FILL = ("fill", "jilin.application", "{}", "-o", "a.pdf")
CHECK = ("check", "{}")
YEAR = ("import", "calendar", "{}")
DAYS = [
    {"name": "节日", "date": f"2027-{day}", "isOffDay": True}
    for day in "01-01 05-01 10-01 10-02 10-03".split()
]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def run(*arguments: object) -> int:
    return cli.main([str(each) for each in arguments])


def refused(capsys: Capture, *arguments: object) -> str:
    """The one sentence with which a command refuses what it was given."""
    assert run(*arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.endswith("。\n")
    assert "Error" not in err
    return err


@pytest.mark.parametrize(
    ("command", "content", "sentence"),
    [
        (FILL, '{"claim.amount": 1e9999999999999999999999}', "数字太长"),
        (CHECK, '{"answers": {"claim.amount": 1e9999999999999999999999}}', "数字太长"),
        (FILL, '{"claim.amount": 1E-99999999999999999999}', "数字太长"),
        (FILL, f'{{"insurance.months_paid": {"9" * 5000}}}', "数字太长"),
        (FILL, f'{{"claim.amount": 0.{"9" * 5000}}}', "数字太长"),
        (FILL, '{"claim.amount": NaN}', "NaN 不是数"),
        (FILL, '{"claim.amount": -Infinity}', "-Infinity 不是数"),
        (FILL, '{"\\ud800": 1}', "半个字符"),
        (FILL, '{"applicant.name": "\\uDFFF"}', "半个字符"),
        (FILL, '{"applicant.name": "a\\u0000b"}', "控制字符"),
        (FILL, '{"a\\u2028\\u001b[31m\\u202eb": 1}', "没有字段“a\\u2028\\u001b[31m\\u202eb”"),
        (FILL, '{"applicant.name": "a", "applicant.name": "b"}', "写了两次"),
        (FILL, f'{{"applicant.name": "{"张" * 10_000}"}}', "超过 5000 个字"),
        (FILL, f'{{"{"a" * 1_000_000}": 1}}', "没有字段“aaa"),
        (FILL, json.dumps({f"a{number}": 1 for number in range(2_000)}), "超过 1000 项"),
        (FILL, "[" * 100_000, "套得太深"),
        (FILL, "", "不合 JSON"),
        (CHECK, '{"region": "\\ud800"}', "半个字符"),
        (YEAR, "", "不合 JSON"),
        (YEAR, "[" * 100_000, "不合 JSON"),
        *(
            (YEAR, json.dumps({"year": 2027, "region": region, "days": DAYS}), "“region”应是地区代号")
            for region in (
                "/elsewhere/pwn",
                "../../outside/pwn",
                "mars",
                "a\0b",
                "\ud800",
                "a" * 5000,
                5,
                None,
                [],
            )
        ),
    ],
)
def test_a_file_that_says_what_cannot_be(
    command: tuple[str, ...], content: str, sentence: str, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    told = refused(capsys, *(each.format("a.json") for each in command))
    assert sentence in told
    assert len(told) < 300
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("reading", [[], {}, 5, None])
def test_a_reading_that_is_no_word(reading: object, tmp_path: Path, capsys: Capture) -> None:
    case = {
        "region": "jilin",
        "governing_day": "2017-10-09",
        "answers": {},
        "choices": {"applied_within_months_of_issue": {"reading": reading, "reason": "样例"}},
    }
    (tmp_path / "a.json").write_text(json.dumps(case), encoding="utf-8")
    assert "没有读法" in refused(capsys, "check", "a.json")


def test_a_faulty_line_is_told_in_its_place_and_the_rest_is_decided(tmp_path: Path, capsys: Capture) -> None:
    whole = json.dumps({"region": "jilin", "governing_day": "2017-10-09", "answers": {}})
    faulty = ('{"answers": {"claim.amount": 1e99999999999999999999}}', '{"\\ud800": 1}', "9" * 5000)
    (tmp_path / "a.jsonl").write_text("\n".join((whole, *faulty, "", whole)), encoding="utf-8")
    assert run("check", "a.jsonl", "--json") == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each.get("line") for each in told] == [None, 2, 3, 4, None]
    assert all("。" in each["error"] for each in told[1:4])


@pytest.mark.parametrize("end", ["\u2028", "\u0085"])
def test_only_a_line_feed_ends_a_line(end: str, tmp_path: Path, capsys: Capture) -> None:
    text = json.dumps({"employer.name": f"样例{end}公司"}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_bytes(f"{{}}\r\n{text}\r\n".encode())
    assert refused(capsys, "fill", "jilin.application", "a.jsonl", "-o", "a.pdf").startswith(
        "a.jsonl 第2行：employer.name：单位全称含有换行"
    )


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
@pytest.mark.parametrize("command", [FILL, CHECK])
def test_no_line_at_all(command: tuple[str, ...], content: str, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "a.jsonl").write_text(content, encoding="utf-8")
    assert "没有内容" in refused(capsys, *(each.format("a.jsonl") for each in command))


def test_several_lines_where_one_is_wanted(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "two.jsonl").write_text("[]\n[]\n")
    (tmp_path / "a.json").write_text('{"region": "jilin", "governing_day": "2017-10-09"}')
    assert "应只有一行" in refused(capsys, "sheet", "urumqi.summary", "two.jsonl", "-o", "a.xlsx")
    assert "应只有一行" in refused(capsys, "check", "a.json", "--amounts", "two.jsonl")


@pytest.mark.skipif(sys.platform == "win32", reason="devices, pipes and links of other systems")
def test_what_is_no_file(tmp_path: Path, capsys: Capture) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "ring.json").symlink_to("ring.json")
    for given in ("/dev/zero", "pipe.json", ".", "ring.json", "张" * 90 + ".json", "nothing/a.json"):
        for command in (FILL, CHECK, ("policy", "check", "{}"), ("preview", "{}"), YEAR):
            refused(capsys, *(each.format(given) for each in command))
    for given in ("/dev/zero", "pipe.json", ".", "ring.json"):
        refused(capsys, "import", "awards", given)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of the shell")
def test_a_pipe_of_the_shell_is_read(tmp_path: Path) -> None:
    done = program(tmp_path, "check", "/dev/stdin", "--json", given='{"region": "mars"}')
    assert "没有地区“mars”" in done.stderr


def program(
    folder: Path, *arguments: str, given: str = "", out: object = subprocess.PIPE
) -> "subprocess.CompletedProcess[str]":
    """The program as a process of its own, which a full output would break."""
    return subprocess.run(
        [sys.executable, "-m", "desktop_app", *arguments],
        cwd=folder,
        input=given,
        stdout=out,  # type: ignore[call-overload]
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_an_output_that_is_full_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        for arguments in (("forms",), ("capitals", "1"), ("policy", "show", "jilin", "2017-10-09")):
            done = program(tmp_path, *arguments, out=full)
            assert (done.returncode, done.stderr) == (1, "结果写不出去，请检查磁盘空间，或换一个地方输出。\n")


@pytest.mark.skipif(sys.platform == "win32", reason="arguments that are no text")
def test_an_argument_that_is_no_text_is_told(tmp_path: Path) -> None:
    for arguments in ((b"blank", b"\xff", b"-o", b"a.pdf"), (b"policy", b"show", b"\xff", b"2017-10-09")):
        done = subprocess.run(
            [sys.executable, "-m", "desktop_app", *arguments], cwd=tmp_path, capture_output=True, check=False
        )
        assert done.returncode == 1
        assert done.stderr.decode().endswith("。\n")


def test_a_home_of_nobody_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(HOME, "~nosuchuser/x")
    done = program(tmp_path, "forms")
    assert (done.returncode, done.stderr) == (1, f"环境变量 {HOME} 里写的用户不存在，请改正。\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("fill", "jilin.application", "a.json", "-o", "a.xyz"), ".pdf"),
        (("fill", "jilin.application", "a.json", "-o", "a"), ".pdf"),
        (("fill", "jilin.application", "a.json", "-o", "a.json"), ".pdf"),
        (("fill", "jilin.application", "a.json", "-o", "link.pdf"), "就是要读的文件"),
        (("blank", "jilin.application", "-o", "a.png"), ".pdf"),
        (("screen", "jilin.application", "a.json", "-o", "a.pdf"), ".png"),
        (("sheet", "urumqi.summary", "a.json", "-o", "a.csv"), ".xlsx"),
        (("blank", "jilin.application", "-o", "张" * 90 + ".pdf"), "文件名太长"),
        (("blank", "jilin.application", "-o", "ring.pdf"), "链接"),
        (("blank", "jilin.application", "-o", "no/a.pdf"), "文件夹不存在"),
        (("blank", "jilin.application", "-o", "folder.pdf"), "文件夹"),
    ],
)
def test_a_target_that_cannot_be(
    arguments: tuple[str, ...], sentence: str, tmp_path: Path, capsys: Capture
) -> None:
    given = resource("samples/jilin.application.json").read_bytes()
    (tmp_path / "a.json").write_bytes(given)
    (tmp_path / "link.pdf").symlink_to("a.json")
    (tmp_path / "ring.pdf").symlink_to("ring.pdf")
    (tmp_path / "folder.pdf").mkdir()
    before = sorted(tmp_path.iterdir())
    assert sentence in refused(capsys, *arguments)
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "a.json").read_bytes() == given


@pytest.mark.parametrize(
    "arguments",
    [
        ("screen", "jilin.application", "-o", "a.png", "--dpi", "20000"),
        ("screen", "jilin.application", "-o", "a.png", "--dpi", "9" * 5000),
        ("fill", "jilin.application", "a.json", "-o", "a.pdf", "--copies", "1000000000"),
        ("fill", "jilin.application", "a.json", "-o", "a.pdf", "--offset-down", "nan"),
    ],
)
def test_a_number_beyond_use_is_wrong_usage(arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as end:
        run(*arguments)
    assert end.value.code == 2


# What is written.


@pytest.mark.skipif(sys.platform == "win32", reason="rights of other systems")
def test_rights_of_a_file_stay_and_new_ones_follow_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "new", b"a")
        (tmp_path / "own").touch(0o600)
        write_whole(tmp_path / "own", b"a")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "own").stat().st_mode) == 0o600


def test_the_folder_is_written_to_the_disk_after_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    replace, sync = os.replace, os.fsync

    def watched_sync(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def watched_replace(source: Path, target: Path) -> None:
        done.append("name")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", watched_sync)
    monkeypatch.setattr(os, "replace", watched_replace)
    write_whole(tmp_path / "a", b"a")
    assert done == ["file", "name"] + ["folder"] * (sys.platform != "win32")


def test_what_a_killed_program_left_is_cleared_and_what_is_being_written_stays(tmp_path: Path) -> None:
    old, young, other = (tmp_path / name for name in (".desktop-app-a.part", ".desktop-app-b.part", ".a.pdf"))
    for each in (old, young, other):
        each.touch()
    for each in (old, other):
        os.utime(each, (time.time() - 7200,) * 2)
    write_whole(tmp_path / "a.pdf", b"a")
    assert sorted(each.name for each in tmp_path.iterdir()) == [other.name, young.name, "a.pdf"]


def test_a_target_that_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WriteFault, match="文件夹"):
        write_whole(tmp_path, b"a")


# Holidays of this office.


@pytest.fixture
def office_calendars(tmp_path: Path) -> Path:
    folder = tmp_path / "home" / "calendars"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(autouse=True)
def unread_calendars() -> Iterator[None]:
    forget_calendars()
    yield
    forget_calendars()


def forget_calendars() -> None:
    for kept in (calendars._taken_in, calendars._merged):
        kept.cache_clear()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("national-2026.json", b""),
        ("national-2026.json", b"{}"),
        ("national-2026.json", b"\xff\xfe"),
        ("national-2026.json", json.dumps({"year": 2027, "days": DAYS}).encode()),
        ("jilin-2026.json", b'{"year": 1e999999}'),
    ],
)
def test_a_broken_calendar_of_the_office_is_a_warning(
    name: str, content: bytes, office_calendars: Path, capsys: Capture
) -> None:
    (office_calendars / name).write_bytes(content)
    assert run("working-days", "jilin", "2026-05-06", "5", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["first_day_not_counted"] == "2026-05-12"
    (warning,) = found["warnings"]
    assert name in warning
    assert "仍按程序自带的放假安排计算" in warning


def test_other_files_beside_the_calendars_are_none(office_calendars: Path, capsys: Capture) -> None:
    for name in (
        ".abcd.json",
        "notes.json",
        "mars-2026.json",
        ".desktop-app-x.part",
        "national-2026.json.bak",
    ):
        (office_calendars / name).touch()
    assert run("working-days", "jilin", "2026-05-06", "5", "--json") == 0
    assert json.loads(capsys.readouterr().out)["warnings"] == []
