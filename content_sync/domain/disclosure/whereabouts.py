"""Where a visitor looked for what should be public and is not (SUP-07): a unit and a heading, a section or a topic.

1. A place is written as the kiosk's pages name it: `unit/node`, a unit alone, one of the six sections, one of the four
   topics. What is none of these (a service) stays as it is.
2. Where it begins with a unit, that unit is the one which has not published; otherwise the place says nothing of whom.
"""

from content_sync.domain.county import County
from content_sync.domain.disclosure.catalogue import node_name, sections, topics


def unit_of(place: str, county: County) -> str:
    """The unit's id, or an empty string (rule 2)."""
    first = place.split("/", maxsplit=1)[0]
    return first if any(unit.id == first for unit in county.units) else ""


def told(place: str, county: County) -> str:
    """The place in words: 刘树村 · 农民负担 (rule 1)."""
    names = {unit.id: unit.name for unit in county.units}
    first, *rest = place.split("/")
    of_unit = [names.get(first) or sections.get(first) or topics.get(first) or first]
    return " · ".join(filter(None, [*of_unit, *(node_name(code) or code for code in rest)]))
