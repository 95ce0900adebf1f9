"""What alembic runs around the steps: they use the caller's connection, inside the caller's transaction."""

from alembic import context

from display_server.database.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
