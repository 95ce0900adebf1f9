"""A panel member's sheet (EVA-03), sealed for the server's records key: code and answers stand together nowhere else.

The seal is a box (wire.boxes); what it holds is canonical JSON: `poll`, `code`, and `answers` as domain.polls has them.
"""

from dataclasses import dataclass

from content_sync.domain.disclosure import panels, polls
from content_sync.domain.errors import BadInput, Unverified
from content_sync.domain.ids import checked_id
from content_sync.wire import boxes, canonical


@dataclass(frozen=True)
class Sheet:
    """Which questionnaire, by which code, answered how (`1:3,2:5`)."""

    poll: str
    code: str
    answers: str


def seal(sheet: Sheet, server_key: bytes) -> str:
    """The sheet, sealed for the server with this records key (its public half)."""
    return boxes.seal(canonical.dump(vars(sheet)), server_key)


def unseal(text: str, records_seed: bytes) -> Sheet:
    """The sheet. Raises Unverified when it was not sealed for this key, or is damaged, or is none."""
    data = boxes.unseal(text, records_seed)
    try:
        plain = canonical.load(data, "sheet")
        if not isinstance(plain, dict):
            raise BadInput("it is no object.")
        poll, code = checked_id(plain.get("poll"), "poll"), plain.get("code")
        if not isinstance(code, str) or not panels.is_code(poll, code):
            raise BadInput("its code is none of this questionnaire.")
        return Sheet(poll, code, polls.text_of(polls.parse(str(plain.get("answers")))))
    except BadInput as error:
        raise Unverified(f"This sheet cannot be read: {error}") from error
