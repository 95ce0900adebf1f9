"""The client that the public tuf-conformance suite drives, over our fetcher and our door to tuf.

1. `--metadata-dir D init ROOT` trusts a first root; `--metadata-url U refresh` takes the newest metadata into D, as
   unversioned files; `--target-name T… --target-base-url B --target-dir DIR download` refreshes and takes targets.
2. Exit 0: done. Exit 1: refused or unreachable, with one sentence on stderr.
3. The suite gives whole addresses and names no tree of ours would have. So the names are not held against
   `net.paths` here; everything else is the device's: one kept connection, bounds, total deadline, minimum rate, the
   adapter to tuf, the sentences.
4. What a device adds around this — nothing at all is kept of a refused refresh — is left off: the suite looks at the
   metadata that a client keeps half-way.
"""

import argparse
import http.client
import shutil
import sys
from pathlib import Path
from urllib.parse import urlsplit

from tuf.ngclient import Updater

from content_sync.domain.errors import GongkailanError, Unreachable
from content_sync.net.line import HttpLine
from content_sync.trust.verifying import _Adapter, _sentences


class WholeAddresses:
    """ports.Fetcher for whole addresses of one server (rule 3)."""

    def __init__(self, address: str) -> None:
        split = urlsplit(address)
        self._server = f"{split.scheme}://{split.netloc}"
        self._line = HttpLine(self._server)

    def fetch(self, path: str, bytes_max: int) -> bytes:
        """The file at the address `path`."""
        answer = self._line.ask("GET", path.removeprefix(self._server), None, {}, bytes_max)
        if answer.status == http.client.NOT_FOUND:
            raise FileNotFoundError(path)
        if answer.status != http.client.OK:
            raise Unreachable(f"The server answers {answer.status} to {path}.")
        return answer.body


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--metadata-dir", type=Path, required=True)
    parser.add_argument("--metadata-url")
    parser.add_argument("--target-name", action="append", default=[])
    parser.add_argument("--target-base-url")
    parser.add_argument("--target-dir")
    parser.add_argument("command", choices=("init", "refresh", "download"))
    parser.add_argument("root", type=Path, nargs="?")
    return parser.parse_args()


def _done(asked: argparse.Namespace) -> None:
    if asked.command == "init":
        shutil.copyfile(asked.root, asked.metadata_dir / "root.json")
        return
    updater = Updater(
        metadata_dir=str(asked.metadata_dir),
        metadata_base_url=asked.metadata_url,
        target_dir=asked.target_dir,
        target_base_url=asked.target_base_url,
        fetcher=_Adapter(WholeAddresses(asked.metadata_url)),
        bootstrap=None,
    )
    updater.refresh()
    for name in asked.target_name:
        described = updater.get_targetinfo(name)
        if described is None:
            raise FileNotFoundError(name)
        if updater.find_cached_target(described) is None:
            updater.download_target(described)


def main() -> int:
    """Rules 1 and 2."""
    try:
        with _sentences("the repository"):
            _done(_asked())
    except (GongkailanError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
