"""Where a passphrase comes from: typed by the person, or a line of a file for scripts."""

from pathlib import Path

import click

from content_sync.domain.errors import Refused

from_file = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="For scripts: one passphrase a line, instead of asking.",
)


def new(path: Path | None, names: list[str]) -> list[str]:
    """A passphrase for each new key file, typed twice by its keeper, or the lines of the file in their order."""
    if path is not None:
        return _lines(path, len(names))
    return [
        click.prompt(f"{name} 的口令（由保管人自己输入）", hide_input=True, confirmation_prompt="再输入一次", err=True)
        for name in names
    ]


def known(path: Path | None) -> str:
    """The passphrase of a key file."""
    if path is not None:
        return _lines(path, 1)[0]
    typed: str = click.prompt("口令", hide_input=True, err=True)
    return typed


def _lines(path: Path, count: int) -> list[str]:
    found = path.read_text("utf-8").splitlines()
    if len(found) < count:
        raise Refused(f"{path} 只有 {len(found)} 行，要 {count} 行：每把密钥一行口令。")
    return found[:count]
