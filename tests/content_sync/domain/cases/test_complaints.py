"""Complaints in people's words lead to the rule's nine situations (ACC-02)."""

from content_sync.domain.cases import complaints
from kiosk.flow.screens.opinion import _drawn, abouts


def test_asking_for_more_papers_is_the_fourth_situation() -> None:
    """ACC-02: choosing 要我多交材料 files code 4."""
    assert complaints.codes(("paper",)) == (4,)


def test_several_taps_file_each_situation_once_in_order() -> None:
    """Two ways of being made to come again are one situation; a broken machine is nobody's misconduct."""
    assert complaints.codes(("rude", "again", "absent", "machine")) == (1, 8)


def test_kiosk_and_form_offer_the_same_to_complain_about() -> None:
    """What can be tapped at a kiosk can be written down for whoever phones, and the other way round."""
    assert tuple(abouts) == tuple(_drawn) == complaints.abouts


def test_every_tap_about_service_has_a_situation() -> None:
    """Whatever can be tapped about windows, failed matters and money reaches the register with a code."""
    taps = [tap for about in sorted(complaints.about_service) for tap in abouts[about][1]]
    assert [tap for tap in taps if not complaints.codes((tap,))] == []
    assert set(complaints.of_tap.values()) <= set(complaints.situations)
