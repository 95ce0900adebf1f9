"""`display-server emergency publish | audit`: the fast path of CAT-17 for whoever has a shell on the server."""

import click

from display_server.cli import folder


@click.group()
def emergency() -> None:
    """Publish an emergency by one reviewer; audit it afterwards."""


@emergency.command()
@click.argument("item", metavar="ITEM")
@folder.as_user
@folder.as_json
def publish(item: str, as_name: str, *, as_json: bool) -> None:
    """Pass and publish a submitted emergency at once, as its secrecy reviewer; somebody else audits it afterwards."""
    from content_sync.domain.disclosure.review import principles
    from display_server.database import content
    from display_server.desk import emergency as path
    from display_server.publishing import service

    with folder.database() as db:
        with db.read() as connection:
            entry = content.entry(connection, item)
            version = content.version(connection, item, entry.submitted)
        made = path.publish_now(db, folder.acting(db, as_name), item, version.hash if version else "", principles)
        if as_json:
            names = ("channel", "edition", "items", "changed", "bytes", "waiting")
            folder.print_json({"id": item, **{name: getattr(made, name) for name in names}})
        else:
            click.echo(f"{item} 已紧急发布（{made.channel} 第 {made.edition} 期），等另一位同事事后审核。")
        service.complete(db, made.channel)


@emergency.command()
@click.argument("item", metavar="ITEM")
@folder.as_user
@click.option(
    "--faulty", default="", metavar="TEXT", help="What is wrong with it; without it the audit says it is sound."
)
def audit(item: str, as_name: str, faulty: str) -> None:
    """Audit an emergency that went out by the fast path."""
    from display_server.database import content
    from display_server.desk import emergency as path

    with folder.database() as db:
        with db.read() as connection:
            number = content.entry(connection, item).published_version
        path.give_audit(db, folder.acting(db, as_name), item, number, sound=not faulty, remark=faulty)
        click.echo(f"{item} 事后审核：{'属实' if not faulty else '有问题，请撤下或更正'}。")
