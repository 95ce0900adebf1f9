"""Every page a visitor can reach, each with what the kiosk knows while it is open."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from content_sync.domain.cases.handwriting import with_stroke
from content_sync.domain.disclosure import panels, which
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.catalogue import sections, topics
from content_sync.domain.disclosure.guides import Guide as GuideBody
from content_sync.domain.disclosure.items import Document, Item, Notice, Second
from content_sync.domain.disclosure.ledgers import Ledger
from content_sync.domain.disclosure.polls import Ask
from content_sync.domain.hall.opening import DayOff
from content_sync.storage.rows import Row
from kiosk.flow import voices
from kiosk.flow.behind import Behind, Carrying, Health, Held, Problem
from kiosk.flow.board.stories import Story
from kiosk.flow.pages.finding import Area, Catalogue, Guides, Listing, Search, Section, blank
from kiosk.flow.pages.hall import Booking, MyNumber, PositionOf, Rate, Services, TicketOf
from kiosk.flow.pages.plain import Apply, Help, Home, Idle, Languages, NoRoom, Sight, Thanks, Unheard
from kiosk.flow.pages.reading import Accounts, CodeOf, Element, Guide, HandoutOf, Reader, Samples, Translated, Way
from kiosk.flow.pages.staff import Staff, StaffPin, Stick
from kiosk.flow.screens.accounts_table import children
from kiosk.flow.screens.element import icons
from kiosk.flow.screens.opinion import abouts
from kiosk.flow.state import Page
from kiosk.flow.view import Edition, Helper, Matter, Position, Ticket, View
from kiosk.flow.voices import Application, Opinion, Pad, Poll, Progress, ProgressOf, Report, no_text, sheets, steps
from tests.content_sync.attaching import attachment
from tests.kiosk import county, filming

_ink = replace(blank, strokes=(((120, 90), (80, 300)), ((300, 310), (300, 310)), ((200, 60), (560, 500))))
_given = Ticket("given", "abcdefghijklmnop", "A023", 4)
_paper = replace(_given, paper="printed", again=True)
long_title = "清河县人民政府办公室关于进一步做好全县城乡居民基本养老保险待遇领取资格认证工作的补充通知" * 3


def long_item() -> Item:
    """A document of 40,000 characters under a title of 110."""
    item = county.items()["qh-nuan-butie"][0]
    text = "第一条　本办法所称公开，是指把该让群众知道的事，按时、如实、逐项告诉群众；每年11月30日前完成。"
    blocks = [Block("h1", "第一章　总则")]
    for n in range(820):
        blocks.append(Block("p", f"{n}{text}"))
        if n % 40 == 0:
            blocks.append(Block("h2", f"第{n}节　小标题"))
    return replace(item, title=long_title[:110], plain_title="", body=Document(tuple(blocks)))


def films() -> dict[str, tuple[Story, int]]:
    """Name → the story and the number of its page that stand on the idle screen."""
    notice = filming.told("qh-zhengdi-gongshi")
    return {
        "idle, whole": (filming.told("sq-shui"), 1),
        "idle, long": (notice, 2),
        "idle, end": (replace(notice, payload="https://qinghe.example/d/qh-zhengdi-gongshi"), 9),
        "idle, ends": (replace(notice, ends=county.now + timedelta(days=1)), 1),
        "idle, money": (filming.told("ls-zhang-202610"), 1),
        "idle, largest": (filming.told("ls-zhang-202610"), 2),
        "idle, long title": (replace(notice, title=long_title[:110], unit=long_title[:40]), 1),
        "idle, emergency": (filming.told("qh-dongji-yujing"), 1),
    }


def chaptered_item() -> Item:
    """A regulation of twelve chapters, the second of which has nine sections."""
    blocks = [Block("p", "为了让群众看得见、看得懂，制定本办法。")]
    for n, number in enumerate("一二三四五六七八九十"):
        blocks.append(Block("h1", f"第{number}章　{'公开的内容和形式' if n % 2 else '总则'}"))
        sections = [Block("h2", f"第{k}节　小标题") for k in "一二三四五六七八九"] if n == 1 else []
        for section in sections or [Block("p", "")]:
            blocks += [section, *(Block("p", "每一笔钱从哪里来、到哪里去，都要写清楚。" * 6) for _ in range(3))]
    return replace(long_item(), body=Document(tuple(block for block in blocks if block.text)))


def every() -> dict[str, tuple[tuple[Page, ...], View]]:
    """Name → stack of pages and view."""
    found: dict[str, tuple[tuple[Page, ...], View]] = {
        "idle": ((Idle(),), county.view()),
        "idle, nobody says": ((Idle(),), _cut_off()),
        "idle, closed": ((Idle(),), _closed()),
        **{name: ((Idle(),), county.view(rows=_calm())) for name in films() if "emergency" not in name},
        "idle, emergency": ((Idle(),), county.view()),
        "home": ((Home(),), county.view()),
        "sight": ((Home(), Sight()), county.view()),
        "guides": ((Home(), Guides()), county.view()),
        **{f"guides, {way}": ((Home(), Guides(way=way)), county.view()) for way in ("events", "services", "units")},
        "guides, none": ((Home(), Guides()), county.view(rows=())),
        "guides, many tiles": ((Home(), Guides(number=1)), county.view()),
        "guides of an errand": ((Home(), Guides(errand="hardship", way="events")), county.view()),
        "guides of an errand, gone": ((Home(), Guides(errand="licence")), county.view()),
        "guides of a unit": ((Home(), Guides(way="units", unit="县民政局")), county.view()),
        "search, near": ((Home(), Search("sfzd")), county.view(near=county.rows()[:5])),
        "search, found near": ((Home(), Search("sfzd", found=True)), county.view(near=county.rows()[:5])),
        "search, few and near": ((Home(), Search("sfz")), county.view(hits=county.rows()[:1], near=county.rows()[1:6])),
        "guides of a service": ((Home(), Guides("huji")), county.view()),
        "catalogue": ((Home(), Catalogue()), county.view()),
        "tree": ((Home(), Catalogue("liushu")), county.view()),
        "node": ((Home(), Listing(unit="liushu", node="v01")), county.view()),
        "empty node": ((Home(), Listing(unit="liushu", node="v04")), county.view()),
        "all": ((Home(), Listing(number=99)), county.view()),
        "home of areas": ((Home(),), _zone()),
        "home of areas, nothing to queue for": ((Home(),), _zone(services=())),
        "idle, areas": ((Idle(),), _zone()),
        **{f"area {name}": ((Home(), Area(name)), _zone()) for name in ("inquire", "consult", "voice", "reading")},
        "answers": ((Home(), Area("consult"), Listing(kind="answer")), _zone()),
        "questionnaires": ((Home(), Opinion(), Listing(asks=True)), _asking()),
        "questionnaires, none": ((Home(), Opinion(), Listing(asks=True)), _asking_nothing()),
        "services": ((Home(), Services()), county.view()),
        "services, claimed": ((Home(), Services("elder")), county.view()),
        "ticket": ((Home(), TicketOf("huji")), county.view(ticket=Ticket("given", "abcdefghijklmnop", "A023", 4))),
        "ticket, how long": (
            (Home(), TicketOf("huji")),
            county.view(ticket=Ticket("given", "abcdefghijklmnop", "A023", 4), position=dict(_positions())["known"]),
        ),
        "ticket, called": (
            (Home(), TicketOf("huji")),
            county.view(ticket=Ticket("given", "abcdefghijklmnop", "A023", 4), position=dict(_positions())["called"]),
        ),
        "ticket, leased": ((Home(), TicketOf("huji")), county.view(ticket=Ticket("given", "x", "A1023", -1))),
        "ticket, printed": ((Home(), TicketOf("huji")), county.view(ticket=_paper, printer="low")),
        "ticket, no paper": (
            (Home(), TicketOf("huji")),
            county.view(ticket=replace(_paper, paper="failed"), printer="out"),
        ),
        "ticket asked": ((Home(), TicketOf("huji")), county.view(ticket=Ticket("waiting"))),
        "services, choosing": ((Home(), Services(choosing=True)), county.view()),
        "ticket, sure": ((Home(), TicketOf("huji", returning=True)), county.view(ticket=_given)),
        "ticket, going back": ((Home(), TicketOf("huji")), county.view(ticket=replace(_given, back="waiting"))),
        "ticket, given back": ((Home(), TicketOf("huji")), county.view(ticket=replace(_given, back="done"))),
        "ticket, kept": (
            (Home(), TicketOf("huji")),
            county.view(ticket=replace(_given, back="no", reason="A023 正在窗口办：不想办了，请跟窗口说一声。")),
        ),
        "ticket, kept, unreached": ((Home(), TicketOf("huji")), county.view(ticket=replace(_given, back="no"))),
        "my number": ((Home(), MyNumber()), county.view()),
        "booking": ((Home(), MyNumber(), Booking()), county.view()),
        "booking, digits": ((Home(), MyNumber(), Booking("202611230012")), county.view()),
        "my number, letter": ((Home(), MyNumber("A")), county.view()),
        "my number, second letter": ((Home(), MyNumber("A", second=True)), county.view()),
        "my number, digits": ((Home(), MyNumber("A", "10234")), county.view()),
        **{f"position {name}": ((Home(), PositionOf("A023")), county.view(position=s)) for name, s in _positions()},
        **{
            f"help {state}": ((Home(), Help()), county.view(helper=Helper(state, by)))
            for state, by in (("asking", ""), ("ringing", ""), ("coming", "周晓梅"), ("closed", ""), ("unreached", ""))
        },
        "ticket refused": (
            (Home(), TicketOf("huji")),
            county.view(ticket=Ticket("refused", reason="今天的号取完了。")),
        ),
        "rate": ((Home(), Rate()), county.view()),
        "rate, none served": ((Home(), Rate()), county.view(served=())),
        "rate, how": ((Home(), Rate("t0", "A019")), county.view()),
        "rate, why": ((Home(), Rate("t0", "A019", 1, ("slow",))), county.view()),
        **_voices(),
        "thanks for a rating": ((Home(), Thanks("rating")), county.view()),
        "thanks for an opinion": ((Home(), Thanks("opinion")), county.view()),
        "languages": ((Home(), Languages()), county.view()),
        "apply": ((Home(), Apply()), county.view()),
        "help": ((Home(), Help()), county.view()),
        "unheard": ((Home(), Unheard()), county.view()),
        "no room": ((Home(), NoRoom()), county.view()),
        "search": ((Home(), Search()), county.view()),
        "search, hits": ((Home(), Search("bt")), county.view(hits=county.rows()[:9])),
        "search, one hit": ((Home(), Search("sfz 补")), county.view(hits=county.rows()[:1])),
        "search, characters": ((Home(), Search("s")), offering("s")),
        "search, few characters": ((Home(), Search("身份z")), offering("身份z", 3)),
        "search, characters of a long text": ((Home(), Search("居民身份证补办zmsfz")), offering("z")),
        "search, characters without hits": ((Home(), Search("sfz")), county.view(characters=tuple("证政做众中"))),
        "search, more characters": ((Home(), Search("s", more=1)), offering("s")),
        "search, last characters": ((Home(), Search("s", more=4, half=1)), offering("s")),
        "search, more than there are": ((Home(), Search("s", more=9)), offering("s", 3)),
        "search, with a key to write": ((Home(), Search()), county.view(can_write=True)),
        "search, hits and a key to write": (
            (Home(), Search("bt")),
            county.view(can_write=True, hits=county.rows()[:9]),
        ),
        "search, sheet": ((Home(), Search(ink=blank)), county.view(can_write=True)),
        "search, sheet with ink": ((Home(), Search("身", ink=_ink)), writing(county.rows()[:9])),
        "search, sheet without hits": ((Home(), Search("身份证补办在哪里呢", ink=_ink)), writing(())),
        "search, sheet not read": (
            (Home(), Search("低保", ink=_ink)),
            county.view(can_write=True, near=county.rows()[:4]),
        ),
        "search, sheet after a character": (
            (Home(), Search("补贴", ink=blank)),
            replace(writing(county.rows()[:3]), guesses=()),
        ),
        "search, sheet and results": ((Home(), Search("补贴", found=True, ink=blank)), writing(county.rows()[:9])),
        "search, none": ((Home(), Search("xyz")), county.view()),
        "search, found": ((Home(), Search("bt", found=True)), county.view(hits=county.rows()[:9])),
        "search, found none": ((Home(), Search("bt", found=True)), county.view()),
    }
    return found | _items() | _states() | _staff() | _translated()


def _staff() -> dict[str, tuple[tuple[Page, ...], View]]:
    """Behind the PIN: well, ill, unknown; and every end of a stick's turn."""
    held = tuple(Held(c.id, 318 - n, "2026-11-23T09:38:00+08:00", 120) for n, c in enumerate(county.county().channels))
    old = (Held("qinghe", 287, "2026-10-01T09:00:00+08:00", 412), *(Held(one.name, 0, "", 0) for one in held[1:]))
    said = (
        Problem("content:liushu", "liushu: its metadata expired on 2026-09-21; bring a newer stick. " * 3),
        Problem("content:_server", "The server was not reached: no route to host."),
        Problem("section:result", "The section 办事结果 is empty."),
        Problem("printer:dead", "The printer does not print."),
        Problem("record", "Record r1 was refused: its device is not enrolled."),
        Problem("letters:missing", "Some characters are drawn as boxes."),
        Problem("of a newer program", "Something that this screen has no words for."),
    )
    well = Health(held, 0, printer="ready", paper="ok", speaker="ready", free=21_400)
    ill = Health(old, 56, True, "dead", "out", "failing", 120, said)
    behinds = {
        "asked": Behind(),
        "well": Behind(health=well),
        "ill": Behind(health=ill),
        "full": Behind(health=replace(well, free=0)),
        "unknown": Behind(health=Health(failed=True, problems=(Problem("", "这台设备没有登记过。"),))),
    }
    found: dict[str, tuple[tuple[Page, ...], View]] = {
        f"staff {name}": ((Home(), Staff()), county.view(behind=behind)) for name, behind in behinds.items()
    }
    found["staff ill, last"] = ((Home(), Staff(9)), county.view(behind=behinds["ill"]))
    pins = {"": Behind(), "wrong": Behind(wrong=True), "paused": Behind(wrong=True, pause=1800)}
    found |= {f"staff pin {name}": ((Home(), StaffPin()), county.view(behind=pin)) for name, pin in pins.items()}
    found["staff pin typed"] = ((Home(), StaffPin("1234567890")), county.view())
    bundles = [
        "taken",
        "same",
        "partly",
        "damaged",
        "old",
        "foreign",
        "nothing",
        "pulled",
        "strange",
        "busy",
        "broken",
        "missing",
        "two",
        "unread",
    ]
    records = ["written", "none", "full", "locked", "pulled", "unknown"]
    turns = {
        "begun": Carrying("import"),
        "read": Carrying("import", done=12_300_000, of=41_000_000),
        "working": Carrying("import", "working"),
        **{b: Carrying("import", "over", bundle=b, records="full" * (b in ("taken", "old")), taken=3) for b in bundles},
        **{f"records {r}": Carrying("export", "over", records=r, written=56) for r in records},
    }
    return found | {
        f"stick {name}": ((Home(), Staff(), Stick()), county.view(behind=Behind(health=well, carrying=turn)))
        for name, turn in turns.items()
    }


