"""Pages that cross writing, reviewing and publishing: what waits for whom, and publishing a channel."""

from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from content_sync.domain.disclosure import catalogue, review
from content_sync.domain.errors import Refused
from content_sync.wire.items import parse_item
from display_server.access import check, check_reading, content_actions
from display_server.database import content
from display_server.desk import publication
from display_server.web import reading
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("publication", __name__, url_prefix="/content", template_folder="templates")


@dataclass(frozen=True)
class Waits:
    """What waits in one channel: with its authors, for each review, for a publisher."""

    place: content.Channel
    edition: tuple[int, int, str]
    drafts: int
    returned: int
    reviews: dict[str, int]
    ready: int


@blueprint.get("")
@signed_in
def overview() -> ResponseReturnValue:
    """Every channel this account works on, and what waits for whom."""
    with database().read() as connection:
        places = [
            place
            for place in content.all_channels(connection)
            if any(actor().may(action, place.unit.id) for action in content_actions)
        ]
        if not places:
            raise Refused("这个账号没有可以处理的频道。")
        waits = [_waits(connection, place) for place in places]
    return render_template("desk/overview.html", waits=waits, names=review.review_kinds, may=actor().may)


@blueprint.get("/<channel>/publish")
@signed_in
def preview(channel: str) -> ResponseReturnValue:
    """What the next edition will change, as its readers will see it."""
    with database().read() as connection:
        place = content.channel(connection, channel)
        check_reading(actor(), place.unit.id)
        ready, refused = publication.sort_waiting(connection, actor(), channel)
        titles = {version.item: version.title for version in content.waiting(connection, channel)}
        replaced = {version.item: content.entry(connection, version.item).published_version for version in ready}
        newest = content.newest_edition(connection, channel)
    return render_template(
        "desk/publish.html",
        place=place,
        ready=[(version, reading.parts_of(parse_item(version.body))) for version in ready],
        refused=refused,
        replaced=replaced,
        titles=titles,
        newest=newest,
        kinds=catalogue.kind_names,
        may_publish=actor().may("publish", place.unit.id),
    )


@blueprint.post("/<channel>/publish")
@signed_in
def publish(channel: str) -> ResponseReturnValue:
    """Publish everything that is ready."""
    with database().read() as connection:
        check(actor(), "publish", content.channel(connection, channel).unit.id)
    made = publication.publish(database(), actor(), channel)
    flash(f"第 {made.issued.edition} 期：发布了 {len(made.done)} 件，共 {made.issued.items} 件。")
    return redirect(url_for("publishing.history", channel=channel))


def _waits(connection: Connection, place: content.Channel) -> Waits:
    states = Counter(entry.state for entry in content.entries(connection, place.id))
    waiting = content.waiting(connection, place.id)
    rulings = content.rulings(connection, [version.item for version in waiting])
    lacking = [
        review.lacking(version.needs, version.hash, [r.decision for r in rulings[version.item]]) for version in waiting
    ]
    counts: Counter[str] = Counter(kind for kinds in lacking for kind in kinds)
    ready = sum(1 for kinds in lacking if not kinds)
    newest = content.newest_edition(connection, place.id)
    return Waits(place, newest, states["draft"], states["returned"], dict(counts), ready)
