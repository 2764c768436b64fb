"""A scripted day: each line one act with its moment and its person, through the same functions as the window."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop_app.cli.faults import Fault
from desktop_app.faults import Faults
from desktop_app.play.day import Day
from desktop_app.registers.json_file import lines_of, parse_json, read_text


def play(options: argparse.Namespace) -> int:
    """Play a day in a throw-away store, or in one that is kept; print an answer for each line."""
    if options.keep is not None and options.keep.exists() and any(options.keep.iterdir()):
        raise Fault(f"文件夹“{options.keep.name}”不是空的，请换一个空的或者还没有的文件夹。")
    text = read_text(options.file)
    with TemporaryDirectory(prefix="desktop-app-play-") as thrown:
        folder: Path = options.keep or Path(thrown) / "store"
        day = Day(folder, is_kept=options.keep is not None)
        status = 0
        try:
            for number, line, fault in _read(text, options.file.name):
                told = {"ok": False, "error": fault} if fault else day.play(line)
                if fault or day.is_line_at_fault:
                    status = 1
                print(json.dumps({"line": number, **told}, ensure_ascii=False), flush=True)
        finally:
            for remark in day.close():
                print(remark, file=sys.stderr)
    return status


def _read(text: str, name: str) -> Iterator[tuple[int, object, str]]:
    for number, line in lines_of(text, name):
        try:
            yield number, parse_json(line, "这一行"), ""
        except Faults as faults:
            yield number, None, faults.faults[0]
