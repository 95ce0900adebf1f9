"""Tables of the queue. `queue_events` is the log; `tickets` is its fold, written in the same transaction."""

from sqlalchemy import Column, Index, Integer, String, Table, UniqueConstraint, column

from display_server.database.tables.core import metadata

counters = Table(
    "queue_counters",
    metadata,
    Column("site", String(40), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("letter", String(1), primary_key=True),
    Column("low", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    Column("issued", Integer, nullable=False),
    Column(
        "closed", Integer, nullable=False, server_default="0"
    ),  # 1: the day is over, its gaps have reasons; 2: before there were reasons
    Column("place", String(40), nullable=False, server_default=""),  # the newest in the line by the server's clock
)

blocks = Table(
    "queue_blocks",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("device", String(40), nullable=False),
    Column("site", String(40), nullable=False),
    Column("service", String(40), nullable=False),
    Column("letter", String(1), nullable=False),
    Column("day", String(10), nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("leased_at", String(40), nullable=False),
    Index("queue_blocks_of_device", "device", "day", "letter"),
)

series = Table(
    "queue_series",
    metadata,
    Column("site", String(40), primary_key=True),
    Column("letter", String(1), primary_key=True),
    Column("device", String(40), nullable=False),
    Column("desk", String(40), nullable=False),  # which desk.db of the device
    Column("given_at", String(40), nullable=False),
    Column("used_at", String(40), nullable=False),  # when a number of it was handed in last, or it was given
)

voids = Table(
    "queue_voids",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("site", String(40), nullable=False),
    Column("day", String(10), nullable=False),
    Column("letter", String(2), nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("reason", String(20), nullable=False),  # of domain.hall.voids
    Column("block", String(40), nullable=False, server_default=""),
    Column("at", String(40), nullable=False),
    Column("actor", String(40), nullable=False),  # `device:<id>`, or `day_end`
    Index("queue_voids_of_day", "site", "day", "letter"),
)

given_up = Table(
    "queue_given_up",
    metadata,
    Column("device", String(40), primary_key=True),
    Column("press", String(40), primary_key=True),
    Column("at", String(40), nullable=False),
)

tickets = Table(
    "tickets",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("site", String(40), nullable=False),
    Column("day", String(10), nullable=False),
    Column("letter", String(2), nullable=False),  # of the service, and of a kiosk's own series
    Column("running", Integer, nullable=False),
    Column("number", String(10), nullable=False),
    Column("service", String(40), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("claim", String(20), nullable=False, server_default=""),  # why it goes first, until the day is over
    Column("device", String(40), nullable=False),
    Column("press", String(40), nullable=False),
    Column("leased", Integer, nullable=False),  # 1: printed by a kiosk that was cut off
    Column("issued", String(40), nullable=False),
    Column("since", String(40), nullable=False),
    Column("state", String(10), nullable=False),
    Column("window", String(40), nullable=False, server_default=""),
    Column("called", String(40), nullable=False, server_default=""),
    Column("call", Integer, nullable=False, server_default="0"),  # the log's number of its last calling
    Column("times", Integer, nullable=False, server_default="0"),  # how often it was called at this window
    Column("target", String(40), nullable=False, server_default=""),  # the one window it waits for by name
    Column("returns", Integer, nullable=False, server_default="0"),  # how often it came back after a missed call
    Column("serving", String(40), nullable=False, server_default=""),
    Column("finished", String(40), nullable=False, server_default=""),
    UniqueConstraint("site", "day", "letter", "running", name="one_number_a_day"),
    UniqueConstraint("device", "press", "leased", name="one_ticket_a_press"),
    Index("tickets_waiting", "site", "day", "state", "service", "priority", "since"),
)

queue_events = Table(
    "queue_events",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("site", String(40), nullable=False),
    Column("day", String(10), nullable=False),
    Column("ticket", String(40), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("at", String(40), nullable=False),
    Column("window", String(40), nullable=False),
    Column("service", String(40), nullable=False),
    Column("number", String(10), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("target", String(40), nullable=False, server_default=""),
    Column("since", String(40), nullable=False, server_default=""),
    Column("reason", String(20), nullable=False, server_default=""),
    Column("actor", String(40), nullable=False),  # an account, or `device:<id>`
    Index("queue_events_of_day", "site", "day", "seq"),
    Index(
        "queue_events_of_window",
        "site",
        "day",
        "window",
        "seq",
        sqlite_where=column("window") != "",
        postgresql_where=column("window") != "",
    ),
    sqlite_autoincrement=True,
)

seats = Table(
    "queue_seats",
    metadata,
    Column("site", String(40), primary_key=True),
    Column("window", String(40), primary_key=True),
    Column("account", String(40), nullable=False),  # empty: nobody sits there
    Column("plate", String(80), nullable=False),  # the name on the staff plate that is lit (GUI-05)
    Column("since", String(40), nullable=False),
    Column("turns_day", String(10), nullable=False, server_default=""),
    Column("turns", Integer, nullable=False, server_default="0"),  # priority tickets called in a row on that day
    Column("why", String(10), nullable=False, server_default=""),  # why nobody sits there: away, lunch, closed
)

paused = Table(
    "queue_paused",
    metadata,
    Column("site", String(40), primary_key=True),
    Column("service", String(40), primary_key=True),
    Column("since", String(40), nullable=False),
    Column("reason", String(10), nullable=False, server_default=""),  # day_end: the day was closed early, not a clerk's
)

blanked = Table(
    "blanked",
    metadata,
    Column("site", String(40), primary_key=True),  # a row: the content of its boards is hidden
    Column("since", String(40), nullable=False),
    Column("account", String(40), nullable=False),
    Column("reason", String(200), nullable=False),
)

lent = Table(
    "queue_lent",
    metadata,
    Column("site", String(40), primary_key=True),
    Column("window", String(40), primary_key=True),
    Column("service", String(40), primary_key=True),
    Column("day", String(10), nullable=False),  # a window serves another service for this day at most
    Column("until", String(40), nullable=False),  # an instant; empty: to the end of the day
)

days = Table(
    "queue_days",
    metadata,
    Column("site", String(40), primary_key=True),
    Column("begun", String(10), nullable=False),  # every day before this one is closed
)

bookings = Table(
    "queue_bookings",
    metadata,
    Column("site", String(40), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("service", String(40), nullable=False),
    Column("slot", String(40), nullable=False),  # the instant booked
    Column("state", String(10), nullable=False),  # booked, arrived, no_show
    Column("ticket", String(40), nullable=False, server_default=""),
    Column("imported", String(40), nullable=False),
)

screens = Table(
    "window_screens",
    metadata,
    Column("site", String(40), primary_key=True),
    Column("window", String(40), primary_key=True),
    Column("kind", String(10), primary_key=True),  # pad, show
    Column("code", String(64), nullable=False, server_default=""),  # hash of the pairing code; empty: none is open
    Column("code_until", String(40), nullable=False, server_default=""),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("offered_by", String(40), nullable=False, server_default=""),
    Column("token", String(64), nullable=False, server_default=""),  # hash of the browser's token; empty: not paired
    Column("paired_at", String(40), nullable=False, server_default=""),
    Column("paired_by", String(40), nullable=False, server_default=""),
)
