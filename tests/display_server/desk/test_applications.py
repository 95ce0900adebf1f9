"""An application from its receipt to the file: sealed at rest, each opening on file, each letter with what it needs."""

import hashlib
import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from content_sync.domain import limits
from content_sync.domain.cases.askings import Asking
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.records import Record
from content_sync.wire.applications import seal
from content_sync.wire.boxes import seal_bytes
from content_sync.wire.sealed import public_half
from display_server.access import Actor
from display_server.cases import applying
from display_server.database import audit
from display_server.database.engine import Database
from display_server.database.tables.visitors import application_files
from display_server.desk import applications, reception, redacted, saying, unsealing
from display_server.supervision import cards, checking_said, giving
from display_server.supervision.cards import Card
from tests.display_server import hall, pages, world
from tests.display_server.cases.making import clerk

seed, when = b"r" * 32, "2026-11-23T08:59:00+08:00"
asking = Asking("citizen", "张三丰", "330102197001011234", "13800138000", "print", "修路的账目", "rsgo;0a0b0c0d")
supervisor = Actor("jian", "监察", frozenset({"supervisor"}), frozenset({"*"}), "page")
absent = {"kind": "absent", "absent.searched": "档案室三年的卷宗", "absent.authority": "平川市人民政府"}


@pytest.fixture
def number(db: Database) -> str:
    """An application that came from a kiosk."""
    db.config.records_key.write_bytes(seed)
    device = hall.device(hall.opened(db))[0]
    body = {"receipt": "1234 5678 9012", "sealed": seal(asking, public_half(seed))}
    assert reception.receive(db, device, [Record("r1", "application", "k1", when, body)]).refused == []
    return "2026-00001"


def test_every_opening_is_on_file(db: Database, number: str) -> None:
    """Who read it and when is in the log, and nothing of what they read; others do not open it at all."""
    row = applications.visible(db, clerk, number)
    assert unsealing.opened(db, clerk, row, "page") == asking
    for stranger in (
        Actor("e", "编辑", frozenset({"editor", "admin"}), frozenset({"*"}), "page"),
        Actor("c", "别处", frozenset({"clerk"}), frozenset({"liushu"}), "page"),
    ):
        with pytest.raises(Refused):
            unsealing.opened(db, stranger, row, "page")
    with db.read() as connection:
        log = [(one.actor, one.action, one.detail) for one in audit.of(connection, f"application-{number}")]
    assert log[-1] == ("wang", "application.read", "page")
    assert "张三丰" not in str(log)


def test_the_whole_way(db: Database, number: str, clock: world.HandClock) -> None:
    """受理, 中止, 恢复, 延长, 答复, 反馈, 建档; letters where they must be; the receipt tells the step."""

    def step(name: str, **said: str) -> None:
        applications.step(db, clerk, number, name, said)

    def told() -> str:
        return (saying.progress(db, "123456789012", "8000") or {})["step"]

    step("accept")
    clock.advance(days=4)  # day 4 of 10
    step("pause", cause="force", why="洪水")
    assert "due" not in (saying.progress(db, "123456789012", "8000") or {})
    clock.advance(days=4)
    step("resume")
    assert applying.parsed(applications.visible(db, clerk, number).detail).days == 6
    step("extend", approver="王主任", notice="邮寄")
    with pytest.raises(Refused, match="复议机关"):
        step("reply", **{**absent, "absent.authority": " "})
    assert told() == "accepted"
    step("reply", **absent)
    assert told() == "replied"
    with pytest.raises(Refused, match="理由"):
        step("deliver", form="email")
    step("deliver", form="print")
    step("archive")
    assert told() == "archived"
    made = applications.letters_of(db, number)
    assert [one.kind for one in made] == ["suspension", "resumption", "extension", "reply"]
    assert all("张三丰" not in one.text for one in made)
    assert "60日内，向平川市人民政府申请行政复议" in made[-1].text
    with pytest.raises(Refused):
        step("reply", **absent)


def test_a_supervisor_reads_and_changes_nothing(db: Database, number: str) -> None:
    """Supervision sees how far each application is, and takes no step (SUP-11)."""
    assert [row.number for row in applications.listed(db, supervisor)] == [number]
    with pytest.raises(Refused):
        applications.step(db, supervisor, number, "accept", {})


