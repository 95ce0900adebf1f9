"""The judge of pictures with this machine's faces and themes (kiosk.flow.laws)."""

from kiosk import config
from kiosk.flow.frame import Measure
from kiosk.flow.laws.judge import Judge
from kiosk.typeset import coverage, fonts, scripts


def judge(measure: Measure) -> Judge:
    """A judge who measures with this."""
    return Judge(measure, config.themes(), lacking)


def lacking(text: str, language: str) -> str:
    """The characters of a text in a second language (empty: none) that no font has which sets it here."""
    chinese = tuple(fonts.find(bold=bold) for bold in (False, True))
    if not language:
        return "".join(dict.fromkeys("".join(coverage.lacking(text, (face,)) for face in chinese)))
    own = (scripts.font(language),) if scripts.is_ready(language) else ()
    return coverage.lacking(text, (*own, chinese[0]))