def _voices() -> dict[str, tuple[tuple[Page, ...], View]]:
    """Speaking up: empty, tapped and written."""
    written = with_stroke(no_text, ((20, 20), (400, 300), (980, 610)))
    full = replace(no_text, strokes=(((0, 0), (1, 1)),) * 990)
    item = "qh-dibao"
    return {
        "opinion": ((Home(), Opinion()), county.view()),
        "opinion, two questionnaires": ((Home(), Opinion()), _asking()),
        "opinion, nothing asked": ((Home(), Opinion()), county.view(rows=())),
        "opinion, nothing tapped": ((Home(), Opinion("failed")), county.view()),
        "opinion, written": ((Home(), Opinion("failed", ("paper",), text=written)), county.view()),
        "report": ((Home(), Report()), county.view()),
        "report of an item": ((Home(), Report(item)), county.view(item)),
        "report, untrue": ((Home(), Report(item, claim="untrue", taps=("amount",))), county.view(item)),
        "report, whose": ((Home(), Report(claim="missing")), county.view()),
        "report, missing": ((Home(), Report(place="liushu/v04", claim="missing", text=written)), county.view()),
        "pad": ((Home(), Opinion("failed"), Pad("text", no_text)), county.view()),
        "pad, written": ((Home(), Report(item, claim="untrue"), Pad("text", written)), county.view()),
        "pad, full": ((Home(), Opinion("failed"), Pad("text", full)), county.view()),
        "thanks for a report": ((Home(), Thanks("report")), county.view()),
        "thanks for a questionnaire": ((Home(), Thanks("poll")), county.view()),
        **{f"poll {name}": ((Home(), page), _with(polled())) for name, page in _polls()},
        **{f"panel {name}": ((Home(), page), _paneled()) for name, page in _panels()},
        "thanks for a panel's sheet": ((Home(), Thanks("panel")), county.view(can_seal=True)),
        "thanks for a panel's sheet, spent": ((Home(), Thanks("panel")), county.view(can_seal=True, uncounted=True)),
        "thanks for a panel's sheet, unsealed": ((Home(), Thanks("panel")), county.view()),
        "poll withdrawn": ((Home(), Poll("x")), county.view()),
        "notice with questions": ((Home(), Reader("x")), _with(polled())),
        "progress": ((Home(), Progress()), county.view()),
        "progress, digits": ((Home(), Progress("39410012774")), county.view()),
        "progress, whole": ((Home(), Progress("394100127745")), county.view()),
        "progress, phone": ((Home(), Progress("394100127745", "80", asking=True)), county.view()),
        "progress, phone whole": ((Home(), Progress("394100127745", "8000", asking=True)), county.view()),
        **{f"progress {n}": ((Home(), ProgressOf("394100127745")), county.view(matter=m)) for n, m in _matters()},
        "thanks for an application": ((Home(), Thanks("application")), county.view()),
        "thanks, printer": ((Home(), Thanks("opinion")), county.view(printer="ready")),
        **{f"thanks, {one}": ((Home(), Thanks(one)), county.view()) for one in ("satisfied", "unsatisfied")},
        "apply, here": ((Home(), Apply()), county.view(can_seal=True)),
        **{f"application, {name}": ((Home(), page), county.view(can_seal=True)) for name, page in applications()},
    }


