"""The paper as it is painted and typed into."""
