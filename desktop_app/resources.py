"""Where the files that come with the program lie: forms, policies, fonts.

Knows the two places a copy of the program may have (a checkout, an installed wheel) and nothing of what the
files say.
"""

import sys
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parent.parent / "resources"
_INSTALLED = Path(sys.prefix) / "share" / "desktop-app" / "resources"


def resource(name: str = "") -> Path:
    """The path of a file or folder below `resources`, named with slashes, as in `fonts/coverage.json`.

    The path is absolute; whether it exists is for the caller to find out.
    """
    return (_CHECKOUT if _CHECKOUT.is_dir() else _INSTALLED) / name
