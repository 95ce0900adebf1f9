"""Records on a stick: only the server reads them, only the device writes them, and only the server gives receipts."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from content_sync.domain import limits
from content_sync.domain.errors import Unverified
from content_sync.receive import check_batch
from content_sync.wire import canonical, sealed
from content_sync.wire.sealed import Receipt

_device, _server = b"d" * 32, b"s" * 32
_server_key = sealed.public_half(_server)
_batch = b'[{"id":"r1"}]'


@given(st.binary(max_size=300))
def test_what_is_sealed_comes_out_as_it_went_in(batch: bytes) -> None:
    """The exact bytes, who sent them and the signature over them come back, whatever the bytes are."""
    opened = sealed.unseal(sealed.seal(batch, "k1", _device, _server_key), _server)
    assert (opened.device, opened.batch) == ("k1", batch)
    SigningKey(_device).verify_key.verify(batch, base64.b64decode(opened.signature))


def test_the_signature_is_the_one_of_the_live_line() -> None:
    """What comes by stick is checked by the same rule as what comes by network."""
    opened = sealed.unseal(sealed.seal(_batch, "k1", _device, _server_key), _server)
    [(name, _)] = check_batch(opened.batch, sealed.public_half(_device), opened.signature)
    assert name == "r1"
    with pytest.raises(Unverified):
        check_batch(opened.batch, sealed.public_half(b"x" * 32), opened.signature)


def test_nothing_of_a_record_can_be_read_on_the_stick() -> None:
    """Neither the text nor the device's name stands in the file, and no two sealings of one batch are alike."""
    text = "我对三号窗口有意见".encode()
    first, second = (sealed.seal(text, "touch-1", _device, _server_key) for _ in range(2))
    assert text not in first
    assert b"touch-1" not in first
    assert first != second


@pytest.mark.parametrize("place", range(0, 140, 7))
def test_a_flipped_byte_is_refused(place: int) -> None:
    """One wrong byte anywhere, and nothing of the file is used."""
    data = bytearray(sealed.seal(_batch, "k1", _device, _server_key))
    data[place % len(data)] ^= 1
    with pytest.raises(Unverified, match="damaged"):
        sealed.unseal(bytes(data), _server)


@pytest.mark.parametrize("data", [b"", b"short", b"x" * 4_000])
def test_what_was_never_sealed_is_refused(data: bytes) -> None:
    """Rubbish under the right name has one sentence."""
    with pytest.raises(Unverified):
        sealed.unseal(data, _server)


def test_another_server_cannot_open_it() -> None:
    """What was sealed for one server says to the other whose it is not."""
    with pytest.raises(Unverified, match="another server"):
        sealed.unseal(sealed.seal(_batch, "k1", _device, _server_key), b"o" * 32)


@pytest.mark.parametrize(
    "head",
    [b"", b"[]", b"{", b'{"device":"../k1","signature":""}', b'{"device":"k1"}', b'{"device":"k1","signature":7}'],
)
def test_a_strange_first_line_is_refused(head: bytes) -> None:
    """Anybody can seal anything for the server; what does not name a device is refused with a sentence."""
    from nacl.public import SealedBox

    box = SealedBox(SigningKey(_server).verify_key.to_curve25519_public_key())
    with pytest.raises(Unverified):
        sealed.unseal(box.encrypt(head + b"\n" + _batch), _server)


_receipt = Receipt("k1", "0a1b2c3d", ("r1", "r2"), (("r3", "已经评过"),))


def test_a_receipt_is_the_servers() -> None:
    """It comes out as it was made; another server's, a changed one and a mere signature of a device are refused."""
    data = sealed.receipt_bytes(_receipt, _server)
    assert sealed.parse_receipt(data, _server_key) == _receipt
    body = data.partition(b"\n")[2]
    forged = base64.b64encode(SigningKey(_server).sign(body).signature) + b"\n" + body  # without the prefix
    for bad in (data.replace(b"r2", b"r4"), data[:-1], b"", b"\n", b"\xff" + data, forged):
        with pytest.raises(Unverified):
            sealed.parse_receipt(bad, _server_key)
    with pytest.raises(Unverified):
        sealed.parse_receipt(data, sealed.public_half(b"o" * 32))


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"device": "k1", "mark": "m", "taken": "r1", "refused": []},
        {"device": "k1", "mark": "m", "taken": [1], "refused": []},
        {"device": "k1", "mark": "m", "taken": [], "refused": [["r"]]},
        {"device": "k1", "mark": "m", "taken": [], "refused": [["r", 1]]},
        {"device": "k1", "mark": "m", "taken": ["r"] * (limits.receipt_records_max + 1), "refused": []},
    ],
)
def test_a_signed_receipt_of_another_form_is_refused(body: object) -> None:
    """A newer server's receipt is named as such instead of being half used."""
    data = canonical.dump(body)
    signature = base64.b64encode(SigningKey(_server).sign(b"gongkailan receipt 1\n" + data).signature)
    with pytest.raises(Unverified, match="form"):
        sealed.parse_receipt(signature + b"\n" + data, _server_key)
