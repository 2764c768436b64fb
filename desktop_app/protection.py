"""How people and passwords are protected: the profiles an office can choose, and what each says of a password.

The profiles and the clauses of GB/T 22239-2019 they answer to are data, `resources/protection.toml`. Pure but for
reading that file once; the clock is the caller's.
"""

import tomllib
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Final, Literal, NamedTuple

from desktop_app.resources import resource

IsMet = Literal["program", "partly", "office", "no"]
MET_LABELS: Final[dict[str, str]] = {
    "program": "符合",
    "partly": "部分符合",
    "office": "由经办机构负责",
    "no": "不符合",
}
# The office's setting that holds the id of the profile in force.
SETTING: Final = "protection"
DEFAULT: Final = "asvs"
# What an estimate of guesses below 10^8 is called; at a quarter of a second a guess, a thief needs longer than a year.
_STRONG: Final = 3
# A password is hashed and estimated; what is longer is no password and takes long to estimate.
_LONGEST: Final = 72


class Profile(NamedTuple):
    """The rules in force in an office.

    Attributes:
        about: Everything it asks, in one sentence.
        source: The standard, and what it leaves open.
        shortest: Characters of a password.
        kinds: How many kinds of character it mixes (small, capital, digit, other); 1 asks for none.
        age_days: After how many days it is changed; 0 for never.
        tries: After how many wrong passwords in a row the person is locked out; 0 for never, only slowed down.
        locked_minutes: For how long.
        idle_minutes: After how long without a key the program locks itself.
    """

    id: str
    label: str
    about: str
    source: str
    shortest: int
    kinds: int
    age_days: int
    tries: int
    locked_minutes: int
    idle_minutes: int


class Clause(NamedTuple):
    """One clause of GB/T 22239-2019, 安全计算环境, and what meets it."""

    group: str
    text: str
    levels: tuple[int, ...]
    is_met: IsMet
    by: str


class _Tables(NamedTuple):
    profiles: tuple[Profile, ...]
    clauses: tuple[Clause, ...]


@cache
def _tables() -> _Tables:
    said = tomllib.loads(resource("protection.toml").read_text(encoding="utf-8"))
    return _Tables(
        tuple(Profile(**each) for each in said["profile"]),
        tuple(Clause(**{**each, "levels": tuple(each["levels"])}) for each in said["clause"]),
    )


def profiles() -> tuple[Profile, ...]:
    """Return the profiles that an office can choose from, the usual one first."""
    return _tables().profiles


def profile(profile_id: str) -> Profile:
    """Return the profile of this id; the usual one where there is none: a setting of another time locks nobody out."""
    found = {each.id: each for each in profiles()}
    return found.get(profile_id, found[DEFAULT])


def clauses(level: int) -> tuple[Clause, ...]:
    """Return the clauses of a level, 2 or 3, in the order of the standard."""
    return tuple(each for each in _tables().clauses if level in each.levels)


def password_fault(rules: Profile, password: str, known: Sequence[str] = ()) -> str:
    """Return what is wrong with a new password in one sentence; empty where nothing is.

    Args:
        rules: The profile in force.
        password: As typed; it appears in no sentence.
        known: What anyone would try first: login, name, office.
    """
    if len(password) < rules.shortest:
        return f"密码至少要 {rules.shortest} 个字符，请加长。"
    if len(password) > _LONGEST:
        return f"密码最多 {_LONGEST} 个字符，请缩短。"
    if len({_kind(letter) for letter in password}) < rules.kinds:
        return f"密码要有大写字母、小写字母、数字、其他字符里的至少 {rules.kinds} 类，请补上。"
    # Loaded with its lists of common passwords only where a password is set.
    from zxcvbn import zxcvbn

    # What cannot be typed twice alike on two keyboards is one character here as there.
    found = zxcvbn(unicodedata.normalize("NFC", password), user_inputs=[each for each in known if each])
    if found["score"] < _STRONG:
        return "这个密码容易被猜到，请换一个：可以用几个不相关的词连起来，不要用姓名、生日、电话或键盘上相邻的键。"
    return ""


def _kind(letter: str) -> str:
    return {"Lu": "capital", "Ll": "small", "Nd": "digit"}.get(unicodedata.category(letter), "other")


def change_by(rules: Profile, set_on: date) -> date | None:
    """Return the last day on which a password that was set on a day still holds; None where it always does."""
    return set_on + timedelta(days=rules.age_days) if rules.age_days else None
