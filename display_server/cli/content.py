"""`display-server import | submit | approve | publish | withdraw`: the acts of the content pages.

Exit 0 when something was done or nothing was to do, 1 when everything was refused. Refusals are listed either way: one
sentence a line on stderr, or `refused` in the JSON; with JSON, a failure still says one sentence on stderr.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from content_sync.domain.errors import GongkailanError
from display_server.cli import folder

if TYPE_CHECKING:
    from display_server.database.content import Outcome
    from display_server.database.engine import Database
    from display_server.desk.publication import Publication


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path, readable=False))
@click.option("--channel", required=True, metavar="CH", help="The channel the drafts belong to.")
@folder.as_user
@click.option("--kind", default="", metavar="KIND", help="guide, notice, document, ledger, answer or emergency.")
@click.option("--node", default="", metavar="N", help="The catalogue node; by kind when left out.")
@folder.as_json
def bring(files: tuple[Path, ...], channel: str, as_name: str, kind: str, node: str, *, as_json: bool) -> None:
    """Read files into drafts of a channel."""
    from display_server.authoring import importation

    with folder.database() as db:
        made = importation.bring(db, folder.acting(db, as_name), channel, files, kind, node)
    created = [
        {
            "id": one.id,
            "title": one.title,
            "kind": one.kind,
            "findings": [{"rule": f.rule, "message": f.message, "line": f.line} for f in one.findings],
        }
        for one in made.created
    ]
    lines = [f"{one.id}  {one.title}（{len(one.findings)} 条提示）" for one in made.created]
    refused = [{"file": file, "reason": reason} for file, reason in made.refused]
    _tell({"created": created, "refused": refused}, lines, made.refused, done=bool(created), as_json=as_json)


@click.command()
@click.argument("channel", metavar="CH")
@folder.as_user
@folder.as_json
def submit(channel: str, as_name: str, *, as_json: bool) -> None:
    """Submit every draft of a channel for review."""
    from display_server.authoring import submission

    with folder.database() as db:
        _tell_outcome(submission.submit(db, folder.acting(db, as_name), channel), "已提交", as_json=as_json)


@click.command()
@click.argument("channel", metavar="CH")
@folder.as_user
@folder.as_json
def approve(channel: str, as_name: str, *, as_json: bool) -> None:
    """Record every review this account may give on what waits in a channel, with its ticks."""
    from display_server.review import service

    with folder.database() as db:
        _tell_outcome(service.approve(db, folder.acting(db, as_name), channel), "审查通过", as_json=as_json)


@click.command()
@click.argument("channel", metavar="CH")
@folder.as_user
@folder.as_json
def publish(channel: str, as_name: str, *, as_json: bool) -> None:
    """Publish everything of a channel whose reviews are complete."""
    from display_server.desk import publication

    with folder.database() as db:
        made = publication.publish(db, folder.acting(db, as_name), channel)
        _tell_publication(made, channel, as_json=as_json)
        _complete(db, channel)


def _complete(db: "Database", channel: str) -> None:
    """Make what takes time; the edition is out, so a failure here is only told: whoever serves tries again."""
    from display_server.publishing import service

    try:
        service.complete(db, channel)
    except GongkailanError as error:
        click.echo(f"{channel}：{error}", err=True)


def _tell_publication(made: "Publication", channel: str, *, as_json: bool) -> None:
    value = {
        **_issued(made.issued),
        "done": list(made.done),
        "refused": [{"id": item, "reason": reason} for item, reason in made.refused],
    }
    issued = made.issued
    line = f"{channel} 第 {issued.edition} 期：{issued.items} 件，变动 {issued.changed} 件"
    if issued.waiting:
        line = f"{channel} 第 {issued.waiting} 期已备好，变动 {issued.changed} 件，{_waits(issued)}"
    _tell(value, [line], made.refused, done=bool(made.done), as_json=as_json)


@click.command()
@click.argument("item", metavar="ITEM")
@folder.as_user
@click.option("--reason", required=True, metavar="TEXT", help="Why; kept on file, not shown to the public.")
@folder.as_json
def withdraw(item: str, as_name: str, reason: str, *, as_json: bool) -> None:
    """Take a published item off every screen at once, as an edition of its own."""
    from display_server.publishing import service

    with folder.database() as db:
        made = service.withdraw(db, folder.acting(db, as_name), item, reason)
        value = {"id": item, **_issued(made)}
        line = f"{item} 已撤下（{made.channel} 第 {made.edition} 期）"
        if made.waiting:
            line = f"{item} 已从各屏幕撤下；不含它的第 {made.waiting} 期{_waits(made)}"
        _tell(value, [line], (), done=True, as_json=as_json)
        _complete(db, made.channel)


def _issued(made: Any) -> dict[str, Any]:
    names = ("channel", "edition", "items", "changed", "bytes", "waiting")
    return {name: getattr(made, name) for name in names}


def _waits(made: Any) -> str:
    return f"等发布人签名：keys pending {made.channel} OUT（屏幕上是第 {made.edition} 期）"


def _tell_outcome(outcome: "Outcome", words: str, *, as_json: bool) -> None:
    refused = [{"id": item, "reason": reason} for item, reason in outcome.refused]
    value = {"channel": outcome.channel, "done": list(outcome.done), "refused": refused}
    lines = [f"{item}  {words}" for item in outcome.done]
    _tell(value, lines, outcome.refused, done=bool(outcome.done), as_json=as_json)


def _tell(
    value: dict[str, Any], lines: Sequence[str], refused: Sequence[tuple[str, str]], *, done: bool, as_json: bool
) -> None:
    if as_json:
        folder.print_json(value)
    else:
        for line in lines:
            click.echo(line)
    for name, reason in () if as_json else refused:
        click.echo(f"{name}：{reason}", err=True)
    if refused and not done:
        if as_json:
            name, reason = refused[0]
            click.echo(f"{len(refused)} 件都没有通过；第一件 {name}：{reason}", err=True)
        click.get_current_context().exit(1)