def polled() -> tuple[Item, str]:
    """A notice with questions: two short answers, ten long ones."""
    item = county.items()["qh-dongji-yujing"][0]
    long = tuple(f"第{n}种：等得不久，说得明白，一次就办成了" for n in range(1, 11))
    asks = (Ask("您对大厅的服务满意吗？", ("满意", "不满意")), Ask("您最希望哪一样先改好？只选一样。" * 3, long))
    return replace(item, id="x", body=Notice((Block("p", "请您说一说。"),), questions=asks)), "0" * 64


def _zone(**changed: object) -> View:
    """A hall that presents itself as a 政务公开专区 (N-17)."""
    site = county.county().sites[0]
    return county.view(site=replace(site, rules=replace(site.rules, zone=True), **changed))  # type: ignore[arg-type]  # as named


def _asking() -> View:
    """Two questionnaires at once."""
    (one,) = [row for row in county.rows() if row.asks]
    return county.view(rows=(replace(one, id="x", plain_title="公交改线，您怎么看"), *county.rows()))


def _asking_nothing() -> View:
    """The last questionnaire ended."""
    return county.view(rows=tuple(row for row in county.rows() if not row.asks))


def _polls() -> list[tuple[str, Poll]]:
    page = Poll("x")
    return [
        ("begins", page),
        ("answered", replace(page, answers=((1, 2),))),
        ("long", replace(page, at=2)),
        ("long, last", replace(page, at=2, number=9)),
        ("ends", replace(page, at=3, answers=((1, 2),))),
        ("ends empty", replace(page, at=3)),
    ]


