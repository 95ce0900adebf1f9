"""`display-server attach | detach`: files on working texts."""

from pathlib import Path

import click

from display_server.cli import folder


@click.command()
@click.argument("item", metavar="ITEM")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, readable=False))
@folder.as_user
@click.option("--name", default="", metavar="TEXT", help="What readers see; the file's own name when left out.")
@click.option("--use", default="", metavar="USE", help="page, photo, form or file; by the kind of file when left out.")
@folder.as_json
def attach(item: str, file: Path, as_name: str, name: str, use: str, *, as_json: bool) -> None:
    """Attach a picture or a PDF to a working text; what was submitted must be submitted again."""
    from content_sync.wire import shapes
    from display_server.authoring.attaching import service
    from display_server.web.files import file_line

    with folder.database() as db:
        made = service.attach_file(db, folder.acting(db, as_name), item, file, name, use)
    if as_json:
        folder.print_json({"id": item, **shapes.to_plain(made)})
    else:
        click.echo(f"{item}  {file_line(made)}")


@click.command()
@click.argument("item", metavar="ITEM")
@click.argument("file", metavar="FILE")
@folder.as_user
@folder.as_json
def detach(item: str, file: str, as_name: str, *, as_json: bool) -> None:
    """Take a file off a working text: by its name, or by the beginning of its hash."""
    from display_server.authoring.attaching import service

    with folder.database() as db:
        gone = service.detach(db, folder.acting(db, as_name), item, file)
    if as_json:
        folder.print_json({"id": item, "sha256": gone.sha256, "name": gone.name})
    else:
        click.echo(f"{item}  已取下“{gone.name}”")
