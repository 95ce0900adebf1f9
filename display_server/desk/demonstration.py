"""The demonstration county: `assets/demo` as drafts, then through the same reviews as everything else.

1. Its accounts are eight people with one role each, acting for every unit; what one may not do, another does.
2. Nothing is published by a shortcut: editor writes, reviewer, secrecy and legal pass, publisher publishes. A text the
   rules refuse stops the founding with its name, because the demonstration must be a model.
3. Its forms are attached as an editor would: the example filled in, then the blank one (deploy.demo.forms draws them).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from content_sync import assets
from content_sync.domain.county import County
from content_sync.domain.errors import Refused
from content_sync.wire.county import parse_county
from display_server import access
from display_server.access import Actor, shell
from display_server.accounts import service
from display_server.authoring import service as authoring
from display_server.authoring import submission
from display_server.authoring.attaching import service as attaching
from display_server.database import county as kept
from display_server.database.engine import Database
from display_server.desk import demonstration_said, publication
from display_server.review import service as review


def county() -> County:
    """The demonstration's units, channels and sites."""
    return parse_county((assets.path("demo") / "county.json").read_bytes())


def fill(db: Database) -> dict[str, str]:
    """Make the accounts and publish every item; the accounts' one-time passwords."""
    passwords = {
        role: service.add_account(db, shell, role, (role,), ("*",), f"{words}（演示）")
        for role, words in access.roles.items()
    }
    people = {role: service.actor_for(db, role) for role in access.roles}
    with db.read() as connection:
        channels = [channel.id for channel in kept.county(connection).channels]
    for channel in channels:
        _publish(db, people, channel)
    demonstration_said.fill(db, people["clerk"])
    return passwords


def _publish(db: Database, people: dict[str, Actor], channel: str) -> None:
    texts = _texts(channel)
    if not texts:
        return
    with db.write() as connection:
        for text in texts:
            authoring.add(db, connection, people["editor"], channel, text)
    for item, path, name in _forms({text["id"] for text in texts}):
        attaching.attach_file(db, people["editor"], item, path, name, "form")
    _all_passed(submission.submit(db, people["editor"], channel).refused)
    for role in ("reviewer", "secrecy", "legal"):
        _all_passed(review.approve(db, people[role], channel).refused)
    _all_passed(publication.publish(db, people["publisher"], channel).refused)


def _texts(channel: str) -> list[dict[str, Any]]:
    files = sorted((assets.path("demo") / "items" / channel).glob("*.json"))
    return [json.loads(file.read_bytes()) for file in files]


def _forms(items: set[str]) -> Iterator[tuple[str, Path, str]]:
    """Item, file and name of the forms of these items (rule 3)."""
    folder = assets.path("demo") / "forms"
    for form in json.loads((folder / "forms.json").read_bytes()):
        if form["item"] in items:
            for kind, words in (("filled", "填好的样子"), ("blank", "空白表")):
                yield form["item"], folder / f"{form['item']}-{kind}.png", f"{form['name']}（{words}）.png"


def _all_passed(refused: tuple[tuple[str, str], ...]) -> None:
    if refused:  # rule 2
        raise Refused(f"The demonstration's item {refused[0][0]} was refused: {refused[0][1]}")
