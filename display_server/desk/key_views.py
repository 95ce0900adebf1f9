"""The page of keys: where each one is, when what it signed expires, what people must do. Nothing is changed here."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from display_server.access import check
from display_server.desk import key_words, keys
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("keys", __name__, url_prefix="/keys", template_folder="templates")


@blueprint.get("")
@signed_in
def listing() -> ResponseReturnValue:
    """Every channel's keys, and the directory's."""
    check(actor(), "structure")
    found = [(one, key_words.notes(one)) for one in keys.inventories(database().config)]
    return render_template("keys/listing.html", found=found, names=key_words.role_names)
