"""The command line: for an office's technician, for scripts, and for checking the program from outside.

Data goes to standard output and messages to standard error; the exit status is 0 done, 1 a fault in what was
given, 2 wrong usage. Commands are plain functions in the modules beside this one.
"""

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from desktop_app import __version__
from desktop_app.cli.faults import Fault
from desktop_app.faults import Faults


def main(arguments: list[str]) -> int:
    """Run one command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # What is no character, as in a file name of another encoding, is told all the same.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        status = run(options)
        sys.stdout.flush()
        return status
    except (Fault, Faults) as fault:
        told = fault if isinstance(fault, Fault) else Fault(*fault.faults)
        for sentence in told.sentences:
            print(sentence, file=sys.stderr)
        return 1
    except OSError as error:
        _drop_output()
        if not isinstance(error, BrokenPipeError):
            print(_read_or_write_fault(error), file=sys.stderr)
        return 1


def _drop_output() -> None:
    """Let Python's last flush of an output that is closed or full go nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _read_or_write_fault(error: OSError) -> str:
    sentence = str(error.strerror or "")
    if sentence.endswith("。"):
        return sentence
    if error.filename is None:
        return "结果写不出去，请检查磁盘空间，或换一个地方输出。"
    return f"读写不了“{error.filename}”，请检查磁盘和权限。"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="desktop-app", description="职业技能提升补贴窗口经办程序；不带参数时打开窗口。"
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(metavar="命令", required=True)
    _add_papers(commands)
    _add_values(commands)
    _add_calendars(commands)
    _add_policies(commands)
    _add_imports(commands)
    _add_safekeeping(commands)
    acts = _command(commands, "acts", "列出每种办理：从哪种状态到哪种状态、谁办、要填什么", "workflow.acts")
    acts.add_argument("--json", action="store_true", help="输出 JSON")
    play = _command(commands, "play", "演一天：一行一项办理，用的就是窗口的功能", "play.play")
    play.add_argument("file", type=Path, metavar="一天.jsonl")
    play.add_argument("--keep", type=Path, metavar="文件夹", help="资料库留在这个空文件夹里")
    demo = _command(commands, "demo", "在临时库里走一遍：填表、打印、出表格、截图", "demo.demo")
    demo.add_argument("--out", type=Path, default=Path("out/demo"), metavar="文件夹", help="结果放在哪里")
    return parser


Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _command(commands: Commands, name: str, words: str, function: str) -> argparse.ArgumentParser:  # type: ignore[valid-type]
    """Add a command whose function, `module.name`, is imported when it is called."""
    command: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)  # type: ignore[attr-defined]
    command.set_defaults(run=_late(function))
    return command


def _late(function: str) -> Callable[[argparse.Namespace], int]:
    def run(options: argparse.Namespace) -> int:
        from importlib import import_module

        module, name = function.split(".")
        status: int = getattr(import_module(f"desktop_app.cli.{module}"), name)(options)
        return status

    return run


def _add_papers(commands: Commands) -> None:  # type: ignore[valid-type]
    forms = _command(commands, "forms", "列出所有表单", "papers.forms")
    forms.add_argument("--json", action="store_true", help="输出 JSON")

    preview = _command(commands, "preview", "预览正在编写的表单，并指出全部错误", "papers.preview")
    preview.add_argument("file", type=Path, metavar="文件.toml")
    preview.add_argument("-o", dest="out", type=Path, metavar="图片.png")

    blank = _command(commands, "blank", "输出空白表，供手填", "papers.blank")
    blank.add_argument("form", metavar="表单")
    blank.add_argument("-o", dest="out", type=Path, required=True, metavar="文件.pdf")

    fill = _command(commands, "fill", "输出填好的表", "papers.fill")
    fill.add_argument("form", metavar="表单")
    fill.add_argument("answers", type=Path, metavar="填写值.json")
    fill.add_argument("-o", dest="out", type=Path, required=True, metavar="文件.pdf")
    fill.add_argument("--values-only", action="store_true", help="只打印填写内容，用于套打")
    fill.add_argument("--offset-down", type=_millimetres, default=0.0, metavar="毫米", help="向下调整")
    fill.add_argument("--offset-right", type=_millimetres, default=0.0, metavar="毫米", help="向右调整")
    fill.add_argument("--copies", type=_copies, default=1, metavar="份数")
    fill.add_argument("--masked", action="store_true", help="遮盖证件号码，用于张贴")

    screen = _command(commands, "screen", "输出窗口里看到的页面", "papers.screen")
    screen.add_argument("form", metavar="表单")
    screen.add_argument("answers", type=Path, nargs="?", metavar="填写值.json")
    screen.add_argument("-o", dest="out", type=Path, required=True, metavar="图片.png")
    screen.add_argument("--dpi", type=_resolution, default=150)
    screen.add_argument("--page", type=_positive, default=1, metavar="页")

    sheet = _command(commands, "sheet", "把名单、汇总表输出为电子表格", "papers.sheet")
    sheet.add_argument("form", metavar="表单")
    sheet.add_argument("rows", type=Path, metavar="各行.json")
    sheet.add_argument("-o", dest="out", type=Path, required=True, metavar="表格.xlsx")
    sheet.add_argument("--masked", action="store_true", help="遮盖证件号码，用于张贴")


