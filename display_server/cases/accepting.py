"""Taking in a case at a window (B5.3–4, HAL-01, HAL-02); the rules of its types are domain.hall.handling.

1. A case, its number, its due date and its line in the audit log are written in one step. The form carries the id of
   the case it makes: sent twice, it makes one.
2. Materials, limit and fees are those of the guide as it is published now; the case keeps them as they were. A fee
   that is not on the published fee list stands on no notice: the case is refused until guide or list is put right.
3. The applicant's name and phone stay in the case's own row: no log, no list for the public and no device gets them.
4. A ticket is one of this hall; it may lead to several cases, and a case needs none.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from content_sync.domain import limits
from content_sync.domain.county import Site
from content_sync.domain.disclosure import fees, which
from content_sync.domain.disclosure.guides import Fee, Guide, Limit
from content_sync.domain.disclosure.items import Item
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall.handling import Handling, Kind, accepted, kinds, limit_of
from content_sync.domain.ids import is_id
from display_server.access import Actor, check
from display_server.cases import guides, handling_queries, numbering, starting
from display_server.cases.handling import said, why_returned
from display_server.cases.slips import Paper, Slip, text_of
from display_server.database import audit, fee_lists, instants, sites
from display_server.database.engine import Database
from display_server.database.tables.core import units
from display_server.database.tables.handlings import handling_replies, handlings
from display_server.database.tables.queue import tickets

_id_chars = 16


@dataclass(frozen=True)
class Registration:
    """What the form says. `received` and `unneeded`: places in the list of materials; `asked`: units.

    `situation` are the answers to the guide's questions as one text (disclosure.which).
    """

    id: str
    site: str
    item: str
    kind: Kind
    window: str
    applicant: str
    contact: str = ""
    ticket: str = ""
    situation: str = ""
    received: frozenset[int] = frozenset()
    unneeded: frozenset[int] = frozenset()
    asked: frozenset[str] = frozenset()
    superior: str = ""
    forward_days: int = 0
    reason: str = ""
    remedy: str = ""


def register(db: Database, actor: Actor, form: Registration) -> None:
    """Take a case in. Raises Refused, in a sentence for the clerk, when it cannot be."""
    at = instants.text_of(db.config.clock.now())
    with db.read() as connection:  # a mirrored guide is read from files, which nobody who writes should wait for
        site = sites.site(connection, form.site)
        check(actor, "call", site.unit)
        _check(connection, form)
        item, guide = guides.guide_of(db, connection, site, form.item)
        charged = _charged(db, connection, item, guide, form)
    slip = _slip(site, item, guide, form, at[:10], charged)
    case = accepted(form.kind, lacks=bool(slip.those("missing")), asked=form.asked)
    answers = which.answers_of(form.situation)
    offered = which.case_of(guide, answers).limits
    limit = Limit("promised", 0, "instant") if case.is_over else _limit(offered, case, form)
    with db.write() as connection:
        if handling_queries.by_id(connection, form.id) is not None:  # rule 1
            return
        number = numbering.give(connection, site.id, case.kind, at, form.id)
        values = _values(actor, site, item, form, case, limit, at)
        clock = starting.clock(db, limit.amount, limit.unit, at) if case.runs else {}
        connection.execute(handlings.insert().values(**values, **clock, number=number, detail=text_of(slip)))
        for department in sorted(case.asked):
            connection.execute(handling_replies.insert().values(handling=form.id, department=department))
        if case.runs:
            starting.ask(db, connection, form.id, sites.profile(connection, site.id, site.unit), at)
        told = f"{number} {kinds[case.kind]} {item.title}"
        audit.append(connection, at, actor.name, actor.via, "handling.accepted", form.id, told)


def _charged(
    db: Database, connection: Connection, item: Item, guide: Guide, form: Registration
) -> tuple[fees.Listed, ...]:
    """The published fee list, where this case asks for a fee at all; nobody who is sent away is asked for one."""
    if form.kind == "returned":
        return ()
    asked = _fees(guide, which.clear(guide, which.answers_of(form.situation)))
    return fee_lists.known(db.config, connection, db.config.clock.now(), item.unit) if asked else ()


def _fees(guide: Guide, answers: which.Answers) -> tuple[Fee, ...]:
    return () if guide.free else which.case_of(guide, answers).fees


def _limit(offered: tuple[Limit, ...], case: Handling, form: Registration) -> Limit:
    if case.meant == "forwarded":
        said(form.superior, "上报件要写明上报到哪个单位。")
        if form.forward_days > limits.forward_days_max:
            raise BadInput(f"上报最多承诺 {limits.forward_days_max} 个工作日。")
    return limit_of(case.meant, offered, form.forward_days)


def _values(
    actor: Actor, site: Site, item: Item, form: Registration, case: Handling, limit: Limit, at: str
) -> dict[str, Any]:
    returned = why_returned(form.reason, form.remedy) if case.is_over else {}
    return {
        "id": form.id,
        "site": site.id,
        "unit": site.unit,
        "kind": case.kind,
        "meant": case.meant,
        "state": case.state,
        "ticket": form.ticket,
        "item": item.id,
        "title": item.title,
        "applicant": form.applicant.strip(),
        "contact": form.contact.strip(),
        "account": actor.name,
        "opened_at": at,
        "amount": limit.amount,
        "limit_unit": limit.unit,
        "superior": form.superior.strip() if case.meant == "forwarded" else "",
        "closed_at": at if case.is_over else "",
        **returned,
    }


def _slip(site: Site, item: Item, guide: Guide, form: Registration, day: str, charged: tuple[fees.Listed, ...]) -> Slip:
    answers = which.clear(guide, which.answers_of(form.situation))
    if which.following(guide, answers) is not None:
        raise BadInput("请选择申请人的情形，材料随情形不同。")
    window = next((one for one in site.windows if one.id == form.window), None)
    if window is None:
        raise BadInput("请选择受理的窗口。")
    papers, of_case = [], which.case_of(guide, answers)
    asked = _fees(guide, answers)
    if refused := fees.refusal(asked, charged):  # rule 2
        raise Refused(refused)
    for place, material in enumerate(of_case.materials):
        pieces = guides.pieces(material)
        if place in form.received:
            papers.append(Paper(material.name, pieces, "received", day))
        else:
            papers.append(Paper(material.name, pieces, "unneeded" if place in form.unneeded else "missing"))
    return Slip(
        version=item.version,
        department=guide.handler.name,
        situation="、".join(of_case.labels),
        papers=tuple(papers),
        fees=("不收费",) if guide.free else tuple(map(guides.fee_words, of_case.fees)),
        window=f"{window.number}号 {window.name}",
        phone=guide.handler.phone or site.phone,
        paying="、".join(fees.places(asked, charged)) or (guide.paying.place if asked else ""),
    )


def _check(connection: Connection, form: Registration) -> None:
    if not is_id(form.id) or len(form.id) != _id_chars:  # it opens the public page: long enough not to be guessed
        raise BadInput("这张表不完整：请重新打开受理页面再填。")
    said(form.applicant, "请填写申请人。")
    if max(map(len, (form.applicant, form.contact, form.superior))) > limits.contact_chars_max:
        raise BadInput(f"申请人、电话、上级单位各最多 {limits.contact_chars_max} 字。")
    if form.ticket:  # rule 4
        found = connection.execute(select(tickets.c.site).where(tickets.c.id == form.ticket)).scalar()
        if found != form.site:
            raise Refused("没有这张号票，或者不是这个大厅的。")
    known = set(connection.execute(select(units.c.id)).scalars())
    if form.asked - known:
        raise BadInput("请从名单里选一起办的部门。")
