"""`content-sync`: exit 0 when something was done or nothing was to do, 1 with one sentence on stderr, 2 for usage.

What a command needs is imported inside it, so that `--help` answers at once.
"""

import json
import signal
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import click

from content_sync.clock import SystemClock, SystemIds
from content_sync.domain.errors import GongkailanError

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON value and nothing else.")

_read = "The stick has been read. Leave it in until the last line, so that this device's records travel with it."


class _Group(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (GongkailanError, OSError) as error:
            _fail(str(error))


@click.group(cls=_Group)
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="The device folder.")
@click.pass_context
def main(ctx: click.Context, folder: Path | None) -> None:
    """Keeps a device's signed content up to date and sends its records."""
    ctx.obj = folder


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--server",
    "servers",
    required=True,
    multiple=True,
    metavar="URL",
    help="The server's address, such as http://192.0.2.1:8080; given again: other servers of the same signed tree.",
)
@click.option("--code", required=True, help="The printed enrolment code.")
def init(folder: Path, servers: tuple[str, ...], code: str) -> None:
    """Enrol this device: make DIR with its identity, key and pinned county."""
    from content_sync.agent.enrol import enrol
    from content_sync.net.http import HttpServer
    from content_sync.net.line import HttpLine

    home, *mirrors = map(HttpLine, servers)
    with closing(home):
        names = tuple(mirror.address for mirror in mirrors)
        device = enrol(folder, home.address, code, HttpServer(home), SystemIds(), names)
    click.echo(f"{device.device} follows {', '.join(device.channels)}.")


@main.command()
@_json
@click.pass_obj
def once(folder: Path | None, as_json: bool) -> None:
    """Take what is new, check what is stored, send the records, fetch attached files; then exit."""
    from content_sync.agent.steps import once as step

    done = step(_given(folder), SystemClock())
    taken = {
        name: {"from": one.before, "edition": one.edition, "bytes": one.bytes, "seconds": one.seconds}
        for name, one in done.pulled.taken.items()
    }
    files = {"fetched": done.files.fetched, "bytes": done.files.bytes}
    lines = [f"{name}: edition {one['from']} → {one['edition']}, {one['bytes']} bytes" for name, one in taken.items()]
    lines += [f"attached files: {files['fetched']} fetched, {files['bytes']} bytes"] if done.files.fetched else []
    records = {"sent": done.sent, "waiting": done.waiting}
    _tell({"channels": taken, "records": records, "blobs": files}, lines, as_json=as_json)
    failures = [*(failure.sentence for failure in done.pulled.failures), done.push_failure, done.files.sentence]
    if any(failures):
        _fail(" ".join(dict.fromkeys(sentence for sentence in failures if sentence)))


@main.command()
@click.pass_obj
def run(folder: Path | None) -> None:
    """Do so for ever: poll, hear hints, answer presses, send records. SIGTERM ends it."""
    from content_sync.agent.running import Agent

    agent = Agent(_given(folder), SystemClock(), SystemIds())
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: agent.stop.set())
    agent.run()


@main.command()
@_json
@click.pass_obj
def status(folder: Path | None, as_json: bool) -> None:
    """What this device holds, as of when, and what troubles it.

    In JSON `about` names for each of `problems`, in their order, what it is about: `clock`, `disk:low`, `printer:out`.
    """
    from content_sync.agent.reporting import status as report

    found = report(_given(folder), SystemClock())
    lines = [f"{name}: edition {c['edition']} as of {c['as_of'] or '-'}" for name, c in found["channels"].items()]
    lines += [
        f"{t['channel']}: {t['done']} of {t['of']} bytes here, the last {t['seconds']} s ago"
        for t in found["transfers"]
    ]
    blobs = found["blobs"]
    lines += [f"attached files: {blobs['held']} held with {blobs['bytes']} bytes, {blobs['wanted']} to be fetched"]
    _tell(found, [*lines, f"records waiting: {found['outbox']}", *found["problems"]], as_json=as_json)


@main.command()
@_json
@click.pass_obj
def verify(folder: Path | None, as_json: bool) -> None:
    """Check every stored body, the search table and every attached file; repairs nothing."""
    from content_sync.agent.reporting import verify as check

    found = check(_given(folder))
    line = f"{found['items']} items, {found['blobs']} attached files, {len(found['bad'])} bad"
    _tell(found, [line], as_json=as_json)
    if found["bad"]:
        _fail(f"Damaged: {', '.join(found['bad'])}. The agent's next step fetches it again.")


@main.command("import-bundle")
@click.argument("stick", metavar="PATH", type=click.Path(path_type=Path))
@_json
@click.option("--told", is_flag=True, hidden=True, help="Tell it line by line, for a screen.")
@click.pass_obj
def import_bundle(folder: Path | None, stick: Path, as_json: bool, told: bool) -> None:
    """Take the bundle of the stick mounted at PATH, and write this device's records onto it."""
    from content_sync.agent.progress import Progress
    from content_sync.agent.stick_telling import tell_import
    from content_sync.agent.sticks import import_stick

    if told:
        tell_import(_given(folder), stick, SystemClock(), click.echo)
        return

    def read() -> None:
        click.echo(_read, err=True)

    done = import_stick(_given(folder), stick, SystemClock(), Progress(sys.stderr).report, read)
    refused = list(dict.fromkeys(done.refused.values()))
    for sentence in (*refused, *done.faults()) if not as_json else ():
        click.echo(sentence, err=True)
    _tell(done.as_plain(), done.sentences(), as_json=as_json)
    if done.is_trouble():
        if as_json:
            _fail(" ".join(refused))
        sys.exit(1)


@main.command("export-records")
@click.argument("stick", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--told", is_flag=True, hidden=True, help="Tell it line by line, for a screen.")
@click.pass_obj
def export_records(folder: Path | None, stick: Path, told: bool) -> None:
    """Write this device's records, sealed, onto the stick mounted at PATH, also an empty one; take nothing from it."""
    from content_sync.agent.stick_telling import tell_records
    from content_sync.agent.sticks import carry_out

    if told:
        tell_records(_given(folder), stick, click.echo)
        return
    done = carry_out(_given(folder), stick)
    if done.faults:
        _fail(" ".join(done.faults))
    click.echo(f"Records on the stick for the server: {done.written}. It may be pulled out now.")


@main.command()
@click.argument("query")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 200))
@_json
@click.pass_obj
def search(folder: Path | None, query: str, limit: int, as_json: bool) -> None:
    """Search what is on this device; all words must match."""
    from content_sync.agent.reporting import search as find

    found = find(_given(folder), query, limit, SystemClock().now())
    _tell(found, [f"{one['id']}  {one['title']}" for one in found], as_json=as_json)


def _given(folder: Path | None) -> Path:
    if folder is None:
        raise click.UsageError("Name the device folder: content-sync --dir DIR …")
    return folder


def _tell(value: Any, lines: list[str], *, as_json: bool) -> None:
    if as_json or lines:
        click.echo(json.dumps(value, ensure_ascii=False) if as_json else "\n".join(lines))


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
