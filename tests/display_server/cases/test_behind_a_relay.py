"""A hall behind its own server accepts cases by the guides it mirrored, also while the county is cut off (B5.9)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from content_sync.current import bodies_in, edition_in
from content_sync.domain.errors import Refused
from content_sync.publish import Publisher
from content_sync.trust.tree import Tree
from content_sync.wire import canonical
from content_sync.wire.items import item_bytes, item_from_plain
from display_server.access import Actor
from display_server.cases import accepting
from display_server.cases.paper import paper_of
from display_server.publishing import service as publishing
from tests.display_server import relays, texts, world
from tests.display_server.cases.making import form, row, running, taken
from tests.display_server.relays import Server


@pytest.fixture
def county(tmp_path: Path, clock: world.HandClock) -> Iterator[Server]:
    """The county, which publishes a guide."""
    made = relays.county(tmp_path, clock)
    yield made
    made.db.close()


def test_the_mirrored_guide_counts(county: Server) -> None:
    """The hall's server takes a case in by the county's published guide; a withdrawn guide takes in nothing more."""
    item = texts.published(county.db, texts.people(), kind="guide")
    here = relays.relay(county, "hall-server", site="hall")
    try:
        case = taken(here.db, item=item)
        (clock,) = running(here.db)
        assert (row(here.db, case).number, clock.state) == ("C2026-00001", "green")
        with here.db.read() as connection:
            assert paper_of(here.db, connection, row(here.db, case)).link == ""  # a phone would ask the county's server
        publishing.withdraw(county.db, texts.person("publisher", "publisher"), item, "有误")
        here.mirror()
        with pytest.raises(Refused, match="没有公开的事项"):
            taken(here.db, 2, item=item)
    finally:
        here.db.close()


def planted(county: Server, channel: str, *texts_of: dict[str, Any]) -> None:
    """What a county's newer program publishes in a channel, beside what stands there."""
    signer, tree = Publisher(county.repo, county.db.config.keys, county.db.config.clock), Tree(county.repo / channel)
    new = {one["id"]: canonical.dump(one) for one in texts_of}
    signer.publish(channel, edition_in(tree).number + 1, bodies_in(tree) | new, [])


def newer(name: str, **changed: Any) -> dict[str, Any]:
    """A fee list with a field that nobody here knows."""
    columns = [{"name": "收费标准", "type": "money"}, {"name": "收费依据", "type": "text"}]
    rows = [{"level": 1, "name": "工本费", "cells": [2000, "发改价格〔2003〕2322号"]}]
    body = {"period": "2026年", "columns": columns, "rows": rows, "signers": ["财政局"], "new": True}
    plain = texts.plain("ledger", title="清河县收费目录", node="c05", body=body)
    facts = {"id": name, "channel": "qinghe", "unit": "qinghe", "index_number": "x", "version": 1}
    return item_plain(plain | facts) | {"stamps": ["x"]} | changed


def item_plain(plain: dict[str, Any]) -> dict[str, Any]:
    """The plain value with every field that an item has."""
    body = plain["body"]
    known = {name: value for name, value in body.items() if name != "new"}
    whole: dict[str, Any] = canonical.load(item_bytes(item_from_plain(plain | {"body": known})), "item")
    return whole | {"body": whole["body"] | body}


def test_a_list_of_a_newer_county_is_read_as_devices_read_it(county: Server) -> None:
    """A fee list with unknown fields counts; a newer notice that names one, and a list of a newer form, stop nobody."""
    item = texts.published(county.db, texts.people(), kind="guide")
    notice = newer("n-1", kind="notice", body={"blocks": [], "about": "收费目录"})
    planted(county, "qinghe", notice, newer("l-1", schema=2))
    here = relays.relay(county, "hall-server", site="hall")
    try:
        taken(here.db, item=item)
        planted(county, "qinghe", newer("l-2"))
        here.mirror()
        with pytest.raises(Refused, match=r"“工本费”10\.50元（目录上是20元）"):
            taken(here.db, 2, item=item)
    finally:
        here.db.close()


def test_a_damaged_channel_above_stops_no_village(county: Server) -> None:
    """The county's packs are torn on the village's disk: the village goes on taking cases in by its own guides."""
    item = texts.published(county.db, texts.people(), "liushu", kind="guide")
    planted(county, "qinghe", newer("l-1"))
    here = relays.relay(county, "village", site="liushu-office")
    clerk = Actor("wang", "王芳", frozenset({"clerk"}), frozenset({"liushu"}), "page")
    try:
        for pack in (here.repo / "qinghe" / "packs").iterdir():
            pack.write_bytes(b"torn")
        accepting.register(here.db, clerk, replace(form, site="liushu-office", item=item, window="w1"))
        assert row(here.db, form.id).item == item
    finally:
        here.db.close()
