"""Why the store cannot do what was asked, in one sentence that tells a clerk what to do.

The sentences never hold a name, a number or a path; the library's own text stays out of them.
"""

from typing import Final

KEY_MISSING: Final = (
    "资料库的登录文件不见了，请把备份的 store.slots（旧版本是 store.key）放回资料文件夹，再打开程序。"
)
SLOTS_DAMAGED: Final = (
    "资料库的登录文件 store.slots 和它的副本都已损坏，请从备份放回 store.slots，再打开程序。"
)
SLOTS_GONE: Final = (
    "这份资料库登记过人员，登录文件 store.slots 却不见了，请从备份放回 store.slots，登录后再打开。"
)
SIGN_IN_FIRST: Final = "这份资料库要登录后才能打开，请用登录名和密码登录。"
WRONG_PASSWORD: Final = "登录名或密码不对，请核对后再输入。"
TRIES_LOST: Final = "输错密码的次数记录不见了或者被改过，可能有人动过资料文件夹，请告诉管理员；这件事已记录。"
RULES_MENDED: Final = (
    "登录时的防护规则与资料库登记的不一致，已改回，可能有人动过资料文件夹，请告诉管理员；这件事已记录。"
)
STORE_MISSING: Final = (
    "资料库文件不见了或者是空的，请不要新建，请放回最近备份的 store.db 和 store.slots，再打开程序。"
)
STORE_REPLACED: Final = (
    "资料库文件在程序打开时被移走或换掉了，刚才的内容没有保存，请放回原来的文件，再关闭程序重新打开。"
)
KEY_UNREADABLE: Final = "以前版本留下的 store.key 内容不对，请从备份放回当时的 store.key，再打开程序。"
KEY_OR_FILE_WRONG: Final = "资料库打不开，store.db 与 store.slots 对不上或者文件已损坏，请用最近的备份恢复。"
DAMAGED: Final = "资料库文件已损坏，请停止录入，并用最近的备份恢复。"
NOT_WRITABLE: Final = "资料文件夹不能写入，请让管理员开放写入权限后再试。"
NOT_OPENED: Final = "资料库文件打不开，请确认资料文件夹存在并且可以读写，再打开程序。"
DISK_FULL: Final = "磁盘空间不足，刚才的内容没有保存，请腾出空间后再保存一次。"
DISK_FAILED: Final = "写入磁盘没有成功，刚才的内容没有保存，请检查磁盘空间和磁盘状况后再保存一次。"
BUSY: Final = "资料库正忙，刚才的内容没有保存，请稍候再保存一次。"
ALREADY_OPEN: Final = "程序已经打开，请切换到已打开的窗口。"
NEWER: Final = "资料库是由更新版本的程序建立的，请先升级本程序再打开。"
NOT_UPGRADED: Final = "资料库升级没有完成，原有资料没有改动，请联系技术人员。"
OUTDATED_LIBRARY: Final = "程序自带的数据库组件版本过旧，请重新安装程序。"
UNEXPECTED: Final = "资料库没有完成这一步，刚才的内容没有保存，请关闭程序重新打开后再试。"
CLOCK_WRONG: Final = "这台电脑的日期不对，刚才的内容没有保存，请校准日期和时间后再保存一次。"
CASE_MISSING: Final = "这笔业务已经不在资料库里，请刷新列表后重新选择。"
NOT_A_DRAFT: Final = "这笔业务已不是草稿，修改没有保存，请先退回草稿再修改。"
CASE_CHANGED: Final = "这笔业务已在别处改过，刚才的修改没有保存，请关闭后重新打开再修改。"
OTHER_PAPER: Final = "一笔业务不能换成另一种表或另一个地区，修改没有保存，请新建一份。"
UNKEEPABLE: Final = "填写的内容里有看不见的控制字符，没有保存，请删去后重新填写。"
HAS_HISTORY: Final = "这份草稿办理过签字，已有记录，不能删除；不再办理的，请留着不动。"
ANSWER_UNKNOWN: Final = "这笔业务里有本版本程序不认识的内容，请先升级本程序再打开。"

# What only a backup helps against.
NEEDS_BACKUP: Final = frozenset({STORE_MISSING, KEY_MISSING, KEY_OR_FILE_WRONG, DAMAGED, SLOTS_DAMAGED})

# What opening found: work goes on, and the sentence is told once.
PUT_BACK: Final = (
    "资料库比这台电脑上次用的旧，可能放回了备份，之后录入的内容不在里面，请核对最近的申请；这件事已记录。"
)
REWRITTEN: Final = (
    "资料库的操作记录与这台电脑登记的不一致，请先不要办理业务，请联系技术人员核查；这件事已记录。"
)
FIRST_HERE: Final = (
    "这份资料库第一次在这台电脑上打开，请核对最近的申请都在里面，原来的电脑上请不要再用它；这件事已记录。"
)
CLOCK_BACK: Final = "这台电脑的时间早于资料库里最后一次操作的时间，请校准日期和时间。"
RIGHTS_OPEN: Final = "这台电脑的其他用户可以读写资料文件夹，权限改不了，请让管理员改成只有本用户可以读写。"
NOT_ANCHORED: Final = (
    "这台电脑的登记文件写不进去，以后放回旧资料库时程序看不出来，请让管理员开放用户状态文件夹的写入权限。"
)
PAGES_DAMAGED: Final = "检查发现资料库文件有损坏，请停止录入，并用最近的备份恢复。"


class StoreFault(Exception):
    """The store cannot go on; its text is one Chinese sentence that says what to do."""


def sentences_of(error: Exception) -> tuple[str, ...]:
    """Return every sentence that stands against what a job wanted; one for most."""
    found: tuple[str, ...] = getattr(error, "sentences", ())
    return found or (told(error),)


def told(error: Exception) -> str:
    """Return the one sentence that is told of whatever a job raised."""
    return str(error) if isinstance(error, StoreFault) else UNEXPECTED


# SQLite's primary result codes (the low byte of an extended one).
_SENTENCES: Final = {
    5: BUSY,  # SQLITE_BUSY
    6: BUSY,  # SQLITE_LOCKED
    8: NOT_WRITABLE,  # SQLITE_READONLY
    10: DISK_FAILED,  # SQLITE_IOERR: what a file size limit and some full disks give in place of 13
    11: DAMAGED,  # SQLITE_CORRUPT
    13: DISK_FULL,  # SQLITE_FULL
    14: NOT_OPENED,  # SQLITE_CANTOPEN
    26: KEY_OR_FILE_WRONG,  # SQLITE_NOTADB: SQLCipher cannot tell a wrong key from a broken first page
}


def sentence(error: BaseException | None) -> str:
    """Return the sentence for what the database library or the system raised."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _SENTENCES.get(code & 0xFF, UNEXPECTED)
    if isinstance(error, PermissionError):
        return NOT_WRITABLE
    if isinstance(error, OSError):
        return _system_sentence(error)
    return UNEXPECTED


def _system_sentence(error: OSError) -> str:
    import errno

    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return NOT_WRITABLE
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DISK_FULL
    return NOT_OPENED
