"""First light: everything the first version keeps."""

from alembic import op

from display_server.database.tables import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