def _panels() -> list[tuple[str, Page]]:
    code = panels.code_of("x", bytes(8))
    page = Poll("x", code=code)
    return [
        ("offered", Poll("x")),
        ("asked for", voices.Panel("x")),
        ("half", voices.Panel("x", code[:7])),
        ("wrong", voices.Panel("x", "1" * panels.code_digits)),
        ("right", voices.Panel("x", code)),
        ("begins", page),
        ("ends", replace(page, at=3, answers=((1, 2),))),
    ]


def _paneled() -> View:
    """The notice with questions, which a panel answers too."""
    item, body_hash = polled()
    assert isinstance(item.body, Notice)
    return replace(_with((replace(item, body=replace(item.body, panel=True)), body_hash)), can_seal=True)


def _matters() -> list[tuple[str, Matter | None]]:
    steps_of = {
        "opinion": ("received", "doing", "done", "cannot", "passed"),
        "report": ("found", "closed"),
        "application": ("applied", "more", "accepted", "paused", "replied", "delivered", "archived"),
    }
    return [
        ("asked", None),
        *(
            (f"{kind} {step}", Matter("answered", kind, step, "2026-12-15"))
            for kind in steps_of
            for step in steps_of[kind]
        ),
        ("answered in public", Matter("answered", "opinion", "done", "", "qh-da-0101")),
        ("newer server", Matter("answered", "wish", "pondered", "soon")),
        ("judged", Matter("answered", "opinion", "cannot", "", "qh-da-0101", "unsatisfied")),
        ("of two", Matter("answered", "opinion", "several")),
        ("unknown", Matter("unknown")),
        ("unreached", Matter("unreached")),
    ]


