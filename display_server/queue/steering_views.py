"""`/steer`: what the manager does about a hall in the middle of a day (B6): lend windows, empty seats, end the day."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from content_sync.domain.county import Service
from content_sync.domain.errors import BadInput, Refused
from display_server.access import check
from display_server.database import sites
from display_server.queue import days, lending, log, queries, renumbering
from display_server.queue.seats import last_reasons, reasons, unserved
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("steering", __name__, url_prefix="/steer", template_folder="templates")


@blueprint.get("")
@signed_in
def halls() -> ResponseReturnValue:
    """Every hall this account manages; with one, its page at once."""
    check(actor(), "hall")
    with database().read() as connection:
        found = [site for site in sites.every(connection) if actor().may("hall", site.unit)]
    if len(found) == 1:
        return redirect(url_for("steering.page", site=found[0].id))
    return render_template("queue/steering_halls.html", sites=found)


@blueprint.get("/<site>")
@signed_in
def page(site: str) -> ResponseReturnValue:
    """The windows of a hall: who sits there, what they serve and are lent, what nobody serves."""
    at, day = log.stamp(database())
    with database().read() as connection:
        found = sites.site(connection, site)
        check(actor(), "hall", found.unit)
        facts = {
            "taken": queries.taken_seats(connection, found.id),
            "why": last_reasons(connection, found.id),
            "lent": queries.lent_services(connection, found.id, day, at),
            "waiting": queries.waiting(connection, found.id, day),
            "unserved": unserved(connection, found, day, at),
        }
    names = {one.id: one.name for one in found.services}
    return render_template("queue/steering.html", site=found, names=names, reasons=reasons, **facts)


@blueprint.post("/<site>/lend")
@signed_in
def lend(site: str) -> ResponseReturnValue:
    """Let a window also serve another service for a while."""
    form = request.form

    def step() -> list[Service]:
        try:
            minutes = int(form.get("minutes", "0"))
        except ValueError:
            raise BadInput("借用时间要写成分钟数；0 是到今天结束。") from None
        lending.lend(database(), actor(), site, form.get("window", ""), form.get("service", ""), minutes)
        return []

    return _done(site, step, "已安排。")


@blueprint.post("/<site>/take-back")
@signed_in
def take_back(site: str) -> ResponseReturnValue:
    """End a lending."""
    form = request.form
    step = lambda: lending.take_back(  # noqa: E731  # one step, named once
        database(), actor(), site, form.get("window", ""), form.get("service", "")
    )
    return _done(site, step, "已收回。")


@blueprint.post("/<site>/empty")
@signed_in
def empty(site: str) -> ResponseReturnValue:
    """Close a window whose clerk has gone."""
    return _done(
        site, lambda: lending.empty_window(database(), actor(), site, request.form.get("window", "")), "窗口已关。"
    )


@blueprint.post("/<site>/day-end")
@signed_in
def day_end(site: str) -> ResponseReturnValue:
    """Close today."""
    if request.form.get("sure") != "1":
        flash("结束今天之前，请先勾选确认。")
        return redirect(url_for("steering.page", site=site), 303)
    try:
        closed = days.end(database(), actor(), site)
    except Refused as error:
        flash(str(error))
    else:
        flash(f"今天已结束：{closed} 张还没办的票已关闭，不再取号。正在办的窗口可以办完。", "told")
    return redirect(url_for("steering.page", site=site), 303)


@blueprint.post("/<site>/renumber")
@signed_in
def renumber(site: str) -> ResponseReturnValue:
    """Let a letter's numbers go on from a later one."""
    form = request.form
    try:
        first = int(form.get("first", ""))
        said = renumbering.renumber(database(), actor(), site, form.get("letter", ""), first)
    except ValueError:
        flash("新的号要写成一个数，例如 201。")
    except Refused as error:
        flash(str(error))
    else:
        flash(f"下一个号是 {said}。跳过的号已记录。", "told")
    return redirect(url_for("steering.page", site=site), 303)


def _done(site: str, step: Callable[[], list[Service]], words: str) -> ResponseReturnValue:
    try:
        left = step()
    except Refused as error:
        flash(str(error))
    else:
        names = "、".join(one.name for one in left)
        flash(f"{words}还有人在等“{names}”，现在没有窗口办理。" if left else words, "" if left else "told")
    return redirect(url_for("steering.page", site=site), 303)
