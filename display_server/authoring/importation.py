"""Files → drafts of a channel.

1. One file becomes all of its drafts or none, in one transaction; a file that cannot be read is refused by name and
   the others go on.
2. What a file does not say gets a default by its kind; each default is told as a finding (“默认…”), so that the author
   can change it.
3. What the import was unsure of stays on the draft until a person settles it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from content_sync.domain import limits
from content_sync.domain.disclosure import catalogue
from content_sync.domain.disclosure.lint import Finding
from content_sync.domain.errors import BadInput, Refused
from display_server.access import Actor, check
from display_server.authoring import service
from display_server.authoring.forms.blank import timings
from display_server.authoring.importing.drafts import Draft
from display_server.authoring.importing.readers import read_file
from display_server.database import content
from display_server.database.engine import Database


@dataclass(frozen=True)
class Created:
    """One draft made, with everything the import has to say about it."""

    id: str
    title: str
    kind: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Imported:
    """What files became: drafts, and (file name, sentence) for each file refused."""

    created: tuple[Created, ...]
    refused: tuple[tuple[str, str], ...]


def bring(
    db: Database, actor: Actor, channel_id: str, paths: Sequence[Path], kind: str = "", node: str = ""
) -> Imported:
    """Read files into drafts of a channel. Raises Refused when the account may not write there at all."""
    with db.read() as connection:
        place = content.channel(connection, channel_id)
    check(actor, "author", place.unit.id)
    if kind and kind not in catalogue.kind_names:
        raise BadInput(f"没有“{kind}”这种事项：可以是 {'、'.join(catalogue.kind_names)}。")
    if node and not catalogue.has_node(place.unit.level, node):
        raise BadInput(f"目录节点“{node}”不在本单位的公开目录里。")
    created: list[Created] = []
    refused: list[tuple[str, str]] = []
    for path in paths:
        try:
            created += _file(db, actor, place, path, kind, node)
        except Refused as error:
            refused.append((path.name, str(error)))
    return Imported(tuple(created), tuple(refused))


def _file(db: Database, actor: Actor, place: content.Channel, path: Path, kind: str, node: str) -> list[Created]:
    drafts = read_file(_bytes(path), path.name, kind)
    now, made = db.config.clock.now(), []
    with db.write() as connection:  # rule 1
        for draft in drafts:
            plain, defaults = _completed(draft, place, now, node)
            findings = (*draft.findings, *defaults)
            item_id = service.add(db, connection, actor, place.id, plain, findings)
            made.append(Created(item_id, draft.title, draft.kind, findings))
    return made


def _bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            raise BadInput("这不是文件，是文件夹、管道或设备：请给出一个文件。")
        with path.open("rb") as file:
            return file.read(limits.import_bytes_max + 1)
    except OSError as error:
        raise BadInput(f"打不开这个文件（{error.strerror}）。") from error


def _completed(
    draft: Draft, place: content.Channel, now: datetime, node: str
) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """The draft with what its file does not say, and a finding for each default (rule 2)."""
    unit = place.unit
    default_node = catalogue.default_node(unit.level, draft.kind)
    responsible = unit.leader or unit.name
    defaults: dict[str, tuple[str, str, str]] = {
        "node": (default_node, "CAT-01", f"默认放在目录“{catalogue.node_name(default_node)}”下。"),
        "openness": ("proactive", "CAT-14", "默认主动公开。"),
        "visibility": ("public", "CAT-14", "默认向社会公开。"),
        "timing": (timings[draft.kind], "TIM-01", ""),
        "dated": (now.date().isoformat(), "N-02", f"默认公开日期为{now.date().isoformat()}。"),
        "shown_from": (now.isoformat(timespec="seconds"), "OFF-04", "默认发布后马上展示，不设结束时间。"),
        "source": (unit.name, "QLT-04", f"默认来源为{unit.name}。"),
        "responsible": (responsible, "QLT-04", f"默认责任人为{responsible}。"),
    }
    known = {name: value for name, value in draft.fields.items() if name not in ("id", "channel", "unit")}
    known |= {"node": node} if node else {}
    used = {name: default for name, default in defaults.items() if name not in known}
    told = tuple(Finding(rule, message) for _, rule, message in used.values() if message)
    return {**{name: value for name, (value, _, _) in used.items()}, **known}, told
