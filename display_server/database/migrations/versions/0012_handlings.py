"""What windows accepted, the numbers of its papers, departments that were asked."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_empty = {
    "due": sa.String(length=10),
    "superior": sa.String(length=80),
    "sent_at": sa.String(length=40),
    "closed_at": sa.String(length=40),
    "outcome": sa.String(length=20),
    "reason": sa.Text(),
    "remedy": sa.Text(),
    "late_reason": sa.Text(),
}


def upgrade() -> None:
    text = {40: ("id", "site", "unit"), 20: ("number", "kind", "meant")}
    op.create_table(
        "handlings",
        *(sa.Column(name, sa.String(length=size), nullable=False) for size, names in text.items() for name in names),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("ticket", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("applicant", sa.String(length=80), nullable=False),
        sa.Column("contact", sa.String(length=80), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("limit_unit", sa.String(length=20), nullable=False),
        sa.Column("started", sa.String(length=10), nullable=False, server_default=""),
        *(sa.Column(name, kind, nullable=False, server_default="") for name, kind in _empty.items()),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("handlings_of_site", "handlings", ["site", "state", "opened_at"])
    op.create_table(
        "handling_numbers",
        sa.Column("site", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("running", sa.Integer(), nullable=False),
        sa.Column("handling", sa.String(length=40), nullable=False),
        sa.Column("given_at", sa.String(length=40), nullable=False),
        sa.Column("voided_at", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("void_reason", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("site", "number"),
        sa.UniqueConstraint("site", "letter", "year", "running", name="one_paper_a_number"),
    )
    op.create_index("ix_handling_numbers_handling", "handling_numbers", ["handling"])
    op.create_table(
        "handling_replies",
        sa.Column("handling", sa.String(length=40), nullable=False),
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("limit_days", sa.Integer(), nullable=True),
        sa.Column("due", sa.String(length=10), nullable=False, server_default=""),
        sa.Column("replied_at", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("reply", sa.Text(), nullable=False, server_default=""),
        sa.Column("account", sa.String(length=40), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("handling", "department"),
    )
