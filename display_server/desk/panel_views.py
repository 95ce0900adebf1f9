"""Pages of panels (EVA-03): supervision makes and prints codes; whoever has one answers in the office.

1. An account tries `limits.panel_tries_per_hour` codes that are wrong, then none is looked at for a while: nobody tries
   codes out. Slips of the finger and sheets without an answer are no tries.
2. Whatever keeps a sheet from being taken, it is drawn again as it was filled in.
"""

from typing import Any

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from content_sync.domain import limits
from content_sync.domain.disclosure import panels as rules
from content_sync.domain.disclosure.sheets import questions_of
from content_sync.domain.errors import BadInput, Refused
from display_server.cases.panels import WrongCode
from display_server.desk import paneling
from display_server.web import limiting
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("panels", __name__, template_folder="templates")
_bad, _refused, _too_often = 400, 403, 429


@blueprint.get("/panels")
@signed_in
def listing() -> ResponseReturnValue:
    """Every questionnaire with a panel that takes answers."""
    return _listing()


@blueprint.post("/panels/<poll>/codes")
@signed_in
def make(poll: str) -> ResponseReturnValue:
    """Make the codes and show them, this once."""
    try:
        seats = {group: _number(group) for group in rules.groups}
        codes = paneling.make(database(), actor(), poll, seats, request.form.get("seen", ""))
    except Refused as error:
        return _listing(str(error), poll), _refused
    item = paneling.asked(database(), poll)
    return render_template("panels/codes.html", item=item, codes=[rules.spelled(one) for one in codes])


@blueprint.get("/panels/<poll>")
@signed_in
def sheet(poll: str) -> ResponseReturnValue:
    """The questionnaire, for a member of the panel who is in the office."""
    return _sheet(poll)


@blueprint.post("/panels/<poll>")
@signed_in
def answer(poll: str) -> ResponseReturnValue:
    """Take the sheet, or draw it again (rule 2)."""
    given = {int(name[1:]): int(option) for name, option in request.form.items() if _is_answer(name, option)}
    try:
        paneling.answer(database(), poll, request.form.get("code", ""), given)
    except BadInput as error:
        return _sheet(poll, str(error)), _bad
    except WrongCode as error:
        g.is_wrong_code = True
        return _sheet(poll, str(error)), _refused
    flash("收下了，算一份。纸条可以扔了：这个码不能再用。")
    return redirect(url_for("panels.listing"), 303)


def _listing(message: str = "", failed: str = "") -> str:
    rows, who = paneling.running(database()), actor()
    makes = {row.poll for row in rows if paneling.may_make(who, row.unit)}
    facts = {
        "tried": {row.poll for row in rows if rules.is_tried_in_office(row.wrong)},
        "groups": rules.groups,
        "told": rules.told,
        "makes": makes,
        "failed": failed,
    }
    return render_template("panels/listing.html", rows=rows, message=message, written=request.form, **facts)


def _sheet(poll: str, message: str = "") -> str:
    item = paneling.asked(database(), poll)
    asks = questions_of(item)
    return render_template("panels/sheet.html", item=item, asks=asks, message=message, given=request.form)


def _too_many(_reached: object) -> Response:
    words = f"这个账号输错的评议码太多，请过 {limiting.wait()}再交，或者请别的同事登录来收。选好的答案还在下面。"
    response = make_response(_sheet(str((request.view_args or {})["poll"]), words), _too_often)
    response.headers["Retry-After"] = str(limiting.seconds())
    return response


def _number(group: str) -> int:
    text = request.form.get(group, "").strip() or "0"
    if not (text.isascii() and text.isdigit() and len(text) <= len("000")):
        raise BadInput(f"“{rules.groups[group]}”的人数写的是“{text[:10]}”，不是数字。")
    return int(text)


def _is_answer(name: str, option: str) -> bool:
    parts = (name[1:], option)
    return name[:1] == "q" and all(one.isascii() and one.isdigit() and len(one) <= len("00") for one in parts)


@blueprint.record
def _limit_guessing(state: BlueprintSetupState) -> None:
    app: Any = state.app  # Flask's own hints say the base class of Flask here
    bounded = limiting.of(app).limit(
        f"{limits.panel_tries_per_hour}/hour",
        key_func=lambda: actor().name,
        deduct_when=lambda _response: g.pop("is_wrong_code", False),  # rule 1
        on_breach=_too_many,
    )
    app.view_functions["panels.answer"] = signed_in(bounded(answer.__wrapped__))  # type: ignore[attr-defined]