def test_written_down_at_a_window_it_is_sealed_too(db: Database, number: str) -> None:
    """What a clerk types rests sealed too; sent twice it is one; it has a receipt like a kiosk's."""
    plain = {
        "kind": "citizen",
        "name": "李四光",
        "id_proof": "",
        "contact": "柳树村",
        "form": "read",
        "text": "救济名单",
    }
    made = [applications.write_down(db, clerk, "a" * 26, "hall", "letter", plain) for _ in range(2)]
    assert made == ["2026-00002", "2026-00002"]
    with pytest.raises(BadInput):  # a forged form: two without an id would be taken for one
        applications.write_down(db, clerk, "", "hall", "letter", plain)
    row = applications.visible(db, clerk, "2026-00002")
    assert "李四光" not in str(tuple(row))
    assert unsealing.opened(db, clerk, row, "page").name == "李四光"
    assert (saying.progress(db, row.receipt, "") or {})["step"] == "applied"


def test_one_that_does_not_open_says_so(db: Database, number: str) -> None:
    """Its handler is told what to do; the register goes on."""
    db.config.records_key.write_bytes(b"x" * 32)
    with pytest.raises(Refused, match="打不开"):
        unsealing.opened(db, clerk, applications.visible(db, clerk, number), "page")


def test_the_pages(db: Database, number: str, browser: Callable[..., FlaskClient]) -> None:
    """The list and the page tell nothing of the applicant until it is opened; a letter is printed with the name."""
    page, at = browser("li", "clerk"), f"/applications/{number}"
    assert "张三丰" not in page.get("/applications").text + page.get(at).text
    opened = pages.fill(page, at, "csrf_token", to=f"{at}/open").text
    assert all(words in opened for words in ("张三丰", "修路的账目", 'class="written"'))
    assert pages.fill(page, at, "csrf_token", to=f"{at}/accept").status_code == 303
    said = {"elsewhere__reasons": "属于水利局", "elsewhere__joint": "no"}
    refused = pages.fill(page, at, "elsewhere.reasons", to=f"{at}/reply", **said)
    assert (refused.status_code, "掌握这项信息的机关" in refused.text) == (403, True)
    fields = {**said, "elsewhere__known": "no", "elsewhere__authority": "平川市人民政府"}
    assert pages.fill(page, at, "elsewhere.reasons", to=f"{at}/reply", **fields).status_code == 303
    letter = pages.fill(page, at, "csrf_token", to=f"{at}/letters/1").text
    assert all(words in letter for words in ("张三丰", "不知道是哪个机关", "申请行政复议", "清河县人民政府"))
    given = {"name": "王五", "contact": "0000-1234567", "text": "<b>账目"}
    new = pages.fill(page, "/applications/new", "contact", **given)
    assert new.status_code == 303
    assert "电话后四位" in page.get(f"{new.location}/receipt").text
    assert pages.fill(page, "/applications/new", "contact", name="王五").status_code == 403


def test_a_late_one_gets_its_cards_and_its_story(
    db: Database, number: str, clock: world.HandClock, browser: Callable[..., FlaskClient]
) -> None:
    """Supervision sees the clock turn yellow and red, and reads the chain without reading the application (D06)."""
    clock.advance(days=11)
    assert [card.colour for card in given(db)] == ["yellow"]
    clock.advance(days=5)
    assert [card.colour for card in given(db)] == ["yellow", "red"]
    page = browser("jian", "supervisor")
    told = page.get(f"/supervision/matter/application-{number}").text
    assert all(words in told for words in ("依申请公开", "收到申请，开始计时", "已超期，发红牌"))
    assert "1 件依申请公开等着答复" in browser("li", "clerk").get("/").text


def given(db: Database) -> list[Card]:
    """Every card the application got, when supervision has looked now."""
    giving.give(db)
    with db.read() as connection:
        return [one.card for one in cards.of_case(connection, "application-2026-00001")]


def test_what_is_said_aloud_is_read_back_before_it_is_sealed(
    db: Database, number: str, browser: Callable[..., FlaskClient]
) -> None:
    """口头申请: the first press shows what is to be read aloud and stores nothing; 返回改 keeps what was typed."""
    page = browser("li", "clerk")
    given = {"name": "赵老汉", "contact": "柳树村三组", "text": "去年的<b>救济名单", "channel": "oral"}
    read = pages.fill(page, "/applications/new?oral=1", "contact", **given)
    assert read.status_code == 200
    assert all(words in read.text for words in ("请念给申请人听", "赵老汉", "去年的&lt;b&gt;救济名单"))
    assert len(applications.listed(db, clerk)) == 1
    again = page.post("/applications/again", data=pages.fields(read.text, "read"))
    assert "赵老汉" in again.text
    assert page.post("/applications/new", data=pages.fields(read.text, "read")).status_code == 303
    (made,) = [row for row in applications.listed(db, clerk) if row.channel == "oral"]
    slip = page.get(f"/applications/{made.number}/receipt").text
    assert made.receipt in slip
    assert all(words not in slip for words in ("赵老汉", "救济名单", "柳树村三组"))


