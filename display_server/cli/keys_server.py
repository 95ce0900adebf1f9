"""`display-server keys list | take-out | request | apply | rotate`: the commands that work on a server's folder."""

from pathlib import Path

import click

from display_server.cli import folder, passphrases

_out = click.Path(path_type=Path)
_file = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(name="list")
@click.argument("channel", metavar="[CH]", default="")
@folder.as_json
def listing(channel: str, *, as_json: bool) -> None:
    """Show every channel's keys, and `_directory`'s: where they are, thresholds, versions, expiries."""
    import dataclasses

    from display_server.desk import key_words, keys

    found = keys.inventories(folder.config(), channel)
    if as_json:
        folder.print_json(
            [{**dataclasses.asdict(one), "root_here": one.root_here, "notes": key_words.notes(one)} for one in found]
        )
    else:
        for one in found:
            click.echo("\n".join(key_words.inventory_lines(one)))


@click.command(name="take-out")
@click.argument("channel", metavar="CH")
@click.argument("out", metavar="OUT", type=_out)
@click.option("--only", default="", metavar="ROLE", help="One key, such as root-1; for each keeper's own stick.")
@passphrases.from_file
def take_out(channel: str, out: Path, *, only: str, passphrase_file: Path | None) -> None:
    """Move root keys into OUT/root-1/ and so on, each sealed by its keeper's passphrase and read back first."""
    from display_server.access import shell
    from display_server.desk import keys

    with folder.database() as db:
        roles = keys.roles_here(db.config, channel, only)
        given = dict(zip(roles, passphrases.new(passphrase_file, roles), strict=True))
        for path in keys.take_out(db, shell, channel, out, given):
            click.echo(f"{path}  已写好、读回核对，服务器上的已经抹去")


@click.command()
@click.argument("channel", metavar="CH")
@click.argument("out", metavar="OUT", type=_out)
@click.option("--replace", default="", metavar="ROLE[=KEY.pub],…", help="online, targets, withdrawal, root-1=KEY.pub …")
@click.option("--targets", default="", metavar="KEY.pub,…", help="From now on these keys sign the editions.")
@click.option("--threshold", default=1, show_default=True, help="How many of them must sign.")
def request(channel: str, out: Path, *, replace: str, targets: str, threshold: int) -> None:
    """Write a signing request; with nothing to replace, for a root that lives two more years."""
    from display_server.access import shell
    from display_server.desk import key_requests as keys

    wanted = [part.strip().partition("=") for part in replace.split(",") if part.strip()]
    new = {role: Path(path) if path else None for role, _, path in wanted}
    public = [Path(part.strip()) for part in targets.split(",") if part.strip()]
    with folder.database() as db:
        words = keys.request(db, shell, channel, out, keys.Wish(new, public, threshold))
    click.echo("\n".join([*words, f"写好了 {out}：请保管人签名：display-server keys sign {out} --key FILE"]))


@click.command()
@click.argument("channel", metavar="CH")
@click.argument("out", metavar="OUT", type=_out)
@click.option("--whole", is_flag=True, help="With every text, for a signer who did not sign the edition before.")
def pending(channel: str, out: Path, *, whole: bool) -> None:
    """Write what a channel's publishers are to sign: the waiting edition, or the standing one once more."""
    from display_server.access import shell
    from display_server.desk import key_requests

    with folder.database() as db:
        words = key_requests.pending(db, shell, channel, out, all_texts=whole)
    click.echo("\n".join([*words, f"写好了 {out}：请发布人签名：display-server keys sign {out} --key FILE"]))


@click.command()
@click.argument("files", metavar="REQUEST…", nargs=-1, required=True, type=_file)
def apply(files: tuple[Path, ...]) -> None:
    """Publish a signed request; several copies of it, signed in different places, are put together."""
    from display_server.access import shell
    from display_server.desk import key_requests as keys

    with folder.database() as db:
        click.echo("\n".join([*keys.apply(db, shell, files), "已生效。"]))


@click.command()
@click.argument("channel", metavar="CH")
@click.option("--role", required=True, metavar="ROLE", help="online, targets, withdrawal, root-1, root-2 or root-3.")
def rotate(channel: str, role: str) -> None:
    """Replace the key of a role at once; says which request to make where the root keys are elsewhere."""
    from display_server.access import shell
    from display_server.desk import key_words, keys

    with folder.database() as db:
        keys.rotate(db, shell, channel, role)
        [found] = keys.inventories(db.config, channel)
    click.echo("\n".join([*key_words.inventory_lines(found), "已更换。"]))
