"""An application is sealed at once: only the records key opens it, and what was altered opens nothing (promise 12)."""

import base64

import pytest

from content_sync.domain.cases.askings import Asking, last4
from content_sync.domain.errors import Unverified
from content_sync.wire import applications, canonical
from content_sync.wire.sealed import public_half

seed, other = b"s" * 32, b"o" * 32
asking = Asking("citizen", "张三", "身份证尾号1234", "手机 138-0013-8000", "print", "2025年修路的账目")


def test_only_the_records_key_opens_it() -> None:
    """Nothing of it can be read in the record; the key of another server does not open it."""
    text = applications.seal(asking, public_half(seed))
    assert applications.unseal(text, seed) == asking
    assert "张三".encode() not in base64.b64decode(text)
    with pytest.raises(Unverified):
        applications.unseal(text, other)


@pytest.mark.parametrize("at", [0, 40, -1])
def test_an_altered_byte_opens_nothing(at: int) -> None:
    """Whoever alters it on the way is found out, not believed."""
    data = bytearray(base64.b64decode(applications.seal(asking, public_half(seed))))
    data[at] ^= 1
    with pytest.raises(Unverified):
        applications.unseal(base64.b64encode(bytes(data)).decode(), seed)


@pytest.mark.parametrize(
    "plain", [[], {}, {"text": " "}, {"text": 5}, {"text": "好" * 5000}, {"text": "好", "strokes": "x" * 9000}]
)
def test_what_is_no_application_is_refused(plain: object) -> None:
    """A seal may hold anything; what is no application is none."""
    from nacl.public import SealedBox
    from nacl.signing import SigningKey

    box = SealedBox(SigningKey(seed).verify_key.to_curve25519_public_key()).encrypt(canonical.dump(plain))
    with pytest.raises(Unverified):
        applications.unseal(base64.b64encode(box).decode(), seed)


def test_the_last_four_digits_come_from_the_contact() -> None:
    """However the number is written; without a number there are none, and nobody needs one (APP-10)."""
    assert last4(asking) == "8000"
    assert last4(Asking("citizen", "张三", "", "柳树村三组", "read", "账目")) == ""
