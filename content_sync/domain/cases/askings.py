"""What an applicant says (APP-01, APP-10): who they are, how to reach them, what they ask for, in which form.

1. There is no field for a purpose, and none beyond those of APP-01 and APP-07: nothing may be made a threshold.
2. Name, proof of identity and contact are the law's; the office says later what lacks, the machine turns nobody away.
3. What is asked for is typed, written by hand (`strokes`, drawn as a picture) or both.
"""

from dataclasses import dataclass
from typing import Any

from content_sync.domain import limits
from content_sync.domain.errors import BadInput

kinds: dict[str, str] = {"citizen": "公民", "company": "法人", "organisation": "其他组织"}
forms: dict[str, str] = {
    "read": "当场阅读、抄录",
    "print": "打印件",
    "copy": "复制件",
    "post": "邮寄",
    "deliver": "送达",
    "fax": "传真",
    "email": "电子邮件",
}
chars = {"kind": 20, "name": 80, "id_proof": 80, "contact": 120, "form": 40, "text": limits.opinion_chars_max * 2}
_last_digits = 4


@dataclass(frozen=True)
class Asking:
    """One application as it was sealed on the device, or written down by a clerk. Every field is text, or empty."""

    kind: str
    name: str
    id_proof: str
    contact: str
    form: str
    text: str
    strokes: str = ""


def checked(plain: Any) -> Asking:
    """An application from its plain form. Raises BadInput (English: it is told to a device) for what is none."""
    if not isinstance(plain, dict):
        raise BadInput("An application is an object.")
    found = {name: plain.get(name, "") for name in (*chars, "strokes")}
    if not all(isinstance(value, str) for value in found.values()):
        raise BadInput("Every field of an application is text.")
    for name, most in (*chars.items(), ("strokes", limits.strokes_chars_max)):
        if len(found[name]) > most:
            raise BadInput(f"An application's {name} has at most {most} characters.")
    if not (found["text"].strip() or found["strokes"]):
        raise BadInput("An application says what is asked for.")
    return Asking(**found)


def last4(asking: Asking) -> str:
    """The last four digits of the number the applicant can be reached at; empty when there is none."""
    digits = "".join(letter for letter in asking.contact if letter.isascii() and letter.isdigit())
    return digits[-_last_digits:] if len(digits) >= _last_digits else ""
