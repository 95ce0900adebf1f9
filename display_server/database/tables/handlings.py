"""Tables of what windows accepted: cases, the numbers of their papers, departments that were asked."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from display_server.database.tables.core import metadata

handlings = Table(
    "handlings",
    metadata,
    Column("id", String(40), primary_key=True),  # cannot be guessed: it opens the public page
    Column("site", String(40), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("number", String(20), nullable=False),  # of its newest paper
    Column("kind", String(20), nullable=False),
    Column("meant", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    Column("ticket", String(40), nullable=False),  # the queue ticket it came from, or empty
    Column("item", String(40), nullable=False),  # its guide
    Column("title", Text, nullable=False),
    Column("applicant", String(80), nullable=False),  # personal: stays on this server
    Column("contact", String(80), nullable=False),  # personal: stays on this server
    Column("account", String(40), nullable=False),  # who accepted it
    Column("opened_at", String(40), nullable=False),
    Column("amount", Integer, nullable=False),  # of the limit
    Column("limit_unit", String(20), nullable=False),
    Column("started", String(10), nullable=False, server_default=""),  # the day its clock started, or empty
    Column("due", String(10), nullable=False, server_default=""),  # the last day, or empty while it is not known
    Column("superior", String(80), nullable=False, server_default=""),
    Column("sent_at", String(40), nullable=False, server_default=""),
    Column("closed_at", String(40), nullable=False, server_default=""),
    Column("outcome", String(20), nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("remedy", Text, nullable=False, server_default=""),
    Column("late_reason", Text, nullable=False, server_default=""),
    Column("detail", Text, nullable=False),  # canonical JSON of display_server.cases.slips.Slip
    Index("handlings_of_site", "site", "state", "opened_at"),
)

handling_numbers = Table(
    "handling_numbers",
    metadata,
    Column("site", String(40), primary_key=True),
    Column("number", String(20), primary_key=True),
    Column("letter", String(1), nullable=False),
    Column("year", Integer, nullable=False),
    Column("running", Integer, nullable=False),
    Column("handling", String(40), nullable=False, index=True),
    Column("given_at", String(40), nullable=False),
    Column("voided_at", String(40), nullable=False, server_default=""),
    Column("void_reason", Text, nullable=False, server_default=""),
    UniqueConstraint("site", "letter", "year", "running", name="one_paper_a_number"),
)

handling_replies = Table(
    "handling_replies",
    metadata,
    Column("handling", String(40), primary_key=True),
    Column("department", String(40), primary_key=True),  # a unit
    Column("asked_at", String(40), nullable=False, server_default=""),  # empty until the case is complete
    Column("limit_days", Integer),  # working days the profile gives; null: it gives none
    Column("due", String(10), nullable=False, server_default=""),
    Column("replied_at", String(40), nullable=False, server_default=""),
    Column("reply", Text, nullable=False, server_default=""),
    Column("account", String(40), nullable=False, server_default=""),
)
