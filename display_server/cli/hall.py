"""`display-server hall …` and `booking import`."""

from pathlib import Path

import click

from display_server.cli import folder
from display_server.cli.lazy import LazyGroup

_site = click.option("--site", "site_id", required=True, metavar="SITE", help="The hall.")


@click.group(cls=LazyGroup)
def hall() -> None:
    """What a hall does by hand."""


@hall.command("day-end")
@_site
@folder.as_json
def day_end(site_id: str, *, as_json: bool) -> None:
    """Close today: what waits is closed with a reason, seats are emptied. It also happens by itself at midnight."""
    from display_server.access import shell
    from display_server.queue import days

    with folder.database() as db:
        closed = days.end(db, shell, site_id)
    if as_json:
        folder.print_json({"site": site_id, "closed": closed})
    else:
        click.echo(f"{site_id}：今天已结束，{closed} 张还没办的票已关闭。")


@hall.command("renumber")
@_site
@click.option("--letter", required=True, metavar="LETTER", help="The letter of the numbers.")
@click.option("--first", required=True, type=int, help="The next number; beyond every one that was used today.")
def renumber(site_id: str, letter: str, first: int) -> None:
    """Let today's numbers of a letter go on from a later one; what is passed over is on file."""
    from display_server.access import shell
    from display_server.queue import renumbering

    with folder.database() as db:
        click.echo(f"{site_id}：下一个号是 {renumbering.renumber(db, shell, site_id, letter, first)}。")


@hall.command("rules")
@_site
@click.option(
    "--set",
    "said",
    multiple=True,
    metavar="NAME=VALUE",
    help="A rule and what it shall be; \\n begins a line. Repeat for more.",
)
@folder.as_json
def rules(site_id: str, said: tuple[str, ...], *, as_json: bool) -> None:
    """Tell a hall's rules, or change some."""
    from content_sync.domain.hall.deciding import written
    from display_server.access import shell
    from display_server.database import sites
    from display_server.desk import structure

    pairs = [one.partition("=") for one in said]
    if not all(equals for _, equals, _ in pairs):
        raise click.UsageError("--set takes NAME=VALUE, for example --set calls_max=2.")
    with folder.database() as db:
        if pairs:
            values = {name.strip(): value.replace("\\n", "\n") for name, _, value in pairs}
            structure.decide_rules(db, shell, site_id, values)
        with db.read() as connection:
            plain = written(sites.site(connection, site_id).rules)
    if as_json:
        folder.print_json(plain)
    else:
        for name, value in plain.items():
            click.echo(f"{name:<24} {value.replace(chr(10), ' / ')}")


@click.group(cls=LazyGroup)
def booking() -> None:
    """Bookings of a hall."""


@booking.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_site
@folder.as_json
def bring(file: Path, site_id: str, *, as_json: bool) -> None:
    """Read bookings from a CSV file with the columns code, service, day, time (or 预约码, 业务, 日期, 时间)."""
    from display_server.access import shell
    from display_server.queue import bookings

    with folder.database() as db:
        done = bookings.bring(db, shell, site_id, bookings.lines_of(file.read_bytes(), file.name))
    if as_json:
        refused = [{"line": line, "reason": reason} for line, reason in done.refused]
        folder.print_json({"created": done.created, "kept": done.kept, "refused": refused})
    else:
        click.echo(f"{file.name}：新增或更改 {done.created} 个预约，{done.kept} 个没有变化。")
        for line, reason in done.refused:
            click.echo(f"{file.name} 第 {line} 行：{reason}", err=True)
    if done.refused and not done.created + done.kept:
        click.get_current_context().exit(1)
