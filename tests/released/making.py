"""Make the archive of a version at its release: `python -m tests.released.making 0.1.0`.

1. A whole demonstration county of real processes lives for a moment: a ticket is taken, called, finished and rated, an
   item is withdrawn, and the device has it all.
2. Then the device is cut off. A leased number, an opinion and a refused record wait in its desk, and the server
   publishes one edition that the device does not have.
3. The folders are copied while the device's files are open, as a power cut leaves them.
"""

import json
import shutil
import sys
import tarfile
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from content_sync.clock import SystemClock, SystemIds
from content_sync.domain.ids import spelled
from content_sync.domain.records import Record
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from deploy.demo.clerk import Clerk
from deploy.demo.county import DemoCounty
from deploy.demo.processes import Processes

device, withdrawn = "touch-1", "qh-nuan-butie"
_new = "# 冬季供暖时间调整\n\n今年供暖提前到十一月一日，三月底结束。\n"


def main(version: str) -> None:
    """Rules 1–3."""
    with TemporaryDirectory() as name:
        processes = Processes(Path(name))
        county = DemoCounty(processes)
        try:
            county.found()
            told = _lived(county)
        finally:
            processes.end()
        told |= _waiting(county, Path(name) / "cut", told["now"])
        (Path(name) / "cut" / "told.json").write_text(json.dumps(told, ensure_ascii=False, indent=1))
        path = Path(__file__).with_name(f"{version}.tar.xz")
        with tarfile.open(path, "w:xz") as archive:
            for part in ("server", device, "told.json"):
                archive.add(Path(name) / "cut" / part, part)
    print(f"{path}: {path.stat().st_size} bytes")


def _lived(county: DemoCounty) -> dict[str, str]:
    """Rule 1."""
    processes = county.processes
    county.start_server()
    county.enrol(device)
    county.start_agent(device)
    county.wait_for_sync(device)
    now = SystemClock().now() + timedelta(seconds=float(processes.environment["GONGKAILAN_CLOCK_OFFSET"]))
    desk, today = DeskStore(county.home(device) / "desk.db"), now.date().isoformat()
    processes.wait_for("leased numbers", lambda: desk.block_left("huji", today) > 0)
    desk.press("press-1", "huji", 0, now)
    processes.wait_for("a ticket", lambda: desk.pressed("press-1").state == "answered")
    _serve(county)
    served = processes.wait_for("the invitation", desk.invitations)[0]
    _say(desk, now, "rating", ticket=served.ticket, window=served.window, level=1, reasons="")
    desk.log_shown("touch", (("qh-sfz-buling", "0" * 64),), now)
    desk.log_shown("touch", (), now + timedelta(seconds=20))
    shell = ("display-server", "--dir", str(county.server))
    processes.run(*shell, "withdraw", withdrawn, "--as", "publisher", "--reason", "演示")
    store = ContentStore(county.home(device) / "content.db", readonly=True)
    processes.wait_for("the withdrawal", lambda: store.item(withdrawn, now) is None)
    processes.wait_for("the records to arrive", lambda: desk.outbox_size() == 0)
    desk.close()
    processes.end(f"agent-{device}")
    new = processes.folder / "new.md"
    new.write_text(_new)
    processes.run(*shell, "import", str(new), "--channel", "qinghe", "--as", "editor", "--kind", "notice")
    for step, who in (("submit", "editor"), ("approve", "reviewer"), ("approve", "secrecy"), ("publish", "publisher")):
        processes.run(*shell, step, "qinghe", "--as", who)
    return {"now": now.isoformat()}


def _serve(county: DemoCounty) -> None:
    clerk, first, chosen = Clerk(county.url), county.passwords["clerk"], "kai-chuang-2026-demo"
    clerk.opens("/login")
    clerk.sends("登录", name="clerk", password=first)
    clerk.sends("保存新密码", old=first, new=chosen, again=chosen)
    clerk.opens("/desk")
    for word in ("w03", "叫下一位", "开始办理", "finished"):
        clerk.sends(word)


def _say(desk: DeskStore, now: datetime, kind: str, **body: str | int) -> str:
    record = spelled(SystemIds().random(16))
    assert desk.add_record(Record(record, kind, "", now.isoformat(), body))
    return record


def _waiting(county: DemoCounty, cut: Path, at: str) -> dict[str, object]:
    """Rules 2 and 3."""
    now, home = datetime.fromisoformat(at), county.home(device)
    desk, store = DeskStore(home / "desk.db"), ContentStore(home / "content.db")
    desk.press("press-2", "huji", 0, now)
    leased = desk.take_leased("press-2", now, SystemIds())
    waiting = [_say(desk, now, "opinion", about="hall", taps="wait", text="", item="")]
    refused = _say(desk, now, "opinion", about="hall", taps="wait", text="太长", item="")
    desk.refuse_record(refused, "不认识")
    store.put_problem("_server", "cut off", now)
    drawn = {row.id: store.item(row.id, now) for row in store.rows(now)}
    for part in ("server", device):
        shutil.copytree(county.processes.folder / part, cut / part)
    return {
        "drawn": {item: found[1] for item, found in sorted(drawn.items()) if found is not None},
        "held": {name: one.number for name, one in store.held().items()},
        "withdrawn": withdrawn,
        "leased": leased.number,
        "waiting": waiting,
        "refused": refused,
    }


if __name__ == "__main__":
    main(sys.argv[1])
