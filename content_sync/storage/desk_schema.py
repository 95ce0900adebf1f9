"""The tables of desk.db, where the agent and the screen meet.

1. A press has one state: `waiting`, then `answered`, `leased` or `refused`, and keeps it.
2. `outbox` holds records until the server has acknowledged or refused them; `n` is their true order.
3. `wishes` holds when screens asked for a file last.
4. `shown` holds what each screen draws now; a row that ended became a `display` record.
5. `asks` holds what visitors ask the hall while they stand there.
"""

from sqlite_utils import Database, Migrations

migrations = Migrations("desk")

_tables = (
    """CREATE TABLE presses (id TEXT PRIMARY KEY, service TEXT NOT NULL, priority INTEGER NOT NULL, at TEXT NOT NULL,
       state TEXT NOT NULL DEFAULT 'waiting', ticket TEXT NOT NULL DEFAULT '', number TEXT NOT NULL DEFAULT '',
       ahead INTEGER NOT NULL DEFAULT -1, reason TEXT NOT NULL DEFAULT '')""",
    "CREATE INDEX presses_waiting ON presses (at) WHERE state = 'waiting'",
    """CREATE TABLE blocks (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, service TEXT NOT NULL, letter TEXT NOT NULL,
       day TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, next INTEGER NOT NULL)""",
    """CREATE TABLE outbox (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
       device TEXT NOT NULL, made_at TEXT NOT NULL, body TEXT NOT NULL, refused TEXT NOT NULL DEFAULT '')""",
    "CREATE TABLE rated (ticket TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE services (n INTEGER PRIMARY KEY, service TEXT NOT NULL UNIQUE, letter TEXT NOT NULL,
       name TEXT NOT NULL, open INTEGER NOT NULL, waiting INTEGER NOT NULL, updated TEXT NOT NULL)""",
    """CREATE TABLE calls (n INTEGER PRIMARY KEY, ticket_number TEXT NOT NULL, window INTEGER NOT NULL,
       window_name TEXT NOT NULL, service TEXT NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL)""",
    """CREATE TABLE invitations (n INTEGER PRIMARY KEY, ticket TEXT NOT NULL UNIQUE, number TEXT NOT NULL,
       window INTEGER NOT NULL, at TEXT NOT NULL)""",
    """CREATE TABLE shown (screen TEXT PRIMARY KEY, items TEXT NOT NULL, since TEXT NOT NULL,
       seen TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE TABLE glass (only INTEGER PRIMARY KEY CHECK (only = 1), screen TEXT NOT NULL, targets TEXT NOT NULL)",
)


@migrations()
def first_tables(db: Database) -> None:
    """Presses, blocks, records, the queue as last heard, the display log and what is on the glass."""
    for statement in _tables:
        db.execute(statement)


@migrations()
def wishes(db: Database) -> None:
    """Attached files that screens show or asked for."""
    db.execute("CREATE TABLE wishes (sha256 TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID")


@migrations()
def clock(db: Database) -> None:
    """Whether the clock of the machine is doubtful now, as the agent judges it."""
    db.execute("CREATE TABLE clock (only INTEGER PRIMARY KEY CHECK (only = 1), doubtful INTEGER NOT NULL)")


@migrations()
def hall(db: Database) -> None:
    """Which call of a ticket a call is, who goes first, the windows with their plates, and what was said aloud."""
    db.execute("ALTER TABLE presses ADD COLUMN claim TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE calls ADD COLUMN call TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE calls ADD COLUMN times INTEGER NOT NULL DEFAULT 1")
    db.execute(
        """CREATE TABLE windows (n INTEGER PRIMARY KEY, number INTEGER NOT NULL, name TEXT NOT NULL,
           state TEXT NOT NULL, staff TEXT NOT NULL, post TEXT NOT NULL, duties TEXT NOT NULL,
           certificate TEXT NOT NULL)"""
    )
    db.execute("CREATE TABLE said (call TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID")


@migrations()
def blanked(db: Database) -> None:
    """Whether the content of this device's boards is hidden; a row says since when."""
    db.execute("CREATE TABLE blanked (only INTEGER PRIMARY KEY CHECK (only = 1), since TEXT NOT NULL)")


