"""Pages of authors: the items of a channel, the editor, importing a file, submitting."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection
from werkzeug.utils import secure_filename

from content_sync.domain import limits
from content_sync.domain.disclosure import attachments, catalogue, review
from content_sync.domain.disclosure.items import Item, Kind
from content_sync.domain.errors import BadInput, Refused
from content_sync.wire.items import item_from_plain
from display_server.access import check, check_reading
from display_server.authoring import importation, old_script, queries, service, submission
from display_server.authoring.attaching.service import attachments_of
from display_server.authoring.forms import blank, rows
from display_server.authoring.forms.fields import Form, form_of, plain_of
from display_server.authoring.forms.request import more_rows, sent, with_empty_rows
from display_server.authoring.importing import readers
from display_server.database import content
from display_server.web.current import actor, database, signed_in
from display_server.web.files import files_of

_reasons_told = 5
blueprint = Blueprint("authoring", __name__, url_prefix="/content", template_folder="templates")


@blueprint.get("/<channel>/items")
@signed_in
def listing(channel: str) -> ResponseReturnValue:
    """The items of a channel, filtered by state, kind and words of the title."""
    with database().read() as connection:
        place = content.channel(connection, channel)
        check_reading(actor(), place.unit.id)
        wanted = queries.Wanted.of(request.args)
        page = queries.listed(content.entries(connection, channel), wanted)
        lacking = queries.five_ones_of(connection, page.entries)
    return render_template(
        "authoring/listing.html",
        place=place,
        page=page,
        lacking=lacking,
        wanted=wanted,
        states=content.state_names,
        kinds=catalogue.kind_names,
        may_write=actor().may("author", place.unit.id),
    )


@blueprint.route("/<channel>/new/<kind>", methods=["GET", "POST"])
@signed_in
def new(channel: str, kind: str) -> ResponseReturnValue:
    """The editor with an empty form of one kind. :raise 404: there is no such kind."""
    if kind not in catalogue.kind_names:
        abort(404)
    with database().read() as connection:
        place = content.channel(connection, channel)
    check(actor(), "author", place.unit.id)
    now = database().config.clock.now()
    if request.method == "GET":
        return _editor(place, blank.blank(cast("Kind", kind), place, now))
    form = sent(kind, request.form)
    if "more" in request.form:
        return _editor(place, form)
    try:
        item_id = service.create(database(), actor(), channel, plain_of(form, {}, now.tzinfo))
    except BadInput as error:
        return _editor(place, form, str(error)), 400
    return _saved(item_id, channel)


@blueprint.route("/items/<item>", methods=["GET", "POST"])
@signed_in
def edit(item: str) -> ResponseReturnValue:
    """The editor of one item, with everything that stands against submitting it."""
    with database().read() as connection:
        entry = content.entry(connection, item)
        place = content.channel(connection, entry.channel)
        check_reading(actor(), place.unit.id)
        known = content.draft(connection, item)
    zone = database().config.clock.now().tzinfo
    if request.method == "GET":
        return _editor(place, form_of(item_from_plain(known), zone), entry=entry)
    form = sent(entry.kind, request.form)
    if "more" in request.form:
        return _editor(place, form, entry=entry)
    try:
        service.edit(database(), actor(), item, plain_of(form, known, zone))
    except BadInput as error:
        return _editor(place, form, str(error), entry), 400
    return _saved(item, entry.channel)


@blueprint.post("/items/<item>/delete")
@signed_in
def delete(item: str) -> ResponseReturnValue:
    """Delete a draft of one's own."""
    with database().read() as connection:
        channel = content.entry(connection, item).channel
    service.remove(database(), actor(), item)
    flash("草稿已删除。")
    return redirect(url_for("authoring.listing", channel=channel))


@blueprint.post("/items/<item>/settle/<int:doubt>")
@signed_in
def settle(item: str, doubt: int) -> ResponseReturnValue:
    """Stand by what the import was unsure of."""
    service.settle_doubt(database(), actor(), item, doubt)
    return redirect(url_for("authoring.edit", item=item))


