"""`display-server keys sign | new`: the commands for a machine that is no server."""

from pathlib import Path

import click

from display_server.cli import passphrases

_file = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("request", metavar="REQUEST", type=_file)
@click.option("--key", required=True, type=_file, metavar="FILE", help="The key file, from a stick or `keys new`.")
@click.option("--yes", is_flag=True, help="Do not ask; for scripts.")
@passphrases.from_file
def sign(request: Path, *, key: Path, yes: bool, passphrase_file: Path | None) -> None:
    """Show what is asked, sign it with a key, and keep the signature in the file."""
    from display_server.desk import key_files

    def agreed(words: list[str]) -> bool:
        click.echo("\n".join(words))
        return yes or click.confirm("内容看过了，签名吗？", err=True)

    _, lacking = key_files.sign(request, key, lambda: passphrases.known(passphrase_file), agreed)
    click.echo("\n".join(["已签名。", *(lacking or ["签名够了：拿到服务器上 keys apply。"])]))


@click.command()
@click.argument("request", metavar="REQUEST", type=_file)
@click.argument("item", metavar="[ITEM]", default="")
def show(request: Path, item: str) -> None:
    """Show what a request asks keys to sign and who still must, or one new text of it as it would be published."""
    from display_server.desk import key_files

    click.echo(key_files.text(request, item) if item else "\n".join(key_files.told(request)))


@click.command()
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--name", default="", help="Whose key it is; OUT's name when left out.")
@passphrases.from_file
def new(out: Path, *, name: str, passphrase_file: Path | None) -> None:
    """Make OUT.key, sealed by a passphrase and never to leave this machine, and OUT.pub to hand over."""
    from display_server.desk import key_files

    [passphrase] = passphrases.new(passphrase_file, [name or out.name])
    private, public, mark = key_files.new_pair(out, name or out.name, passphrase)
    click.echo(f"{private}  私钥，自己保管\n{public}  公钥，交给服务器管理员，指纹 {mark}")
