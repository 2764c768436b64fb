"""How a store and its computer are: one line each, in words that can be read over the telephone, without people's data.

Pure: whoever asks brings the facts, and each fact makes one line.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple

from desktop_app.store.schedule import KINDLY, PLAINLY, Note

Mark = Literal["ok", "warn", "bad"]

# Below the first, the next backup or a day's work may not fit; below the second, nor the next save.
LITTLE_ROOM: Final = 2_000_000_000
NO_ROOM: Final = 200_000_000


class Line(NamedTuple):
    """One line of the report.

    Attributes:
        told: One sentence.
    """

    label: str
    mark: Mark
    told: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found out.

    Attributes:
        now: Aware; by this computer's clock.
        free_bytes: Room on the disk of the store.
        store_bytes: The size of the store's file.
        missing_fonts: How many of the program's own fonts are not there.
        printer: What the window says of the printer; empty where it is ready, None where nobody asked.
        last_event: When the last act was recorded; None before the first.
        last_backup: The last good one.
        begun: When the store was begun.
        chain_faults: How many faults `verify` finds; None where nobody looked.
        spoiled: Whether pages of the store are damaged; None where nobody looked.
        events: How many acts are recorded.
        versions: Of program, schema, database and Qt, by name, in the order of their telling.
    """

    now: datetime
    free_bytes: int
    store_bytes: int
    missing_fonts: int
    printer: str | None
    last_event: datetime | None
    last_backup: Note | None
    begun: datetime
    chain_faults: int | None
    spoiled: bool | None
    events: int
    versions: tuple[tuple[str, str], ...]


def report(facts: Facts) -> tuple[Line, ...]:
    """Return the lines of the report, always in this order."""
    return (
        _disk(facts),
        _fonts(facts),
        _printer(facts),
        _clock(facts),
        _backup(facts),
        _pages(facts),
        _chain(facts),
        Line("版本", "ok", "，".join(f"{name} {version}" for name, version in facts.versions) + "。"),
    )


def _disk(facts: Facts) -> Line:
    free = facts.free_bytes / 1e9
    if facts.free_bytes < NO_ROOM + facts.store_bytes:
        return Line("磁盘", "bad", f"只剩 {free:.1f} GB，随时可能存不进去，请马上腾出空间。")
    if facts.free_bytes < LITTLE_ROOM + facts.store_bytes:
        return Line("磁盘", "warn", f"还剩 {free:.1f} GB，不多了，请腾出空间。")
    return Line("磁盘", "ok", f"还剩 {free:.0f} GB。")


def _fonts(facts: Facts) -> Line:
    if facts.missing_fonts:
        return Line("字体", "bad", f"缺 {facts.missing_fonts} 个字体文件，打印会缺字，请重新安装程序。")
    return Line("字体", "ok", "齐全。")


def _printer(facts: Facts) -> Line:
    if facts.printer is None:
        return Line("打印机", "warn", "没有查看。")
    return Line("打印机", "warn" if facts.printer else "ok", facts.printer or "可以打印。")


def _clock(facts: Facts) -> Line:
    shown = f"{facts.now:%Y年%m月%d日 %H:%M}"
    if facts.last_event is not None and facts.now < facts.last_event:
        return Line("时间", "bad", f"电脑显示 {shown}，早于最后一次办理，请校准日期和时间。")
    return Line("时间", "ok", f"电脑显示 {shown}。")


def _backup(facts: Facts) -> Line:
    last = facts.last_backup
    days = (facts.now - (last.made_at if last else facts.begun)).days
    mark: Mark = "bad" if days >= PLAINLY else "warn" if days >= KINDLY or last is None else "ok"
    if last is None:
        return Line("备份", mark, "还没有备份过，请备份一次。")
    when = f"{last.made_at.astimezone(facts.now.tzinfo):%Y年%m月%d日 %H:%M}"
    return Line(
        "备份", mark, f"最近一次在 {when}。" if mark == "ok" else f"最近一次在 {when}，请再备份一次。"
    )


def _pages(facts: Facts) -> Line:
    if facts.spoiled is None:
        return Line("资料库文件", "warn", "没有查看。")
    if facts.spoiled:
        return Line("资料库文件", "bad", "有损坏，请停止录入，并用最近的备份恢复。")
    return Line("资料库文件", "ok", f"完好，{facts.store_bytes / 1e6:.0f} MB。")


def _chain(facts: Facts) -> Line:
    if facts.chain_faults is None:
        return Line("操作记录", "warn", f"共 {facts.events} 号，没有核对。")
    if facts.chain_faults:
        return Line(
            "操作记录", "bad", f"共 {facts.events} 号，有 {facts.chain_faults} 处对不上，请联系技术人员核查。"
        )
    return Line("操作记录", "ok", f"共 {facts.events} 号，全部对得上。")
