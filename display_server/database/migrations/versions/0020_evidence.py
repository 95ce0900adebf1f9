"""Pictures that supervision attaches to a report of untruth."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    texts = {"report": 20, "origin": 100, "hash": 64, "account": 40, "made_at": 40}
    op.create_table(
        "report_pictures",
        *(sa.Column(name, sa.String(length=length), nullable=False) for name, length in texts.items()),
        *(sa.Column(name, sa.Integer(), autoincrement=False, nullable=False) for name in ("seq", "bytes")),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("report", "seq"),
    )
