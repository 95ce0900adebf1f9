"""What devices call (ARCHITECTURE §8). Parse, ask the subject, answer; openapi.yaml describes every route here."""

import hashlib
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from content_sync.domain import limits
from content_sync.domain.cases.receipts import folded
from content_sync.domain.hall import papers
from content_sync.domain.hall.claims import checked_claim
from content_sync.domain.ids import directory_channel
from content_sync.wire import canonical
from display_server.api_v1 import told
from display_server.api_v1.auth import bearer, device
from display_server.api_v1.bodies import (
    CancelAsk,
    CheckinAsk,
    EnrolAsk,
    HelpAsk,
    LeaseAsk,
    ReturnAsk,
    SeriesAsk,
    TicketAsk,
    asked,
    raw,
)
from display_server.cases import enquiries, handling_queries
from display_server.database.county import setting
from display_server.desk import asking_above, reception, saying
from display_server.devices import codes
from display_server.devices import queries as device_queries
from display_server.devices import service as devices
from display_server.queue import bookings, issuing, own_series, positions, voids
from display_server.web import errors, limiting
from display_server.web.current import database

_etag_chars, _last4_chars = 12, 4
blueprint = Blueprint("api_v1", __name__, url_prefix="/api/v1")


@blueprint.post("/enrol")
def enrol() -> ResponseReturnValue:
    """A printed code for a token; `limits.enrol_tries_per_minute` tries from one address."""
    from content_sync.publish import Publisher

    config, body = database().config, asked(EnrolAsk)
    directory = Publisher(config.repo, config.keys, config.clock)
    codes.check_fingerprint(body.code, directory.fingerprint())
    found, token = devices.enrol(database(), body.code, body.public_key)
    return jsonify(
        device=found.id,
        token=token,
        directory_root=directory.directory_root().decode(),
        channels=list(found.channels),
        site=found.site,
        kind=found.kind,
    )


@blueprint.get("/head")
@bearer
def head() -> ResponseReturnValue:
    """The newest edition of each of the device's channels, or 304: a hint, the truth is signed."""
    with database().read() as connection:
        channels = device_queries.newest_editions(connection, device().channels)
        public_url = setting(connection, "public_url")
    data = canonical.dump({"channels": channels, "public_url": public_url})
    response = Response(data, mimetype="application/json")
    response.set_etag(hashlib.sha256(data).hexdigest()[:_etag_chars])
    return response.make_conditional(request)


@blueprint.get("/news/<question>")
@bearer
def news(question: str) -> ResponseReturnValue:
    """What leads on from what the device holds; 204 when nothing changed. A hint like the head: the truth is signed."""
    from content_sync import offer
    from content_sync.wire.news import parse_question

    names = offer.names_of(device().channels)
    known, all_of_them = parse_question(question, len(names))
    data = offer.news(database().config.repo, names, known, all_of_them=all_of_them)
    if data is None:
        response = Response(status=204)
        del response.headers["Content-Type"]
        return response
    return Response(data, mimetype="application/octet-stream")


@blueprint.get("/services")
@bearer
def services() -> ResponseReturnValue:
    """What a ticket can be taken for at the device's site; nothing for a device without a hall."""
    with database().read() as connection:
        return jsonify(told.services(database(), connection, device()))


@blueprint.post("/tickets")
@bearer
def tickets() -> ResponseReturnValue:
    """A ticket; the same press gets the same ticket."""
    return jsonify(database().submit(told.ticket(database(), device(), asked(TicketAsk))))


@blueprint.post("/tickets/cancel")
@bearer
def cancel() -> ResponseReturnValue:
    """Give a ticket back: by its id, or by the press on this device that it was given for."""
    body, asking = asked(CancelAsk), device()
    if body.press:
        mine = issuing.cancel_press(database(), asking.id, body.press)
    elif positions.of_ticket(database(), asking.site, mine := body.ticket):
        issuing.cancel(database(), mine, f"device:{asking.id}")
    found = positions.of_ticket(database(), asking.site, mine)
    return jsonify(found) if found else _no_ticket()


@blueprint.get("/tickets/<which>")
@bearer
def ticket(which: str) -> ResponseReturnValue:
    """How a ticket of today stands: by its printed number, or by its id. :raise 404: there is none."""
    found = positions.of_ticket(database(), device().site, which)
    return jsonify(found) if found else _no_ticket()


@blueprint.get("/handlings/<number>")
@bearer
def handling(number: str) -> ResponseReturnValue:
    """How far a case of this hall is, by the number on its paper; it tells of no person. :raise 404: there is none."""
    with database().read() as connection:
        found = handling_queries.by_number(database(), connection, device().site, papers.parse(number))
    return (
        jsonify(found) if found else errors.answer(404, "no_handling", "这个大厅没有这个编号：请看通知书上方的编号。")
    )


