"""What becomes of what visitors said: where, closed, judged, told to a leader, forgotten; files of an application."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_of_cases = {"device": 200, "closed_at": 40, "follows": 20, "verdict": 12, "verdict_at": 40, "escalated_at": 40}


def upgrade() -> None:
    with op.batch_alter_table("cases") as cases:
        for name, length in (*_of_cases.items(), ("forgotten_at", 40)):
            cases.add_column(sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
        cases.create_index("cases_of_follows", ["follows"])
    # Answering a bad rating closed it before there was a column that says so; nothing else would close those.
    op.execute("UPDATE cases SET closed_at = answered_at WHERE kind = 'rating' AND state IN ('done', 'cannot')")
    for table in ("reports", "applications"):
        with op.batch_alter_table(table) as changed:
            changed.add_column(sa.Column("forgotten_at", sa.String(length=40), nullable=False, server_default=""))
    texts = {"application": 20, "name": 200, "hash": 64, "account": 40, "made_at": 40}
    op.create_table(
        "application_files",
        *(sa.Column(name, sa.String(length=length), nullable=False) for name, length in texts.items()),
        *(sa.Column(name, sa.Integer(), autoincrement=False, nullable=False) for name in ("seq", "bytes", "withheld")),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("application", "seq"),
    )
