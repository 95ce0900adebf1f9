"""Tables of what visitors say beside opinions: receipts, reports of untruth, applications, questionnaires, panels."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from display_server.database.tables.core import metadata

receipts = Table(
    "receipts",
    metadata,
    Column("record", String(40), primary_key=True),
    Column("folded", String(20), nullable=False),  # as it is compared (domain.cases.receipts)
    Column("kind", String(20), nullable=False),  # opinion, report, application
    Column("noted_at", String(40), nullable=False),
    Index("receipts_folded", "folded"),
)

reports = Table(
    "reports",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("record", String(40), nullable=False, unique=True),
    Column("receipt", String(20), nullable=False),
    Column("site", String(40), nullable=False),
    Column("unit", String(40), nullable=False),  # whose text it is about
    Column("item", String(40), nullable=False),
    Column("claim", String(10), nullable=False),  # untrue, missing
    Column("taps", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("strokes", Text, nullable=False),
    Column("opened_at", String(40), nullable=False),
    Column("limit_days", Integer),
    Column("due", String(10), nullable=False, server_default=""),
    Column("state", String(10), nullable=False),  # open, doing, found, closed
    Column("handler", String(40), nullable=False, server_default=""),
    Column("finding", String(10), nullable=False, server_default=""),
    Column("reasons", Text, nullable=False, server_default=""),  # for supervision's own file
    Column("result", Text, nullable=False, server_default=""),  # what is to be published
    Column("result_item", String(40), nullable=False, server_default=""),
    Column("closed_at", String(40), nullable=False, server_default=""),
    Column("forgotten_at", String(40), nullable=False, server_default=""),  # the visitor's words are gone
    Index("reports_of_state", "state", "opened_at"),
)

report_pictures = Table(
    "report_pictures",
    metadata,
    Column("report", String(20), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("origin", String(100), nullable=False),  # how it came: a letter, a visit
    Column("sealed", LargeBinary, nullable=False),  # the picture made anew, sealed for the records key
    Column("hash", String(64), nullable=False),  # SHA-256 of the picture
    Column("bytes", Integer, nullable=False),
    Column("account", String(40), nullable=False),
    Column("made_at", String(40), nullable=False),
)

applications = Table(
    "applications",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("record", String(40), nullable=False, unique=True),
    Column("receipt", String(20), nullable=False),
    Column("channel", String(20), nullable=False),  # how it came: kiosk, window, letter, …
    Column("site", String(40), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("sealed", Text, nullable=False),  # who asks for what; only the records key opens it (promise 12)
    Column("last4", String(64), nullable=False),  # keyed hash of the contact's last four digits, or empty
    Column("opened_at", String(40), nullable=False),
    Column("state", String(10), nullable=False),  # applied, accepted, replied, delivered, archived
    Column("due", String(10), nullable=False, server_default=""),
    Column("handler", String(40), nullable=False, server_default=""),
    Column("detail", Text, nullable=False),  # canonical JSON of domain.cases.applications.Application
    Column("forgotten_at", String(40), nullable=False, server_default=""),  # the sealed box is gone
    Index("applications_of_state", "state", "opened_at"),
)

application_letters = Table(
    "application_letters",
    metadata,
    Column("application", String(20), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),  # without the applicant's name, which is read when it is printed
    Column("account", String(40), nullable=False),
    Column("made_at", String(40), nullable=False),
)

application_files = Table(
    "application_files",
    metadata,
    Column("application", String(20), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # the redacted file, sealed for the records key like its application
    Column("hash", String(64), nullable=False),  # SHA-256 of the file
    Column("bytes", Integer, nullable=False),
    Column("withheld", Integer, nullable=False),  # how many places were blackened
    Column("account", String(40), nullable=False),
    Column("made_at", String(40), nullable=False),
)

poll_sheets = Table(
    "poll_sheets",
    metadata,
    Column("record", String(40), primary_key=True),
    Column("poll", String(40), nullable=False),  # the item with the questions
    Column("answers", Text, nullable=False),  # 1:3,2:5
    Column("day", String(10), nullable=False),  # no instant: nobody is to be told apart by it
    Index("poll_sheets_of_poll", "poll"),
)

poll_results = Table(
    "poll_results",
    metadata,
    Column("poll", String(40), primary_key=True),
    Column("item", String(40), nullable=False),  # the draft made of the result
    Column("sheets", Integer, nullable=False),
    Column("made_at", String(40), nullable=False),
)

panels = Table(
    "panels",
    metadata,
    Column("poll", String(40), primary_key=True),
    Column("seats", Text, nullable=False),  # canonical JSON: how many sit on it from each group
    Column("codes", Integer, nullable=False),  # how many were made: those left and the sheets, together
    Column("account", String(40), nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("refused", Integer, nullable=False, server_default="0"),  # kiosks' sheets that do not count, by these codes
    Column("refused_before", Integer, nullable=False, server_default="0"),  # by earlier codes
    Column("refused_office", Integer, nullable=False, server_default="0"),  # wrong codes in the office, by these codes
)

panel_codes = Table(  # those not spent; kept in the order of their hashes, which says nothing of when they were made
    "panel_codes",
    metadata,
    Column("poll", String(40), primary_key=True),
    Column("hash", String(64), primary_key=True),  # keyed with the records key: nobody finds a code by trying them all
    sqlite_with_rowid=False,
)

panel_sheets = Table(  # kept in the order of names from chance: not even their order says whose they are
    "panel_sheets",
    metadata,
    Column("name", String(40), primary_key=True),  # not the record's id, whose device and instant are on file
    Column("poll", String(40), nullable=False),
    Column("answers", Text, nullable=False),  # 1:3,2:5
    Index("panel_sheets_of_poll", "poll"),
    sqlite_with_rowid=False,
)

panel_refusals = Table(  # boxes counted in `panels.refused` already: not what they say, nor by which code
    "panel_refusals",
    metadata,
    Column("box", String(40), primary_key=True),  # the hash of the sealed box, as its device holds it
    Column("poll", String(40), nullable=False),
    Index("panel_refusals_of_poll", "poll"),
)
