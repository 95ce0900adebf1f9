"""`display-server forget`: what names people goes when it was kept as long as the rule profile says."""

import click

from display_server.cli import folder


@click.command()
@click.option("--dry-run", is_flag=True, help="Tell what would be forgotten, and forget nothing.")
@folder.as_json
def forget(*, dry_run: bool, as_json: bool) -> None:
    """Forget words, contacts, applicants and sealed applications kept long enough; `serve` does so every day.

    Numbers, steps and answers stay, and each forgetting is a line of the audit log.
    """
    from display_server.desk import forgetting

    with folder.database() as db:
        found = forgetting.due(db) if dry_run else forgetting.forget(db)
    if as_json:
        folder.print_json({"forgotten": [vars(one) for one in found], "dry_run": dry_run})
        return
    for one in found:
        click.echo(f"{one.family} {one.number}: kept until {one.until}")
    click.echo(f"{len(found)} {'would be ' if dry_run else ''}forgotten.")