def _add_values(commands: Commands) -> None:  # type: ignore[valid-type]
    capitals = _command(commands, "capitals", "金额大写，一行一个", "values.capitals")
    capitals.add_argument("amounts", nargs="+", metavar="金额")
    identify = _command(commands, "identify", "核对号码", "values.identify")
    identify.add_argument("kind", metavar="种类", choices=KINDS, help="、".join(KINDS))
    identify.add_argument("values", nargs="+", metavar="号码")
    identify.add_argument("--json", action="store_true", help="一行一个 JSON")


def _add_calendars(commands: Commands) -> None:  # type: ignore[valid-type]
    days = _command(commands, "working-days", "工作日期限哪天届满", "calendars.working_days")
    days.add_argument("region", metavar="地区")
    days.add_argument("start", metavar="起始日", help="写成2025-06-05的样子")
    days.add_argument("n", metavar="工作日天数")
    days.add_argument("--json", action="store_true", help="输出 JSON")
    days.add_argument(
        "--calendar",
        type=Path,
        action="append",
        default=[],
        metavar="放假安排.json",
        help="计算时加上一年的放假安排，可写多次",
    )


def _add_policies(commands: Commands) -> None:  # type: ignore[valid-type]
    check = _command(commands, "check", "审核一件申请，.jsonl 文件一行一件", "policies.check")
    check.add_argument("file", type=Path, metavar="申请.json")
    check.add_argument("--json", action="store_true", help="输出 JSON")
    check.add_argument("--amounts", type=Path, metavar="补贴标准.json", help="本机构填写的补贴标准表")

    policy: argparse.ArgumentParser = commands.add_parser("policy", help="核对政策文件，查看现行政策")  # type: ignore[attr-defined]
    kinds = policy.add_subparsers(metavar="做什么", required=True)
    faults = _command(kinds, "check", "指出一份政策文件的全部错误", "policies.policy_check")
    faults.add_argument("file", type=Path, metavar="文件.toml")
    show = _command(kinds, "show", "某地某日适用的政策", "policies.policy_show")
    show.add_argument("region", metavar="地区")
    show.add_argument("day", metavar="日期", help="写成2017-10-09的样子")


def _add_imports(commands: Commands) -> None:  # type: ignore[valid-type]
    imports: argparse.ArgumentParser = commands.add_parser("import", help="把名单导入本机")  # type: ignore[attr-defined]
    kinds = imports.add_subparsers(metavar="什么", required=True)
    awards = _command(kinds, "awards", "导入已享受补贴的名单，重复导入不会重复", "imports.awards")
    awards.add_argument("file", type=Path, metavar="名单.xlsx")
    results = _command(
        kinds, "payment-results", "登记银行对拨付名单的结果，重复导入不会重复", "imports.payment_results"
    )
    results.add_argument("file", type=Path, metavar="结果.xlsx")
    results.add_argument("--list", metavar="名称", help="是哪一份拨付名单的结果；不写时由内容认出")
    results.add_argument("--on", type=_day, metavar="日期", help="拨付日期；不写时用文件里的日期，或今天")
    results.add_argument("--dry-run", action="store_true", help="只试算，不登记")
    results.add_argument("--json", action="store_true", help="输出 JSON")
    year = _command(kinds, "calendar", "导入一年的放假安排", "imports.calendar")
    year.add_argument("file", type=Path, metavar="放假安排.json")
    _add_user(awards, results, year)


def _add_safekeeping(commands: Commands) -> None:  # type: ignore[valid-type]
    verify = _command(commands, "verify", "核对资料库：文件、操作记录、业务", "safekeeping.verify")
    verify.add_argument("--json", action="store_true", help="输出 JSON")
    backup = _command(commands, "backup", "备份资料库：一份加密并核对过的文件", "safekeeping.backup")
    backup.add_argument("-o", dest="out", type=Path, required=True, metavar="文件.jnbak")
    restore = _command(commands, "restore", "先核对备份，再恢复到空文件夹", "safekeeping.restore")
    _add_user(verify, backup, restore)
    restore.add_argument(
        "--sheet", action="store_true", help="不用密码，用做备份那时的恢复页，从标准输入读各组字符"
    )
    restore.add_argument("file", type=Path, metavar="文件.jnbak")
    restore.add_argument("--into", type=Path, required=True, metavar="文件夹")


def _add_user(*commands: argparse.ArgumentParser) -> None:
    for command in commands:
        command.add_argument(
            "--user", metavar="登录名", help="谁来办；密码从标准输入的第一行读，或按提示输入"
        )


LARGEST_OFFSET = 50.0  # mm
LARGEST_RESOLUTION = 600  # dots per inch: an A3 page takes 280 MB
MOST_COPIES = 99
KINDS = ("id-number", "certificate", "card", "credit-code", "phone", "name")


def _millimetres(text: str) -> float:
    number = float(text)
    if not abs(number) <= LARGEST_OFFSET:
        raise argparse.ArgumentTypeError(f"应是 -{LARGEST_OFFSET:.0f} 到 {LARGEST_OFFSET:.0f} 毫米")
    return number


def _resolution(text: str) -> int:
    number = _positive(text)
    if number > LARGEST_RESOLUTION:
        raise argparse.ArgumentTypeError(f"最多 {LARGEST_RESOLUTION}")
    return number


def _copies(text: str) -> int:
    number = _positive(text)
    if number > MOST_COPIES:
        raise argparse.ArgumentTypeError(f"最多 {MOST_COPIES} 份")
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("应写成2017-10-09的样子") from None


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("应是正整数")
    return number
