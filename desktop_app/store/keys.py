"""Passwords, keys and signatures, all by libsodium; the one module that knows it. Pure but for chance and a stop-watch.

A password opens a lock by argon2id; what lies behind it is enciphered by XChaCha20-Poly1305, sealed to people by X25519
and signed by Ed25519. Nothing that is secret stands in a repr or an error.
"""

import hashlib
import re
import unicodedata
from base64 import b64decode, b64encode
from time import process_time
from typing import Final, NamedTuple

from nacl import public, pwhash, secret, signing, utils
from nacl.exceptions import CryptoError

KEY_BYTES: Final = 32
SALT_BYTES: Final = pwhash.argon2id.SALTBYTES

_CALIBRATED_S: Final = 0.25


class Secrets(NamedTuple):
    """What one person alone has.

    Attributes:
        seal: The private half that opens what was sealed to the person; 32 bytes.
        sign: The seed of the signing key; 32 bytes.
    """

    seal: bytes
    sign: bytes

    def __repr__(self) -> str:
        return "Secrets(…)"


class Publics(NamedTuple):
    """What everybody may know of a person's keys; 32 bytes each."""

    seal: bytes
    sign: bytes


class Effort(NamedTuple):
    """What one try of a password costs: passes of argon2id over so many KiB of memory."""

    passes: int
    memory_kib: int


# What a try costs at least, RFC 9106's second choice; more passes on a computer that does them faster.
LEAST: Final = Effort(3, 64 * 1024)


class Locked(NamedTuple):
    """What a password opens."""

    salt: bytes
    effort: Effort
    box: bytes


class NotOpened(Exception):
    """Another password or key than the right one, or changed bytes; which of them nobody can say."""


class SheetFault(ValueError):
    """What was typed is no recovery sheet; the message is one Chinese sentence.

    Attributes:
        group: Which group of the sheet is mistyped, from 1; None where it is not one of them.
    """

    def __init__(self, sentence: str, group: int | None = None) -> None:
        super().__init__(sentence)
        self.group = group


# Keys


def new_secrets() -> Secrets:
    """Return keys for a person, by chance."""
    return Secrets(utils.random(KEY_BYTES), utils.random(KEY_BYTES))


def new_seed() -> bytes:
    """Return what a recovery sheet says, by chance: 32 bytes."""
    return utils.random(KEY_BYTES)


def new_key() -> str:
    """Return a key for a store, by chance: 64 hexadecimal digits."""
    return utils.random(KEY_BYTES).hex()


def secrets_of_seed(seed: bytes) -> Secrets:
    """Return the keys that stand behind the 32 bytes of a recovery sheet."""
    return Secrets(_derived(seed, b"seal"), _derived(seed, b"sign"))


def publics(secrets: Secrets) -> Publics:
    """Return the public halves of a person's keys."""
    return Publics(
        bytes(public.PrivateKey(secrets.seal).public_key), bytes(signing.SigningKey(secrets.sign).verify_key)
    )


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hashlib.blake2b(key=key, person=purpose, digest_size=KEY_BYTES).digest()


# Passwords


def calibrated() -> Effort:
    """Return what a try of a password shall cost, by trying it: about 250 ms on this computer, and never too little."""
    begun = process_time()
    _stretched("", bytes(SALT_BYTES), LEAST)
    took = max(process_time() - begun, 0.001)
    return Effort(max(LEAST.passes, min(int(LEAST.passes * _CALIBRATED_S / took), 50)), LEAST.memory_kib)


def lock(password: str, data: bytes, bound_to: bytes, effort: Effort) -> Locked:
    """Lock data behind a password.

    Args:
        password: As it was typed; full width and half width are the same.
        data: What is locked away.
        bound_to: What the lock belongs to: it opens nowhere else.
        effort: What each try costs.
    """
    salt = utils.random(SALT_BYTES)
    return Locked(salt, effort, _shut(_stretched(password, salt, effort), data, bound_to))


def unlock(locked: Locked, password: str, bound_to: bytes) -> bytes:
    """Return what stands behind a password.

    Raises:
        NotOpened: Another password, another owner, or changed bytes.
    """
    return _reopened(_stretched(password, locked.salt, locked.effort), locked.box, bound_to)


def _stretched(password: str, salt: bytes, effort: Effort) -> bytes:
    # An input method left in full width types the same password in other characters.
    typed = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    return pwhash.argon2id.kdf(
        KEY_BYTES, typed, salt, opslimit=effort.passes, memlimit=effort.memory_kib * 1024
    )


# Boxes and seals


def shut(secrets: Secrets, data: bytes, bound_to: bytes) -> bytes:
    """Encipher data for who has these secrets; nobody else can have made it."""
    return _shut(_derived(secrets.seal, b"shut"), data, bound_to)


def reopen(secrets: Secrets, box: bytes, bound_to: bytes) -> bytes:
    """Return what `shut` enciphered.

    Raises:
        NotOpened: Other secrets, another owner, or changed bytes.
    """
    return _reopened(_derived(secrets.seal, b"shut"), box, bound_to)


