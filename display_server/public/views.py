"""Pages for phones: one published item, and the list of all of them. No login, no script, no cookie.

1. Only the published state is read; a draft's existence cannot be told from a page that never was.
2. A withdrawn item answers 410 and says only that it was withdrawn.
3. A page names the day it is true of, the edition, and the hash that the office approved.
4. A guide is shown for one case when the address asks for it (a slip's code does), and says so; the whole is one touch
   away. An unknown case is the whole guide. The guide's next question, if any is left, is asked by links.
5. The same state gives the same tag, so that a phone or a proxy need not fetch it twice.
"""

import hashlib
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from content_sync.domain import limits
from content_sync.domain.disclosure import catalogue, which
from content_sync.domain.disclosure.guides import Guide
from content_sync.domain.disclosure.items import Item
from content_sync.domain.ids import is_id
from display_server.database.county import setting
from display_server.public import queries
from display_server.web import reading
from display_server.web.current import database
from display_server.web.files import files_of, handed_out

blueprint = Blueprint("public", __name__, url_prefix="/d", template_folder="templates")

_absent: dict[queries.Absent, tuple[int, str]] = {
    "never": (404, "没有这一件。可能是网址不完整，请重新扫码，或到大厅询问。"),
    "withdrawn": (410, "这一件已撤下，不再公开。要办事请到大厅询问，或拨打单位电话。"),
    "over": (410, "这一件的公开时间已经过了。要查旧的内容请到大厅询问。"),
}


@blueprint.get("/<item>")
def item(item: str) -> Response:
    """One published item. :raise 404: there is none. :raise 410: it was withdrawn or its time is over."""
    now = database().config.clock.now()
    with database().read() as connection:
        found = queries.reading(connection, item, now) if is_id(item) else "never"
    if isinstance(found, str):
        return _absent_page(found)
    day = f"{now.year}年{now.month}月{now.day}日"
    facts: dict[str, Any] = {"found": found, "item": found.item, "day": day, "kinds": catalogue.kind_names}
    shown, case, asked = _case_of(found.item, request.args.get("case", ""))
    tag = f"{found.hash} {found.edition} {found.unit} {day} {case} {asked}"
    facts |= {"parts": reading.parts_of(shown), "case": case, "asked": asked, "files": files_of(found.item.attachments)}
    return _kept(tag, "public/item.html", node=catalogue.node_name(found.item.node), **facts)


@blueprint.get("/<item>/<sha256>")
def file(item: str, sha256: str) -> Response:
    """An attached file of a published item, from the published tree. :raise 404, 410: as for the item."""
    now = database().config.clock.now()
    with database().read() as connection:
        found = queries.reading(connection, item, now) if is_id(item) else "never"
    if isinstance(found, str):
        return _absent_page(found)
    named = next((one for one in found.item.attachments if one.sha256 == sha256), None)
    if named is None:
        return _absent_page("never")
    answer = handed_out(database().config.repo / found.item.channel / "blobs" / sha256, named)
    answer.cache_control.public, answer.cache_control.max_age = True, limits.public_file_seconds
    return answer


@blueprint.get("")
def listing() -> Response:
    """Everything published, by kind."""
    now = database().config.clock.now()
    with database().read() as connection:
        lines = queries.lines(connection, now)
        county = setting(connection, "name")
    kind = request.args.get("kind", "")
    chosen = {key: words for key, words in catalogue.kind_names.items() if not kind or key == kind}
    groups = [(key, words, [line for line in lines if line.kind == key]) for key, words in chosen.items()]
    shown = [(key, words, found, found[: None if kind else limits.page_rows]) for key, words, found in groups if found]
    return _kept(f"{county} {shown}", "public/listing.html", groups=shown, county=county, kind=kind)


def _case_of(item: Item, wanted: str) -> tuple[Item, str, tuple[str, dict[str, str]]]:
    """The item for one case, that case in words, and what is asked next: answers by where they lead (rule 4)."""
    if not isinstance(item.body, Guide):
        return item, "", ("", {})
    answers = which.clear(item.body, which.answers_of(wanted))
    label = "、".join(which.case_of(item.body, answers).labels)
    question = which.following(item.body, answers)
    ways = {which.text_of((*answers, one.id)): one.label for one in question.answers} if question else {}
    asked = (question.text or "您是哪一种情况？", ways) if question else ("", ways)
    return replace(item, body=which.narrowed(item.body, answers)), label, asked


def _absent_page(why: queries.Absent) -> Response:
    status, sentence = _absent[why]
    page = make_response(render_template("public/absent.html", sentence=sentence))
    page.status_code = status
    page.cache_control.no_cache = True
    return page


def _kept(state: str, template: str, **facts: Any) -> Response:
    page = make_response(render_template(template, **facts))
    page.set_etag(hashlib.sha256(f"{template} {state}".encode()).hexdigest()[:32])  # rule 5
    page.cache_control.public, page.cache_control.max_age = True, limits.public_page_seconds
    page.make_conditional(request)
    return page