def applications() -> list[tuple[str, Application]]:
    """An application, step by step, by somebody without a telephone and by somebody with one."""
    name, address = (replace(sheets[field], strokes=(((20, 20), (900, 200)),)) for field in ("name", "address"))
    text = replace(no_text, strokes=(((20, 20), (400, 300), (980, 610)),))
    poor = Application("check", "citizen", name, "", "", address, text, "read")
    rich = Application("check", "citizen", name, "11010119900307109X", "13800138000", text=text, form="print")
    number = rich.id_proof
    return [
        *((step, replace(poor, step=step)) for step in steps(poor)),
        ("form, chosen", replace(poor, step="form", form="deliver")),
        ("empty name", Application("name", "company")),
        ("empty text", Application("text", "citizen")),
        *((f"id {n}", replace(rich, step="id_proof", id_proof=number[:n])) for n in (1, 17, 18)),
        ("odd id", replace(rich, step="id_proof", id_proof=number[:17] + "1")),
        ("id masked", replace(rich, step="id_proof", masked=("id_proof",))),
        ("contact, seven", replace(rich, step="contact", contact="5551234")),
        ("contact, full", replace(rich, step="contact", contact="138001380001")),
        ("contact masked", replace(rich, step="contact", masked=("contact",))),
        ("check, phone", rich),
        ("check, all", replace(rich, address=address, kind="organisation")),
    ]


def _positions() -> list[tuple[str, Position | None]]:
    basis = "按今天最近办完的20位估算，前面14位，3个窗口开着；只供参考。"
    known = Position("answered", "A023", "huji", "waiting", 14, 0, 21, 64, basis)
    stands = ("called", "serving", "held", "missed", "finished", "cancelled")
    return [
        ("asked", None),
        ("known", known),
        ("without an estimate", replace(known, low=-1, high=-1)),
        ("next", replace(known, ahead=0)),
        *((state, replace(known, stands=state, window=11)) for state in stands),
        ("owed", replace(known, owed=True)),
        ("unknown", Position("unknown", "A023")),
        ("unreached", Position("unreached", "A023")),
    ]


def writing(hits: tuple[Row, ...]) -> View:
    """Ink on the search sheet, what it may be, and what the characters before it find."""
    return county.view(hits=hits, can_write=True, guesses=tuple("份分粉纷忿芬吩纺汾"))


