"""The bar at the top of every page: where each role can go. Owners of pages add their line here."""

from dataclasses import dataclass

from flask import current_app

from display_server.access import Actor, content_actions


@dataclass(frozen=True)
class Entry:
    """A place: its words, its endpoint, and the actions of which one must be allowed."""

    words: str
    endpoint: str
    actions: tuple[str, ...]


entries: tuple[Entry, ...] = (
    Entry("内容", "publication.overview", content_actions),
    Entry("叫号", "queue.halls", ("call",)),
    Entry("意见", "cases.listing", ("answer",)),
    Entry("待公开的答复", "answers.listing", ("author",)),
    Entry("评价", "ratings.listing", ("inspect",)),
    Entry("设备", "devices.listing", ("inspect",)),
    Entry("账号", "accounts.listing", ("accounts",)),
)


def entries_for(actor: Actor | None) -> list[Entry]:
    """The places this account may go to. What is hidden here is refused there too (access, rule 3)."""
    if actor is None:
        return []
    return [
        entry
        for entry in entries
        if entry.endpoint in current_app.view_functions and any(actor.may(action) for action in entry.actions)
    ]
