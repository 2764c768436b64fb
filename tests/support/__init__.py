"""What several tests share: a clerk at the window, cases, worst-case values, hostile files, and where things lie."""

from pathlib import Path
from typing import Final

TESTS: Final = Path(__file__).parents[1]
ROOT: Final = TESTS.parent
