"""Everything that can be done in the window, once: its menu, its words and its key.

Menus, tooltips and the printed card of keys are made from this list, so that they cannot disagree.
"""

from typing import Final, Literal, NamedTuple

from desktop_app.workflow.roles import Right

Menu = Literal["文件", "编辑", "查看", "帮助"]
MENUS: Final[tuple[Menu, ...]] = ("文件", "编辑", "查看", "帮助")
MENU_LETTERS: Final[dict[Menu, str]] = {
    "文件": "F",
    "编辑": "E",
    "查看": "V",
    "帮助": "H",
}  # pressed with Alt


class Act(NamedTuple):
    """One thing to do.

    Attributes:
        words: As the menu says it.
        keys: Qt's names, the first one is shown; empty where no key is worth learning.
        needs_paper: It makes sense only while a paper is open.
        right: Only people with this right are offered it; everybody where it is empty.
    """

    id: str
    menu: Menu
    words: str
    keys: tuple[str, ...] = ()
    needs_paper: bool = False
    right: Right | Literal[""] = ""


ACTS: Final = (
    Act("new", "文件", "新建申请", ("Ctrl+N",), right="write"),
    Act("new_alike", "文件", "同单位下一份", ("Ctrl+Shift+N",), True, "write"),
    Act("save", "文件", "存为草稿", ("Ctrl+S",), True, "write"),
    Act("finish", "文件", "完成填写，打印签字", ("F9",), True, "write"),
    Act("reopen", "文件", "改回草稿", ("F2",), True, "write"),
    Act("print", "文件", "打印…", ("Ctrl+P",), True),
    Act("notice", "文件", "一次性告知单…", ("F8",), True),
    Act("save_pdf", "文件", "另存为 PDF…", ("Ctrl+Shift+S",), True),
    Act("save_sheet", "文件", "另存为电子表格…（名单、汇总表）", ("Ctrl+Shift+E",), True),
    Act("save_posted", "文件", "另存张贴用的电子表格…（遮盖号码）", (), True),
    Act("print_blank", "文件", "打印空白表…", (), True),
    Act("discard", "文件", "删除草稿…", right="write"),
    Act("close_paper", "文件", "关闭表单，回到列表", ("Ctrl+W",), True),
    Act("password", "文件", "修改我的密码…"),
    Act("lock", "文件", "锁定，换人登录", ("Ctrl+L",)),
    Act("quit", "文件", "退出", ("Ctrl+Q",)),
    Act("undo", "编辑", "撤销", ("Ctrl+Z",), True, "write"),
    Act("redo", "编辑", "重做", ("Ctrl+Y", "Ctrl+Shift+Z"), True, "write"),
    Act("add_row", "编辑", "增加一行（名单、汇总表）", ("Ctrl+Return",), True, "write"),
    Act("choose_rows", "编辑", "从申请中选取…（名单、汇总表）", ("Ctrl+Shift+L",), True, "write"),
    Act("remove_row", "编辑", "删除这一行（名单、汇总表）", ("Ctrl+Shift+Delete",), True, "write"),
    Act("take_known", "编辑", "带入这位申请人以前填的内容", ("F4",), True, "write"),
    Act("find", "编辑", "查找申请", ("Ctrl+F",), right="read"),
    Act("next_mend", "编辑", "下一处要补正的", ("Ctrl+Down",), True),
    Act("previous_mend", "编辑", "上一处要补正的", ("Ctrl+Up",), True),
    Act("note", "编辑", "给这一格写批注…（不打印）", ("Ctrl+M",), True, "write"),
    Act("facts", "查看", "窗口核验的内容", ("F7",), True),
    Act("overview", "查看", "核对全部内容", ("Ctrl+F9",), True),
    Act("zoom_in", "查看", "放大", ("Ctrl++", "Ctrl+="), True),
    Act("zoom_out", "查看", "缩小", ("Ctrl+-",), True),
    Act("zoom_full", "查看", "实际大小 100%", ("Ctrl+0",), True),
    Act("zoom_large", "查看", "150%", (), True),
    Act("zoom_fit", "查看", "适合宽度", ("Ctrl+2",), True),
    Act("zoom_page", "查看", "整页", ("Ctrl+3",), True),
    Act("focus_round", "查看", "轮换：表单、右栏、导航", ("F6",)),
    Act("menus", "查看", "打开菜单", ("F10",)),
    Act("help", "帮助", "这一格怎么填", ("F1",)),
    Act("keys", "帮助", "按键一览", ("Ctrl+F1",)),
)

# Keys that live in the paper and in lists, where no menu entry stands for them.
PAPER_KEYS: Final = (
    ("Enter、Tab", "下一格"),
    ("Enter（名单最后一格）", "加一行"),
    ("Shift+Tab", "上一格"),
    ("Esc", "恢复这一格原来的内容"),
    ("空格", "打√或取消"),
    ("1 至 9（方框）", "选定第几项"),
    ("↑、↓", "选用旁边列出的词"),
    ("Ctrl+A（从申请中选取）", "全选或全不选"),
    ("Ctrl+X、Ctrl+C、Ctrl+V", "剪切、复制、粘贴"),
    ("Ctrl+滚轮", "放大、缩小"),
    ("Enter（表的最后一格）", "到窗口核验、待确认，再到核对全部内容"),
    ("1、2、3…（窗口核验、待确认）", "选定这一项"),
    ("Enter（右栏）", "到这一格，待确认的选定办法"),
    ("Enter（列表）", "打开申请"),
    ("Delete（列表）", "删除草稿"),
    ("Alt+F、Alt+E、Alt+V、Alt+H", "打开文件、编辑、查看、帮助菜单"),
)

_SHOWN: Final = {"Down": "↓", "Up": "↑", "Return": "Enter"}


def key_text(act: Act) -> str:
    """Return an act's first key as a clerk reads it; empty where it has none."""
    if not act.keys:
        return ""
    first = act.keys[0]
    for name, sign in _SHOWN.items():
        first = first.replace(name, sign)
    return first
