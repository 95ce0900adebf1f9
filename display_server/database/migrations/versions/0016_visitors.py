"""What visitors say: receipts, reports of untruth, applications, questionnaires; how a case came, and handwriting."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    with op.batch_alter_table("cases") as cases:
        cases.add_column(sa.Column("channel", sa.String(length=20), nullable=False, server_default="box"))
        cases.add_column(sa.Column("receipt", sa.String(length=20), nullable=False, server_default=""))
        cases.add_column(sa.Column("strokes", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "receipts",
        *_texts({"record": 40, "folded": 20, "kind": 20, "noted_at": 40}),
        sa.PrimaryKeyConstraint("record"),
    )
    op.create_index("receipts_folded", "receipts", ["folded"])
    op.create_table(
        "reports",
        *_texts({"number": 20, "record": 40, "receipt": 20, "site": 40, "unit": 40, "item": 40, "claim": 10}),
        *_texts({"taps": 0, "text": 0, "strokes": 0, "opened_at": 40}),
        sa.Column("limit_days", sa.Integer()),
        *_empty({"due": 10}),
        *_texts({"state": 10}),
        *_empty({"handler": 40, "finding": 10, "reasons": 0, "result": 0, "result_item": 40, "closed_at": 40}),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("record"),
    )
    op.create_index("reports_of_state", "reports", ["state", "opened_at"])
    op.create_table(
        "applications",
        *_texts({"number": 20, "record": 40, "receipt": 20, "channel": 20, "site": 40, "unit": 40, "sealed": 0}),
        *_texts({"last4": 64, "opened_at": 40, "state": 10}),
        *_empty({"due": 10, "handler": 40}),
        *_texts({"detail": 0}),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("record"),
    )
    op.create_index("applications_of_state", "applications", ["state", "opened_at"])
    op.create_table(
        "application_letters",
        *_texts({"application": 20}),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        *_texts({"kind": 20, "text": 0, "account": 40, "made_at": 40}),
        sa.PrimaryKeyConstraint("application", "seq"),
    )
    op.create_table(
        "poll_sheets",
        *_texts({"record": 40, "poll": 40, "answers": 0, "day": 10}),
        sa.PrimaryKeyConstraint("record"),
    )
    op.create_index("poll_sheets_of_poll", "poll_sheets", ["poll"])
    op.create_table(
        "poll_results",
        *_texts({"poll": 40, "item": 40}),
        sa.Column("sheets", sa.Integer(), nullable=False),
        *_texts({"made_at": 40}),
        sa.PrimaryKeyConstraint("poll"),
    )


def _texts(sizes: dict[str, int]) -> list[sa.Column[str]]:
    """Columns of text, by their greatest length; 0: as long as it is."""
    return [
        sa.Column(name, sa.String(length=size) if size else sa.Text(), nullable=False) for name, size in sizes.items()
    ]


def _empty(sizes: dict[str, int]) -> list[sa.Column[str]]:
    """The same, empty at first."""
    kinds = {name: sa.String(length=size) if size else sa.Text() for name, size in sizes.items()}
    return [sa.Column(name, kind, nullable=False, server_default="") for name, kind in kinds.items()]
