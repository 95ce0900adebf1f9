"""`display-server bundle | receive`: the stick between this server and devices without a network.

Exit 0 when something was written or taken, or there was nothing to do; 1 when everything was refused. Refusals are
listed either way: one sentence a line on stderr, or `refused` in the JSON.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from display_server.cli import folder

if TYPE_CHECKING:
    from display_server.desk.stick_reception import Stick


@click.command()
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--device", "devices", multiple=True, metavar="NAME", help="A device whose channels go onto the stick.")
@click.option("--channels", default="", metavar="CH,CH", help="Channels that go onto the stick.")
@click.option("--texts-only", is_flag=True, help="Leave attached files out: for a small stick.")
@folder.as_json
def bundle(out: Path, devices: tuple[str, ...], channels: str, *, texts_only: bool, as_json: bool) -> None:
    """Write a bundle onto the stick mounted at OUT, for devices or of channels."""
    import dataclasses
    import sys

    from content_sync.agent.progress import Progress
    from display_server.access import shell
    from display_server.desk import bundling

    named = [channel.strip() for channel in channels.split(",") if channel.strip()]
    if not devices and not named:
        raise click.UsageError("Say for whom: --device NAME or --channels CH,CH.")
    report = Progress(sys.stderr).report
    with folder.database() as db:
        wanted = [*bundling.channels_of(db, devices), *named]
        made = bundling.bundle(db, shell, out, wanted, report, texts_only=texts_only)
    refused = [{"channel": name, "reason": reason} for name, reason in made.refused]
    if as_json:
        folder.print_json({**dataclasses.asdict(made), "channels": _channels(made.channels), "refused": refused})
        return
    for one in made.channels:
        click.echo(f"{one.channel}：第 {one.edition} 期，{one.items} 件，{one.valid_until[:10]} 前可用")
    click.echo(f"已写好并核对 {made.files} 个文件（{made.bytes / 1e6:.1f} MB），可以弹出U盘。")
    for name, reason in made.refused:
        click.echo(f"{name}：{reason}", err=True)


@click.command()
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@folder.as_json
def receive(path: Path, *, as_json: bool) -> None:
    """Take the records that devices wrote onto the stick mounted at PATH, and leave receipts for them."""
    from display_server.access import shell
    from display_server.desk import stick_reception

    with folder.database() as db:
        stick = stick_reception.receive(db, shell, path)
    if as_json:
        folder.print_json(_received(stick))
    else:
        for name, one in stick.devices.items():
            click.echo(
                f"{name}：接收 {len(one.taken)} 条记录" + (f"，拒收 {len(one.refused)} 条" if one.refused else "")
            )
        if not stick.devices and not stick.refused:
            click.echo("U盘上没有要接收的记录。")
    _say_refusals(stick, as_json=as_json)


def _channels(carried: Any) -> dict[str, Any]:
    import dataclasses

    return {one.channel: {k: v for k, v in dataclasses.asdict(one).items() if k != "channel"} for one in carried}


def _received(stick: "Stick") -> dict[str, Any]:
    devices = {
        name: {
            "accepted": len(one.taken),
            "refused": [{"id": record, "reason": reason} for record, reason in one.refused],
        }
        for name, one in stick.devices.items()
    }
    refused = [{"file": file, "reason": reason} for file, reason in stick.refused]
    return {"devices": devices, "refused": refused, "receipts": not stick.fault}


def _say_refusals(stick: "Stick", *, as_json: bool) -> None:
    lines = [f"{file}：{reason}" for file, reason in stick.refused]
    lines += [f"{name} {record}：{reason}" for name, one in stick.devices.items() for record, reason in one.refused]
    if stick.fault:
        lines.append(f"记录已接收，但没能在U盘上留下回执，下次再带来也不会重复：{stick.fault}")
    all_refused = stick.refused and not stick.devices
    for line in lines if not as_json else lines[:1] if all_refused else ():
        click.echo(line, err=True)
    if all_refused:
        click.get_current_context().exit(1)
