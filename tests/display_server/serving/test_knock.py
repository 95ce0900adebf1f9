"""A write knocks at the event process's door, so that nobody waits for its next look at the table."""

import socket as plain

import pytest

from content_sync.domain.errors import Refused
from display_server.database.engine import Database
from display_server.serving.handover import knock
from display_server.serving.streams import Streams, admit


def test_a_knock_wakes_who_watches_and_the_closed_door_ends_it() -> None:
    """No client comes with it; the door's end is the other process's."""
    import gevent
    from gevent import socket
    from gevent.event import Event

    outer, inner = plain.socketpair(plain.AF_UNIX, plain.SOCK_SEQPACKET)
    knocked, streams = Event(), Streams()
    entrance = socket.socket(fileno=inner.detach())
    admitting = gevent.spawn(admit, entrance, streams, knocked)
    knock(outer)
    assert knocked.wait(10)
    assert streams.listening() == []
    outer.close()
    admitting.join(10)
    assert admitting.dead
    entrance.close()


def test_a_door_that_nobody_opens_stops_no_writer() -> None:
    """Knocks that find no room are lost, without a word: the table is looked at all the same."""
    outer, inner = plain.socketpair(plain.AF_UNIX, plain.SOCK_SEQPACKET)
    for _ in range(5_000):
        knock(outer)
    inner.close()
    knock(outer)
    outer.close()


def test_what_is_committed_and_announced_knocks_once(db: Database) -> None:
    """Nothing announced, nothing committed: no knock; two announcements of one transaction: one."""
    knocks: list[int] = []
    db.knock = lambda: knocks.append(1)
    with db.write():
        pass
    with pytest.raises(Refused):
        _undone(db)
    assert knocks == []
    with db.write() as connection:
        db.announce(connection, "queue", {"site": "a"})
        db.announce(connection, "queue", {"site": "b"})
        assert knocks == []
    assert knocks == [1]


def _undone(db: Database) -> None:
    with db.write() as connection:
        db.announce(connection, "queue", {"site": "a"})
        raise Refused("no")
