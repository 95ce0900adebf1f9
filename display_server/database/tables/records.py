"""Tables of what travels up: records, each once; ratings, cases and the display log they make."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from display_server.database.tables.core import metadata

records = Table(
    "records",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("device", String(200), nullable=False),  # for one behind a relay the way to it: relay/…/device
    Column("kind", String(20), nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("received_at", String(40), nullable=False),
    Column("body", Text, nullable=False),  # canonical JSON; empty where a table of its own holds what it said
)

ratings = Table(
    "ratings",
    metadata,
    Column("ticket", String(40), primary_key=True),
    Column("record", String(40), nullable=False),
    Column("site", String(40), nullable=False),
    Column("service", String(40), nullable=False),
    Column("day", String(10), nullable=False),
    Column("level", Integer, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("set_aside", Integer, nullable=False, server_default="0"),  # 1: found malicious, counts in no share
    Index("ratings_of_day", "site", "day"),
)

cases = Table(
    "cases",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("record", String(40), nullable=False, unique=True),  # what opened it: exactly one case for each record
    Column("kind", String(20), nullable=False),  # opinion, rating
    Column("site", String(40), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("about", Text, nullable=False),
    Column("taps", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("item", String(40), nullable=False),
    Column("opened_at", String(40), nullable=False),
    Column("state", String(10), nullable=False),  # open, doing, done, cannot
    Column("handler", String(40), nullable=False, server_default=""),
    Column("answer", Text, nullable=False, server_default=""),
    Column("answered_at", String(40), nullable=False, server_default=""),
    Column("answer_item", String(40), nullable=False, server_default=""),  # the draft made of the answer
    Column("limit_days", Integer),  # working days the profile gives; null: it gives none
    Column("due", String(10), nullable=False, server_default=""),  # the last day, or empty while it is not known
    Column("contact", String(80), nullable=False, server_default=""),  # of a bad rating: how its author can be reached
    Column("finding", String(10), nullable=False, server_default=""),  # of a bad rating: upheld, explained, malicious
    Column("reasons", Text, nullable=False, server_default=""),  # of the finding
    Column("channel", String(20), nullable=False, server_default="box"),  # how it came (domain.cases.channels)
    Column("receipt", String(20), nullable=False, server_default=""),  # as the visitor was shown it; empty: of the id
    Column("strokes", Text, nullable=False, server_default=""),  # handwriting (domain.cases.handwriting)
    Column("device", String(200), nullable=False, server_default=""),  # the kiosk it was said at (SUP-02, board id)
    Column("closed_at", String(40), nullable=False, server_default=""),  # the public answer is published
    Column("follows", String(20), nullable=False, server_default=""),  # the case whose answer did not satisfy
    Column("verdict", String(12), nullable=False, server_default=""),  # satisfied, unsatisfied: by its visitor
    Column("verdict_at", String(40), nullable=False, server_default=""),
    Column("escalated_at", String(40), nullable=False, server_default=""),  # 办不成事, late: marked for the leader
    Column("forgotten_at", String(40), nullable=False, server_default=""),  # what names a person is gone
    Index("cases_of_state", "state", "opened_at"),
    Index("cases_of_follows", "follows"),
)

enquiries = Table(
    "enquiries",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("site", String(40), nullable=False),
    Column("device", String(40), nullable=False),  # empty: asked at the desk
    Column("press", String(40), nullable=False),
    Column("place", String(200), nullable=False),  # the screen it was asked from, or what it is about
    Column("opened_at", String(40), nullable=False),
    Column("state", String(10), nullable=False),  # waiting, coming, closed
    Column("owner", String(40), nullable=False, server_default=""),  # the first clerk who took it, for good
    Column("owner_name", String(80), nullable=False, server_default=""),
    Column("holder", String(40), nullable=False, server_default=""),
    Column("holder_name", String(80), nullable=False, server_default=""),
    Column("taken_at", String(40), nullable=False, server_default=""),
    Column("closed_at", String(40), nullable=False, server_default=""),
    Column("outcome", String(20), nullable=False, server_default=""),
    UniqueConstraint("device", "press", name="one_enquiry_a_press"),
    Index("enquiries_of_site", "site", "state", "opened_at"),
)

display_log = Table(
    "display_log",
    metadata,
    Column("record", String(40), primary_key=True),
    Column("device", String(200), nullable=False),
    Column("screen", String(40), nullable=False),
    Column("item", String(40), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("started", String(40), nullable=False),
    Column("ended", String(40), nullable=False),
    Index("display_log_of_device", "device", "started"),
)
