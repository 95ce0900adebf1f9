"""The audit log by what was done, to list the cards that were given."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_index("audit_of_action", "audit", ["action", "seq"])
