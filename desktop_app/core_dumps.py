"""No picture of the memory stays on the disk where the program dies: it would hold names, numbers and the store's key.

Knows the operating systems' switches for it and nothing else.
"""

import sys
from typing import Final

_SET_DUMPABLE: Final = 4  # prctl's PR_SET_DUMPABLE, <linux/prctl.h>
_NO_FAULT_BOX: Final = (
    0x0002  # SetErrorMode's SEM_NOGPFAULTERRORBOX: a crash is not handed to error reporting
)


def forbid() -> None:
    """Forbid core dumps of this process, also those that the kernel would hand to a collector; children are free again.

    To be called before personal data or the store's key are read.
    """
    import ctypes

    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.SetErrorMode(kernel.GetErrorMode() | _NO_FAULT_BOX)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
