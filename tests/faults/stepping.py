"""A device that steps from edition to edition for ever, to be killed: `python -m tests.faults.stepping FOLDER`.

FOLDER holds `trees/1` … `trees/<n>`, the published tree at each edition, and `device`. After the last edition the store
is thrown away and the way begins anew, from the base pack.
"""

import sys
from pathlib import Path

from content_sync.net.folder import FolderFetcher
from content_sync.pull.step import Puller
from tests.content_sync.world import County, Hall, HandClock, bodies

editions = 24


def texts(number: int) -> dict[str, bytes]:
    """The items of an edition: sixty, of which three changed, one is new and one is gone since the one before."""
    titles = {f"i{n}": f"第{number - (number - n) % 20}期改过的第{n}条" for n in range(60)}
    return bodies(**titles, **{f"new-{number}": f"第{number}期的新条"})


def build(folder: Path) -> None:
    """Publish every edition and keep the tree of each."""
    import shutil

    from content_sync.domain.ids import directory_channel
    from content_sync.trust.verifying import pin

    county = County(folder, "qinghe")
    for number in range(1, editions + 1):
        county.publish("qinghe", texts(number))
        if number % 5 == 0:
            county.complete("qinghe")
        shutil.copytree(county.repo, folder / "trees" / f"{number}")
    pin(folder / "device" / "trust" / directory_channel, county.publisher.directory_root())


def main(folder: Path) -> None:
    """Step for ever."""
    clock = HandClock()
    clock.pass_time(days=1)
    while True:
        held = 0
        for number in range(1, editions + 1):
            pull = Puller(folder / "device", ("qinghe",), FolderFetcher(folder / "trees" / f"{number}"), Hall(), clock)
            held = pull.store.held()["qinghe"].number
            if held < number:
                pull.take(["qinghe"])
            pull.close()
            print(number, flush=True)
        for path in (folder / "device").glob("content.db*"):
            path.unlink()
        for path in (folder / "device" / "trust" / "qinghe").glob("*.json"):
            path.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