def offering(terms: str, count: int = 60) -> View:
    """Results, and so many characters for the last letter, the first of them known to follow."""
    found = tuple(chr(0x4E00 + n) for n in range(count))
    return county.view(hits=county.rows()[:20], characters=found, following=1 if terms[:-1] else 0)


def _items() -> dict[str, tuple[tuple[Page, ...], View]]:
    found: dict[str, tuple[tuple[Page, ...], View]] = {}
    for item, (whole, _, row) in county.items().items():
        page: Page = {"guide": Guide(item), "ledger": Accounts(item)}.get(row.kind, Reader(item))
        found[f"item {item}"] = ((Home(), page), county.view(item))
        if row.kind == "document":
            found[f"text of {item}"] = ((Home(), Reader(item, "text", 1)), county.view(item))
            found[f"contents of {item}"] = ((Home(), Reader(item, "text", contents=0)), county.view(item))
        if row.kind == "ledger":
            assert isinstance(whole.body, Ledger)
            for index in [n for n in range(len(whole.body.rows)) if children(whole.body, n)]:
                found[f"row {index} of {item}"] = ((Home(), Accounts(item, index)), county.view(item))
    for name in ("", *icons):
        found[f"element {name}"] = ((Home(), Element("qh-dibao", name)), county.view("qh-dibao"))
    for name in ("fees", "fee_bases"):
        found[f"element {name}, with a fee list"] = (
            (Home(), Element("qh-sfz-buling", name)),
            county.view("qh-sfz-buling"),
        )
    found |= _cases()
    mine = ("diu", "ziji", "bendi")
    lost = (Home(), Guide("qh-sfz-buling", mine), HandoutOf("qh-sfz-buling", mine))
    for state in ("", "queued", "printed", "dropped"):
        view = county.view("qh-sfz-buling", printer="ready", handout=state)
        found[f"handout, {state or 'new'}"] = (lost, view)
    for printer in ("none", "out", "dead"):
        found[f"handout, printer {printer}"] = (lost, county.view("qh-sfz-buling", printer=printer))
    unlinked = replace(county.county(), public_url="")
    found["handout without an address"] = ((Home(), HandoutOf("qh-dibao")), county.view("qh-dibao", county=unlinked))
    found |= _samples() | _explained() | _pictures() | _ways()
    for section in sections:
        found[f"section {section}"] = ((Home(), Section(section)), county.view())
    for topic in topics:
        found[f"topic {topic}"] = ((Home(), Listing(topic=topic)), county.view())
    for about in (about for about in abouts if abouts[about][1]):
        found[f"opinion {about}"] = ((Home(), Opinion(about, abouts[about][1][:1])), county.view())
    return found


def _ways() -> dict[str, tuple[tuple[Page, ...], View]]:
    """怎么走: of guides, and of a number that may be called to several windows."""
    site = county.county().sites[0]
    found: dict[str, tuple[tuple[Page, ...], View]] = {}
    ways = {
        "to any of three": Way(windows=("w01", "w02", "w03"), waits=True),
        "to one": Way(windows=("w11",)),
        "to one that has not called": Way(windows=("w11",), waits=True),
        "to nowhere": Way(windows=("x",)),
    }
    for name, way in ways.items():
        found[f"way {name}"] = ((Home(), TicketOf("huji"), way), county.view(ticket=_given))
    for item in ("qh-sfz-buling", "qh-jiehun", "lh-zhaijidi"):
        found[f"way, {item}"] = ((Home(), Guide(item), Way(item)), county.view(item))
    found["way, upstairs"] = ((Home(), Guide("qh-jiehun"), Way("qh-jiehun", "2")), county.view("qh-jiehun"))
    found["way, no map"] = ((Home(), Way("qh-jiehun")), county.view("qh-jiehun", site=replace(site, floors=())))
    found["way, nobody knows where"] = (
        (Home(), Way("qh-dibao")),
        county.view("qh-dibao", site=replace(site, kiosks=())),
    )
    found["way, village"] = ((Home(), Way("ls-daiban")), county.view("ls-daiban", site=county.county().sites[1]))
    return found


def _explained() -> dict[str, tuple[tuple[Page, ...], View]]:
    """Texts with words that need explaining, and the card that does so."""
    found: dict[str, tuple[tuple[Page, ...], View]] = {}
    words = tuple(list(county.view().terms)[20:60])
    many = tuple(Block("p", f"本办法所称{a}、{b}，由县人民政府另行规定。") for a, b in pairwise(words))
    for name, blocks in {"few": many[:1], "many": many}.items():
        view = replace(county.view(), item=(replace(long_item(), body=Document(blocks)), "0" * 64))
        found[f"{name} terms"] = ((Home(), Reader("x")), view)
        found[f"{name} terms explained"] = ((Home(), Reader("x", explained=True)), view)
        found[f"{name} terms explained, next page"] = ((Home(), Reader("x", number=1, explained=True)), view)
    open_element = Element("qh-dibao", "conditions", explained=True)
    return found | {"element explained": ((Home(), open_element), county.view("qh-dibao"))}


