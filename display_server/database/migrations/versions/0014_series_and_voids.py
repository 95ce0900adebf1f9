"""Kiosks' own series of numbers, reasons for gaps, presses that were given up."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def _text(name: str, length: int, **more: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False, **more)


def _number(name: str, **more: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, **more)


_tickets = (
    sa.Table(  # as the steps before leave it; what SQLite tells of it itself would change how defaults are written
        "tickets",
        sa.MetaData(),
        sa.Column("id", sa.String(length=40), primary_key=True),
        *(_text(name, length) for name, length in (("site", 40), ("day", 10), ("letter", 1))),
        _number("running"),
        *(_text(name, length) for name, length in (("number", 10), ("service", 40))),
        _number("priority"),
        *(_text(name, 40) for name in ("device", "press")),
        _number("leased"),
        *(_text(name, length) for name, length in (("issued", 40), ("since", 40), ("state", 10))),
        *(_text(name, 40, server_default="") for name in ("window", "called", "serving", "finished")),
        _text("claim", 20, server_default=""),
        *(_number(name, server_default="0") for name in ("call", "times")),
        _text("target", 40, server_default=""),
        _number("returns", server_default="0"),
        sa.UniqueConstraint("site", "day", "letter", "running", name="one_number_a_day"),
        sa.UniqueConstraint("device", "press", "leased", name="one_ticket_a_press"),
        sa.Index("tickets_waiting", "site", "day", "state", "service", "priority", "since"),
    )
)


def upgrade() -> None:
    with op.batch_alter_table("tickets", copy_from=_tickets) as tickets:
        tickets.alter_column("letter", existing_type=sa.String(1), type_=sa.String(2), existing_nullable=False)
    op.add_column("queue_counters", sa.Column("closed", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE queue_counters SET closed = 2")  # years of days without reasons: none is looked for
    op.create_table(
        "queue_series",
        sa.Column("site", sa.String(length=40), primary_key=True),
        sa.Column("letter", sa.String(length=1), primary_key=True),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("desk", sa.String(length=40), nullable=False),
        sa.Column("given_at", sa.String(length=40), nullable=False),
        sa.Column("used_at", sa.String(length=40), nullable=False),
    )
    op.create_table(
        "queue_voids",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("site", sa.String(length=40), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("letter", sa.String(length=2), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("block", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
    )
    op.create_index("queue_voids_of_day", "queue_voids", ["site", "day", "letter"])
    op.create_table(
        "queue_given_up",
        sa.Column("device", sa.String(length=40), primary_key=True),
        sa.Column("press", sa.String(length=40), primary_key=True),
        sa.Column("at", sa.String(length=40), nullable=False),
    )
