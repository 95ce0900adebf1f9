"""Makes `assets/speech/{characters,phrases}.json` anew from pypinyin (MIT): run it where the server is installed.

1. A character has its most usual reading; a phrase stands there only when the characters alone, or shorter phrases in
   it, would be read wrong. So the tables stay small enough for a kiosk (deploy/decisions, read aloud on the device).
2. `assets/speech/own.json` is written by hand and goes before both: what offices say and dictionaries read otherwise.
"""

import json
from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_tone3

_speech = Path(__file__).parents[1] / "assets" / "speech"
_first, _last = 0x4E00, 0x9FFF
_phrase_chars_max = 3


def _toned(reading: str) -> str:
    return to_tone3(reading, neutral_tone_with_five=True, v_to_u=False).replace("ü", "v")


def _characters() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in range(_first, _last + 1):
        if code in PINYIN_DICT:
            reading = _toned(PINYIN_DICT[code].split(",")[0])
            if reading[:-1].isalpha() and reading.isascii() and reading[-1].isdigit():
                found[chr(code)] = reading
    return found


def _read(text: str, characters: dict[str, str], phrases: dict[str, list[str]]) -> list[str]:
    read, at = list[str](), 0
    while at < len(text):
        size = next((n for n in range(len(text) - at, 1, -1) if text[at : at + n] in phrases), 1)
        read += phrases[text[at : at + size]] if size > 1 else [characters.get(text[at], "")]
        at += size
    return read


def _is_common(text: str) -> bool:
    return len(text.encode("gb2312", "ignore")) == 2 * len(text)


def main() -> None:
    """Write both files."""
    own: dict[str, str] = json.loads((_speech / "own.json").read_text(encoding="utf-8"))
    alone = _characters()
    characters = alone | {char: reading for char, reading in own.items() if len(char) == 1}
    phrases = {phrase: reading.split() for phrase, reading in own.items() if len(phrase) > 1}
    known = sorted((p for p in PHRASES_DICT if 1 < len(p) <= _phrase_chars_max and _is_common(p)), key=len)
    for phrase in known:
        reading = [_toned(one[0]) for one in pinyin(phrase, style=Style.TONE)]
        if phrase not in own and _read(phrase, characters, phrases) != reading:
            phrases[phrase] = reading
    syllables: dict[str, str] = {}
    for char, syllable in alone.items():
        syllables[syllable] = syllables.get(syllable, "") + char
    _write("characters.json", dict(sorted(syllables.items())))
    _write("phrases.json", {one: " ".join(reading) for one, reading in sorted(phrases.items()) if one not in own})


def _write(name: str, table: dict[str, str]) -> None:
    text = json.dumps(table, ensure_ascii=False, indent=0)
    (_speech / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