@migrations()
def help_calls(db: Database) -> None:
    """Calls for help, from the screen to the desk and back."""
    db.execute(
        """CREATE TABLE help (press TEXT PRIMARY KEY, place TEXT NOT NULL, at TEXT NOT NULL,
           state TEXT NOT NULL DEFAULT 'asking', help TEXT NOT NULL DEFAULT '', by TEXT NOT NULL DEFAULT '')"""
    )


@migrations()
def asks(db: Database) -> None:
    """What visitors ask the hall, and what it answered."""
    db.execute(
        """CREATE TABLE asks (id TEXT PRIMARY KEY, kind TEXT NOT NULL, about TEXT NOT NULL, at TEXT NOT NULL,
           state TEXT NOT NULL DEFAULT 'waiting', number TEXT NOT NULL DEFAULT '', service TEXT NOT NULL DEFAULT '',
           stands TEXT NOT NULL DEFAULT '', ahead INTEGER NOT NULL DEFAULT 0, window INTEGER NOT NULL DEFAULT 0,
           low INTEGER NOT NULL DEFAULT -1, high INTEGER NOT NULL DEFAULT -1, basis TEXT NOT NULL DEFAULT '',
           reason TEXT NOT NULL DEFAULT '') WITHOUT ROWID"""
    )


@migrations()
def voice(db: Database) -> None:
    """How often a calling was said, and how the parts of the machine are (printer, paper, speaker)."""
    db.execute("ALTER TABLE said ADD COLUMN times INTEGER NOT NULL DEFAULT 1")
    db.execute("CREATE TABLE parts (name TEXT PRIMARY KEY, state TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID")


@migrations()
def hours(db: Database) -> None:
    """Why a service gives no tickets, and until when."""
    db.execute("ALTER TABLE services ADD COLUMN why TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE services ADD COLUMN until TEXT NOT NULL DEFAULT ''")


@migrations()
def prints(db: Database) -> None:
    """Tickets on paper."""
    db.execute(
        """CREATE TABLE prints (press TEXT PRIMARY KEY, state TEXT NOT NULL, reason TEXT NOT NULL,
           copies INTEGER NOT NULL, at TEXT NOT NULL, large INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID"""
    )


@migrations()
def own_numbers(db: Database) -> None:
    """This desk's own series of numbers, closed blocks, and presses that were given up here."""
    db.execute("ALTER TABLE presses ADD COLUMN given_up INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE blocks ADD COLUMN closed INTEGER NOT NULL DEFAULT 0")
    db.execute(
        """CREATE TABLE series (only INTEGER PRIMARY KEY CHECK (only = 1), desk TEXT NOT NULL,
           letter TEXT NOT NULL)"""
    )
    db.execute("CREATE TABLE runs (letter TEXT PRIMARY KEY, next INTEGER NOT NULL, day TEXT NOT NULL) WITHOUT ROWID")


@migrations()
def plain_prints(db: Database) -> None:
    """A paper that was asked for by its number alone: without the address of the ticket's page."""
    db.execute("ALTER TABLE prints ADD COLUMN plain INTEGER NOT NULL DEFAULT 0")


@migrations()
def come(db: Database) -> None:
    """Whether a called visitor stands at the window already."""
    db.execute("ALTER TABLE calls ADD COLUMN here INTEGER NOT NULL DEFAULT 0")


@migrations()
def checking_in(db: Database) -> None:
    """Presses that check a booking in."""
    db.execute("ALTER TABLE presses ADD COLUMN code TEXT NOT NULL DEFAULT ''")


@migrations()
def receipts(db: Database) -> None:
    """The key and the counter of this desk's receipt numbers."""
    db.execute(
        "CREATE TABLE receipts (only INTEGER PRIMARY KEY CHECK (only = 1), key TEXT NOT NULL, next INTEGER NOT NULL)"
    )


@migrations()
def handouts(db: Database) -> None:
    """Notice slips on paper."""
    db.execute(
        """CREATE TABLE handouts (id TEXT PRIMARY KEY, text TEXT NOT NULL, large INTEGER NOT NULL, state TEXT NOT NULL,
           reason TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID"""
    )


@migrations()
def waited_again(db: Database) -> None:
    """The last day on which records of a kind that the server did not know waited again."""
    db.execute("CREATE TABLE waited_again (only INTEGER PRIMARY KEY CHECK (only = 1), day TEXT NOT NULL)")
