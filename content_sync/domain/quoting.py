"""Words of another machine inside a sentence of ours.

1. They come from whoever answered: a server, a relay, somebody on the way, a tree. Nothing in them may move a
   terminal's cursor, hide the sentence around them, or be half a character that no file and no database can hold.
2. They are cut at `limits.quoted_chars_max`: what must be said is said by us.
"""

from content_sync.domain import limits

_instead = "\N{REPLACEMENT CHARACTER}"


def quoted(words: str) -> str:
    """The words on one line, without anything that is not to be read (rules 1 and 2)."""
    short = words if len(words) <= limits.quoted_chars_max else words[: limits.quoted_chars_max - 1] + "…"
    return "".join(one if one.isprintable() else _instead for one in short)
