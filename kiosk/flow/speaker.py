"""Who says it, in the words people here use.

1. An item says where it comes from; its first clause is named, for a county's channel speaks for many offices
   (清河县公安局, not 清河县人民政府). An address or a file's name is no office: then it is the unit that signs.
2. An office of this county drops the county's own name (清河县民政局 → 县民政局): everybody here knows where they are.
"""

from content_sync.domain.county import County, unit_of

_marks_of_a_file = "/.:_"


def speaker(source: str, unit: str, county: County | None) -> str:
    """The office in full (rule 1); an empty string when neither is known."""
    office = source.partition("，")[0].strip()
    if office and not any(mark in office for mark in _marks_of_a_file):
        return office
    found = unit_of(county, unit) if county else None
    return found.name if found else ""


def spoken(source: str, unit: str, county: County | None) -> str:
    """The office as one says it (rule 2)."""
    office = speaker(source, unit, county)
    return office.removeprefix(county.name[:-1]) if county else office