def test_a_late_answer_says_why(db: Database, number: str, clock: world.HandClock) -> None:
    """After the last day no reply without the reason, which stays in the log."""
    applications.step(db, clerk, number, "accept", {})
    clock.advance(days=30)
    with pytest.raises(Refused, match="写明超期的原因"):
        applications.step(db, clerk, number, "reply", absent)
    with pytest.raises(Refused, match="最多"):
        applications.step(db, clerk, number, "reply", {**absent, "late": "迟" * (limits.answer_chars_max + 1)})
    applications.step(db, clerk, number, "reply", {**absent, "late": "档案室搬家"})
    with db.read() as connection:
        log = [(one.action, one.detail) for one in audit.of(connection, f"application-{number}")]
    assert ("application.late", "档案室搬家") in log
    assert [row.state for row in applications.listed(db, clerk)] == ["replied"]
    assert [card.colour for card in given(db)] == ["red"]  # nobody had looked while it was late


@pytest.mark.parametrize("late", ["-", "--", "- "])
def test_a_dash_is_a_reason_like_any_other(db: Database, number: str, clock: world.HandClock, late: str) -> None:
    """What stands for no reason nowhere stands for being in time: it is on file as it was typed."""
    applications.step(db, clerk, number, "accept", {})
    clock.advance(days=30)
    applications.step(db, clerk, number, "reply", {**absent, "late": late})
    with db.read() as connection:
        log = [(one.action, one.detail) for one in audit.of(connection, f"application-{number}")]
    assert ("application.late", late.strip()) in log


def test_an_answer_in_time_gets_no_card(db: Database, number: str, clock: world.HandClock) -> None:
    """On the last day it is in time; however long nobody looks afterwards, no card comes."""
    applications.step(db, clerk, number, "accept", {})
    clock.advance(days=14)
    applications.step(db, clerk, number, "reply", absent)
    clock.advance(days=3)
    assert given(db) == []


def test_a_partial_answer_goes_out_as_redacted_pages(db: Database, number: str) -> None:
    """Without a page it is refused; a page keeps only what is seen: no byte of text, note or place (APP-03)."""
    said = {"kind": "partial", "partial.ways": "到一楼领取", "partial.withheld": "第3行：第十五条，他人身份证号"}
    said["partial.authority"] = "平川市人民政府"
    row = applications.visible(db, clerk, number)
    with pytest.raises(Refused, match="受理以后"):
        redacted.add(db, clerk, row, _page(), 1)
    applications.step(db, clerk, number, "accept", {})
    with pytest.raises(Refused, match="遮挡后的文件"):
        applications.step(db, clerk, number, "reply", said)
    row = applications.visible(db, clerk, number)
    for wrong in (b"%PDF-1.4 \n%%EOF", b"secret", "第3行".encode()):
        with pytest.raises(Refused):
            redacted.add(db, clerk, row, wrong, 1)
    original = _page()
    assert _secret in original
    assert redacted.add(db, clerk, row, original, 1) == 1
    given = redacted.opened(db, clerk, row, 1)
    stored = b"".join(path.read_bytes() for path in db.config.home.rglob("*") if path.is_file())
    for data in (given, stored):
        assert _secret not in data
        assert "李老栓".encode() not in data
    assert given[100:150] not in stored  # sealed, too
    applications.step(db, clerk, number, "reply", said)
    with pytest.raises(Refused, match="受理以后"):
        redacted.add(db, clerk, applications.visible(db, clerk, number), original, 1)
    with db.read() as connection:
        log = [(one.action, one.detail) for one in audit.of(connection, f"application-{number}")]
    assert ("application.read", "page 1") in log


def test_a_page_attached_by_mistake_is_taken_back(
    db: Database, number: str, browser: Callable[..., FlaskClient]
) -> None:
    """Before the reply, by who may take steps: its bytes are gone, the log keeps its hash; afterwards nothing goes."""
    applications.step(db, clerk, number, "accept", {})
    row, page, at = applications.visible(db, clerk, number), browser("li", "clerk"), f"/applications/{number}"
    for _ in range(3):
        redacted.add(db, clerk, row, _page(), 1)
    with db.read() as connection:
        (sealed, digest) = connection.execute(
            select(application_files.c.sealed, application_files.c.hash).where(application_files.c.seq == 2)
        ).one()
    db.copy_log()
    assert sealed[:60] in db.config.database_path.read_bytes()
    with pytest.raises(Refused):
        redacted.remove(db, supervisor, row, 2)
    assert pages.fill(page, at, "csrf_token", to=f"{at}/files/2/remove").status_code == 303
    again = pages.fill(page, at, "csrf_token", to=f"{at}/files/2/remove")
    assert (again.status_code, "没有这一页" in again.text) == (403, True)
    assert [one.seq for one in redacted.listed(db, number)] == [1, 3]
    assert not [path for path in db.config.home.rglob("*") if path.is_file() and sealed[:60] in path.read_bytes()]
    assert redacted.add(db, clerk, row, _page(), 1) == 4
    assert "取下" in page.get(at).text
    said = {"kind": "partial", "partial.ways": "到一楼领取", "partial.withheld": "第十五条"}
    applications.step(db, clerk, number, "reply", {**said, "partial.authority": "平川市人民政府"})
    with pytest.raises(Refused, match="答复以后"):
        redacted.remove(db, clerk, applications.visible(db, clerk, number), 1)
    assert "取下" not in page.get(at).text
    with db.read() as connection:
        log = [(one.action, one.detail) for one in audit.of(connection, f"application-{number}")]
    assert ("application.file_gone", f"2 {digest}") in log


