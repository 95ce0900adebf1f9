"""Which sheets of a panel were refused: their number is shown to supervision."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "panel_refusals",
        *(sa.Column(name, sa.String(length=40), nullable=False) for name in ("record", "poll")),
        sa.PrimaryKeyConstraint("record"),
    )
    op.create_index("panel_refusals_of_poll", "panel_refusals", ["poll"])
