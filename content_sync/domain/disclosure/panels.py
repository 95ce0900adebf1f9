"""代表评议: a panel answers the same questionnaire as the public, with codes, and is counted apart (EVA-03).

1. Whoever holds the panel says how many sit on it from each group; as many codes are made, all alike. A code is for
   one questionnaire, for one sheet, and for nobody in particular: no group and no name belongs to it.
2. A code is twelve digits, ten from chance and two that prove them for its questionnaire, so that a slip of the finger,
   or a code of another questionnaire, is told on the spot, also without a network. Whether it is one of those that were
   made, and not spent, only the server knows; a sheet with any other code is not counted.
3. A panel has `limits.panel_codes_min` to `limits.panel_codes_max` members: of three who agree everybody knows how each
   answered.
4. The panel's result stands beside the public's, question by question, each with its own numbers; they are never added.
5. Whoever guesses codes is stopped: after `limits.panel_refusals_max` refused sheets of a questionnaire none that comes
   from a kiosk is looked at any more, until new codes are made. The codes stay good in the office,
   where people stand by and an account is slowed down; supervision is told after `limits.panel_wrong_codes_told` there.
6. Where fewer than `limits.panel_codes_min` sheets came back, only their number is told, for rule 3's reason.
"""

import re
import zlib
from collections.abc import Mapping

from content_sync.domain import limits
from content_sync.domain.errors import BadInput

groups: dict[str, str] = {
    "supervisor": "监督员",
    "deputy": "人大代表",
    "adviser": "政协委员",
    "media": "媒体",
    "masses": "群众代表",
}
code_digits, _chance_digits, _group = 12, 10, 4
_parting = re.compile(r"[\s\-·]")
_modulus = 97  # ISO 7064 MOD 97-10: finds every wrong digit and every two that changed places


def code_of(poll: str, chance: bytes) -> str:
    """One code of a questionnaire, from at least eight bytes of chance (rule 2)."""
    ten = int.from_bytes(chance, "big") % 10**_chance_digits
    check = (1 - ten * 100 - _mark(poll)) % _modulus
    return f"{ten:0{_chance_digits}}{check:02}"


def is_code(poll: str, digits: str) -> bool:
    """Whether the digits can be a code of this questionnaire (rule 2)."""
    right = len(digits) == code_digits and digits.isascii() and digits.isdigit()
    return right and (int(digits) + _mark(poll)) % _modulus == 1


def folded(text: str) -> str:
    """A code as it is compared: people write the groups apart."""
    return _parting.sub("", text)


def spelled(code: str) -> str:
    """A code as it is printed."""
    return " ".join(code[n : n + _group] for n in range(0, len(code), _group))


def checked_seats(seats: Mapping[str, int]) -> dict[str, int]:
    """How many sit on the panel from each group that has any. Raises BadInput for a panel that is none (rule 3)."""
    found = {group: seats[group] for group in groups if seats.get(group)}
    if any(number < 0 for number in found.values()) or set(seats) - set(groups):
        raise BadInput("每一类代表写有几个人，没有的写 0。")
    if not limits.panel_codes_min <= sum(found.values()) <= limits.panel_codes_max:
        least, most = limits.panel_codes_min, limits.panel_codes_max
        raise BadInput(f"评议代表要有 {least} 到 {most} 人：人太少，谁怎么答的一看就知道。")
    return found


def told(seats: Mapping[str, int]) -> str:
    """Who sits on the panel, in words."""
    return "、".join(f"{groups[group]} {number} 人" for group, number in seats.items() if group in groups)


def is_guessed_at(refused: int) -> bool:
    """Whether so many refused sheets say that somebody tries codes out (rule 5)."""
    return refused >= limits.panel_refusals_max


def is_tried_in_office(wrong: int) -> bool:
    """Whether so many wrong codes in the office are worth telling supervision (rule 5)."""
    return wrong >= limits.panel_wrong_codes_told


def tells_answers(sheets: int) -> bool:
    """Whether so many sheets hide how each member answered (rule 6)."""
    return sheets >= limits.panel_codes_min


def _mark(poll: str) -> int:
    return zlib.crc32(poll.encode()) % _modulus
