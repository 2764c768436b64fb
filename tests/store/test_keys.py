"""Passwords, sealed keys, signatures and the recovery sheet: what opens, what does not, and what is never shown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.store import keys

CHEAP = keys.Effort(1, 8)
OWNER = b"owner|store"


def test_a_password_opens_what_it_locked_and_nothing_else_does() -> None:
    locked = keys.lock("样例密码 7", b"secret", OWNER, CHEAP)
    assert keys.unlock(locked, "样例密码 7", OWNER) == b"secret"
    changed = locked._replace(box=locked.box[:-1] + bytes([locked.box[-1] ^ 1]))
    for each, password, owner in (
        (locked, "样例密码 8", OWNER),
        (locked, "", OWNER),
        (locked, "样例密码 7", b"another|store"),
        (changed, "样例密码 7", OWNER),
        (locked._replace(salt=bytes(keys.SALT_BYTES)), "样例密码 7", OWNER),
        (locked._replace(effort=keys.Effort(2, 8)), "样例密码 7", OWNER),
        (locked._replace(box=b""), "样例密码 7", OWNER),
    ):
        with pytest.raises(keys.NotOpened):
            keys.unlock(each, password, owner)


def test_a_password_typed_in_full_width_is_the_same() -> None:
    locked = keys.lock("Sample-7a", b"secret", OWNER, CHEAP)
    assert keys.unlock(locked, "Ｓａｍｐｌｅ－７ａ", OWNER) == b"secret"


def test_no_lock_is_like_another() -> None:
    first, second = (keys.lock("样例密码 7", b"secret", OWNER, CHEAP) for _ in range(2))
    assert first.salt != second.salt
    assert first.box != second.box
    assert b"secret" not in first.box


def test_a_try_costs_enough() -> None:
    effort = keys.calibrated()
    assert effort.passes >= keys.LEAST.passes == 3
    assert effort.memory_kib == keys.LEAST.memory_kib == 65_536
    assert effort.passes <= 50


def test_what_is_sealed_to_one_person_nobody_else_reads() -> None:
    mine, yours = keys.new_secrets(), keys.new_secrets()
    box = keys.seal_to(keys.publics(mine).seal, b"key")
    assert keys.unseal(mine, box) == b"key"
    for secrets, changed in (
        (yours, box),
        (mine, box[:-1]),
        (mine, b""),
        (mine, bytes(len(box))),
        (keys.Secrets(yours.seal, mine.sign), box),
    ):
        with pytest.raises(keys.NotOpened):
            keys.unseal(secrets, changed)


def test_what_is_shut_opens_for_its_owner_in_its_place() -> None:
    mine, yours = keys.new_secrets(), keys.new_secrets()
    box = keys.shut(mine, b"root", OWNER)
    assert keys.reopen(mine, box, OWNER) == b"root"
    for secrets, each, owner in ((yours, box, OWNER), (mine, box, b"other"), (mine, box[1:], OWNER)):
        with pytest.raises(keys.NotOpened):
            keys.reopen(secrets, each, owner)


def test_a_signature_holds_for_its_text_and_person() -> None:
    mine, yours = keys.new_secrets(), keys.new_secrets()
    signature = keys.sign(mine, "样例")
    assert keys.is_signed(keys.publics(mine).sign, "样例", signature)
    for publics, text, told in (
        (keys.publics(yours), "样例", signature),
        (keys.publics(mine), "样例 ", signature),
        (keys.publics(mine), "样例", signature[:-4]),
        (keys.publics(mine), "样例", ""),
        (keys.publics(mine), "样例", "无"),
        (keys.publics(mine)._replace(sign=b""), "样例", signature),
    ):
        assert not keys.is_signed(publics.sign, text, told)


def test_nothing_secret_is_shown() -> None:
    seed = keys.new_seed()
    secrets = keys.secrets_of_seed(seed)
    assert repr(secrets) == f"{secrets}" == "Secrets(…)"
    locked = keys.lock("样例密码 7", bytes(secrets.seal), OWNER, CHEAP)
    with pytest.raises(keys.NotOpened) as fault:
        keys.unlock(locked, "样例密码 8", OWNER)
    assert str(fault.value) == ""
    assert fault.value.__cause__ is None


@given(st.binary(min_size=32, max_size=32))
@settings(max_examples=100, deadline=None)
def test_a_sheet_says_its_seed(seed: bytes) -> None:
    text = keys.sheet_text(seed)
    assert [len(line.split()) for line in text.split("\n")] == [6, 6, 6]
    assert keys.seed_of_sheet(text) == seed
    assert keys.seed_of_sheet(text.lower().replace("0", "o").replace("1", "l").replace(" ", "-")) == seed


@given(st.binary(min_size=32, max_size=32), st.data())
@settings(max_examples=100, deadline=None)
def test_a_mistyped_group_is_named(seed: bytes, data: st.DataObject) -> None:
    groups = keys.sheet_text(seed).split()
    number = data.draw(st.integers(0, len(groups) - 1))
    place = data.draw(st.integers(0, 3))
    other = data.draw(st.sampled_from(sorted(set(keys.ALPHABET + "U?") - {groups[number][place]})))
    wrong = [*groups]
    wrong[number] = groups[number][:place] + other + groups[number][place + 1 :]
    with pytest.raises(keys.SheetFault, match=f"第 {number + 1} 组") as fault:
        keys.seed_of_sheet(" ".join(wrong))
    assert fault.value.group == number + 1


@given(st.binary(min_size=32, max_size=32), st.integers(0, 16), st.integers(0, 2))
@settings(max_examples=60, deadline=None)
def test_what_is_swapped_is_found(seed: bytes, number: int, place: int) -> None:
    groups = keys.sheet_text(seed).split()
    swapped = [*groups]
    swapped[number : number + 2] = reversed(groups[number : number + 2])
    typed = [*groups]
    four = [*groups[number]]
    four[place : place + 2] = reversed(four[place : place + 2])
    typed[number] = "".join(four)
    for wrong in (swapped, typed):
        if wrong != groups:
            with pytest.raises(keys.SheetFault, match=f"第 {number + 1} 组"):
                keys.seed_of_sheet(" ".join(wrong))


def test_a_sheet_that_is_cut_or_another_one_is_told() -> None:
    text = keys.sheet_text(bytes(range(32)))
    for wrong in ("", text[:-1], text[:40], text + " 0000"):
        with pytest.raises(keys.SheetFault, match="现在一共是") as fault:
            keys.seed_of_sheet(wrong)
        assert fault.value.group is None
    # Groups of two sheets, each right in its place.
    other = keys.sheet_text(bytes(range(32, 64)))
    with pytest.raises(keys.SheetFault, match="从头核对"):
        keys.seed_of_sheet(text[:30] + other[30:])


def test_both_halves_of_the_recovery_key_come_from_the_sheet() -> None:
    seed = keys.new_seed()
    assert keys.secrets_of_seed(seed) == keys.secrets_of_seed(seed)
    assert len({seed, *keys.secrets_of_seed(seed), *keys.publics(keys.secrets_of_seed(seed))}) == 5


def test_a_fingerprint_tells_one_administrator_from_another() -> None:
    prints = {keys.fingerprint(f"{number:064x}") for number in range(1000)}
    assert len(prints) == 1000
    assert all(len(each) == 19 and set(each) <= set(keys.ALPHABET + " ") for each in prints)