@blueprint.post("/items/<item>/keep")
@signed_in
def keep(item: str) -> ResponseReturnValue:
    """Decide that the Traditional characters of this text stay (N-08)."""
    old_script.keep(database(), actor(), item, request.form.get("ground", ""))
    return redirect(url_for("authoring.edit", item=item))


@blueprint.post("/<channel>/submit")
@signed_in
def submit(channel: str) -> ResponseReturnValue:
    """Submit everything of a channel that can be submitted."""
    outcome = submission.submit(database(), actor(), channel)
    flash(f"提交了 {len(outcome.done)} 件，{len(outcome.refused)} 件还不能提交。")
    for reason, count in Counter(reason for _, reason in outcome.refused).most_common(_reasons_told):
        flash(f"{count} 件：{reason}")
    return redirect(url_for("authoring.listing", channel=channel))


@blueprint.route("/<channel>/import", methods=["GET", "POST"])
@signed_in
def bring(channel: str) -> ResponseReturnValue:
    """Read files into drafts."""
    with database().read() as connection:
        place = content.channel(connection, channel)
    check(actor(), "author", place.unit.id)
    made = None
    if request.method == "POST":
        with TemporaryDirectory() as folder:
            paths = [_kept(Path(folder), number, part) for number, part in enumerate(request.files.getlist("files"))]
            kind = request.form.get("kind", "")
            made = importation.bring(database(), actor(), channel, [path for path in paths if path], kind=kind)
    return render_template(
        "authoring/bring.html", place=place, made=made, kinds=catalogue.kind_names, endings=readers.endings
    )


def _kept(folder: Path, number: int, part: object) -> Path | None:
    name = getattr(part, "filename", "") or ""
    if not name:
        return None
    safe = secure_filename(name) or f"file{Path(name).suffix}"
    (folder / str(number)).mkdir()
    path = folder / str(number) / (Path(name).name if "/" not in name and "\\" not in name else safe)
    part.save(path)  # type: ignore[attr-defined]  # werkzeug's FileStorage
    return path


def _saved(item: str, channel: str) -> ResponseReturnValue:
    if "hand_in" not in request.form:
        flash("已保存。")
        return redirect(url_for("authoring.edit", item=item))
    outcome = submission.submit(database(), actor(), channel, only=item)
    for _, reason in outcome.refused:
        flash(f"已保存，但还不能提交：{reason}")
    if outcome.done:
        flash("已保存并提交审查。")
    return redirect(url_for("authoring.edit", item=item))


def _editor(place: content.Channel, form: Form, message: str = "", entry: content.Entry | None = None) -> str:
    with database().read() as connection:
        shown = _findings(connection, place, entry) if entry else ()
        doubts = queries.doubts(connection, entry.id) if entry else ()
        rulings = content.rulings(connection, [entry.id])[entry.id] if entry else ()
        attached = attachments_of(content.draft(connection, entry.id)) if entry else ()
    return render_template(
        "authoring/editor.html",
        place=place,
        form=with_empty_rows(form, request.form.get("more", "")),
        entry=entry,
        message=message,
        findings=shown,
        doubts=doubts,
        keep_grounds=old_script.grounds,
        rulings=rulings,
        row_kinds=rows.row_kinds,
        catalogue=catalogue,
        states=content.state_names,
        names=review.review_kinds,
        more=request.form.get("more", ""),
        fresh=more_rows,
        files=files_of(attached) if entry and entry.state != "withdrawn" else (),
        uses=attachments.uses,
        blob_mega=limits.blob_bytes_max // 1_000_000,
        may_write=actor().may("author", place.unit.id),
        may_withdraw=actor().may("withdraw", place.unit.id),
        me=actor().name,
    )


def _findings(connection: Connection, place: content.Channel, entry: content.Entry) -> tuple[object, ...]:
    try:
        item: Item = item_from_plain(content.draft(connection, entry.id))
        return submission.all_findings(database(), connection, item, place.unit.level)
    except Refused:
        return ()
