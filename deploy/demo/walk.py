"""One visitor's way through the hall: browse → guide → QR → ticket → called on the board → served → rated.

Each step prints what was seen; each picture is what the real window showed. A step that does not see what it should
ends the walk with a sentence.
"""

import re
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from deploy.demo.clerk import Clerk
from deploy.demo.county import DemoCounty
from deploy.demo.processes import DemoError, Processes
from deploy.demo.visitor import Screen, Visitor


class Walk:
    """The steps, in order, and the pictures they leave."""

    def __init__(self, processes: Processes, county: DemoCounty, panel: Screen, board: Screen, shots: Path) -> None:
        self.processes = processes
        self.county = county
        self.shots = shots
        self.visitor = Visitor(processes, panel, county.home("touch-1"))
        self.board = Visitor(processes, board, county.home("lcd-1"))
        self.clerk = Clerk(county.url)
        self.number = ""

    def go(self) -> None:
        """Walk all steps."""
        steps: tuple[Callable[[], str], ...] = (
            self.wakes_the_kiosk,
            self.browses_to_a_guide,
            self.scans_the_code,
            self.takes_a_ticket,
            self.is_called_on_the_board,
            self.is_served,
            self.rates_the_service,
            self.leaves,
        )
        for number, step in enumerate(steps, 1):
            print(f"{number}. {step.__name__.replace('_', ' ')}: {step()}", flush=True)

    def wakes_the_kiosk(self) -> str:
        """Touch the idle screen; the home screen comes."""
        self.visitor.sees_screen("idle")
        self._keep("01-idle")
        self.visitor.taps("点一下屏幕")  # anywhere else opens the notice that is being told
        self.visitor.sees_screen("home")
        self._keep("02-home")
        return f"six tiles and {len(self.visitor.glass().targets)} keys on the home screen"

    def browses_to_a_guide(self) -> str:
        """Find the identity card guide by the initials of its name, as people do."""
        self.visitor.taps("找一件事")
        for letter in "SFZ":
            self.visitor.taps(letter)
        self.visitor.sees("身份证")
        self._keep("03-search")
        label = self.visitor.taps("身份证")
        self.visitor.sees_screen("guide")
        self._keep("04-guide")
        return f"typed sfz, opened “{label}”"

    def scans_the_code(self) -> str:
        """Read the code of the guide with a real decoder, and ask the server for what it names."""
        self.visitor.taps("手机看")
        self.visitor.sees_screen("codeof")
        address, page = self._phone(self._keep("05-code"), "/d/")
        if "身份证" not in page:
            raise DemoError("the page behind the code does not show the guide")
        self.visitor.taps("返回")
        self.visitor.sees_screen("guide")
        return f"zbar reads {address}; the server shows the whole guide there"

    def takes_a_ticket(self) -> str:
        """One press on the guide's own key; the phone page behind the ticket's code says the same number."""
        self.visitor.taps("取号")
        self.visitor.sees_screen("ticketof")
        self.visitor.sees("退号")  # the number is there
        address, page = self._phone(self._keep("06-ticket"), "/t/")
        found = re.search(r"\b[A-Z]\d{3,}\b", page)
        if found is None:
            raise DemoError(f"{address} shows no number")
        self.number = found[0]
        return f"the ticket is {self.number}; zbar reads {address}"

    def is_called_on_the_board(self) -> str:
        """A clerk signs in, takes a window and calls the next; the board shows it within a second."""
        self._signs_in()
        self.clerk.opens("/desk")
        self.clerk.sends("w03")
        started = time.monotonic()
        self.clerk.sends("叫下一位")
        self.board.sees(self.number)
        seconds = time.monotonic() - started
        self._keep("07-board", self.board)
        return f"the board shows {self.number} {seconds:.2f} s after the clerk pressed"

    def is_served(self) -> str:
        """The clerk serves and finishes."""
        self.clerk.sends("开始办理")
        self.clerk.sends("finished")
        return f"{self.number} is finished; the kiosk may ask for a rating"

    def rates_the_service(self) -> str:
        """Back on the home screen, rate the visit just finished; the server counts it once."""
        self.visitor.taps("首页")
        self.visitor.sees_screen("home")
        self.visitor.taps("评价服务")
        self.visitor.taps(self.number)
        self._keep("08-rate")
        self.visitor.taps("非常满意")
        self.visitor.taps("说得明白")
        self.visitor.taps("送出")
        self.visitor.sees_screen("thanks")
        self._keep("09-thanks")
        self.processes.wait_for("the rating to arrive", lambda: self.visitor.desk.outbox_size() == 0)
        return "five levels, none preset; the rating arrived at the server"

    def leaves(self) -> str:
        """Everything else a hall shows."""
        self.visitor.taps("首页")
        self.processes.run(
            "kiosk", "shots", "--dir", str(self.county.home("touch-1")), "--out", str(self.shots / "screens")
        )
        home, paper = str(self.county.home("touch-1")), str(self.shots / "ticket-on-paper.png")
        self.processes.run("kiosk", "print-test", "--dir", home, "--out", paper)
        pictures = sorted(self.shots.glob("screens/*.png"))
        if len(pictures) < 8:
            raise DemoError(f"kiosk shots made {len(pictures)} pictures")
        return f"{len(pictures)} more pictures of every screen in {self.shots.name}/screens"

    def _signs_in(self) -> None:
        first, chosen = self.county.passwords["clerk"], "kai-chuang-2026-demo"
        self.clerk.opens("/login")
        self.clerk.sends("登录", name="clerk", password=first)
        self.clerk.sends("保存新密码", old=first, new=chosen, again=chosen)

    def _phone(self, picture: Path, kind: str) -> tuple[str, str]:
        done = subprocess.run(
            ["zbarimg", "--quiet", "--raw", str(picture)], capture_output=True, text=True, check=False
        )
        address = done.stdout.strip()
        if not address.startswith(f"https://www.qinghe.example{kind}"):
            raise DemoError(f"the code in {picture.name} says {address!r}, not a public address")
        with urllib.request.urlopen(self.county.url + urlsplit(address).path, timeout=10) as answer:  # noqa: S310 - ours
            return address, answer.read().decode()

    def _keep(self, name: str, who: Visitor | None = None) -> Path:
        path = self.shots / f"{name}.png"
        (who or self.visitor).screen.still_picture().save(path)
        return path
