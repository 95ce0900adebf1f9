"""How passwords are made, kept and compared.

1. Only an Argon2id hash is kept.
2. Comparing with nobody's password takes as long as comparing with somebody's, so that time does not tell names.
3. A one-time password has 80 random bits; it is printed once and stands nowhere.
"""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from content_sync.domain import ids, limits
from content_sync.domain.errors import Refused
from content_sync.ports import Ids

_hasher = PasswordHasher()
_one_time_bytes = 10


def hashed(password: str) -> str:
    """What is kept of a password (rule 1)."""
    return _hasher.hash(password)


def matches(kept: str, password: str) -> bool:
    """Whether the password is the one that was kept; `kept` is empty for a name that does not exist (rule 2)."""
    try:
        _hasher.verify(kept or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def one_time(chance: Ids) -> str:
    """A new one-time password (rule 3), in groups of four to be copied by hand."""
    spelled = ids.spelled(chance.random(_one_time_bytes))
    return "-".join(spelled[start : start + 4] for start in range(0, len(spelled), 4))


def check_new(password: str) -> None:
    """Refuse a password that is too short to keep guessers out, or too long to be typed."""
    if len(password) < limits.password_chars_min:
        raise Refused(f"新密码太短：至少 {limits.password_chars_min} 个字符。")
    if len(password) > limits.password_chars_max:
        raise Refused(f"新密码太长：最多 {limits.password_chars_max} 个字符。")


@cache
def _nobodys() -> str:
    return hashed("nobody has this password")
