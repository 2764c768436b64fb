"""Alembic's door: runs the revisions on the connection that was handed in, inside its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
