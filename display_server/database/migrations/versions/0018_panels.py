"""A panel beside a questionnaire's public: who sits on it, codes that were not spent, sheets."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "panels",
        *_texts({"poll": 40, "seats": 0, "account": 40, "made_at": 40}),
        sa.Column("codes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("poll"),
    )
    op.create_table(
        "panel_codes",
        *_texts({"poll": 40, "hash": 64}),
        sa.PrimaryKeyConstraint("poll", "hash"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "panel_sheets",
        *_texts({"name": 40, "poll": 40, "answers": 0}),
        sa.PrimaryKeyConstraint("name"),
        sqlite_with_rowid=False,
    )
    op.create_index("panel_sheets_of_poll", "panel_sheets", ["poll"])


def _texts(sizes: dict[str, int]) -> list[sa.Column[str]]:
    """Columns of text, by their greatest length; 0: as long as it is."""
    return [
        sa.Column(name, sa.String(length=size) if size else sa.Text(), nullable=False) for name, size in sizes.items()
    ]