def seal_to(public_seal: bytes, data: bytes) -> bytes:
    """Seal data so that only who has the private half can read it; anybody may have sealed it."""
    return public.SealedBox(public.PublicKey(public_seal)).encrypt(data)


def unseal(secrets: Secrets, box: bytes) -> bytes:
    """Return what was sealed to these secrets.

    Raises:
        NotOpened: It was sealed to somebody else, or changed.
    """
    try:
        return public.SealedBox(public.PrivateKey(secrets.seal)).decrypt(box)
    except (CryptoError, ValueError, TypeError):
        raise NotOpened from None


def _shut(key: bytes, data: bytes, bound_to: bytes) -> bytes:
    return bytes(secret.Aead(key).encrypt(data, bound_to))


def _reopened(key: bytes, box: bytes, bound_to: bytes) -> bytes:
    try:
        return secret.Aead(key).decrypt(box, bound_to)
    except (CryptoError, ValueError, TypeError):
        raise NotOpened from None


# Signatures


def sign(secrets: Secrets, text: str) -> str:
    """Return the signature of a text, as text."""
    return b64encode(signing.SigningKey(secrets.sign).sign(text.encode()).signature).decode("ascii")


def is_signed(public_sign: bytes, text: str, signature: str) -> bool:
    """Say whether a text was signed by who has the private half; False for what is no signature at all."""
    try:
        signing.VerifyKey(public_sign).verify(text.encode(), b64decode(signature, validate=True))
    except (CryptoError, ValueError, TypeError):
        return False
    return True


# The recovery sheet: what a person can copy by hand, without characters that look alike

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS: Final = 18
_GROUP: Final = 4  # characters: three of the seed, one that checks them
_LINE: Final = 6  # groups
_READ_AS: Final = str.maketrans("OIL", "011")
_BLANKS: Final = re.compile(r"[\s\-—_.·,，。]+")
_WHOLE_BITS: Final = GROUPS * 15 - KEY_BYTES * 8


def sheet_text(seed: bytes) -> str:
    """Return the 32 bytes of a recovery sheet as three lines of six groups of four characters."""
    bits = int.from_bytes(seed, "big") << _WHOLE_BITS | _whole(seed)
    groups = []
    for number in range(GROUPS):
        three = bits >> 15 * (GROUPS - 1 - number)
        values = [three >> 10 & 31, three >> 5 & 31, three & 31]
        groups.append("".join(ALPHABET[value] for value in (*values, _check(number, values))))
    return "\n".join(" ".join(groups[begin : begin + _LINE]) for begin in range(0, GROUPS, _LINE))


def seed_of_sheet(text: str) -> bytes:
    """Return the 32 bytes that a recovery sheet says.

    Args:
        text: As it was typed: small letters, full width, blanks and hyphens are read, O as 0, I and L as 1.

    Raises:
        SheetFault: A group is mistyped, or some are missing.
    """
    typed = _BLANKS.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_READ_AS)
    bits = 0
    for number in range(min(GROUPS, -(-len(typed) // _GROUP))):
        values = [ALPHABET.find(character) for character in typed[number * _GROUP :][:_GROUP]]
        if len(values) < _GROUP:
            break
        if -1 in values or _check(number, values[:3]) != values[3]:
            raise SheetFault(f"恢复页第 {number + 1} 组抄错了，请照恢复页核对这一组。", number + 1)
        bits = bits << 15 | values[0] << 10 | values[1] << 5 | values[2]
    if len(typed) != GROUPS * _GROUP:
        raise SheetFault(
            f"恢复页有 {GROUPS} 组、每组 {_GROUP} 个字符，现在一共是 {len(typed)} 个，请照恢复页补全。"
        )
    seed = (bits >> _WHOLE_BITS).to_bytes(KEY_BYTES, "big")
    if bits & (1 << _WHOLE_BITS) - 1 != _whole(seed):
        raise SheetFault("恢复页抄得不对，请照恢复页从头核对一遍。")
    return seed


def fingerprint(root: str) -> str:
    """Return what people compare by eye or over the telephone, in place of a digest: four groups of four."""
    number = int.from_bytes(hashlib.sha256(root.encode()).digest()[:10], "big")
    characters = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(16)))
    return " ".join(characters[begin : begin + 4] for begin in range(0, 16, 4))


def _whole(seed: bytes) -> int:
    """Return what checks the sheet as a whole, in the bits that its last group has left."""
    return int.from_bytes(hashlib.sha256(seed).digest()[:4], "big") & (1 << _WHOLE_BITS) - 1


def _check(number: int, values: list[int]) -> int:
    """Return what checks a group in its place: each change of one character and each swap of two is found.

    It is a polynomial over the field of 32 elements (x^5 + x^2 + 1), whose powers of two all differ.
    """
    check = 0
    for value in (number + 1, *values):
        check = check << 1 ^ value << 1
        check ^= 0b100101 if check & 32 else 0
    return check
