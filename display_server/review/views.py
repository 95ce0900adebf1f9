"""Pages of reviewers: what waits, and one text with everything needed to decide on it."""

import difflib
from collections.abc import Iterator

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from content_sync.domain.disclosure import catalogue, review
from content_sync.domain.disclosure.review import Decision, ReviewKind
from content_sync.domain.errors import BadInput, Refused
from content_sync.wire.items import parse_item
from display_server.access import check_reading
from display_server.database import content
from display_server.review import service
from display_server.web import reading
from display_server.web.current import actor, database, signed_in
from display_server.web.files import files_of

blueprint = Blueprint("review", __name__, url_prefix="/review", template_folder="templates")


@blueprint.get("/<channel>")
@signed_in
def listing(channel: str) -> ResponseReturnValue:
    """What waits in a channel, what each text still lacks, and which of it this account may give."""
    with database().read() as connection:
        place = content.channel(connection, channel)
        check_reading(actor(), place.unit.id)
        waiting = content.waiting(connection, channel)
        rulings = content.rulings(connection, [version.item for version in waiting])
    lacking = {version.item: service.lacking(version, rulings[version.item]) for version in waiting}
    return render_template(
        "review/listing.html",
        place=place,
        waiting=waiting,
        lacking=lacking,
        mine=service.kinds_of(actor(), place.unit.id),
        names=review.review_kinds,
        kinds=catalogue.kind_names,
    )


@blueprint.get("/items/<item>")
@signed_in
def examine(item: str) -> ResponseReturnValue:
    """One text as its reader will see it, what changed since the published version, and the decisions so far."""
    return _page(item)


@blueprint.post("/items/<item>")
@signed_in
def decide(item: str) -> ResponseReturnValue:
    """Pass or return the text that was looked at."""
    kind, form = _kind(request.form.get("kind", "")), request.form
    passed = form.get("verdict") == "pass"
    ticks = tuple(form.getlist("ticks")) if kind == "content" and passed else ()
    decision = Decision(kind, actor().name, form.get("hash", ""), passed, ticks, form.get("comment", ""))
    try:
        service.decide(database(), actor(), item, decision)
    except Refused as error:
        return _page(item, str(error)), 403
    flash(f"{review.review_kinds[kind]}{'已通过' if passed else '已退回作者'}。")
    with database().read() as connection:
        entry = content.entry(connection, item)
    return redirect(url_for("review.listing", channel=entry.channel))


def _page(item: str, message: str = "") -> str:
    with database().read() as connection:
        entry = content.entry(connection, item)
        place = content.channel(connection, entry.channel)
        check_reading(actor(), place.unit.id)
        version = content.version(connection, item, entry.submitted or entry.published_version)
        if version is None:
            raise BadInput(f"“{entry.title}”还没有提交，没有可看的版本。")
        before = _before(connection, entry, version)
        rulings = content.rulings(connection, [item])[item]
    seen = parse_item(version.body)
    in_review = entry.state == "submitted"
    lacking = service.lacking(version, rulings) if in_review else ()
    return render_template(
        "review/examine.html",
        entry=entry,
        place=place,
        version=version,
        item=seen,
        parts=reading.parts_of(seen),
        files=files_of(seen.attachments) if entry.state != "withdrawn" else (),
        changes=list(_changes(before, version)) if before else [],
        before=before,
        rulings=rulings,
        mine=[kind for kind in service.kinds_of(actor(), place.unit.id) if kind in lacking],
        lacking=lacking,
        names=review.review_kinds,
        principles=review.principles,
        is_author=actor().name in version.authors,
        may_hurry=in_review and entry.kind == "emergency" and actor().may("emergency", place.unit.id),
        node_name=catalogue.node_name(seen.node),
        message=message,
        comment=request.form.get("comment", ""),
        ticked=request.form.getlist("ticks"),
    )


def _before(connection: Connection, entry: content.Entry, version: content.Version) -> content.Version | None:
    """The version to compare with: the one on screens, else the last one submitted before."""
    number = entry.published_version if entry.published_version != version.version else version.version - 1
    return content.version(connection, entry.id, number or version.version - 1)


def _changes(before: content.Version, after: content.Version) -> Iterator[tuple[str, str]]:
    """Lines of both texts as (added | gone | same, text); long stretches of the same are left out."""
    old, new = reading.lines_of(parse_item(before.body)), reading.lines_of(parse_item(after.body))
    words = {"+": "added", "-": "gone", " ": "same"}
    for line in difflib.unified_diff(old, new, lineterm="", n=1):
        if line[:3] not in ("---", "+++"):
            yield ("skip", "……") if line.startswith("@@") else (words[line[0]], line[1:])


def _kind(text: str) -> ReviewKind:
    if text not in review.review_kinds:
        raise BadInput("没有这种审查。")
    return text  # type: ignore[return-value]  # one of the kinds by the test above
