"""Who says it."""

from content_sync.domain.county import ChannelOf, County, Unit
from kiosk.flow.speaker import speaker, spoken

_county = County("清河县", "", (Unit("mz", "清河县民政局", "county"),), (ChannelOf("qinghe", "mz"),), ())


def test_an_office_of_this_county_drops_the_countys_own_name() -> None:
    """清河县公安局 is 县公安局 in its own hall, also where the whole county signs as one unit."""
    assert spoken("清河县公安局", "mz", _county) == "县公安局"
    assert spoken("柳树村村民委员会，柳河镇农经站审核", "mz", _county) == "柳树村村民委员会"
    assert speaker("清河县公安局", "mz", _county) == "清河县公安局"


def test_the_signing_unit_speaks_where_the_source_names_no_office() -> None:
    """An address is no office; nothing is known of an unknown unit."""
    assert spoken("https://www.qinghe.example/a.csv", "mz", _county) == spoken("", "mz", _county) == "县民政局"
    assert spoken("", "other", _county) == spoken("", "mz", None) == ""
