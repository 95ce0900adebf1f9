"""A device folder that holds the demonstration county, as the agent would have left it."""

import json
from pathlib import Path

from content_sync.domain.edition import Edition, root_of
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore, Invitation, ServiceState
from content_sync.wire.county import county_bytes
from content_sync.wire.items import item_bytes
from tests.kiosk import county

as_of = "2026-11-23T09:38:00+08:00"


def make(folder: Path) -> Path:
    """Fill `folder` with device.json, content.db and desk.db."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "device.json").write_text(json.dumps({"site": "qinghe-hall"}), encoding="utf-8")
    store = ContentStore(folder / "content.db")
    channels = [channel.id for channel in county.county().channels]
    store.follow(channels)
    store.put_county(county_bytes(county.county()))
    for channel in channels:
        bodies = {i: item_bytes(item) for i, (item, _, _) in county.items().items() if item.channel == channel}
        store.apply(Edition(channel, 318, as_of, len(bodies), root_of(bodies)), as_of, bodies, ())
    store.close()
    desk = DeskStore(folder / "desk.db")
    services = county.county().sites[0].services
    desk.put_services([ServiceState(s.id, s.letter, s.name, True, n, as_of) for n, s in enumerate(services)])
    desk.put_queue([], [Invitation("t0", "A019", 3, as_of)])
    desk.close()
    return folder
