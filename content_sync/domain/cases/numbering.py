"""Receipt numbers that are unique without a server (APP-01, SUP-02).

1. A receipt is twelve digits in three groups: a number pad is enough to ask by it, and it can be said on the phone.
2. Each desk (desk.db) has a key of its own, from chance, and a counter. The first group is the desk's mark; the others
   are the counter, shuffled with the key. The shuffle is reversible, so one desk gives no number twice; nobody reads
   from a number how many there were before it, or guesses the next.
3. Two desks meet when both their marks and their shuffled counters do: once in 10¹² pairs of receipts. A desk that was
   lost begins with another key, not with old numbers. Why no server gives shares, and no digit checks the others, is
   weighed in deploy/decisions/0034.
"""

import hashlib
import hmac

_half, _rounds, _group = 10_000, 6, 4
numbers_max = _half * _half


def receipt(key: bytes, count: int) -> str:
    """The receipt of the `count`-th thing sent from the desk with this key; `count` is below `numbers_max`."""
    left, right = divmod(count % numbers_max, _half)
    for turn in range(_rounds):  # rule 2: each turn can be taken back, so no two counts end alike
        left, right = right, (left + _mixed(key, turn, right)) % _half
    return " ".join(f"{part:0{_group}}" for part in (_mixed(key, _rounds, 0), left, right))


def _mixed(key: bytes, turn: int, value: int) -> int:
    digest = hmac.new(key, f"{turn} {value}".encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") % _half
