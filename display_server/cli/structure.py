"""`display-server unit|channel|site|service|window add …` and `channels`."""

from pathlib import Path

import click

from display_server.cli import folder
from display_server.cli.lazy import LazyGroup

_levels = click.Choice(["county", "township", "village"])


@click.group(cls=LazyGroup)
def unit() -> None:
    """Units that publish."""


@unit.command("add")
@click.argument("unit_id", metavar="ID")
@click.option("--name", required=True)
@click.option("--level", required=True, type=_levels)
@click.option("--parent", default="", metavar="UNIT", help="The unit above it.")
@click.option("--phone", default="")
@click.option("--leader", default="", help="Who answers for all of it.")
@click.option("--deputy", default="", help="Who answers for it directly.")
def unit_add(unit_id: str, name: str, level: str, parent: str, phone: str, leader: str, deputy: str) -> None:
    """Add a unit."""
    from content_sync.domain.county import Unit
    from display_server.access import shell
    from display_server.desk import structure

    new = Unit(unit_id, name, level, parent, phone, leader, deputy)  # type: ignore[arg-type]  # click checked the level
    with folder.database() as db:
        structure.add_unit(db, shell, new)


_other_servers = {
    "root": ("display_server.cli.adopting:root", "Print the file by which a county adopts a channel of this server."),
    "adopt": ("display_server.cli.adopting:adopt", "Let the county's devices believe another server's channel."),
}


@click.group(cls=LazyGroup, later=_other_servers)
def channel() -> None:
    """Channels: what a unit publishes, signed with its keys."""


@channel.command("add")
@click.argument("channel_id", metavar="ID")
@click.option("--unit", "unit_id", required=True, metavar="UNIT", help="The unit that answers for it.")
def channel_add(channel_id: str, unit_id: str) -> None:
    """Add a channel and make its keys."""
    from content_sync.domain.county import ChannelOf
    from display_server.access import shell
    from display_server.desk import structure

    with folder.database() as db:
        structure.add_channel(db, shell, ChannelOf(channel_id, unit_id))


@click.group(cls=LazyGroup)
def site() -> None:
    """Halls and offices."""


@site.command("add")
@click.argument("site_id", metavar="ID")
@click.option("--unit", "unit_id", required=True, metavar="UNIT", help="The unit it belongs to.")
@click.option("--name", required=True)
@click.option("--phone", required=True, help="The supervision phone that stands on every screen.")
@click.option("--address", default="")
@click.option("--hours", default="")
@click.option("--help-desk", default="")
def site_add(site_id: str, unit_id: str, name: str, phone: str, address: str, hours: str, help_desk: str) -> None:
    """Add a site."""
    from content_sync.domain.county import Site
    from display_server.access import shell
    from display_server.desk import structure

    with folder.database() as db:
        structure.add_site(db, shell, Site(site_id, unit_id, name, phone, address, hours, help_desk))


@site.command("map")
@click.argument("site_id", metavar="SITE")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def site_map(site_id: str, file: Path | None) -> None:
    """Take a hall's map from a JSON FILE; without one, print the map as it is.

    FILE is {"floors": [{"id", "name", "width", "height", "spots": [{"kind": "window|room|desk|stairs|door|area",
    "name", "x", "y", "w", "h", "window"}]}], "kiosks": [{"floor", "x", "y", "device"}]}, in whole units of any length.
    Boards may stand among the kiosks: a floor whose devices are named is a zone, which needs a live one of each.
    """
    from content_sync.domain import limits
    from content_sync.domain.errors import BadInput
    from content_sync.domain.hall.floors import Plan
    from content_sync.wire import canonical, shapes
    from display_server.access import shell
    from display_server.database import sites
    from display_server.desk import structure

    with folder.database() as db:
        if file is None:
            with db.read() as connection:
                found = sites.site(connection, site_id)
            folder.print_json(shapes.to_plain(Plan(found.floors, found.kiosks)))
            return
        if file.stat().st_size > limits.map_bytes_max:
            raise BadInput(f"这个文件超过 {limits.map_bytes_max} 字节，不会是一张大厅的图。")
        plan = shapes.from_plain(Plan, canonical.load(file.read_bytes(), file.name), file.name)
        structure.draw_map(db, shell, site_id, plan)
    click.echo(f"{site_id}：{len(plan.floors)}层的图已经收下，机器同步后就能看到。")


