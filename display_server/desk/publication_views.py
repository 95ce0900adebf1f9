"""Pages that cross writing, reviewing and publishing: what waits for whom, and publishing a channel."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from content_sync.domain.disclosure import catalogue, review
from content_sync.domain.errors import Refused
from content_sync.wire.items import parse_item
from display_server.access import check, check_reading
from display_server.database import content
from display_server.desk import channel_waits, publication
from display_server.web import reading
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("publication", __name__, url_prefix="/content", template_folder="templates")


@blueprint.get("")
@signed_in
def overview() -> ResponseReturnValue:
    """Every channel this account works on, and what waits for whom."""
    with database().read() as connection:
        waits = channel_waits.every(connection, actor())
    if not waits:
        raise Refused("这个账号没有可以处理的频道。")
    return render_template("desk/overview.html", waits=waits, names=review.review_kinds, may=actor().may)


@blueprint.get("/<channel>/publish")
@signed_in
def preview(channel: str) -> ResponseReturnValue:
    """What the next edition will change, as its readers will see it."""
    with database().read() as connection:
        place = content.channel(connection, channel)
        check_reading(actor(), place.unit.id)
        ready, refused = publication.sort_waiting(connection, actor(), channel, database().config.clock.now())
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
    if made.issued.waiting:
        waits = f"第 {made.issued.waiting} 期已备好（{len(made.done)} 件），等发布人签名"
        flash(f"{waits}；屏幕上还是第 {made.issued.edition} 期。")
    else:
        flash(f"第 {made.issued.edition} 期：发布了 {len(made.done)} 件，共 {made.issued.items} 件。")
    return redirect(url_for("publishing.history", channel=channel))