def test_a_page_exchanged_in_the_table_is_named_by_the_check(db: Database, number: str) -> None:
    """Sealing takes only a public key, and the hash lies beside the page: the log has the true one (promise 16)."""
    applications.step(db, clerk, number, "accept", {})
    redacted.add(db, clerk, applications.visible(db, clerk, number), _page(), 1)
    other = b"\x89PNG another page"
    exchanged = {"sealed": seal_bytes(other, public_half(seed)), "hash": hashlib.sha256(other).hexdigest()}
    with db.write() as connection:
        assert list(checking_said.faults(connection)) == []
        connection.execute(application_files.update().values(**exchanged))
        assert list(checking_said.faults(connection)) == [
            f"Application {number}: its page 1 is missing, and the audit log saw it attached.",
            f"Application {number}: the audit log never saw its page 1 attached.",
        ]


@pytest.mark.parametrize(
    ("places", "status"),
    [("1", 303), ("999", 303), ("1000", 403), ("9" * 5_000, 403), ("0", 403), ("", 403), ("-1", 403), ("٣", 403)],
)
def test_how_many_places_were_covered_is_a_number(
    db: Database, number: str, browser: Callable[..., FlaskClient], places: str, status: int
) -> None:
    """From 1 to 999 and kept as typed; anything else is refused in a sentence. How the file was called is not kept."""
    applications.step(db, clerk, number, "accept", {})
    page, at = browser("li", "clerk"), f"/applications/{number}"
    form = pages.fields(page.get(at).text, "places")
    sent = {**form, "places": places, "file": (io.BytesIO(_page()), "李老栓的户口页.png")}
    answer = page.post(f"{at}/files", data=sent)
    assert answer.status_code == status
    assert [str(one.withheld) for one in redacted.listed(db, number)] == ([places] if status == 303 else [])
    assert ("1 到 999" in answer.text) == (status == 403)
    assert "户口页" not in str(redacted.listed(db, number)) + page.get(at).text


def test_who_takes_no_steps_is_shown_nothing_to_read_aloud(
    db: Database, number: str, browser: Callable[..., FlaskClient]
) -> None:
    """The page that is read aloud is the clerk's; what is too long is said before it is read, in Chinese."""
    typed = {"name": "赵老汉", "contact": "柳树村三组", "text": "救济名单", "channel": "oral"}
    page = browser("li", "clerk")
    form = {**pages.fields(page.get("/applications/new?oral=1").text, "contact"), **typed}
    stranger = browser("bian", "editor")
    token = pages.fields(stranger.get("/").text, "csrf_token")["csrf_token"]
    refused = stranger.post("/applications/new", data={**form, "csrf_token": token})
    assert (refused.status_code, "赵老汉" in refused.text) == (403, False)
    long = page.post("/applications/new", data={**form, "name": "赵" * 81})
    assert (long.status_code, "“姓名或名称”最多 80 字" in long.text) == (403, True)


_secret = b"ID 330102197001011234"


def _page() -> bytes:
    """A scanned page whose file still says what was covered: in a comment, and in its camera's notes."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Comment", _secret.decode())
    notes.add_itxt("Author", "李老栓")
    made = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(made, "PNG", pnginfo=notes)
    return made.getvalue()


def test_a_form_whose_id_is_broken_says_so_in_chinese_and_works_the_second_time(
    db: Database, number: str, browser: Callable[..., FlaskClient]
) -> None:
    """The page that comes back keeps what was typed and carries a new id."""
    page = browser("wang", "clerk")
    refused = pages.fill(
        page, "/applications/new", "contact", id="A B", name="王五", contact="0000-1234567", text="账目"
    )
    said = "这张表的编号不对，已经换了新的：请核对后再提交一次。"
    assert (refused.status_code, said in refused.text, "not usable" in refused.text) == (403, True, False)
    assert page.post("/applications/new", data=pages.fields(refused.text, "contact")).status_code == 303