@click.command("terms")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def terms(file: Path | None) -> None:
    """Take the words this county explains from a text FILE; without one, print the list as it is.

    One line a word: `低保 = 家里太困难，政府每月给的生活费。`, an English sentence behind ` | ` if there is one. Where
    the program explains the same word, the county's sentence counts. A list with a bad line is refused whole; an empty
    FILE ends it.
    """
    from content_sync.domain import limits
    from content_sync.domain.disclosure import glossary
    from content_sync.domain.errors import BadInput
    from display_server.access import shell
    from display_server.database import county
    from display_server.desk import structure

    with folder.database() as db:
        if file is None:
            with db.read() as connection:
                click.echo(glossary.lines_of(county.county(connection).terms), nl=False)
            return
        if file.stat().st_size > limits.own_terms_bytes_max:
            raise BadInput(f"这个文件超过 {limits.own_terms_bytes_max} 字节，不会是一张词语表。")
        try:
            found = glossary.terms_of(file.read_text(encoding="utf-8"))
        except UnicodeDecodeError as error:
            raise BadInput("这个文件不是 UTF-8 文本：请另存为 UTF-8 再来。") from error
        structure.explain_terms(db, shell, found)
    click.echo(f"{len(found)} 个词的解释已经收下，机器同步后就能看到。")


@click.group(cls=LazyGroup)
def service() -> None:
    """What tickets are taken for at a site."""


@service.command("add")
@click.argument("site_id", metavar="SITE")
@click.argument("service_id", metavar="ID")
@click.option("--letter", required=True, help="The letter its numbers begin with.")
@click.option("--name", required=True)
@click.option("--hint", default="", help="What people come for, in their own words.")
def service_add(site_id: str, service_id: str, letter: str, name: str, hint: str) -> None:
    """Add a service to a site."""
    from content_sync.domain.county import Service
    from display_server.access import shell
    from display_server.desk import structure

    with folder.database() as db:
        structure.add_service(db, shell, site_id, Service(service_id, letter, name, hint))


@click.group(cls=LazyGroup)
def window() -> None:
    """Windows of a site."""


@window.command("add")
@click.argument("site_id", metavar="SITE")
@click.argument("window_id", metavar="ID")
@click.option("--number", required=True, type=click.IntRange(1), help="The number painted above it.")
@click.option("--name", required=True)
@click.option("--place", default="", help="Where it is, as one would say it.")
@click.option("--services", required=True, metavar="SERVICE[,SERVICE…]")
def window_add(site_id: str, window_id: str, number: int, name: str, place: str, services: str) -> None:
    """Add a window to a site."""
    from content_sync.domain.county import Window
    from display_server.access import shell
    from display_server.desk import structure

    served = tuple(part.strip() for part in services.split(","))
    with folder.database() as db:
        structure.add_window(db, shell, site_id, Window(window_id, number, name, place, served))


@click.command()
@folder.as_json
def channels(*, as_json: bool) -> None:
    """List the channels with their newest editions."""
    from display_server.database import mirrored
    from display_server.database.content import newest_edition, waiting_edition
    from display_server.database.county import county

    with folder.database() as db, db.read() as connection:
        place = county(connection)
        levels = {unit.id: unit.level for unit in place.units}
        rows = [
            (found.id, found.unit, *newest_edition(connection, found.id)[:2], waiting_edition(connection, found.id))
            for found in place.channels
        ]
        rows += [(found.channel, found.unit, found.edition, found.items, 0) for found in mirrored.every(connection)]
    listed = [
        {
            "id": channel,
            "unit": unit,
            "level": levels.get(unit, ""),
            "edition": edition,
            "items": items,
            "waiting": waiting,
        }
        for channel, unit, edition, items, waiting in rows
    ]
    if as_json:
        folder.print_json(listed)
    else:
        for row in listed:
            waits = f"  edition {row['waiting']} waits for signatures" if row["waiting"] else ""
            click.echo(f"{row['id']:<20} {row['level']:<9} edition {row['edition']:<5} {row['items']} items{waits}")
