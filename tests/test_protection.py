"""Passwords by the profile in force; the profiles and the clauses of the standard as they are told."""

from datetime import date

import pytest

from desktop_app import protection
from desktop_app.protection import MET_LABELS, password_fault, profile

GOOD = "风筝 kite 7 lanterns"


@pytest.mark.parametrize(
    ("profile_id", "password", "word"),
    [
        ("asvs", "k9#Tz1", "至少要 8 个字符"),
        ("asvs", "k9#Tz" * 15, "最多 72 个字符"),
        ("asvs", "password1", "容易被猜到"),
        ("asvs", "qwertyuiop", "容易被猜到"),
        ("asvs", "zhangyangli", "容易被猜到"),  # login and name
        ("level_2", "kite lanterns harbour", "至少 3 类"),
        ("level_3", "Kite 7 la", "至少要 10 个字符"),
    ],
)
def test_a_weak_password_is_refused_in_one_sentence(profile_id: str, password: str, word: str) -> None:
    told = password_fault(profile(profile_id), password, ("zhang", "zhangyangli", "样例市社保局"))
    assert word in told
    assert password not in told
    assert told.endswith("。")


@pytest.mark.parametrize("profile_id", [each.id for each in protection.profiles()])
def test_a_long_one_with_words_digits_and_signs_is_taken_by_each(profile_id: str) -> None:
    assert password_fault(profile(profile_id), "Kite 7 lanterns, harbour", ("zhang",)) == ""


def test_words_alone_are_taken_where_nothing_else_is_asked() -> None:
    assert password_fault(profile("asvs"), GOOD) == ""


def test_a_password_is_changed_only_where_the_profile_asks() -> None:
    assert protection.change_by(profile("asvs"), date(2026, 1, 1)) is None
    assert protection.change_by(profile("level_2"), date(2026, 1, 1)) == date(2026, 4, 1)


def test_an_unknown_profile_locks_nobody_out() -> None:
    assert profile("of another time").id == "asvs"


def test_what_a_profile_tells_is_what_it_asks() -> None:
    for each in protection.profiles():
        numbers = [each.shortest, *(n for n in (each.age_days, each.tries, each.locked_minutes) if n)]
        assert all(f" {number} " in each.about for number in numbers), each.id


def test_each_level_asks_more_than_the_one_below() -> None:
    two, three = protection.clauses(2), protection.clauses(3)
    assert len(three) > len(two) > 20
    # Each group of the standard's 安全计算环境 is there, in its order.
    groups = (
        "身份鉴别 访问控制 安全审计 入侵防范 恶意代码防范 可信验证 "
        "数据完整性 数据保密性 数据备份恢复 剩余信息保护 个人信息保护"
    )
    assert list(dict.fromkeys(each.group for each in three)) == groups.split()


def test_every_clause_says_who_meets_it_with_what() -> None:
    for clause in {*protection.clauses(2), *protection.clauses(3)}:
        assert clause.is_met in MET_LABELS
        assert clause.by.endswith("。")
        assert clause.text.endswith("。")
