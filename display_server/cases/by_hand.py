"""Writing down a complaint or an opinion that came by phone, on a visit, by letter (SUP-01): the same register.

1. Who takes it writes it down: a clerk of the unit. It says how it came; the box is the kiosks' alone.
2. What somebody says and a clerk writes (`oral`) is read to them before it is registered; the page sees to it.
3. The form carries the id of the case it makes: sent twice, it makes one. One whose id is broken gets a new one. The
   case gets a receipt like a kiosk's, by which it can be asked for at any kiosk, and which is printed for whoever
   stands there (cases.views).
"""

from dataclasses import dataclass

from sqlalchemy import select

from content_sync.domain import limits
from content_sync.domain.cases import channels, complaints
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.ids import is_id
from display_server.access import Actor, check
from display_server.cases import receipts
from display_server.cases.service import Opening, open_case
from display_server.database import audit, instants, sites
from display_server.database.engine import Database
from display_server.database.tables.records import cases


@dataclass(frozen=True)
class Written:
    """What the form says."""

    id: str
    site: str
    channel: str
    about: str
    text: str
    contact: str = ""


def write_down(db: Database, actor: Actor, form: Written) -> str:
    """Open the case and return its number. Raises Refused, in a sentence for the clerk, when it cannot be."""
    check_written(form)
    now = instants.text_of(db.config.clock.now())
    with db.write() as connection:
        unit = sites.site(connection, form.site).unit
        check(actor, "call", unit)  # rule 1
        known = connection.execute(select(cases.c.number).where(cases.c.record == form.id)).scalar()
        if known:  # rule 3
            return str(known)
        receipt = receipts.new(connection, db.config.ids)
        words = {"text": form.text.strip(), "contact": form.contact.strip(), "channel": form.channel}
        words["receipt"] = receipt
        number = open_case(db, connection, Opening(form.id, "opinion", form.site, unit, form.about, "", **words))
        receipts.note(connection, form.id, "opinion", receipt, now)
        audit.append(connection, now, actor.name, actor.via, "case.written", number, form.channel)
    return number


def check_id(given: str) -> None:
    """Raises BadInput, in a sentence for the clerk, when the id of such a form is broken (rule 3)."""
    if not is_id(given):
        raise BadInput("这张表的编号不对，已经换了新的：请核对后再提交一次。")


def check_written(form: Written) -> None:
    """Raises Refused, in a sentence for the clerk, when something lacks."""
    check_id(form.id)
    if form.channel not in channels.by_hand:
        raise BadInput("请选择是怎样反映来的。")
    if form.about not in complaints.abouts:
        raise BadInput("请选择反映的是什么。")
    if not form.text.strip():
        raise Refused("请写下群众反映的事。")
    if len(form.text) > limits.opinion_chars_max or len(form.contact) > limits.contact_chars_max:
        raise BadInput(f"内容最多 {limits.opinion_chars_max} 字，联系方式最多 {limits.contact_chars_max} 字。")
