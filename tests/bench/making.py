"""One random item: a notice, a guide or a ledger, complete enough to be submitted.

1. Of every hundred items sixty are notices of 200 to 2,000 characters (short ones are more frequent), twenty-five
   guides with twelve fields filled, fifteen ledgers that add up.
2. An item carries its initials and aliases as submission makes them, so its bytes are those a server publishes.
"""

import random
from dataclasses import replace
from datetime import datetime, time

from content_sync.clock import place
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.guides import Basis, Channel, Fee, Guide, Handler, Limit, Material, Question, Step
from content_sync.domain.disclosure.items import Body, Item, Kind, Notice, Timing
from content_sync.domain.disclosure.ledgers import Column, Ledger, Row
from content_sync.domain.ids import spelled
from display_server.authoring.importing.index_words import index_words
from tests.bench import vocabulary
from tests.bench.language import Language, Voice, day, person, phone, told

_shares: dict[Kind, int] = {"notice": 60, "guide": 25, "ledger": 15}
_places: dict[Kind, tuple[str, Timing]] = {
    "notice": ("c02", "ad_hoc"),
    "guide": ("c07", "perennial"),
    "ledger": ("c04", "financial"),
}


def make(language: Language, chance: random.Random, channel: str, kind: Kind | None = None) -> Item:
    """A new item of a kind, by rule 1 when none is asked for."""
    kind = kind or chance.choices(list(_shares), list(_shares.values()))[0]
    voice, dated, unit = Voice(language, chance), day(chance), chance.choice(_units)
    node, timing = _places[kind]
    subject = f"{chance.choice(vocabulary.subjects)}{voice.short(2)}"
    item = Item(
        id=f"{kind[0]}-{dated:%Y%m%d}-{spelled(chance.randbytes(5))}",
        kind=kind,
        channel=channel,
        unit=channel,
        title=_title(kind, subject, dated.year, unit),
        node=node,
        openness="proactive",
        visibility="public",
        timing=timing,
        dated=dated.isoformat(),
        shown_from=datetime.combine(dated, time(chance.randint(8, 17), chance.randint(0, 59)), place).isoformat(),
        source=unit,
        responsible=person(chance),
        body=_bodies[kind](voice),
    )
    aliases, initials = index_words(item)  # rule 2
    return replace(item, aliases=aliases, initials=initials)


def _title(kind: Kind, subject: str, year: int, unit: str) -> str:
    words = {"notice": f"关于{subject}的通知", "guide": f"{subject}办理", "ledger": f"{unit}{year}年{subject}明细表"}
    return words[kind]


def _notice(voice: Voice) -> Body:
    chance = voice.chance
    wanted, blocks, chars = 170 * 10 ** chance.random(), [], 0
    while chars < wanted:
        text = "".join(voice.sentence() for _ in range(chance.randint(1, 4)))
        blocks.append(Block("p", text))
        chars += len(text)
    return Notice((*blocks, Block("p", told(day(chance)))))


def _guide(voice: Voice) -> Body:
    chance = voice.chance
    return Guide(
        handler=Handler(f"{chance.choice(_units)}窗口", "", voice.short(3), phone(chance), _hours),
        bases=tuple(_basis(voice) for _ in range(2)),
        conditions=tuple(voice.short(5) for _ in range(3)),
        materials=tuple(_material(voice) for _ in range(chance.randint(3, 6))),
        steps=tuple(Step(voice.short(1), voice.sentence()) for _ in range(chance.randint(3, 5))),
        limits=(
            Limit("statutory", chance.randint(15, 60), "working_day"),
            Limit("promised", chance.randint(1, 14), "working_day"),
        ),
        result=voice.short(2),
        result_note=voice.sentence(),
        fee_bases=(_basis(voice),),
        fees=(Fee(voice.short(2), 100 * chance.randint(1, 500), "件"),),
        supervision=(Channel("县政务服务中心", "0000-1234567"), Channel(voice.short(2), phone(chance))),
        questions=tuple(Question(f"{voice.short(4)}吗？", voice.sentence()) for _ in range(chance.randint(1, 3))),
    )


def _ledger(voice: Voice) -> Body:
    chance = voice.chance
    rows: list[Row] = []
    for number, head in enumerate(("收入", "支出"), 1):
        lines = [_line(voice) for _ in range(chance.randint(4, 11))]
        total = sum(int(line.cells[0] or 0) for line in lines)
        rows += [Row(1, f"{'一二'[number - 1]}、{head}", (total, None, None, None)), *lines]
    columns = (Column("金额", "money"), Column("日期", "date"), Column("凭证号", "text"), Column("经手人", "text"))
    signers = (f"村主任{person(chance)}", f"会计{person(chance)}", f"监委会主任{person(chance)}")
    period = f"{day(chance).year}年{chance.randint(1, 12)}月"
    return Ledger(period, columns, tuple(rows), signers, note=voice.sentence())


def _line(voice: Voice) -> Row:
    chance = voice.chance
    voucher = f"{chance.randint(1, 12):02d}-{chance.randint(1, 999):03d}"
    cells = (chance.randint(1_000, 9_999_999), day(chance).isoformat(), voucher, person(chance))
    return Row(2, voice.short(chance.randint(2, 4)), cells)


def _basis(voice: Voice) -> Basis:
    chance = voice.chance
    return Basis(f"{voice.short(2)}条例", f"第{chance.randint(1, 90)}条", voice.sentence())


def _material(voice: Voice) -> Material:
    chance = voice.chance
    return Material(voice.short(3), chance.randint(0, 2), chance.randint(0, 2), "", voice.short(4))


_hours = "周一至周五 8:30—12:00，13:30—17:30"
_units = tuple(
    f"清河县{name}局"
    for name in [
        "民政",
        "公安",
        "财政",
        "教育",
        "卫生健康",
        "农业农村",
        "自然资源",
        "水利",
        "交通运输",
        "医疗保障",
        "住房建设",
    ]
)
_bodies = {"notice": _notice, "guide": _guide, "ledger": _ledger}