@blueprint.get("/receipts/<receipt>")
@bearer
def receipt_progress(receipt: str) -> ResponseReturnValue:
    """How far an opinion, a report or an application is; it tells of no person. :raise 404: none, or wrong digits."""
    digits = request.args.get("last4", "")[:_last4_chars]
    found = saying.progress(database(), receipt, digits, device().id)
    if found is not None and found["step"] == "passed":
        found = asking_above.progress(asking_above.upstream(database().config), receipt, digits, found)
    return (
        jsonify(found) if found else errors.answer(404, "no_receipt", "没有找到：请核对回执号，和留下的电话的后四位。")
    )


@blueprint.post("/checkin")
@bearer
def checkin() -> ResponseReturnValue:
    """The ticket of somebody who booked; the same press, or the same code, gets the same ticket."""
    body, asking = asked(CheckinAsk), device()
    claim = checked_claim(body.claim)
    return jsonify(bookings.check_in(database(), asking.id, asking.site, body.code, body.press, claim))


@blueprint.post("/leases")
@bearer
def leases() -> ResponseReturnValue:
    """A block of numbers for when the server cannot be reached."""
    body, asking = asked(LeaseAsk), device()
    return jsonify(issuing.lease(database(), asking.id, asking.site, body.service, body.day))


@blueprint.post("/help")
@bearer
def help_() -> ResponseReturnValue:
    """Somebody at the device asks for a person; the same press rings once."""
    body, asking = asked(HelpAsk), device()
    made, state = enquiries.ask(database(), asking.id, asking.site, body.press, body.where)
    return jsonify(help=made, state=state)


@blueprint.get("/help/<enquiry>")
@bearer
def help_state(enquiry: str) -> ResponseReturnValue:
    """Whether somebody comes, and by what name."""
    state, by = enquiries.state_of(database(), device().id, enquiry)
    return jsonify(state=state, **({"by": by} if by else {}))


@blueprint.post("/leases/return")
@bearer
def return_lease() -> ResponseReturnValue:
    """What a kiosk did not use of a block; doing so again changes nothing."""
    body, asking = asked(ReturnAsk), device()
    voids.return_block(database(), asking.id, body.block, body.next)
    return jsonify(block=body.block)


@blueprint.post("/series")
@bearer
def series() -> ResponseReturnValue:
    """The letter of a kiosk's own numbers, for when it has no others."""
    body, asking = asked(SeriesAsk), device()
    return jsonify(series=own_series.give(database(), asking.id, asking.site, body.desk))


@blueprint.get("/queue")
@bearer
def queue() -> ResponseReturnValue:
    """What boards show; touch devices also learn which tickets may be rated."""
    with database().read() as connection:
        return jsonify(told.queue(database(), connection, device()))


@blueprint.get("/events")
@bearer
def events() -> ResponseReturnValue:
    """Hints as server-sent events; the stream is another process's, see display_server.serving."""
    from display_server.serving.frames import frame
    from display_server.serving.handover import Listener, hand_over

    heard = (*device().channels, directory_channel) if device().kind == "relay" else device().channels
    return hand_over(request.environ, frame("hello", {}), Listener(device().id, device().site, heard))


@blueprint.post("/records")
@bearer
def records() -> ResponseReturnValue:
    """Facts that travel up, each counted once; a device without a key sends none."""
    from content_sync.receive import check_batch

    if not device().public_key:
        return errors.answer(403, "no_key", "这台设备登记时没有密钥，不能上报记录：请重新登记。")
    data, key = raw(limits.request_bytes_max), devices.key_of(device())
    received = reception.receive(database(), device(), check_batch(data, key, request.headers.get("X-Signature")))
    refused = [{"id": record, "reason": reason} for record, reason in received.refused]
    return jsonify(accepted=received.accepted, refused=refused)


@blueprint.get("/openapi.yaml")
def description() -> ResponseReturnValue:
    """The description of this interface."""
    return Response((Path(__file__).parent / "openapi.yaml").read_bytes(), mimetype="application/yaml")


def _no_ticket() -> Response:
    return errors.answer(404, "no_ticket", "今天这里没有这个号：请看票上的号码和日期。")


def _asking() -> str:
    """The device that asks, so that kiosks behind one address do not count as one."""
    return device().id


def _guessed() -> str:
    """The receipt whose four digits are tried, whichever kiosk tries them; without digits each device by itself."""
    receipt = folded(str((request.view_args or {}).get("receipt", "")))
    return f"digits {receipt}" if request.args.get("last4") else f"{device().id} {receipt}"


@blueprint.record
def _limit_guessing(state: BlueprintSetupState) -> None:
    app: Any = state.app  # Flask's own hints say the base class of Flask here
    limiter = limiting.of(app)
    views = app.view_functions
    enrolled = limiter.limit(f"{limits.enrol_tries_per_minute}/minute")(views["api_v1.enrol"])
    told = views["api_v1.receipt_progress"].__wrapped__  # inside `bearer`: only what a known device asks is counted
    for bound, key in (
        (f"{limits.receipt_asks_per_minute}/minute", _asking),
        (f"{limits.digits_tries_per_hour}/hour", _guessed),
    ):
        told = limiter.limit(bound, key_func=key)(told)
    views |= {"api_v1.enrol": enrolled, "api_v1.receipt_progress": bearer(told)}
