"""How many sheets of a panel were refused, counted beside its codes, so that a thousand guesses end no count."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    for name in ("refused", "refused_before", "refused_office"):
        op.add_column("panels", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE panels SET refused = (SELECT count(*) FROM panel_refusals WHERE panel_refusals.poll = panels.poll)"
    )
    op.execute("ALTER TABLE panel_refusals RENAME COLUMN record TO box")
