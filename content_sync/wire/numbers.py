"""Whole numbers in as few bytes as they need: seven bits in each, the lowest first."""

from content_sync.domain.errors import Unverified

_bits_max = 63


def number_bytes(number: int) -> bytes:
    """The bytes of a number that is not negative."""
    parts = []
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*parts, number])


class Numbers:
    """Reads numbers from the front of some bytes; Unverified when they end too early or a number has no end."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def byte(self) -> int:
        """The next byte."""
        if self._at >= len(self._data):
            raise Unverified("Bytes end too early; they were not used.")
        self._at += 1
        return self._data[self._at - 1]

    def number(self) -> int:
        """The next number."""
        found = shift = 0
        while (part := self.byte()) > 0x7F:
            found |= (part & 0x7F) << shift
            shift += 7
            if shift > _bits_max:
                raise Unverified("A number without an end; the bytes were not used.")
        return found | part << shift

    def part(self, length: int) -> bytes:
        """The next `length` bytes."""
        if self._at + length > len(self._data):
            raise Unverified("Bytes end too early; they were not used.")
        self._at += length
        return self._data[self._at - length : self._at]

    def is_done(self) -> bool:
        """Whether everything was read."""
        return self._at == len(self._data)

    def rest(self) -> bytes:
        """Everything that was not read."""
        return self._data[self._at :]