def pictured(item: str = "qh-nuan-butie") -> tuple[Item, str]:
    """A document with a scanned page, a photo and a file attached."""
    whole, body_hash, _ = county.items()[item]
    kinds = (
        ("第一页.png", "page", "image/png"),
        ("修好的桥.jpg", "photo", "image/jpeg"),
        ("附表.pdf", "file", "application/pdf"),
    )
    files = tuple(attachment(name.encode(), name=name, use=use, type=kind) for name, use, kind in kinds)
    return replace(whole, attachments=files), body_hash


def _pictures() -> dict[str, tuple[tuple[Page, ...], View]]:
    """What is attached to a text: reached from its page, enlarged by taps."""
    item = pictured()
    name, coming = item[0].id, replace(county.view(), item=item)
    here = replace(coming, files=frozenset(one.sha256 for one in item[0].attachments))
    text = Reader(name, "text", 1)
    english = Second("en", "The winter allowance", "", _blocks("Bring your card."))
    return {
        "document with pictures": ((Home(), text), here),
        "document with pictures, translated": (
            (Home(), text),
            replace(here, item=(replace(item[0], second=(english,)), item[1])),
        ),
        "pictures": ((Home(), text, Samples(name)), here),
        "pictures, beside": ((Home(), text, Samples(name, -1)), here),
        "pictures, quarter": ((Home(), text, Samples(name, 1, 3)), here),
        "pictures, coming": ((Home(), text, Samples(name)), coming),
        "pictures, a file": ((Home(), text, Samples(name, 2)), here),
    }


def formed(item: str = "qh-dibao") -> tuple[Item, str]:
    """A guide with two forms as pictures and one as a file."""
    whole, body_hash, _ = county.items()[item]
    names = (
        ("低保申请书（填好的样子）.png", "image/png"),
        ("低保申请书.jpg", "image/jpeg"),
        ("授权书.pdf", "application/pdf"),
    )
    files = tuple(attachment(name.encode(), name=name, use="form", type=kind) for name, kind in names)
    return replace(whole, attachments=files), body_hash


def _cases() -> dict[str, tuple[tuple[Page, ...], View]]:
    """Guides with questions: at the second one, where nothing is clear, and at the end of the longest list."""
    found: dict[str, tuple[tuple[Page, ...], View]] = {}
    for item in ("qh-sfz-buling", "qh-zhizhao-geti", "qh-budongchan-guohu", "lh-zhaijidi"):
        guide = county.items()[item][0].body
        assert isinstance(guide, GuideBody)
        first, *_ = which.questions_of(guide)
        longest = max(which.combinations(guide), key=lambda answers: len(which.case_of(guide, answers).materials))
        open_ones = _unclear(item)
        cases = {"second question": (first.answers[0].id,), "not sure": open_ones, "longest": longest}
        for name, answers in cases.items():
            found[f"{name} of {item}"] = ((Home(), Guide(item, answers)), county.view(item))
        found[f"materials of {item}, not sure"] = ((Home(), Element(item, "materials", open_ones)), county.view(item))
        taken = TicketOf("huji", item=item, answers=longest)
        found[f"ticket of {item}"] = ((Home(), taken), county.view(item, ticket=_given))
        found[f"ticket of {item}, printed"] = ((Home(), taken), county.view(item, ticket=_paper, printer="low"))
    return found


def _unclear(item: str) -> tuple[str, ...]:
    """不清楚 to all that a guide asks."""
    guide = county.items()[item][0].body
    assert isinstance(guide, GuideBody)
    return tuple(which.unclear(one) for one in which.questions_of(guide))


def _samples() -> dict[str, tuple[tuple[Page, ...], View]]:
    item = formed()
    coming = replace(county.view(), item=item)
    here = replace(coming, files=frozenset(one.sha256 for one in item[0].attachments))
    return {
        "guide with samples": ((Home(), Guide("qh-dibao")), coming),
        "samples": ((Home(), Samples("qh-dibao")), here),
        "samples beside each other": ((Home(), Samples("qh-dibao", -1)), here),
        "samples beside each other, the last": ((Home(), Samples("qh-dibao", -2)), here),
        "samples beside each other, coming": ((Home(), Samples("qh-dibao", -1)), coming),
        "samples, quarter": ((Home(), Samples("qh-dibao", 1, 3)), here),
        "samples, coming": ((Home(), Samples("qh-dibao")), coming),
        "samples, a file": ((Home(), Samples("qh-dibao", 9)), here),
        "samples, none": ((Home(), Samples("qh-dibao")), county.view("qh-dibao")),
    }


