"""When a case is due, what was found of a bad rating, and ratings that were set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("ratings", sa.Column("set_aside", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("cases", sa.Column("limit_days", sa.Integer(), nullable=True))
    for name, kind in (
        ("due", sa.String(length=10)),
        ("contact", sa.String(length=80)),
        ("finding", sa.String(length=10)),
        ("reasons", sa.Text()),
    ):
        op.add_column("cases", sa.Column(name, kind, nullable=False, server_default=""))
