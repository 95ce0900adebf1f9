"""`display-server check`."""

import dataclasses

import click

from display_server.cli import folder


@click.command()
@folder.as_json
@click.pass_context
def check(ctx: click.Context, *, as_json: bool) -> None:
    """Check the audit log, the database and the published tree; repairs nothing, ends with 1 when anything is bad."""
    from display_server.desk.check import examine

    with folder.database() as db:
        report = examine(db)
    if as_json:
        folder.print_json(dataclasses.asdict(report))
    elif not report.problems:
        counted = f"{report.channels} channels, {report.packs} packs, {report.blobs} attached files"
        click.echo(f"All good: {report.audit_records} audit records, {counted}.")
    for line in () if as_json else report.waits:
        click.echo(f"Waits: {line}")
    for problem in report.problems:
        click.echo(problem, err=True)
    ctx.exit(1 if report.problems else 0)