def _states() -> dict[str, tuple[tuple[Page, ...], View]]:
    """The designed states of SCREENS A7."""
    old = {c: Edition(318, (county.now - timedelta(days=31)).isoformat()) for c in county.view().held}
    stale = {c: Edition(318, (county.now - timedelta(days=4)).isoformat()) for c in county.view().held}
    item = (long_item(), "0" * 64)
    unlinked = replace(county.county(), public_url="http://10.0.0.5")
    return {
        "first start": ((Idle(),), county.view(held={}, rows=(), county=None, site=None, services=())),
        "first start, tickets": ((Home(),), county.view(held={}, rows=())),
        "stale": ((Home(),), county.view(held=stale)),
        "stale 30 days": ((Home(),), county.view(held=old)),
        "stale item": ((Home(), Guide("qh-dibao")), county.view("qh-dibao", held=old)),
        "stale case": ((Home(), Guide("qh-dibao", _unclear("qh-dibao"))), county.view("qh-dibao", held=old)),
        "stale, three answers": ((Home(), Guide("qh-sfz-buling")), county.view("qh-sfz-buling", held=old)),
        "doubtful clock": ((Idle(),), county.view(doubtful=True)),
        "night": ((Idle(),), county.view(now=county.now.replace(hour=23))),
        "nobody at windows": ((Home(), Services()), county.view(services=())),
        "closed for a holiday": ((Home(), Services()), _day_off()),
        "idle, closed for a holiday": ((Idle(),), _day_off()),
        "some windows closed": ((Home(), Services()), _half_open()),
        **{
            f"cut off, {type(page).__name__.lower()}": ((Home(), page), _cut_off())
            for page in (Home(), Idle(), Services())
        },
        "cut off, guide": ((Home(), Guide("qh-sfz-buling")), _cut_off("qh-sfz-buling")),
        "withdrawn": ((Home(), Reader("x")), county.view()),
        "empty section": ((Home(), Section("result")), county.view(rows=())),
        "long document": ((Home(), Reader("x", number=7)), _with(item)),
        "long document begins": ((Home(), Reader("x")), _with(item)),
        "long contents": ((Home(), Reader("x", contents=1)), _with(item)),
        "chapters": ((Home(), Reader("x", contents=0)), _with((chaptered_item(), "0" * 64))),
        "in a chapter": ((Home(), Reader("x", contents=0, chapter=1)), _with((chaptered_item(), "0" * 64))),
        "page in a chapter": ((Home(), Reader("x", number=4)), _with((chaptered_item(), "0" * 64))),
        "code": ((Home(), CodeOf("qh-dibao")), county.view("qh-dibao")),
        "code to do it online": ((Home(), CodeOf("qh-dibao", online=True)), county.view("qh-dibao")),
        "code without an address": ((Home(), CodeOf("qh-nuan-butie")), county.view("qh-nuan-butie", county=unlinked)),
        "time runs out": ((Home(), Guides()), county.view(idle_left=12)),
    }


def _translated() -> dict[str, tuple[tuple[Page, ...], View]]:
    """A guide and a notice that somebody translated, and the translations."""
    text = "Bring your identity card and the household register; the window copies both for you. " * 6
    mongolian = "\u1820\u1835\u1822\u182f\u202f\u1824\u1828 \u1820\u182d\u1824\u182f\u182d\u180e\u1820 " * 120
    found = {}
    for name, page in {"qh-dibao": Guide("qh-dibao"), "qh-nuan-butie": Reader("qh-nuan-butie")}.items():
        item, body = county.items()[name][:2]
        english = Second("en", "How to get the minimum allowance", "Who may ask and what to bring.", _blocks(text))
        other = Second("mn", mongolian[:40].strip(), "", _blocks(mongolian))
        view = _with((replace(item, second=(english, other)), body))
        found[f"translated {name}"] = ((Home(), page), view)
        found[f"translation of {name}"] = ((Home(), page, Translated(name)), view)
        found[f"translation of {name}, next page"] = ((Home(), page, Translated(name, 1)), view)
    return found


def _blocks(text: str) -> tuple[Block, ...]:
    return tuple(Block("p", text.strip()) for _ in range(4))


def _with(item: tuple[Item, str]) -> View:
    return replace(county.view(), item=item)


def _calm() -> tuple[Row, ...]:
    return tuple(row for row in county.rows() if row.kind != "emergency")


def _closed() -> View:
    view = county.view()
    return replace(view, services=tuple(replace(s, open=False) for s in view.services))


def _day_off() -> View:
    view = _closed()
    return replace(view, day_off=DayOff("国庆节、中秋节", view.now + timedelta(days=8)))


def _cut_off(item: str = "") -> View:
    view = county.view(item)
    return replace(view, services=tuple(replace(s, waiting=None) for s in view.services))


def _half_open() -> View:
    view = county.view()
    return replace(view, services=tuple(replace(s, open=n % 2 == 0) for n, s in enumerate(view.services)))
