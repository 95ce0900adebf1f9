"""Which languages this hall offers, and what its second one says on signs.

1. Chinese and English always. Another one when the signed county names it for this site, its words are installed, and
   it can be set here: its font and raqm (kiosk.typeset.scripts); else it is not offered, and nobody sees a box (N-14).
2. Signs carry the first language the site names. Languages of letters of their own are set beside Chinese ones; the
   running sentences stay Chinese for whoever chose them.
"""

from functools import lru_cache
from typing import TypedDict

from content_sync import assets
from content_sync.domain.county import Site
from kiosk import config
from kiosk.flow.words import Words
from kiosk.typeset import scripts

complete = ("zh-Hans", "en")


class Tongues(TypedDict):
    """The fields of a view that languages decide."""

    languages: tuple[str, ...]
    second: str
    beside: dict[str, str]


def of_site(site: Site | None) -> Tongues:
    """Rules 1 and 2."""
    return _of(site.languages if site else ())


def words(language: str) -> Words:
    """The running sentences for whoever chose a language (rule 2)."""
    return Words(config.wording(language if language in complete else "zh-Hans"))


def lacking(site: Site | None) -> tuple[str, ...]:
    """The languages that the site names and this machine cannot offer."""
    return tuple(one for one in (site.languages if site else ()) if not _is_offered(one))


@lru_cache
def _of(named: tuple[str, ...]) -> Tongues:
    offered = tuple(one for one in named if one not in complete and _is_offered(one))
    second = offered[0] if offered else ""
    return Tongues(
        languages=(*complete, *offered), second=second, beside=config.wording(second) if second else dict[str, str]()
    )


def _is_offered(language: str) -> bool:
    return language in complete or (scripts.is_ready(language) and assets.path(f"i18n/{language}.json").is_file())
