"""The peers: rsync of one file per item, rsync of one pack, git, and a whole file with gzip and ETag.

Each gets the settings its users would choose for this: `rsync -az --delete --partial`, a shallow clone and shallow
fetches, nginx with a file packed by gzip -9.
"""

import getpass
import gzip
import subprocess
from pathlib import Path

from tests.bench.copies import Commands, Shallow, Whole
from tests.bench.corpus import lines
from tests.bench.method import Client
from tests.bench.served import Served, put
from tests.bench.story import Step

_pack = "pack.jsonl"


class Rsync(Served):
    """rsync's daemon; `packed`: one file with all items, else one file each."""

    resumes = True

    def __init__(self, folder: Path, *, packed: bool) -> None:
        super().__init__(folder, "rsync")
        self.name, self._packed = "rsync, one pack" if packed else "rsync, a file each", packed

    def publish(self, step: Step) -> None:
        """Write what differs."""
        if self._packed:
            put(self.tree / _pack, lines(step.bodies))
        else:
            self.put_files(step.bodies)
        conf = self.folder / "rsyncd.conf"
        conf.write_text(f"use chroot = no\n[tree]\npath = {self.tree}\n")
        address = ("--address=127.0.0.1", f"--port={self.port}")
        self.serve(self.tool, "--daemon", "--no-detach", f"--config={conf}", *address)

    def client(self, folder: Path, port: int) -> Client:
        """A folder kept by one command."""
        return Commands(folder, [self.tool, "-az", "--delete", "--partial", f"rsync://127.0.0.1:{port}/tree/", "."])


class Git(Served):
    """git's own daemon over a repository with a commit per publication."""

    name, resumes = "git", False

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "git")

    def publish(self, step: Step) -> None:
        """A commit for each change; the first one makes the repository."""
        held = {path.stem: path.read_bytes() for path in self.tree.glob("*.json")}
        if not held:
            self._git("init", "--quiet", "--initial-branch=main")
            self._git("config", "user.name", "bench")
            self._git("config", "user.email", "bench@example.org")
            self._commit(step.bodies)
            folder = ("--export-all", f"--base-path={self.folder}")
            self.serve(self.tool, "daemon", *folder, "--reuseaddr", "--listen=127.0.0.1", f"--port={self.port}")
        for change in step.changes:
            held = {name: body for name, body in (held | change.bodies()).items() if name not in change.gone}
            self._commit(held)

    def client(self, folder: Path, port: int) -> Client:
        """A shallow clone."""
        return Shallow(self.tool, folder, f"git://127.0.0.1:{port}/tree")

    def _commit(self, bodies: dict[str, bytes]) -> None:
        self.put_files(bodies)
        self._git("add", "--all")
        self._git("commit", "--quiet", "--message=edition")

    def _git(self, *arguments: str) -> None:
        subprocess.run([self.tool, *arguments], cwd=self.tree, check=True, capture_output=True)


class Gzip(Served):
    """One file, packed by gzip -9, from nginx; the client repeats the ETag it got."""

    name, resumes = "GET, gzip + ETag", False

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "nginx")

    def publish(self, step: Step) -> None:
        """Pack and write the file when it differs."""
        data = lines(step.bodies)
        if put(self.tree / _pack, data):
            put(self.tree / f"{_pack}.gz", gzip.compress(data, 9))
        conf = self.folder / "nginx.conf"
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = " ".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in kinds)
        conf.write_text(
            f"user {getpass.getuser()}; daemon off; error_log stderr; pid {self.folder}/pid; events {{}}\n"
            f"http {{ access_log off; {temporary} etag on; gzip_static on;\n"
            f"server {{ listen 127.0.0.1:{self.port}; root {self.tree}; }} }}\n"
        )
        self.serve(self.tool, "-c", conf, "-e", "stderr")

    def client(self, folder: Path, port: int) -> Client:
        """A file kept by conditional GETs."""
        return Whole(folder, port, _pack)
