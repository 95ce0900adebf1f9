"""Pages of publishers: withdrawing one item, and the editions of a channel."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from content_sync.domain.disclosure import catalogue, review
from content_sync.domain.errors import Refused
from content_sync.wire.items import item_from_plain, parse_item
from display_server.access import check, check_reading
from display_server.database import content
from display_server.database.tables.content import editions, items, withdrawals
from display_server.database.tables.core import audit
from display_server.publishing import service
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("publishing", __name__, url_prefix="/publishing", template_folder="templates")
_confirmation = "撤下"


@blueprint.route("/items/<item>/withdraw", methods=["GET", "POST"])
@signed_in
def withdraw(item: str) -> ResponseReturnValue:
    """Withdraw an item: a reason, and the word typed by hand so that no slip of the mouse does it."""
    with database().read() as connection:
        entry = content.entry(connection, item)
        place = content.channel(connection, entry.channel)
    check(actor(), "withdraw", place.unit.id)
    message = ""
    if request.method == "POST":
        try:
            if request.form.get("confirm", "").strip() != _confirmation:
                raise Refused(f"请在确认框里写“{_confirmation}”两个字。")
            made = service.withdraw(database(), actor(), item, request.form.get("reason", ""))
        except Refused as error:
            message = str(error)
        else:
            told = (
                f"{place.unit.name}现在是第 {made.edition} 期"
                if not made.waiting
                else f"第 {made.waiting} 期等发布人签名"
            )
            flash(f"已撤下，{told}。各屏幕收到后马上不再显示。")
            return redirect(url_for("publishing.history", channel=entry.channel))
    page = render_template(
        "publishing/withdraw.html",
        entry=entry,
        place=place,
        message=message,
        word=_confirmation,
        reason=request.form.get("reason", ""),
    )
    return page, 403 if message else 200


@blueprint.get("/<channel>/editions")
@signed_in
def history(channel: str) -> ResponseReturnValue:
    """The editions of a channel, newest first, and what was withdrawn from it."""
    with database().read() as connection:
        place = content.channel(connection, channel)
        check_reading(actor(), place.unit.id)
        finished = select(editions).where(editions.c.channel == channel, editions.c.done == 1)
        rows = connection.execute(finished.order_by(editions.c.number.desc()).limit(100)).all()
        taken = select(withdrawals, items.c.title).join(items, items.c.id == withdrawals.c.item)
        taken = taken.where(withdrawals.c.channel == channel).order_by(withdrawals.c.at.desc())
        gone = connection.execute(taken.limit(100)).all()
    return render_template("publishing/history.html", place=place, editions=rows, gone=gone)


@blueprint.get("/items/<item>/card")
@signed_in
def card(item: str) -> ResponseReturnValue:
    """The archive card (PUB-06): what stands on file of one item, from the hash-chained log; to be printed."""
    with database().read() as connection:
        entry = content.entry(connection, item)
        place = content.channel(connection, entry.channel)
        check_reading(actor(), place.unit.id)
        version = content.version(connection, item, entry.published_version or entry.submitted)
        shown = parse_item(version.body) if version else item_from_plain(content.draft(connection, item))
        rulings = [r for r in content.rulings(connection, [item])[item] if version and r.version == version.version]
        trail = connection.execute(select(audit).where(audit.c.subject == item).order_by(audit.c.seq)).all()
    return render_template(
        "publishing/card.html",
        entry=entry,
        place=place,
        item=shown,
        version=version,
        rulings=rulings,
        trail=trail,
        acts=_acts,
        names=review.review_kinds,
        state=content.state_names[entry.state],
        kinds=catalogue.kind_names,
        node_name=catalogue.node_name(shown.node),
    )


_acts = {
    "draft": "起草",
    "edit": "修改",
    "attach": "附上文件",
    "detach": "取下文件",
    "settle": "核对导入",
    "submit": "提交审查",
    **{f"pass.{kind}": f"{words}通过" for kind, words in review.review_kinds.items()},
    **{f"reject.{kind}": f"{words}退回" for kind, words in review.review_kinds.items()},
    "publish": "发布",
    "withdraw": "撤下",
}
