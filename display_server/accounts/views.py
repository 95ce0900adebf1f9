"""Pages of accounts: signing in and out, the password, the list for administrators."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from content_sync.domain.errors import Refused
from display_server import access
from display_server.accounts import forms, login, queries, service, signing_in
from display_server.database.county import county
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("accounts", __name__, template_folder="templates")


@blueprint.get("/login", endpoint="login")
def sign_in_page() -> ResponseReturnValue:
    """The sign-in page."""
    return render_template(
        "accounts/login.html", message="", next=forms.local_path(request.args.get("next", "")), name=""
    )


@blueprint.post("/login")
def sign_in() -> ResponseReturnValue:
    """Sign in; `limits.login_per_minute_max` tries a minute from one address."""
    asked = forms.local_path(request.form.get("next", ""))
    try:
        found = login.sign_in(database(), request.form.get("name", "").strip(), request.form.get("password", ""))
    except Refused as error:
        return render_template(
            "accounts/login.html", message=str(error), next=asked, name=request.form.get("name", "")
        ), 403
    signing_in.open_session(found)
    return redirect(url_for("accounts.password") if found.must_change else asked or url_for("home.page"))


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    """Sign out everywhere."""
    user: Any = current_user
    if user.is_authenticated:
        login.sign_out(database(), user.actor)
    session.clear()
    return redirect(url_for("accounts.login"))


@blueprint.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Change the password; the only page a one-time password opens."""
    user: Any = current_user
    if not user.is_authenticated:
        return redirect(url_for("accounts.login"))
    message = ""
    if request.method == "POST":
        form = request.form
        try:
            if form.get("new", "") != form.get("again", ""):
                raise Refused("两次输入的新密码不一样。")
            mark = login.change_password(database(), user.actor, form.get("old", ""), form.get("new", ""))
        except Refused as error:
            message = str(error)
        else:
            signing_in.open_session(login.SignedIn(user.actor, mark, must_change=False))
            return redirect(url_for("home.page"))
    page = make_response(
        render_template("accounts/password.html", name=user.actor.name, message=message, forced=user.must_change)
    )
    page.status_code = 403 if message else 200
    return page


@blueprint.get("/accounts")
@signed_in
def listing() -> ResponseReturnValue:
    """Every account, and the form for a new one."""
    access.check(actor(), "accounts")
    return _listing()


@blueprint.post("/accounts")
@signed_in
def add() -> ResponseReturnValue:
    """Make an account and show its one-time password, once."""
    access.check(actor(), "accounts")
    filled = forms.new_account(request.form)
    try:
        one_time = service.add_account(
            database(), actor(), filled.name, filled.roles, filled.units, filled.display_name
        )
    except Refused as error:
        return _listing(message=str(error), filled=filled), 403
    return _listing(one_time=(filled.name, one_time))


@blueprint.post("/accounts/<name>/renew")
@signed_in
def renew(name: str) -> ResponseReturnValue:
    """A new one-time password for an account."""
    return _listing(one_time=(name, service.renew(database(), actor(), name)))


@blueprint.post("/accounts/<name>/active")
@signed_in
def set_active(name: str) -> ResponseReturnValue:
    """Take an account out of use, or back."""
    service.set_active(database(), actor(), name, active=request.form.get("active") == "1")
    return redirect(url_for("accounts.listing"))


def _listing(message: str = "", filled: forms.NewAccount | None = None, one_time: tuple[str, str] | None = None) -> str:
    with database().read() as connection:
        rows, place = queries.every_account(connection), county(connection)
    names = {"*": "全部单位"} | {unit.id: unit.name for unit in place.units}
    return render_template(
        "accounts/listing.html",
        rows=rows,
        unit_names=names,
        role_names=access.roles,
        message=message,
        filled=filled,
        one_time=one_time,
    )
