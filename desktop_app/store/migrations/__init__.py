"""One file for each released schema, run by Alembic in the caller's transaction."""
