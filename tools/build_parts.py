"""Make `resources/parts.txt`: which characters are made of which parts, for typing a rare character by its parts.

    python tools/build_parts.py cjk-decomp.txt

The source is the CJK Decomposition Data of Gavin Grover, https://github.com/amake/cjk-decomp at
c29b391fd6267e7a3541387e03a3dd60b1cd34d1 (sha256 of the file below), of whose six licences MIT is the one chosen.
Kept are the characters that a bundled face can print and that are made of two to four parts.
"""

import hashlib
import re
import sys
from collections import defaultdict
from pathlib import Path

from desktop_app.forms.faces import missing
from desktop_app.resources import resource

SHA256 = "5accf5661dd509d4bc5966afaeb7f763231a39f23b00acda89d6c040740b8ab6"
LINE = re.compile(r"(.+?):([a-z0-9/]+)\((.*)\)")
REPEATED = {"ra": 2, "rd": 2, "r3": 3, "r4": 4}
MOST_PARTS = 4
HEAD = "# 部件\t由这些部件组成的字。来源：CJK Decomposition Data（MIT），见 tools/build_parts.py\n"


def main() -> None:
    """Read the source, check that it is the one that is named here, and write the resource."""
    raw = Path(sys.argv[1]).read_bytes()
    if hashlib.sha256(raw).hexdigest() != SHA256:
        sys.exit("not the file that this program was made for")
    made: dict[str, tuple[str, list[str]]] = {}
    for line in raw.decode("utf-8").splitlines():
        if matched := LINE.fullmatch(line.strip()):
            made[matched[1]] = (matched[2], [part for part in matched[3].split(",") if part])
    found: dict[str, list[str]] = defaultdict(list)
    for character in made:
        if len(character) == 1 and character >= "\u3400" and not missing(character):
            parts = parts_of(made, character)
            if parts and 2 <= len(parts) <= MOST_PARTS:
                found[parts].append(character)
    lines = [f"{parts}\t{''.join(sorted(characters))}\n" for parts, characters in sorted(found.items())]
    resource("parts.txt").write_text(HEAD + "".join(lines), encoding="utf-8")


def parts_of(made: dict[str, tuple[str, list[str]]], name: str) -> str:
    """Return the parts of a character, those without a code point of their own taken apart again; empty if unknown."""
    how, parts = made.get(name, ("", []))
    spelled = "".join(part if len(part) == 1 else parts_of(made, part) or "\0" for part in parts)
    if "\0" in spelled:
        return ""
    if len(parts) == 1:
        return spelled * next((times for begin, times in REPEATED.items() if how.startswith(begin)), 1)
    return spelled


if __name__ == "__main__":
    main()
