"""Where a visitor looked for what should be public and is not (SUP-07): a unit and a heading, a section or a topic.

1. A place is written as the kiosk's pages name it: a unit's id, or not, then a node of its tree, one of the six
   sections, one of the four topics or a service, parted by `/`. What is none of these stays as it is.
2. Where it begins with a unit, that unit is the one which has not published; otherwise the place says nothing of whom.
"""

from content_sync.domain.county import County
from content_sync.domain.disclosure.catalogue import node_name, sections, topics


def unit_of(place: str, county: County) -> str:
    """The unit's id, or an empty string (rule 2)."""
    first = place.split("/", maxsplit=1)[0]
    return first if any(unit.id == first for unit in county.units) else ""


def told(place: str, county: County) -> str:
    """The place in words: 柳树村 · 农民负担 (rule 1)."""
    names = {service.id: service.name for site in county.sites for service in site.services}
    names |= topics | sections | {unit.id: unit.name for unit in county.units}
    return " · ".join(names.get(part) or node_name(part) or part for part in place.split("/") if part)
