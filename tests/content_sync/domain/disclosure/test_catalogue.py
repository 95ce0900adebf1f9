"""The tree follows the level of the unit."""

from content_sync.domain.disclosure.catalogue import default_node, has_node, kind_names, tree


def test_each_level_has_the_number_of_nodes_the_rules_name() -> None:
    """Province 11, county 11 + 4, township 8, village 9 (CAT-01, CAT-02, CAT-03, CAT-06)."""
    assert [len(tree(level)) for level in ("province", "city", "county", "township", "village")] == [11, 15, 15, 8, 9]


def test_moving_from_province_to_county_adds_four_and_loses_none() -> None:
    """The county's tree begins with the province's (CAT-02)."""
    assert tree("county")[:11] == tree("province")


def test_every_default_hangs_on_its_own_level_s_tree() -> None:
    """An import's default node is always a node of that unit's tree."""
    assert all(
        has_node(level, default_node(level, kind)) for level in ("county", "township", "village") for kind in kind_names
    )
