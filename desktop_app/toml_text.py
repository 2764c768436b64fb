"""Read TOML text, or say in one Chinese sentence where it is none."""

import re
import tomllib
from typing import Any


class TomlFault(ValueError):
    """A text that is no TOML; the message is one Chinese sentence with file, place and remedy."""


def read_toml(text: str, file_name: str) -> dict[str, Any]:
    """Return the tables of a TOML text.

    Raises:
        TomlFault: With line and column, where the parser knows them.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+), column (\d+)", str(error))
        place = f"第{found[1]}行第{found[2]}列" if found else "文件末尾"
        is_twice = "overwrite" in str(error) or "twice" in str(error)
        sentence = "同一项写了两次，请删去一处" if is_twice else "不合 TOML 的写法，请检查引号、括号和等号"
        raise TomlFault(f"{file_name} {place}：{sentence}。") from None
    except RecursionError:
        raise TomlFault(f"{file_name}：括号套得太深，请检查文件。") from None
    except ValueError:  # a number of thousands of digits, a day that is none
        raise TomlFault(f"{file_name}：有读不懂的数字或日期，请检查文件。") from None
